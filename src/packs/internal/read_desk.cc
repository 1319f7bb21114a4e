#include <set>

#include "packs/internal/block_text.h"
#include "packs/internal/blocks.h"
#include "packs/internal/readers.h"

namespace zicht::packs::internal {
namespace {

constexpr std::int64_t kMaxOrder = 10'000;

Json json_of(const Node& node) {
  if (node.is_scalar()) return json::string(node.text);
  if (node.is_sequence()) {
    json::array items;
    for (const Node& item : node.items) items.push_back(json_of(item));
    return items;
  }
  json::object members;
  for (const Member& member : node.members) {
    if (member.value.kind != Node::Kind::kNull) members[member.key] = json_of(member.value);
  }
  return members;
}

// The keys of a block: what every block has, then what its kind adds.
std::vector<std::string> keys_of(const BlockKind* kind) {
  if (kind != nullptr && !kind->has_form) return {"kind", "id", "title", "text"};
  std::vector<std::string> keys = {"kind", "id", "title", "form"};
  if (kind == nullptr || kind->has_where) keys.emplace_back("where");
  if (kind == nullptr) return keys;
  for (const BlockSlot& slot : kind->slots) keys.emplace_back(slot.key);
  keys.emplace_back("note");
  return keys;
}

// {nl, en}, longer than other texts may be.
void read_words(const Source& source, const MapReader& block) {
  const Node* node = block.need("text");
  if (node == nullptr || !expect_map(source, *node, "text")) return;
  const MapReader map(source, *node, {"nl", "en"});
  for (const char* language : {"nl", "en"}) {
    const auto fault = fault_in_block_text(map.text(language));
    if (fault) source.error("PK-0271", map.find(language)->place, {{"why", *fault}});
  }
}

// A block of rows, or of what is counted or asked by the rules of a form.
Json read_form_block(const MapReader& map, const BlockKind& kind, const std::string& pack) {
  static_cast<void>(map.localized_if("note"));
  static_cast<void>(map.text_or("where"));
  const std::string form = map.text("form");
  for (const BlockSlot& slot : kind.slots) {
    if (slot.is_required) static_cast<void>(map.need(slot.key));
    if (slot.is_list) {
      static_cast<void>(map.texts_or_none(slot.key));
    } else {
      static_cast<void>(map.text_or(slot.key));
    }
  }
  Json block = json_of(map.node());
  const std::string full_form = full_id(form, pack);
  block.as_object()["form"] = full_form;
  if (map.has("indicator")) {
    // Of the pack of the form, as it is asked for.
    const auto parts = model::split_full_id(full_form);
    const std::string owner(parts ? parts->first : pack);
    block.as_object()["indicator"] = full_id(map.text("indicator"), owner);
  }
  return block;
}

Json read_block(const Source& source, const Node& node, const std::string& pack,
                std::set<std::string>& ids) {
  if (!expect_map(source, node, "blocks")) return json::object();
  const Node* kind_node = node.find("kind");
  const BlockKind* kind =
      kind_node == nullptr ? nullptr : find_block_kind(kind_node->text);
  if (kind == nullptr) {
    const std::string text = kind_node == nullptr ? "" : kind_node->text;
    source.error("PK-0030", kind_node == nullptr ? node.place : kind_node->place,
                 {{"name", "kind"}, {"value", text}, {"known", suggestion(text, block_kinds())}});
    return json::object();
  }
  const MapReader map(source, node, keys_of(kind));
  const std::string id = map.text("id");
  if (!id.empty() && check_id(source, map.find("id")->place, id, IdKind::kKebab) &&
      !ids.insert(id).second) {
    source.error("PK-0032", map.find("id")->place, {{"id", id}});
  }
  static_cast<void>(map.localized("title"));
  if (kind->has_form) return read_form_block(map, *kind, pack);
  read_words(source, map);
  return json_of(node);
}

}  // namespace

model::Desk read_desk(const Source& source, const Node& node, const std::string& stem,
                      const std::string& pack) {
  const MapReader map(source, node, {"desk", "title", "lead", "audience", "order", "blocks"});
  model::Desk desk;
  desk.id = read_file_id(source, map, "desk", stem);
  desk.pack = pack;
  desk.title = map.localized("title");
  desk.lead = map.localized("lead");
  if (map.need("audience") != nullptr) {
    desk.audience = map.word_if<model::Sensitivity>("audience", model::find_sensitivity,
                                                    names_of<model::Sensitivity>(4))
                        .value_or(model::Sensitivity::kSecret);
  }
  if (map.need("order") != nullptr) {
    desk.order = static_cast<int>(map.integer_if("order", 0, kMaxOrder).value_or(0));
  }
  const Node* blocks = map.need("blocks");
  if (blocks == nullptr || !expect_sequence(source, *blocks, "blocks")) return desk;
  std::set<std::string> ids;
  for (const Node& item : blocks->items) {
    desk.blocks.push_back(read_block(source, item, pack, ids));
  }
  return desk;
}

}  // namespace zicht::packs::internal
