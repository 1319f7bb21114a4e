// Reminding many places of a round in one act.
#include <map>
#include <set>

#include "app/internal/body.h"
#include "app/internal/record_draft.h"
#include "app/internal/round_reminder.h"
#include "app/internal/trouble.h"
#include "app/present/json_writer.h"
#include "app/rounds_service.h"
#include "base/error_catalogue.h"
#include "base/hash.h"

namespace zicht::app {
namespace {

using internal::AskedRound;
using internal::Body;
using internal::Draft;
using internal::is_trouble;
using internal::Reminder;
using model::Record;

// One request that was sent, and what came of it.
struct Reminded {
  std::string id;
  std::int64_t version = 0;
  const Record* request = nullptr;  // null: it is not of this edition, or not seen
  bool was_today = false;
  std::optional<Error> refused{};
};

Result<std::vector<Reminded>> read_requests(Body& body) {
  std::vector<Reminded> requests;
  std::set<std::string> seen;
  const Json* list = body.array_if("requests");
  const std::size_t count = list == nullptr ? 0 : list->get_array().size();
  for (std::size_t i = 0; i < count && i < internal::kMostRoundPlaces; ++i) {
    Body item(list->get_array()[i], {"id", "version"});
    Reminded each{.id = item.text("id"), .version = item.number_if("version").value_or(0)};
    if (auto sound = item.check(); !sound) {
      std::vector<Problem> problems = sound.error().problems;
      for (Problem& found : problems) found.where = "/requests/" + std::to_string(i) + found.where;
      body.add(std::move(problems));
    } else if (seen.insert(each.id).second) {
      requests.push_back(std::move(each));
    }
  }
  if (body.is_sound() && (count == 0 || requests.size() != count)) {
    body.add(make_problem("AP-0350", "/requests"));
  }
  ZICHT_CHECKED(body.check());
  return requests;
}

// A key of its own for what one organisation keeps: a unit of the journal is of one.
WriteContext part_of(const WriteContext& context, const std::string& organisation) {
  if (context.idempotency.key_hash.empty()) return {};
  Hasher hasher;
  for (const std::string& part : {context.idempotency.key_hash, organisation}) {
    hasher.add_u64(part.size()).add(part);
  }
  WriteContext part = context;
  part.idempotency.key_hash = hasher.finish().to_string();
  return part;
}

class Reminding {
 public:
  Reminding(const RecordService::Ports& ports, const Caller& caller, const AskedRound& asked,
            const WriteContext& context, std::string reason)
      : ports_(ports),
        caller_(caller),
        asked_(asked),
        context_(context),
        reason_(std::move(reason)) {}

  // Errors: those of the store; what is wrong with one request stands with it.
  Result<void> run(std::vector<Reminded>& all) {
    std::map<std::string, std::vector<Reminded*>> by_keeper;
    for (Reminded& each : all) {
      if (each.request != nullptr) {
        by_keeper[each.request->organisation].push_back(&each);
      } else {
        each.refused = make_error("AP-0281");
      }
    }
    for (auto& [organisation, requests] : by_keeper) {
      const WriteContext part = part_of(context_, organisation);
      ZICHT_TRY(done, done_before(part));
      ZICHT_CHECKED(done ? tell_again(requests, *done) : remind(requests, part));
    }
    return {};
  }

 private:
  Result<std::optional<Receipt>> done_before(const WriteContext& part) {
    if (part.idempotency.key_hash.empty()) return std::optional<Receipt>();
    return ports_.store.replay_of(part.idempotency);
  }

  // What was answered then is not kept. Who was reminded stands in the journal; of the others it is
  // told what they are now.
  Result<void> tell_again(const std::vector<Reminded*>& requests, const Receipt& done) {
    for (Reminded* each : requests) {
      ZICHT_TRY(is_reminded, was_reminded(*each, done));
      if (is_reminded) continue;
      each->was_today = is_today(*each);
      if (each->was_today) continue;
      auto draft = draft_of(*each);
      if (!draft && is_trouble(draft.error())) return draft.error();
      each->refused = draft ? make_error("AP-0285") : draft.error();
    }
    return {};
  }

  // The newest version by the end of that unit is the reminder in it. What time did before it may
  // be a version too, so it need not be the next one.
  Result<bool> was_reminded(const Reminded& each, const Receipt& done) {
    ZICHT_TRY(items, ports_.store.history(each.id, 1, done.seq + 1));
    if (items.empty()) return false;
    const HistoryItem& item = items.front();
    return item.envelope.actor == caller_.account && item.record.version > each.version &&
           item.event.transition == asked_.round->requests->remind;
  }

  bool is_today(const Reminded& each) {
    return internal::reminder_of(ports_, caller_, asked_, *each.request) == Reminder::kToday;
  }

  Result<Draft> draft_of(const Reminded& each) {
    json::object request{{"transition", asked_.round->requests->remind}};
    if (!reason_.empty()) request["reason"] = reason_;
    ZICHT_TRY(found, internal::find_record(ports_.store, asked_.rules, caller_, each.id, {}));
    ZICHT_TRY(is_current, internal::is_as_seen(ports_.store, found.record, each.version));
    if (!is_current) return make_error("AP-0285");
    return internal::draft_step(ports_, caller_, std::move(found), Json(std::move(request)));
  }

  // Those of one organisation: what can be done is written together.
  Result<void> remind(const std::vector<Reminded*>& requests, const WriteContext& part) {
    std::vector<Draft> drafts;
    std::vector<Reminded*> drafted;
    for (Reminded* each : requests) {
      each->was_today = is_today(*each);
      if (each->was_today) continue;
      auto draft = draft_of(*each);
      if (!draft && is_trouble(draft.error())) return draft.error();
      if (draft) {
        drafts.push_back(*std::move(draft));
        drafted.push_back(each);
      } else {
        each->refused = draft.error();
      }
    }
    if (drafts.empty()) return {};
    const auto written = write(drafts, part);
    if (!written && !internal::is_stale(written.error())) return written.error();
    if (written) return {};
    for (Reminded* each : drafted) each->refused = make_error("AP-0285");
    return {};
  }

  Result<void> write(std::vector<Draft>& drafts, const WriteContext& part) {
    Unit unit = internal::unit_of(caller_, part);
    for (const Draft& draft : drafts) {
      ZICHT_CHECKED(internal::store_fired(ports_.store, draft.base, draft.found.record.version));
      unit.records.push_back(internal::write_of(draft));
    }
    ZICHT_TRY(receipt, ports_.store.append_and_wait(std::move(unit)));
    if (receipt.is_replay) return {};
    for (Draft& draft : drafts) {
      draft.after.recorded_at = receipt.recorded_at;
      draft.after.actor = caller_.account;
      static_cast<void>(
          internal::tell_changed(ports_.store, ports_.feed, *draft.found.form.form, draft.after));
    }
    return {};
  }

  const RecordService::Ports& ports_;
  const Caller& caller_;
  const AskedRound& asked_;
  const WriteContext& context_;
  std::string reason_;
};

void write_reminded(JsonWriter& json, const Reminded& each) {
  json.object().member("id", each.id);
  const std::string_view outcome = each.refused ? "refused" : each.was_today ? "today" : "reminded";
  json.member("outcome", outcome);
  if (each.refused) {
    json.key("problem").object().member("id", each.refused->id);
    json.member("message", each.refused->message).member("hint", each.refused->hint).end();
  }
  json.end();
}

}  // namespace

Result<std::string> RoundsService::remind(const Caller& caller, const SheetName& name,
                                          const Json& request, const WriteContext& context) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(round, find_round(*rules, name));
  ZICHT_TRY(asked, internal::ask_round(rules, caller, round));
  if (!round->requests || round->requests->remind.empty()) return make_error("AP-0351");
  Body body(request, {"requests", "reason"});
  std::string reason = body.text_if("reason").value_or("");
  ZICHT_TRY(reminded, read_requests(body));
  ZICHT_TRY(of, internal::member_of(ports_, asked, caller, asked.editions, name.of));
  json::array filters{json::object{{"field", round->requests->of}, {"equals", of.id}}};
  ZICHT_TRY(records,
            internal::rows_of(ports_, *rules, caller,
                              {.form = round->requests->form, .filters = std::move(filters)}));
  for (Reminded& each : reminded) {
    for (const Record& record : records) {
      if (record.id == each.id) each.request = &record;
    }
  }
  ZICHT_CHECKED(Reminding(ports_, caller, asked, context, std::move(reason)).run(reminded));
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const Reminded& each : reminded) write_reminded(json, each);
  json.end().end();
  return out;
}

}  // namespace zicht::app
