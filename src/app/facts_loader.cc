#include "app/facts_loader.h"

#include <condition_variable>
#include <map>
#include <mutex>

#include "app/engine_entries.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/ids.h"
#include "model/validate.h"

namespace zicht::app {
namespace {

constexpr std::int64_t kMostHistory = 1000;
constexpr std::string_view kFactOpen = "fact(";

// One fact with all that decides about it.
struct Source {
  std::string key;  // "pack/fact-id"
  std::string pack;
  const model::FactFile* file = nullptr;
  const model::Fact* fact = nullptr;
  ActiveForm form;
  std::string record;  // id: known, or chosen for it
  bool is_known = false;
};

std::string full_key(const std::string& reference, const std::string& pack) {
  return reference.find('/') == std::string::npos ? pack + "/" + reference : reference;
}

// "fact(x)" -> "x"; absent for another text.
std::optional<std::string> referred(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const std::string_view text(value.as_string());
  if (!text.starts_with(kFactOpen) || !text.ends_with(')')) return std::nullopt;
  return std::string(text.substr(kFactOpen.size(), text.size() - kFactOpen.size() - 1));
}

// Names the content of a fact, so that the next load knows whether it changed.
Result<std::string> reason_of(const Json& fields) {
  ZICHT_TRY(text, canonical_json(fields));
  return "uit het pakket geladen, inhoud " + hash_of(text).to_string().substr(0, 12);
}

// Loads one set of rules; what does not fit is collected, not thrown away at the first.
class Loading {
 public:
  Loading(const FactsLoader::Ports& ports, RulebookPtr rules, Date today)
      : ports_(ports), rules_(std::move(rules)), today_(today) {}

  Result<FactsLoader::Outcome> run() {
    ZICHT_CHECKED(collect());
    for (const auto& source : sources_) {
      const auto written = source.is_known ? update(source) : create(source);
      if (!written) refuse(source, written.error());
    }
    wait_for_writer();
    if (problems_.empty()) return outcome_;
    Error error = make_error("AP-0060");
    error.problems = std::move(problems_);
    return error;
  }

 private:
  void refuse(const Source& source, const Error& error) {
    const std::string place = source.pack + "/" + source.file->id + "/" + source.fact->id;
    const std::lock_guard lock(mutex_);
    for (auto problem : error.problems) {
      problem.where = place + problem.where;
      problems_.push_back(std::move(problem));
    }
    if (error.problems.empty()) problems_.push_back({error.id, place, error.message, error.hint});
  }

  // Every verified fact of the active packs, with its record id: references then need no order.
  Result<void> collect() {
    for (const auto& pack : rules_->packs.all_active()) {
      for (const auto& file : pack->facts) {
        if (!file.is_verified) continue;
        ZICHT_CHECKED(
            ports_.accounts.put_organisation({file.organisation, file.organisation_name}));
        for (const auto& fact : file.facts) ZICHT_CHECKED(collect_one(*pack, file, fact));
      }
    }
    return {};
  }

  Result<void> collect_one(const model::Pack& pack, const model::FactFile& file,
                           const model::Fact& fact) {
    Source source{pack.id + "/" + fact.id,
                  pack.id,
                  &file,
                  &fact,
                  find_active_form(*rules_, file.form),
                  "",
                  false};
    if (source.form.form == nullptr) return make_error("AP-0003");
    ZICHT_TRY(known, ports_.store.record_of_fact(source.key));
    source.is_known = known.has_value();
    source.record = known ? *known : PublicId::random(ports_.rng).to_string();
    records_[source.key] = source.record;
    sources_.push_back(std::move(source));
    ++outcome_.facts;
    return {};
  }

  Json resolved(const Json& value, const std::string& pack) const {
    if (const auto reference = referred(value)) {
      const auto found = records_.find(full_key(*reference, pack));
      return found == records_.end() ? value : Json(found->second);
    }
    if (!value.is_array()) return value;
    json::array items;
    for (const auto& item : value.as_array()) items.push_back(resolved(item, pack));
    return items;
  }

  Result<Json> fields_of(const Source& source, const Json& given, Date on, bool is_whole) const {
    json::object fields;
    for (const auto& member : given.as_object()) {
      fields[member.key()] = resolved(member.value(), source.pack);
    }
    auto checked =
        model::validate_fields(*source.form.form, rules_->packs, fields,
                               {.on = on, .check_required = is_whole, .before = nullptr});
    if (checked.problems.empty()) return std::move(checked.fields);
    Error error = make_error("AP-0060");
    error.problems = std::move(checked.problems);
    return error;
  }

  model::Judge judge_on(const Source& source, Date day) const {
    return judge_of(*rules_, source.form, day);
  }

  // The versions of one record in the making.
  struct Story {
    Unit unit;
    model::Record record;
  };

  void add(Story& story, model::Record record, model::RecordEvent event) const {
    record.version = story.record.version + 1;
    story.unit.records.push_back({record, std::move(event), story.record.version});
    story.record = std::move(record);
  }

  Result<void> let_time_pass(const Source& source, Story& story, Date day) const {
    ZICHT_TRY(fired, model::pass_time(judge_on(source, day), story.record));
    for (auto& one : fired) add(story, std::move(one.record), std::move(one.event));
    return {};
  }

  // The steps from `first` on, each on its own day, then time up to today.
  Result<void> replay(const Source& source, Story& story, std::size_t first) const {
    for (std::size_t i = first; i < source.fact->steps.size(); ++i) {
      const auto& step = source.fact->steps[i];
      if (today_ < step.on) return make_error("MO-0213");
      ZICHT_TRY(fields, fields_of(source, step.fields, step.on, false));
      ZICHT_CHECKED(let_time_pass(source, story, step.on));
      // What a source reports was done by persons that Zicht does not know, each time another.
      const std::string person = "source/" + std::to_string(i);
      ZICHT_TRY(after,
                model::step(judge_on(source, step.on), story.record,
                            {step.transition, std::move(fields), step.reason, person, step.on}));
      add(story, std::move(after), {"stepped", step.transition, step.reason});
    }
    return let_time_pass(source, story, today_);
  }

  Result<void> create(const Source& source) {
    const Date from = source.fact->from.value_or(today_);
    ZICHT_TRY(fields, fields_of(source, source.fact->fields, from, true));
    ZICHT_TRY(reason, reason_of(fields));
    ZICHT_TRY(record, model::begin(judge_on(source, from), std::move(fields), from));
    Story story;
    record.id = source.record;
    record.organisation = source.file->organisation;
    record.fact = source.key;
    add(story, std::move(record), {"loaded", "", reason});
    ZICHT_CHECKED(replay(source, story, 0));
    write(source, std::move(story), &outcome_.created);
    return {};
  }

  // Which content of the fact was loaded last, and how many of its steps were taken.
  struct Loaded {
    std::string reason;
    std::size_t steps = 0;
  };

  Result<Loaded> last_loaded(const Source& source) const {
    ZICHT_TRY(items, ports_.store.history(source.record, kMostHistory, std::nullopt));
    Loaded loaded;
    for (const auto& item : items) {
      if (item.event.event == "loaded" && loaded.reason.empty()) loaded.reason = item.event.reason;
      if (item.event.event == "stepped" && item.envelope.actor == kSystemActor) ++loaded.steps;
    }
    return loaded;
  }

  Result<void> update(const Source& source) {
    const Date from = source.fact->from.value_or(today_);
    ZICHT_TRY(fields, fields_of(source, source.fact->fields, from, true));
    ZICHT_TRY(reason, reason_of(fields));
    ZICHT_TRY(loaded, last_loaded(source));
    const bool is_changed = reason != loaded.reason;
    if (!is_changed && loaded.steps >= source.fact->steps.size()) return {};
    Story story;
    ZICHT_TRY(record, ports_.store.record(source.record, {}));
    story.record = std::move(record);
    if (is_changed) ZICHT_CHECKED(change(source, story, fields, reason));
    ZICHT_CHECKED(replay(source, story, loaded.steps));
    write(source, std::move(story), &outcome_.changed);
    return {};
  }

  // The fact's fields go over those of the record; what people or steps added stays.
  Result<void> change(const Source& source, Story& story, const Json& fact,
                      const std::string& reason) const {
    json::object fields = story.record.fields.as_object();
    for (const auto& member : fact.as_object()) fields[member.key()] = member.value();
    ZICHT_TRY(changed,
              model::change(judge_on(source, today_), story.record, std::move(fields), today_));
    add(story, std::move(changed), {"loaded", "", reason});
    return {};
  }

  // Queued: the writer commits many facts together.
  void write(const Source& source, Story story, std::int64_t* counter) {
    story.unit.actor = kSystemActor;
    story.unit.purpose = kPurposeFacts;
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [this] { return waiting_ < kMostWaiting; });
      ++waiting_;
    }
    ports_.store.append(std::move(story.unit), [this, &source, counter](Result<Receipt> receipt) {
      if (!receipt) refuse(source, receipt.error());
      const std::lock_guard lock(mutex_);
      if (receipt) ++*counter;
      --waiting_;
      room_.notify_all();
    });
  }

  void wait_for_writer() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return waiting_ == 0; });
  }

  static constexpr int kMostWaiting = 256;

  const FactsLoader::Ports& ports_;
  const RulebookPtr rules_;
  const Date today_;
  std::vector<Source> sources_;
  std::map<std::string, std::string> records_;
  FactsLoader::Outcome outcome_;
  std::mutex mutex_;  // problems_, outcome_ counters, waiting_
  std::condition_variable room_;
  int waiting_ = 0;
  std::vector<Problem> problems_;
};

}  // namespace

Result<FactsLoader::Outcome> FactsLoader::load(Date today) {
  return Loading(ports_, ports_.packs.rules(), today).run();
}

}  // namespace zicht::app
