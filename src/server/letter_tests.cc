#include "server/letter_tests.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "app/letters_service.h"
#include "base/error_catalogue.h"
#include "base/rng.h"
#include "model/life.h"
#include "model/validate.h"
#include "packs/letter_tests.h"
#include "server/installation.h"
#include "server/work_folder.h"

namespace zicht::server {
namespace {

using packs::LetterTest;
using packs::LetterTestRecord;
using packs::TestOutcome;
using packs::ToldPart;

constexpr const char* kOrganisation = "test";

// Noon in Amsterdam is that day in every season.
Instant noon_of(Date day) { return *Instant::parse(day.to_string() + "T11:00:00Z"); }

// What a letter is made from, on one day.
class LetterBench {
 public:
  static Result<std::unique_ptr<LetterBench>> open(const PackFolders& packs, Date day) {
    ZICHT_TRY(folder, WorkFolder::create("test"));
    std::unique_ptr<LetterBench> made(new LetterBench(std::move(folder), day));
    Config config;
    config.data = made->folder_.path();
    ZICHT_TRY(database, open_database(config));
    made->database_ = std::move(database);
    store::StoreOptions options;
    options.keys_folder = made->folder_.path() + "/keys";
    options.engine_version = kEngineVersion;
    ZICHT_TRY(store, store::SqlStore::open(*made->database_, std::move(options), made->clock_,
                                           made->rng_));
    made->store_ = std::move(store);
    ZICHT_TRY(log, store::SqlReadLog::open(*made->database_));
    made->log_ = std::move(log);
    ZICHT_CHECKED(made->start(packs));
    return made;
  }

  [[nodiscard]] app::LettersService& letters() { return *letters_; }
  [[nodiscard]] app::RulebookPtr rules() const { return packs_->rules(); }
  [[nodiscard]] Date day() const { return day_; }

  Result<void> put(model::Record record) {
    app::Unit unit;
    unit.actor = "system";
    unit.records.push_back({std::move(record), {"created", "", ""}, 0, {}});
    ZICHT_CHECKED(store_->append_and_wait(std::move(unit)));
    return {};
  }

 private:
  LetterBench(WorkFolder folder, Date day)
      : folder_(std::move(folder)), day_(day), clock_(noon_of(day)) {}

  Result<void> start(const PackFolders& packs) {
    packs_ = std::make_unique<app::PacksService>(*store_, feed_);
    organisations_ = std::make_unique<app::Organisations>(*store_);
    reads_ = std::make_unique<app::ReadRecorder>(
        app::ReadRecorder::Ports{*log_, *store_, clock_, rng_});
    letters_ = std::make_unique<app::LettersService>(app::LettersService::Ports{
        {*store_, *packs_, *organisations_, feed_, clock_, rng_,
         table_sinks(folder_.path()), *reads_, store_->files(), places_},
        {}});
    std::vector<app::PackFiles> files;
    for (const model::PackPtr& pack : packs.packs.all_active()) files.push_back(pack->files);
    const app::Activation active = packs_->activate(files, "system");
    return active.error ? Result<void>(*active.error) : Result<void>();
  }

  WorkFolder folder_;  // for the keys of a store in memory
  Date day_;
  ManualClock clock_;
  SystemRng rng_;
  QuietFeed feed_;
  app::HeavyPlaces places_{2};
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<store::SqlStore> store_;
  std::unique_ptr<store::SqlReadLog> log_;
  std::unique_ptr<app::PacksService> packs_;
  std::unique_ptr<app::Organisations> organisations_;
  std::unique_ptr<app::ReadRecorder> reads_;
  std::unique_ptr<app::LettersService> letters_;
};

class LetterTestRunner {
 public:
  LetterTestRunner(const LetterTest& test, LetterBench& bench, TestOutcome& outcome)
      : test_(test), bench_(bench), outcome_(outcome) {}

  Result<void> run() {
    for (const LetterTestRecord& record : test_.records) ZICHT_CHECKED(put(record));
    if (!outcome_.passed()) return {};
    app::Caller maker;
    maker.account = "account-test";
    maker.person = "test";
    maker.organisation = kOrganisation;
    maker.roles = {test_.letter.pack + "/" + test_.role};
    const json::object wish{{"template", test_.letter.full_id()},
                            {"language", test_.language}};
    const auto made = bench_.letters().make(maker, wish, {});
    if (!made) {
      differ("letter", "made", describe(made.error()));
      return {};
    }
    ZICHT_TRY(letter, parse_json(made->document.json));
    compare(letter);
    return {};
  }

 private:
  void differ(std::string what, std::string expected, std::string got) {
    outcome_.differences.push_back({std::move(what), std::move(expected), std::move(got)});
  }

  // In the state that the test says, however it would have come there.
  Result<void> put(const LetterTestRecord& given) {
    const app::RulebookPtr rules = bench_.rules();
    const app::ActiveForm form = app::find_active_form(*rules, given.form);
    const auto checked = model::validate_fields(*form.form, rules->packs, given.fields,
                                                {.on = bench_.day(), .check_required = false});
    for (const Problem& problem : checked.problems) {
      differ("record " + given.name + " " + problem.where, "fits", problem.message.en);
    }
    if (!checked.problems.empty()) return {};
    const model::Judge judge = app::judge_of(*rules, form, bench_.day());
    ZICHT_TRY(record, model::begin(judge, checked.fields, bench_.day()));
    record.id = given.id;
    record.organisation = kOrganisation;
    if (given.state.empty() || given.state == record.state) return bench_.put(std::move(record));
    const model::Process* process = model::process_of(judge, record.fields);
    const model::State* state =
        process == nullptr ? nullptr : process->find_state(given.state);
    if (state == nullptr) {
      differ("record " + given.name, "a state of its process", given.state);
      return {};
    }
    record.state = state->id;
    record.audience = state->audience.value_or(form.form->audience);
    record.tasks.clear();
    return bench_.put(std::move(record));
  }

  std::string name_of(const Json& source) const {
    const std::string ref(source.at("ref").as_string());
    if (source.at("kind") == "record") {
      for (const LetterTestRecord& each : test_.records) {
        if (each.id == ref) return each.name;
      }
    }
    const std::string below = ref.substr(ref.find('/') + 1);
    return source.at("kind") == "indicator" ? "figure(" + below + ")" : "source(" + below + ")";
  }

  std::vector<std::string> names_of(const Json& sources) const {
    std::vector<std::string> names;
    for (const Json& source : sources.as_array()) names.push_back(name_of(source));
    return names;
  }

  // What the letter says, by part.
  std::map<std::string, std::vector<ToldPart>> parts_of(const Json& letter) const {
    std::map<std::string, std::vector<ToldPart>> parts;
    for (const Json& section : letter.at("sections").as_array()) {
      for (const Json& sentence : section.at("sentences").as_array()) {
        const std::string id(sentence.at("id").as_string());
        parts[id.substr(0, id.find('/'))].push_back(
            {std::string(sentence.at("text").as_string()), names_of(sentence.at("sources"))});
      }
      for (const Json& table : section.at("tables").as_array()) {
        const auto sources = names_of(table.at("sources"));
        auto& rows = parts[std::string(table.at("id").as_string())];
        for (std::size_t i = 0; i < table.at("rows").as_array().size(); ++i) {
          std::string cells;
          for (const Json& cell : table.at("rows").at(i).as_array()) {
            cells += (cells.empty() ? "" : " | ") + std::string(cell.as_string());
          }
          rows.push_back({std::move(cells), {sources.at(i)}});
        }
      }
    }
    return parts;
  }

  static std::string told(const ToldPart& part) {
    std::string from;
    for (const std::string& each : part.from) from += (from.empty() ? "" : ", ") + each;
    return "\"" + part.text + "\" from " + (from.empty() ? "nothing" : from);
  }

  void compare(const Json& letter) {
    auto parts = parts_of(letter);
    for (const auto& [id, expected] : test_.expected) {
      const std::vector<ToldPart>& got = parts[id];
      for (std::size_t i = 0; i < std::max(expected.size(), got.size()); ++i) {
        const std::string wanted = i < expected.size() ? told(expected[i]) : "-";
        const std::string came = i < got.size() ? told(got[i]) : "-";
        if (wanted != came) differ(id + " " + std::to_string(i + 1), wanted, came);
      }
    }
  }

  const LetterTest& test_;
  LetterBench& bench_;
  TestOutcome& outcome_;
};

}  // namespace

Result<std::vector<TestOutcome>> run_letter_tests(const PackFolder& folder,
                                                  const PackFolders& packs) {
  std::vector<TestOutcome> outcomes;
  for (const LetterTest& test : packs::letter_tests_of(folder.loaded.pack, packs.packs)) {
    ZICHT_TRY(bench, LetterBench::open(packs, test.on));
    TestOutcome outcome{test.name, test.file, test.line, {}, {}};
    ZICHT_CHECKED(LetterTestRunner(test, *bench, outcome).run());
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace zicht::server
