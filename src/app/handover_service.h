// Hand-over (overdracht): the file of a person passes from one organisation to another.
//
// It changes grants, not keys: rows stay with the organisation that made them. Whoever may
// `hand_over` the record of a person offers what their own organisation keeps about that person (of
// all forms, or some) to another one; there, whoever may `hand_over` such persons accepts or
// refuses. Until then the receiver learns the terms of the offer and nothing of the person. While
// an accepted hand-over lasts, rules for the own organisation reach its rows to look at them
// (app/access.h); what is new is written under the organisation that writes it. The keeper may give
// up writing meanwhile. Either side ends it: the keeper withdraws, the receiver returns.
// What was received cannot be handed on: an offer holds rows of the offering organisation alone.
// Several may last at once, of the same rows too. Where a pack lets nobody hand over such files any
// more, whoever of the keeper may change the record of the person still takes them back.
// Each act is an entry of the journal, sealed with the record of the person.
// Errors: AP-0001 no such record or hand-over (or not visible), AP-0002 may not, AP-0020 problems
// of the body (AP-0028, AP-0160 to AP-0162, AP-0164, AP-0165, AP-0167), AP-0163 it is too late for
// that.
// Thread-safe; blocks on the store.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/access.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "app/present/record_json.h"
#include "app/read_recorder.h"
#include "app/record_service.h"
#include "base/rng.h"

namespace zicht::app {

enum class HandoverAct { kAccept, kRefuse, kWithdraw, kReturn };

class HandoverService {
 public:
  struct Ports {
    Store& store;
    PacksService& packs;
    Organisations& organisations;
    ChangeFeed& feed;
    const Clock& clock;
    Rng& rng;                           // thread-safe
    ReadRecorder& reads;
  };
  explicit HandoverService(Ports ports) : ports_(ports) {}

  // Body {"organisation", "forms"?: ["pack/form"], "from"?, "until"?, "gives_up"?, "reason",
  // "basis"}. Gives the hand-over. The same idempotency key gives the same answer again, whatever
  // came of it. Absent `forms`: all that the organisation keeps about the person, also of forms
  // that the caller may not look at; those cannot be named.
  [[nodiscard]] Result<std::string> offer(const Caller& caller, const std::string& record,
                                          const Json& body, const WriteContext& context);
  // Body {"direction"?: "incoming" or "outgoing", "person"?, "state"?, "limit"?, "before"?}: those
  // of the caller's organisation, of persons whose files the caller may hand over; without a
  // direction, for a privacy officer all: {"items": [...], "next"?: seq to give as `before`,
  // "organisations"?: outgoing alone: [{"id", "name"}] that one may hand over to}.
  [[nodiscard]] Result<std::string> search(const Caller& caller, const Json& body);
  // Body {"reason"}; for accepting it may be left out.
  [[nodiscard]] Result<std::string> act(const Caller& caller, const std::string& id,
                                        HandoverAct act, const Json& body);

 private:
  struct View;

  View view_of(const Caller& caller);
  Result<void> keep_shown(const Caller& caller, View& view, std::vector<Handover>& handovers);
  Result<std::vector<Handover>> shown(const Caller& caller, View& view, HandoverQuery query);
  Result<Handover> find(const Caller& caller, View& view, const std::string& id);
  Result<HandoverQuery> read_search(const Caller& caller, const View& view, const Json& request);
  Result<Receipt> offer_now(const Caller& caller, const std::string& record, const Json& request,
                            const WriteContext& context);
  Result<std::string> answer_offer(const Caller& caller, std::int64_t seq);
  Result<Receipt> append(const Caller& caller, const Handover& handover, std::string_view kind,
                         json::object payload, const Idempotency& idempotency);
  Result<std::string> answer(const Caller& caller, View view, const Handover& handover);
  Result<void> tell_persons(const Caller& caller, View& view,
                            const std::vector<Handover>& handovers);
  Result<void> write(JsonWriter& json, const Caller& caller, const View& view,
                     const Handover& each);
  Result<void> write_organisations(JsonWriter& json, const Caller& caller);
  Result<void> write_account(JsonWriter& json, std::string_view key, const std::string& id);
  void write_forms(JsonWriter& json, const Caller& caller, const View& view,
                   const Handover& each);

  Ports ports_;
};

}  // namespace zicht::app
