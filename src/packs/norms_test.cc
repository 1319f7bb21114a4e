// Norms in packs: what they say of a record, and what is refused when a pack is loaded. The pack
// tests/packs/norms is invented for it.
#include "packs/norms.h"

#include <doctest/doctest.h>

#include <boost/json/parse.hpp>

#include "packs/run_tests.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::findings_of;
using testing::loaded;

constexpr const char* kNorms = "norms/handling.yaml";
constexpr const char* kCases = "tests/handling.yaml";

Files norms() { return testing::read_folder("tests/packs/norms"); }

Files norms_with(const std::string& from, const std::string& to,
                 const std::string& file = kNorms) {
  return testing::replaced(norms(), file, from, to);
}

Date day(const char* text) { return *Date::parse(text); }

struct Asked {
  std::string state = "open";
  const char* today = "2026-03-01";
  std::vector<std::string> hidden{};    // fields that the reader does not see
  bool explained = false;
};

// A pack, and what its norms say of some fields.
struct World {
  model::PackPtr pack;
  model::Form form;
  Json fields;
  std::vector<NormOutcome> all;

  World(const Files& files, const char* json, const Asked& asked = {})
      : pack(loaded(files)), form(*pack->find_form("complaint")), fields(json::parse(json)) {
    std::erase_if(form.fields, [&](const model::Field& field) {
      return std::find(asked.hidden.begin(), asked.hidden.end(), field.id) != asked.hidden.end();
    });
    const model::GuardFacts facts{
        .fields = fields, .state = asked.state, .turn = "handler", .today = day(asked.today)};
    all = judge_norms(*pack, form, facts, asked.explained);
  }

  const NormOutcome& of(std::string_view id) const {
    for (const NormOutcome& each : all) {
      if (each.norm->id == id) return each;
    }
    FAIL("no norm " << id);
    return all.front();
  }

  // "no", "unknown: people", "unknown! PK-0199", "not-applicable", "withheld".
  std::string told(std::string_view id) const {
    const NormOutcome& each = of(id);
    if (each.is_withheld) return "withheld";
    if (!each.applies) return "not-applicable";
    std::string text(model::name_of(each.outcome.verdict));
    for (const std::string& fact : each.outcome.missing_facts) text += ": " + fact;
    for (const Error& error : each.outcome.errors) text += "! " + error.id;
    return text;
  }
};

constexpr const char* kGood =
    R"({"what":"x","is_formal":true,"received":"2026-01-05","talks":["2026-01-08"],"worry":3,
        "answered":{"first":"2026-02-16","last":"2026-02-16"},"hours":8,"people":2})";

TEST_CASE("norms: the tests of a pack state what norms say") {
  const auto pack = loaded(norms());
  model::PackSet packs;
  packs.add(pack);
  packs.activate(pack->hash);
  const auto outcomes = run_tests(pack, packs, calendar::Calendar());
  CHECK(outcomes.size() == 7);
  for (const TestOutcome& outcome : outcomes) {
    for (const Difference& d : outcome.differences) {
      FAIL_CHECK(outcome.name << ": " << d.what << " " << d.expected << " / " << d.got);
    }
  }
}

TEST_CASE("norms: a wrong expectation fails with what came and what is missing") {
  const auto failures = [](const std::string& from, const std::string& to) {
    const auto pack = loaded(norms_with(from, to, kCases));
    model::PackSet packs;
    packs.add(pack);
    packs.activate(pack->hash);
    std::string text;
    for (const TestOutcome& outcome : run_tests(pack, packs, calendar::Calendar())) {
      for (const Difference& d : outcome.differences) {
        text += d.what + ": " + d.expected + " / " + d.got + "; ";
      }
    }
    return text;
  };
  CHECK(failures("in-time: no", "in-time: yes") == "norm in-time: yes / no; ");
  CHECK(failures("missing: [answered]", "missing: [hours]") ==
        "norm in-time missing: hours / answered; ");
  CHECK(failures("in-time: not-applicable", "in-time: no") ==
        "norm in-time: no / not-applicable; ");
  CHECK(failures("fair: {missing: [people]}", "fair: {outcome: yes, missing: []}") ==
        "norm fair: yes / unknown; norm fair missing: - / people; ");
  // It does not hold any more on that day.
  CHECK(failures("on: 2026-03-01\n    expect: {norms: {in-time: yes,",
                 "on: 2027-01-01\n    expect: {norms: {in-time: yes,") ==
        "norm in-time: yes / -; ");
}

TEST_CASE("norms: a rule and a decision say yes or no") {
  const World world(norms(), kGood);
  for (const char* id : {"in-time", "spoken", "looked-after", "fair", "weight"}) {
    CHECK_MESSAGE(world.told(id) == "yes", id);
  }
  CHECK(world.of("in-time").framework->id == "handling");
}

TEST_CASE("norms: a missing fact is never a yes nor a no, and is told as its field") {
  const World nothing(norms(), R"({"what":"x"})");
  CHECK(nothing.told("in-time") == "unknown: is_formal");
  CHECK(nothing.told("looked-after") == "unknown: worry");
  CHECK(nothing.told("fair") == "unknown: hours: people");
  CHECK(nothing.told("weight") == "unknown: hours: people: answered");
  const World some(norms(), R"({"what":"x","is_formal":true,"received":"2026-01-05"})");
  CHECK(some.told("in-time") == "unknown: answered");
  // What is true anyhow needs no fact.
  const World closed(norms(), R"({"what":"x"})", {.state = "closed"});
  CHECK(closed.told("looked-after") == "yes");
}

TEST_CASE("norms: a decision that needs an input of which nobody knows a field names the input") {
  const World vague(norms(), R"({"what":"x","hours":12,"people":2,
                                 "answered":{"first":"2026-01-01","last":"2026-03-01"}})");
  CHECK(vague.told("weight") == "unknown: Dag van antwoord");
  // A light one needs no day.
  const World light(norms(), R"({"what":"x","hours":2,"people":2,
                                 "answered":{"first":"2026-01-01","last":"2026-03-01"}})");
  CHECK(light.told("weight") == "yes");
}

TEST_CASE("norms: what cannot be computed cannot be determined, and says why") {
  const World world(norms(), R"({"what":"x","hours":12,"people":0,
                                 "answered":{"first":"2026-01-01","last":"2026-01-01"}})");
  CHECK(world.told("fair").starts_with("unknown! FE-"));
  CHECK(world.told("weight").starts_with("unknown! FE-"));
  const World outside(norms(), R"({"what":"x","hours":5000,"people":1})");
  CHECK(outside.told("fair") == "unknown! DM-0053");
}

TEST_CASE("norms: a decision that comes to a value that says neither cannot be determined") {
  const World world(norms(), R"({"what":"x","hours":12,"people":2,
                                 "answered":{"first":"2026-03-01","last":"2026-03-01"}})");
  CHECK(world.told("weight") == "unknown! PK-0199");
  CHECK(world.of("weight").outcome.errors.at(0).message.en.find("\"laat\"") != std::string::npos);
  const World heavy(norms(), R"({"what":"x","hours":50,"people":2})");
  CHECK(heavy.told("weight") == "no");
}

TEST_CASE("norms: where a pack says which values are good, a yes is one of them or it is not") {
  const auto told = [](const char* values) {
    const Files files = norms_with(
        "decision: {model: weigh, decision: Eerlijk, inputs: {Uren per mens: hours / people}}",
        std::string("decision: {model: weigh, decision: Waarde, inputs: {Uren per mens: hours / "
                    "people}, ") + values + "}");
    return World(files, R"({"what":"x","hours":12,"people":2})").told("fair");
  };
  CHECK(told("meets: ['false'], breaks: ['true']") == "no");
  CHECK(told("meets: ['true'], breaks: ['false']") == "yes");
  CHECK(told("meets: ['vol']") == "unknown! PK-0199");
}

TEST_CASE("norms: an input with a part that is missing is not given to the decision") {
  const auto told = [](const char* fields) {
    const Files files = norms_with(
        "decision: {model: weigh, decision: Eerlijk, inputs: {Uren per mens: hours / people}}",
        "decision: {model: weigh, decision: Genoeg, inputs: {Getallen: '[hours, people]'}}");
    return World(files, fields).told("fair");
  };
  CHECK(told(R"({"what":"x","hours":12,"people":2})") == "yes");
  CHECK(told(R"({"what":"x","hours":12})") == "unknown: people");
  CHECK(told(R"({"what":"x"})") == "unknown: hours: people");
}

TEST_CASE("norms: one that does not apply says nothing, and one is only told while it holds") {
  const World world(norms(), R"({"what":"x","is_formal":false})");
  CHECK(world.told("in-time") == "not-applicable");
  CHECK(world.all.size() == 5);
  CHECK(World(norms(), kGood, {.today = "2026-12-31"}).all.size() == 5);
  CHECK(World(norms(), kGood, {.today = "2027-01-01"}).all.size() == 4);
  CHECK(World(norms(), kGood, {.today = "2020-01-01"}).all.size() == 5);
  CHECK(World(norms(), kGood, {.today = "2019-12-31"}).all.size() == 4);
}

TEST_CASE("norms: one that reads what the reader does not see is withheld, whatever stands there") {
  for (const char* fields : {kGood, R"({"what":"x"})"}) {
    const World world(norms(), fields, {.hidden = {"worry", "people", "is_formal"}});
    for (const char* id : {"in-time", "looked-after", "fair", "weight"}) {
      CHECK_MESSAGE(world.told(id) == "withheld", id);
      CHECK_FALSE(world.of(id).rule.has_value());
      CHECK_FALSE(world.of(id).answer.has_value());
    }
    CHECK(world.told("spoken") != "withheld");
  }
}

TEST_CASE("norms: an explanation holds what was looked at and how the decision came about") {
  const World world(norms(), kGood, {.explained = true});
  const NormOutcome& in_time = world.of("in-time");
  CHECK(in_time.applies_if->facts.at(0).first == "is_formal");
  CHECK(in_time.rule->facts.at(0).second == "@\"2026-02-16\"");
  const NormOutcome& weight = world.of("weight");
  REQUIRE(weight.inputs.size() == 2);
  CHECK(weight.inputs[0].told.facts.at(0).first == "hours");
  CHECK(weight.answer->answer.explanation.decisions().at(0).name == "Gewicht");
  CHECK(has_norms(*world.pack, world.form));
  CHECK_FALSE(World(norms(), kGood).of("in-time").rule->facts.size() > 0);
}

TEST_CASE("norms: each mistake is told at its place") {
  struct Wrong {
    const char *from, *to, *finding;
  };
  for (const Wrong& wrong : {
           Wrong{"    rule: count(talks) > 0\n", "", "PK-0194 norms/handling.yaml:15:3"},
           Wrong{"rule: count(talks) > 0",
                 "rule: count(talks) > 0\n    decision: {model: weigh, decision: Eerlijk, "
                 "inputs: {Uren per mens: hours}}",
                 "PK-0194 norms/handling.yaml:15:3"},
           Wrong{"rule: count(talks) > 0", "rule: count(talks)",
                 "PK-0150 norms/handling.yaml:18:11"},
           Wrong{"rule: count(talks) > 0", "rule: count(talk) > 0",
                 "FE-0002 norms/handling.yaml:18:17"},
           Wrong{"source: invented", "source: unknown", "PK-0049 norms/handling.yaml:3:9"},
           Wrong{"form: complaint", "form: complain", "PK-0041 norms/handling.yaml:4:7"},
           Wrong{"judges: [judge, handler]", "judges: [jugde]",
                 "PK-0043 norms/handling.yaml:17:5"},
           Wrong{"    judges: [judge, handler]\n", "", "PK-0021 norms/handling.yaml:16:5"},
           Wrong{"to: 2027-01-01", "to: 2020-01-01", "PK-0101 norms/handling.yaml:11:9"},
           Wrong{"model: weigh, decision: Eerlijk", "model: weight, decision: Eerlijk",
                 "PK-0191 norms/handling.yaml:26:23"},
           Wrong{"decision: Eerlijk", "decision: Eerlijker", "PK-0192 norms/handling.yaml:26:40"},
           Wrong{"{Uren per mens: hours / people}}", "{Uren per man: hours / people}}",
                 "PK-0197 norms/handling.yaml:26:49; PK-0195 norms/handling.yaml:26:72"},
           Wrong{"{Uren per mens: hours / people}}", "{Uren per mens: what}}",
                 "PK-0196 norms/handling.yaml:26:73"},
           Wrong{"{Uren per mens: hours / people}}", "{Uren per mens: hours}, meets: [ja]}",
                 "PK-0198 norms/handling.yaml:26:5"},
           Wrong{"      meets: [licht, gewoon]\n      breaks: [zwaar]\n", "",
                 "PK-0198 norms/handling.yaml:30:5"},
           Wrong{"breaks: [zwaar]", "breaks: [zwaar, licht]", "PK-0198 norms/handling.yaml:35:7"},
       }) {
    CAPTURE(wrong.to);
    Files files = norms_with(wrong.from, wrong.to);
    files.erase(kCases);
    CHECK(findings_of(files) == std::string(wrong.finding));
  }
}

TEST_CASE("norms: ids are the pack's, and a test names a norm of its form") {
  Files files = norms();
  files["norms/again.yaml"] = files.at(kNorms);
  files["norms/again.yaml"].replace(0, 19, "framework: again");
  CHECK(findings_of(files).find("PK-0032 norms/handling.yaml:6:") != std::string::npos);
  CHECK(findings_of(norms_with("in-time: no,", "on-time: no,", kCases)) ==
        "PK-0195 tests/handling.yaml:14:22");
  std::string many = "framework: handling\ntitle: {nl: a, en: b}\nsource: invented\n"
                     "form: complaint\nnorms:\n";
  for (int i = 0; i < 101; ++i) {
    many += "  n" + std::to_string(i) +
            ": {title: {nl: a, en: b}, judges: [judge], rule: count(talks) > 0}\n";
  }
  files = norms();
  files.erase(kCases);
  files.at(kNorms) = many;
  CHECK(findings_of(files) == "PK-0014 norms/handling.yaml:6:3");
}

}  // namespace
}  // namespace zicht::packs
