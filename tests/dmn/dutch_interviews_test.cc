// Interviews about Dutch decision models, read in place from ../shared (without them the test says
// so and counts nothing), against the naive way: every completion at every step, for every person
// that the values here can make.
#include <doctest/doctest.h>

#include <algorithm>

#include "dmn/testing/naive_interview.h"
#include "dmn_folders.h"

namespace zicht::dmn {
namespace {

using testing::NaiveInterview;
using testing::NaiveQuestion;

const std::string kModels = "../shared/data/dmn-nl/";

struct Subject {
  std::string file, decision;
  // By question the values that the tables tell apart, as FEEL; "null" where one names it.
  std::vector<std::pair<std::string, std::vector<std::string>>> values;
};

const std::vector<std::string> kFlag = {"true", "false"};
const std::vector<std::string> kProducts = {"\"TreeFellingPermit\"", "\"BuildingPermit\"", "\"?\""};
const std::vector<Subject> kSubjects = {
    {"ronl-tree-felling-decision",
     "Tree Felling Permitted?",
     {{"treeDiameter", {"10", "30", "30.5", "31", "45", "60", "60.5", "61", "80"}},
      {"protectedArea", kFlag}}},
    {"ronl-awb-completeness-check",
     "AwbCompletenessCheck",
     {{"productType", kProducts}, {"treeDiameter", {"-1", "0", "1"}}}},
    {"ronl-archives-act-retention",
     "ArchivesActRetention",
     {{"productType", kProducts},
      {"decisionType", {"\"Granted\"", "\"Refused\"", "\"Rejected\"", "\"?\""}}}},
    {"sttr-tree-felling",
     "ConclusieBoomKappen",
     {{"erf", kFlag},
      {"beschermd", kFlag},
      {"plan",
       {"\"Kappen\"", "\"Minder dan 20% snoeien van de kroon of de wortels\"",
        "\"Meer dan 20% snoeien van de kroon of de wortels\"", "\"?\""}},
      {"vormboom", kFlag}}},
    {"ronl-RONL_SZW_Bijstand",
     "SZW_Bijstandsnormtype",
     {{"aanvragerAlleenstaand", kFlag},
      {"aanvragerHeeftKinderen", kFlag},
      {"aanvragerIs181920", kFlag},
      {"aanvragerIsTenminste21", kFlag},
      {"aanvragerHeeftAOWLeeftijd", kFlag},
      {"partnerIs181920", kFlag},
      {"partnerIsTenminste21", kFlag},
      {"partnerHeeftAOWLeeftijd", kFlag}}},
};

struct Count {
  std::size_t interviews = 0, asked = 0, questions = 0, too_many = 0;
};

std::vector<NaiveQuestion> questions_of(const Subject& subject) {
  std::vector<NaiveQuestion> made;
  for (const auto& [name, values] : subject.values) {
    NaiveQuestion question{name, {}, false};
    for (const auto& one : values) question.values.push_back(testing::value(one));
    made.push_back(std::move(question));
  }
  return made;
}

// A person who answers all that is asked, truly.
void hold(const Interview& interview, const NaiveInterview& naive,
          const NaiveInterview::State& truth, const std::string& what, Count& count) {
  ++count.interviews;
  count.questions += truth.size();
  NaiveInterview::State state(truth.size());
  for (std::size_t turn = 0; turn <= truth.size(); ++turn) {
    const auto step = interview.next(naive.replies(state));
    REQUIRE_MESSAGE(step.has_value(), what);
    if (!step->next) {
      CHECK_MESSAGE(step->is_settled, what);
      CHECK_MESSAGE(testing::is_same_value(step->outcome, naive.evaluate(truth)), what);
      CHECK_MESSAGE(testing::is_same_value(step->outcome, naive.evaluate(state, *step)), what);
      return;
    }
    ++count.asked;
    const auto& all = naive.questions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const NaiveQuestion& one) {
      return one.name == step->next->question.name;
    });
    REQUIRE_MESSAGE(found != all.end(), what, " ", step->next->question.name);
    const auto place = static_cast<std::size_t>(found - all.begin());
    const auto verdict = naive.judge(state);
    if (verdict.is_settled) ++count.too_many;
    if (step->is_exact) CHECK_MESSAGE(verdict.matters[place], what, " ", found->name);
    state[place] = truth[place];
  }
  FAIL("the interview does not end: ", what);
}

TEST_CASE("Dutch interviews: each ends in what all answers together give") {
  if (testing::text_of_file(kModels + "sttr-demo.dmn").empty()) {
    MESSAGE("skipped: ../shared/data/dmn-nl is absent");
    return;
  }
  for (const auto& subject : kSubjects) {
    const auto model = testing::compiled(testing::text_of_file(kModels + subject.file + ".dmn"));
    REQUIRE_MESSAGE(model.engine, subject.file);
    const auto interview =
        Interview::create(model.engine, subject.decision, testing::environment());
    REQUIRE_MESSAGE(interview.has_value(), subject.file);
    const NaiveInterview naive(*interview, *model.engine, subject.decision, questions_of(subject));
    Count count;
    std::size_t people = 1;
    for (const auto& question : naive.questions()) people *= question.values.size();
    for (std::size_t person = 0; person < people; person += people / 40 + 1) {
      NaiveInterview::State truth;
      std::size_t rest = person;
      for (const auto& question : naive.questions()) {
        truth.emplace_back(rest % question.values.size());
        rest /= question.values.size();
      }
      hold(*interview, naive, truth, subject.file, count);
    }
    MESSAGE(subject.file, ": ", count.interviews, " interviews, asked ", count.asked, " of ",
            count.questions, ", too many ", count.too_many);
    CHECK(count.too_many == 0);
    CHECK(count.asked < count.questions);
  }
}

}  // namespace
}  // namespace zicht::dmn
