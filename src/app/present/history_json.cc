#include "app/present/history_json.h"

#include "app/present/json_writer.h"

namespace zicht::app {
namespace {

struct Change {
  const model::Field* field;
  const Json* before;
  const Json* after;
};

bool is_same(const Json* a, const Json* b) {
  return a == nullptr || b == nullptr ? a == b : *a == *b;
}

struct Difference {
  std::vector<Change> visible;
  bool has_invisible = false;
};

// A field is told when it may be seen in this version and in the one before.
Difference difference(const HistoryView& view, const std::vector<HistoryItem>& items,
                      std::optional<std::size_t> earlier, std::size_t index) {
  const model::Record* before = earlier ? &items[*earlier].record : nullptr;
  const model::Record& after = items[index].record;
  const auto sees = [&](const model::Field& field) {
    return sees_field(view.scopes[index], after, field) &&
           (!earlier || sees_field(view.scopes[*earlier], *before, field));
  };
  Difference out;
  for (const model::Field& field : view.form->form->fields) {
    const Json* old_value =
        before == nullptr ? nullptr : before->fields.as_object().if_contains(field.id);
    const Json* new_value = after.fields.as_object().if_contains(field.id);
    if (is_same(old_value, new_value)) continue;
    // The step says that figures were frozen or published; they stand with the record.
    if (field.is_frozen()) continue;
    if (sees(field)) {
      out.visible.push_back({&field, old_value, new_value});
    } else if (!field.is_computed()) {
      // What is computed from what changed tells of itself nothing that somebody did.
      out.has_invisible = true;
    }
  }
  return out;
}

void write_actor(JsonWriter& json, const HistoryView& view, const model::Envelope& envelope) {
  json.key("actor").object();
  const auto name = view.actor_names.find(envelope.actor);
  if (envelope.actor == "system" || envelope.actor == "scheduler") {
    json.member("name", "Zicht");
  } else if (name != view.actor_names.end()) {
    json.member("name", name->second);
  }
  const auto organisation = view.organisation_names.find(envelope.organisation);
  if (organisation != view.organisation_names.end()) {
    json.member("organisation", organisation->second);
  }
  json.end();
}

void write_pack(JsonWriter& json, const HistoryView& view, const std::string& hash) {
  const model::PackPtr pack = view.rules->packs.version(hash);
  if (pack == nullptr) return;
  json.key("pack").object().member("name", pack->id).member("version", pack->version);
  json.member("hash", pack->hash).end();
}

void write_item(JsonWriter& json, const HistoryView& view, const HistoryItem& item,
                const model::Record* before, const Difference& change) {
  json.object().key("seq").number(item.envelope.seq);
  json.member("at", item.envelope.recorded_at.to_string());
  write_actor(json, view, item.envelope);
  json.member("event", item.event.event).member_if("transition", item.event.transition);
  if (!change.has_invisible) json.member_if("reason", item.event.reason);
  json.member("valid_from", item.record.valid_from.to_string());
  if (item.record.valid_to) json.member("valid_to", item.record.valid_to->to_string());
  write_pack(json, view, item.record.pack_hash);
  json.key("changes").array();
  for (const Change& each : change.visible) {
    json.object().member("field", each.field->id);
    if (each.before != nullptr) json.key("old").value(*each.before);
    if (each.after != nullptr) json.key("new").value(*each.after);
    json.end();
  }
  json.end();
  const std::string old_state = before == nullptr ? "" : before->state;
  if (old_state != item.record.state) {
    json.key("state").object().member_if("old", old_state);
    json.member_if("new", item.record.state).end();
  }
  json.end();
}

// The version that this one is compared with; versions that were not for this caller are passed
// over. A correction of the past is compared with what held then, anything else with what held on.
std::optional<std::size_t> version_before(const HistoryView& view,
                                          const std::vector<HistoryItem>& items,
                                          std::size_t index) {
  const model::Record& after = items[index].record;
  for (std::size_t i = index + 1; i < items.size(); ++i) {
    const model::Record& earlier = items[i].record;
    if (!sees_row(view.scopes[i], earlier)) continue;
    const bool held = earlier.valid_from <= after.valid_from &&
                      (!earlier.valid_to || after.valid_from < *earlier.valid_to);
    if (after.valid_to ? held : !earlier.valid_to) return i;
  }
  return {};
}

}  // namespace

std::string history_json(const HistoryView& view, const std::vector<HistoryItem>& items,
                         std::size_t limit) {
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (std::size_t i = 0; i < items.size() && i < limit; ++i) {
    const model::Record& after = items[i].record;
    if (!sees_row(view.scopes[i], after)) continue;
    const auto earlier = version_before(view, items, i);
    const model::Record* before = earlier ? &items[*earlier].record : nullptr;
    const Difference change = difference(view, items, earlier, i);
    const bool is_quiet = change.visible.empty() && before != nullptr &&
                          before->state == after.state && items[i].event.transition.empty();
    if (is_quiet) continue;
    write_item(json, view, items[i], before, change);
  }
  json.end().key("references");
  write_references(json, *view.references);
  if (items.size() > limit) json.key("next").number(items[limit - 1].envelope.seq);
  json.end();
  return out;
}

}  // namespace zicht::app
