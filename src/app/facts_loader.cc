#include "app/facts_loader.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>

#include "app/engine_entries.h"
#include "app/internal/fact_past.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/ids.h"
#include "model/rules.h"
#include "model/validate.h"

namespace zicht::app {
namespace {

using internal::FactPast;
using internal::PersonsAct;

constexpr std::string_view kNoContent = "geen";
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

  [[nodiscard]] std::string place() const { return pack + "/" + file->id + "/" + fact->id; }
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

// The steps of a fact with references resolved, for the marker of its content.
Json step_json(const model::FactStep& step, Json fields) {
  return json::object{{"do", step.transition},
                      {"on", step.on.to_string()},
                      {"fields", std::move(fields)},
                      {"reason", step.reason}};
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
      if (!written) refuse(source.place(), written.error());
    }
    for (const auto& [key, record] : known_) {
      const auto withdrawn = withdraw_if_gone(key, record);
      if (!withdrawn) refuse(key, withdrawn.error());
    }
    wait_for_writer();
    if (problems_.empty()) return outcome_;
    Error error = make_error("AP-0060");
    error.problems = std::move(problems_);
    return error;
  }

 private:
  void refuse(const std::string& place, const Error& error) {
    const std::lock_guard lock(mutex_);
    for (auto problem : error.problems) {
      problem.where = place + problem.where;
      problems_.push_back(std::move(problem));
    }
    if (error.problems.empty()) problems_.push_back({error.id, place, error.message, error.hint});
  }

  // Every verified fact of the active packs, with its record id: references then need no order.
  Result<void> collect() {
    ZICHT_TRY(known, ports_.store.records_of_facts());
    known_ = std::move(known);
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
    const auto known = known_.find(source.key);
    source.is_known = known != known_.end();
    source.record = source.is_known ? known->second : PublicId::random(ports_.rng).to_string();
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
    return refused(std::move(checked.problems));
  }

  // What the rules of the form say of a fact that is about to be written. Of one that stands there
  // already they say nothing any more: a rule may go by the day.
  Result<void> check_rules_of(const Source& source, const Json& fields) const {
    auto problems = model::check_rules(*source.form.form, rules_->packs, fields,
                                       {.today = source.fact->from.value_or(today_)});
    return problems.empty() ? Result<void>() : Result<void>(refused(std::move(problems)));
  }

  static Error refused(std::vector<Problem> problems) {
    Error error = make_error("AP-0060");
    error.problems = std::move(problems);
    return error;
  }

  model::Judge judge_on(const Source& source, Date day) const {
    return judge_of(*rules_, source.form, day);
  }

  // The versions of one record in the making.
  struct Story {
    Unit unit;
    model::Record record;
    LocalizedText told;                 // what a load did to a record that was there; or empty
  };

  // What the rules of the form say of the record as it becomes, where they look at `touched`.
  Result<void> check_touched(const Source& source, const Story& story, const Json& whole,
                             const json::object& touched, Date on) const {
    auto problems = model::check_rules(
        *source.form.form, rules_->packs, whole,
        {.today = on, .before = &story.record.fields, .touched = &touched});
    return problems.empty() ? Result<void>() : Result<void>(refused(std::move(problems)));
  }

  Result<void> check_step_rules(const Source& source, const Story& story, const Json& fields,
                                Date on) const {
    return check_touched(source, story, model::merged(story.record.fields, fields),
                         fields.get_object(), on);
  }

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

  Result<void> take(const Source& source, Story& story, std::size_t index) const {
    const auto& step = source.fact->steps[index];
    if (today_ < step.on) return make_error("MO-0213");
    ZICHT_TRY(fields, fields_of(source, step.fields, step.on, false));
    ZICHT_CHECKED(let_time_pass(source, story, step.on));
    ZICHT_CHECKED(check_step_rules(source, story, fields, step.on));
    // What a source reports was done by persons that Zicht does not know, each time another.
    const std::string person = "source/" + std::to_string(index);
    ZICHT_TRY(after,
              model::step(judge_on(source, step.on), story.record,
                          {step.transition, std::move(fields), step.reason, person, step.on}));
    add(story, std::move(after), {"stepped", step.transition, step.reason});
    return {};
  }

  // The first version of a fact as the pack has it now.
  Result<void> begin(const Source& source, Story& story, const Json& fields, Date from,
                     model::RecordEvent event) const {
    ZICHT_TRY(record, model::begin(judge_on(source, from), fields, from));
    record.id = source.record;
    record.organisation = source.file->organisation;
    record.fact = source.key;
    add(story, std::move(record), std::move(event));
    return {};
  }

  // Its fields, and the markers of its content with none, one ... all of its steps.
  struct Content {
    Json fields;
    std::vector<std::string> markers;
  };

  Result<Content> content_of(const Source& source) const {
    const model::Fact& fact = *source.fact;
    ZICHT_TRY(fields, fields_of(source, fact.fields, fact.from.value_or(today_), true));
    json::array steps;
    for (const auto& step : fact.steps) {
      ZICHT_TRY(given, fields_of(source, step.fields, step.on, false));
      steps.push_back(step_json(step, std::move(given)));
    }
    Content content{std::move(fields), {}};
    for (std::size_t count = 0; count <= steps.size(); ++count) {
      ZICHT_TRY(marker, internal::content_marker(*source.form.form, content.fields, fact.from,
                                                 steps, count));
      content.markers.push_back(std::move(marker));
    }
    return content;
  }

  Result<void> create(const Source& source) {
    ZICHT_TRY(content, content_of(source));
    ZICHT_CHECKED(check_rules_of(source, content.fields));
    const std::string reason =
        internal::with_marker("uit het pakket geladen", content.markers.back());
    Story story;
    ZICHT_CHECKED(begin(source, story, content.fields, source.fact->from.value_or(today_),
                        {"loaded", "", reason}));
    for (std::size_t i = 0; i < source.fact->steps.size(); ++i) {
      ZICHT_CHECKED(take(source, story, i));
    }
    ZICHT_CHECKED(let_time_pass(source, story, today_));
    write(source.place(), std::move(story), &outcome_.created);
    return {};
  }

  Result<void> update(const Source& source) {
    ZICHT_TRY(content, content_of(source));
    ZICHT_TRY(past, internal::past_of_fact(ports_.store, source.record));
    const std::string& marker = content.markers.back();
    if (past.marker == marker) return {};
    ZICHT_TRY(is_same, internal::is_same_by_older_marker(past, content.fields, *source.fact));
    if (is_same) return {};
    ZICHT_CHECKED(check_rules_of(source, content.fields));
    Story story;
    ZICHT_TRY(record, ports_.store.record(source.record, {}));
    story.record = std::move(record);
    const auto known = std::find(content.markers.begin(), content.markers.end(), past.marker);
    const auto taken = static_cast<std::size_t>(known - content.markers.begin());
    const auto& steps = source.fact->steps;
    if (taken < steps.size() && story.record.valid_from <= steps[taken].on) {
      ZICHT_CHECKED(go_on(source, story, taken, marker));
    } else {
      ZICHT_CHECKED(tell_again(source, story, past, content));
    }
    ZICHT_CHECKED(let_time_pass(source, story, today_));
    write(source.place(), std::move(story), &outcome_.changed);
    return {};
  }

  // The pack only added steps after all that happened: they are taken from where the record stands.
  Result<void> go_on(const Source& source, Story& story, std::size_t taken,
                     const std::string& marker) const {
    const auto& steps = source.fact->steps;
    story.told = {"stappen toegevoegd: " + std::to_string(steps.size() - taken),
                  "steps added: " + std::to_string(steps.size() - taken)};
    model::Record same = story.record;
    same.valid_to.reset();
    add(story, std::move(same),
        {"loaded", "", internal::with_marker("uit het pakket: " + story.told.nl, marker)});
    for (std::size_t i = taken; i < steps.size(); ++i) ZICHT_CHECKED(take(source, story, i));
    return {};
  }

  // The whole story of the fact over what stood there, with what people did to the record.
  Result<void> tell_again(const Source& source, Story& story, const FactPast& past,
                          const Content& content) const {
    const Date from = source.fact->from.value_or(past.first_day);
    const bool was_gone = story.record.state == model::kFactWithdrawn;
    story.told = was_gone ? LocalizedText{"weer in het pakket", "in the pack again"}
                          : internal::told_difference(past, *source.form.form, content.fields,
                                                      *source.fact);
    if (past.first_day < from) {
      add(story, model::withdraw(judge_on(source, from), story.record, past.first_day),
          {"corrected", "", "volgens het pakket geldt dit pas vanaf " + from.to_string()});
    }
    ZICHT_CHECKED(begin(source, story, content.fields, from,
                        {"corrected", "", internal::with_marker(
                            "gecorrigeerd uit het pakket: " + story.told.nl,
                            content.markers.back())}));
    std::size_t step = 0;
    const auto& steps = source.fact->steps;
    for (const PersonsAct& act : past.acts) {
      while (step < steps.size() && steps[step].on <= act.recorded) {
        ZICHT_CHECKED(take(source, story, step++));
      }
      ZICHT_CHECKED(act_again(source, story, act));
    }
    while (step < steps.size()) ZICHT_CHECKED(take(source, story, step++));
    for (const PersonsAct& act : past.acts) correct_again(source, story, act);
    return {};
  }

  static model::RecordEvent retold(const PersonsAct& act) {
    model::RecordEvent event = act.event;
    event.reason = std::string(internal::kRetold) + ": " + act.event.reason;
    return event;
  }

  // What a person did, on the day it was done. The fact's own fields win over those of a change,
  // and what is computed comes out of both.
  Result<void> act_again(const Source& source, Story& story, const PersonsAct& act) const {
    if (act.after.valid_to) return {};
    ZICHT_CHECKED(let_time_pass(source, story, act.recorded));
    const model::Judge judge = judge_on(source, act.recorded);
    if (act.event.event == "stepped") {
      Json given = step_fields(judge, story, act);
      ZICHT_CHECKED(check_step_rules(source, story, given, act.recorded));
      ZICHT_TRY(after, model::step(judge, story.record,
                                   {act.event.transition, std::move(given), act.event.reason,
                                    act.person, act.after.valid_from}));
      add(story, std::move(after), retold(act));
      return {};
    }
    const json::object& own = source.fact->fields.as_object();
    const auto is_theirs = [&](std::string_view id) {
      const model::Field* field = source.form.form->find_field(id);
      return !own.contains(id) && (field == nullptr || !field->is_computed());
    };
    json::object fields = story.record.fields.as_object(), changed;
    for (const auto& member : act.set) {
      if (is_theirs(member.key())) fields[member.key()] = changed[member.key()] = member.value();
    }
    for (const std::string& field : act.dropped) {
      if (is_theirs(field) && fields.erase(field) > 0) changed[field] = nullptr;
    }
    if (fields == story.record.fields.as_object()) return {};
    ZICHT_CHECKED(check_touched(source, story, fields, changed, act.recorded));
    const Date from = std::max(act.after.valid_from, story.record.valid_from);
    ZICHT_TRY(after, model::change_again(judge, story.record, std::move(fields), from));
    add(story, std::move(after), retold(act));
    return {};
  }

  // The fields that a person gave with a step: those that the step asks for.
  static Json step_fields(const model::Judge& judge, const Story& story, const PersonsAct& act) {
    json::object given;
    const model::Process* process = model::process_of(judge, story.record.fields);
    const auto* step =
        process == nullptr ? nullptr : process->find_transition(act.event.transition);
    if (step == nullptr) return given;
    for (const auto& [field, need] : step->fields) {
      const Json* value = act.after.fields.as_object().if_contains(field);
      if (value == nullptr) continue;
      if (need == model::Need::kRequired || act.set.contains(field)) given[field] = *value;
    }
    return given;
  }

  // A person's correction of a time with an end stands as that person wrote it.
  void correct_again(const Source& source, Story& story, const PersonsAct& act) const {
    if (!act.after.valid_to) return;
    model::Record now = story.record;
    model::Record past = act.after;
    past.pack_hash = source.form.pack->hash;
    add(story, std::move(past), retold(act));
    now.version = story.record.version;
    story.record = std::move(now);
  }

  // A fact of an active pack that this pack has no more.
  Result<void> withdraw_if_gone(const std::string& key, const std::string& id) {
    const auto pack = rules_->packs.active(key.substr(0, key.find('/')));
    if (pack == nullptr || records_.contains(key)) return {};
    ZICHT_TRY(record, ports_.store.record(id, {}));
    if (record.state == model::kFactWithdrawn) return {};
    const ActiveForm form = find_active_form(*rules_, record.form);
    if (form.form == nullptr) return make_error("AP-0003");
    ZICHT_TRY(past, internal::past_of_fact(ports_.store, id));
    Story story;
    story.record = std::move(record);
    story.told = {"ingetrokken: het pakket heeft dit feit niet meer",
                  "withdrawn: the pack has this fact no more"};
    model::Record withdrawn =
        model::withdraw(judge_of(*rules_, form, today_), story.record, past.first_day);
    withdrawn.state_since = today_;
    add(story, std::move(withdrawn),
        {"corrected", "", internal::with_marker(story.told.nl, std::string(kNoContent))});
    write(key, std::move(story), &outcome_.withdrawn);
    return {};
  }

  // Queued: the writer commits many facts together.
  void write(std::string place, Story story, std::int64_t* counter) {
    story.unit.actor = kSystemActor;
    story.unit.purpose = kPurposeFacts;
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [this] { return waiting_ < kMostWaiting; });
      ++waiting_;
    }
    ports_.store.append(std::move(story.unit), [this, place = std::move(place), counter,
                                                told = std::move(story.told)](
                                                   Result<Receipt> receipt) {
      if (!receipt) refuse(place, receipt.error());
      const std::lock_guard lock(mutex_);
      if (receipt) ++*counter;
      if (receipt && !told.nl.empty()) outcome_.told.push_back({place, told});
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
  std::map<std::string, std::string> records_;  // of the facts that the packs have
  std::map<std::string, std::string> known_;    // of every fact that was ever loaded
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
