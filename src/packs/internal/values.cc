#include "packs/internal/values.h"

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "base/ids.h"

namespace zicht::packs::internal {
namespace {

using model::Field;
using model::FieldType;

Json plain_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull: return nullptr;
    case Node::Kind::kScalar: return json::string(node.text);
    case Node::Kind::kSequence: {
      json::array items;
      for (const Node& item : node.items) items.push_back(plain_json(item));
      return items;
    }
    case Node::Kind::kMap: break;
  }
  json::object members;
  for (const Member& member : node.members) members[member.key] = plain_json(member.value);
  return members;
}

Json integer_or_text(const std::string& text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return json::string(text);
  return value;
}

Json boolean_or_text(const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return json::string(text);
}

Json reference_text(const std::string& text, const std::string& pack) {
  const std::string fact = fact_of(text);
  if (fact.empty() || fact.find('/') != std::string::npos) return json::string(text);
  return json::string("fact(" + pack + "/" + fact + ")");
}

Json members_json(const Node& node, const std::vector<Field>& fields, const std::string& pack);

Json item_json(const Node& node, const Field& field, const std::string& pack) {
  if (field.type == FieldType::kGroup && node.is_map()) {
    return members_json(node, field.fields, pack);
  }
  if (!node.is_scalar()) return plain_json(node);
  switch (field.type) {
    case FieldType::kInteger: return integer_or_text(node.text);
    case FieldType::kBoolean: return boolean_or_text(node.text);
    case FieldType::kReference: return reference_text(node.text, pack);
    default: return json::string(node.text);
  }
}

Json members_json(const Node& node, const std::vector<Field>& fields, const std::string& pack) {
  json::object out;
  for (const Member& member : node.members) {
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& f) { return f.id == member.key; });
    if (field == fields.end()) {
      out[member.key] = plain_json(member.value);
    } else if (field->is_many && member.value.is_sequence()) {
      json::array items;
      for (const Node& item : member.value.items) items.push_back(item_json(item, *field, pack));
      out[member.key] = std::move(items);
    } else {
      out[member.key] = item_json(member.value, *field, pack);
    }
  }
  return out;
}

}  // namespace

Json json_of_fields(const Node& fields, const model::Form& form, const std::string& pack) {
  return fields.is_map() ? members_json(fields, form.fields, pack) : plain_json(fields);
}

std::string fact_of(std::string_view text) {
  constexpr std::string_view kOpen = "fact(";
  if (!text.starts_with(kOpen) || !text.ends_with(')')) return {};
  return std::string(text.substr(kOpen.size(), text.size() - kOpen.size() - 1));
}

Json with_references(
    const Json& fields, const model::Form& form,
    const std::function<std::string(const model::Field&, std::string_view)>& id_of) {
  Json out = fields;
  json::object* document = out.if_object();
  if (document == nullptr) return out;
  const auto replace = [&](const Field& field, Json& value) {
    if (!value.is_string()) return;
    const std::string id = id_of(field, value.get_string());
    if (!id.empty()) value = json::string(id);
  };
  const auto walk = [&](const auto& self, const std::vector<Field>& within,
                        json::object& object) -> void {
    for (const Field& field : within) {
      Json* value = object.if_contains(field.id);
      if (value == nullptr) continue;
      const auto each = [&](Json& item) {
        if (field.type == FieldType::kReference) replace(field, item);
        if (json::object* group = item.if_object()) self(self, field.fields, *group);
      };
      if (json::array* items = value->if_array()) {
        for (Json& item : *items) each(item);
      } else {
        each(*value);
      }
    }
  };
  walk(walk, form.fields, *document);
  return out;
}

std::string stand_in_id(std::string_view fact) {
  const Hash hash = hash_of(fact);
  std::array<std::byte, PublicId::kSize> bytes{};
  std::copy_n(hash.bytes().begin(), bytes.size(), bytes.begin());
  return PublicId(bytes).to_string();
}

std::vector<std::string> path_of_pointer(std::string_view pointer) {
  std::vector<std::string> path;
  for (std::size_t at = 0; at < pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
    std::string step;
    for (std::size_t i = at + 1; i < end; ++i) {
      if (pointer[i] == '~' && i + 1 < end) {
        step += pointer[++i] == '1' ? '/' : '~';
      } else {
        step += pointer[i];
      }
    }
    path.push_back(std::move(step));
    at = end;
  }
  if (!path.empty() && path.front() == "fields") path.erase(path.begin());
  return path;
}

}  // namespace zicht::packs::internal
