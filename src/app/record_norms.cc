// Norms: what they say of one record, as far as the caller sees what they rest on.
#include "app/internal/found_record.h"
#include "app/present/rule_json.h"
#include "app/record_service.h"
#include "base/amsterdam.h"

namespace zicht::app {

Result<std::string> RecordService::norms(const Caller& caller, const std::string& id) {
  auto asked = internal::find_record(ports_.store, ports_.packs.rules(), caller, id, {});
  if (!asked) return internal::refused_look(ports_.reads, caller, "norms", id, asked.error());
  const internal::FoundRecord& found = *asked;
  const model::Pack& pack = *found.form.pack;
  // Nothing that is not seen reaches a rule.
  const model::Form form = visible_form(found.scope, *found.form.form, &found.record);
  const model::Record record = visible_part(found.scope, *found.form.form, found.record);
  const model::State* state = model::state_of(pack, record);
  const Date today = amsterdam_date(ports_.clock.now());
  const model::GuardFacts facts{.fields = record.fields,
                                .state = record.state,
                                .turn = state == nullptr ? "" : std::string_view(state->turn),
                                .today = today};
  // What its source took back holds no more, and is held against nothing.
  const bool is_withdrawn = record.state == model::kFactWithdrawn;
  const auto all = is_withdrawn ? std::vector<packs::NormOutcome>()
                                : packs::judge_norms(pack, form, facts, true);
  Look look("norms");
  look.set_form(*found.form.form);
  look.add(*found.form.form, found.record);
  ZICHT_CHECKED(ports_.reads.note(caller, look));
  std::string out;
  JsonWriter json(out);
  json.object().member("on", today.to_string());
  json.key("pack").object().member("name", pack.id).member("version", pack.version);
  json.member("hash", pack.hash).end().key("items").array();
  for (const packs::NormOutcome& told : all) write_norm(json, pack, form, told);
  json.end().end();
  return out;
}

}  // namespace zicht::app
