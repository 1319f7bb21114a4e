#include "packs/yaml_json.h"

#include "packs/internal/yaml.h"

namespace zicht::packs {
namespace {

using internal::Node;

bool looks_like_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

Json scalar(const Node& node) {
  if (node.is_quoted) return Json(node.text);
  if (node.text == "true") return Json(true);
  if (node.text == "false") return Json(false);
  if (looks_like_number(node.text)) {
    if (auto number = parse_json(node.text)) return *std::move(number);
  }
  return Json(node.text);
}

// As deep as the parser lets a file be.
Json json_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull:
      return Json(nullptr);
    case Node::Kind::kScalar:
      return scalar(node);
    case Node::Kind::kSequence: {
      json::array items;
      for (const Node& item : node.items) items.push_back(json_of(item));
      return Json(std::move(items));
    }
    case Node::Kind::kMap: {
      json::object members;
      for (const auto& member : node.members) members.emplace(member.key, json_of(member.value));
      return Json(std::move(members));
    }
  }
  return Json(nullptr);
}

}  // namespace

YamlAsJson json_from_yaml(std::string_view text, const std::string& file) {
  internal::Report report;
  const auto root = internal::parse_yaml(text, file, report);
  YamlAsJson result;
  result.diagnostics = report.take_sorted();
  if (root && !has_errors(result.diagnostics)) result.value = json_of(*root);
  return result;
}

}  // namespace zicht::packs
