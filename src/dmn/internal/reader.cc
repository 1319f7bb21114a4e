#include "dmn/internal/reader.h"

#include <cstring>

#include "base/text.h"

namespace zicht::dmn::internal {
namespace {

bool is_feel_namespace(std::string_view uri) {
  return uri.find("/FEEL/") != uri.npos || uri.find("XMLSchema") != uri.npos;
}

// What a message calls the element: its name or id, else that of the nearest that has one.
std::string title_of(pugi::xml_node node) {
  for (auto at = node; at; at = at.parent()) {
    for (const char* key : {"name", "label", "id"}) {
      if (auto title = attribute(at, key); !title.empty()) return title;
    }
  }
  return std::string(local_name(node));
}

}  // namespace

// Where only the root declares prefixes, its own one stands for its namespace everywhere.
bool Reader::is_dmn(pugi::xml_node node) const {
  if (!xml_.has_inner_declarations() && prefix_of(node.name()) == root_prefix_) return true;
  return xml_.namespace_of(node) == dmn_;
}

pugi::xml_node Reader::child(pugi::xml_node node, std::string_view name) const {
  for (const auto& one : node.children()) {
    if (one.type() == pugi::node_element && local_name(one) == name && is_dmn(one)) return one;
  }
  return {};
}

void Reader::fill(Element& element, pugi::xml_node node) const {
  element.id = attribute(node, "id");
  element.name = attribute(node, "name");
  element.label = attribute(node, "label");
  element.line = xml_.line_of(node);
  if (const auto description = child(node, "description"))
    element.description = trim(text_of(description));
  for (const auto& one : child(node, "extensionElements").children()) {
    if (one.type() != pugi::node_element) continue;
    element.extensions.push_back({.namespace_uri = std::string(xml_.namespace_of(one)),
                                  .name = std::string(local_name(one)),
                                  .xml = xml_of(one),
                                  .line = xml_.line_of(one)});
  }
}

Text Reader::text(pugi::xml_node holder) const {
  const auto node = child(holder, "text");
  if (!node) return {.text = {}, .line = xml_.line_of(holder)};
  const std::string whole = text_of(node);
  const std::string_view trimmed = trim(whole);
  Text text{std::string(trimmed), xml_.line_of(node)};
  // The author counts lines in the file: blank ones before the text are skipped.
  for (const char* at = whole.data(); !trimmed.empty() && at < trimmed.data(); ++at)
    text.line += *at == '\n' ? 1 : 0;
  return text;
}

Variable Reader::variable(pugi::xml_node node, bool needs_name) {
  Variable variable;
  fill(variable, node);
  variable.type_ref = type_ref(node);
  if (needs_name && variable.name.empty()) report("DM-0006", node, {{"what", "name"}});
  return variable;
}

std::string Reader::type_ref(pugi::xml_node node) const {
  return resolved_type(node, attribute(node, "typeRef"));
}

// A prefix stands for FEEL's own types, for this model, or for an imported one.
std::string Reader::resolved_type(pugi::xml_node node, std::string_view written) const {
  const auto prefix = prefix_of(written);
  if (prefix.empty()) return std::string(written);
  const std::string local(written.substr(prefix.size() + 1));
  const auto uri = xml_.namespace_of_prefix(node, prefix);
  if (uri.empty() || uri == own_namespace_ || is_feel_namespace(uri)) return local;
  const auto import = import_names_.find(uri);
  if (import == import_names_.end() || import->second.empty()) return local;
  return import->second + "." + local;
}

Reference Reader::reference(pugi::xml_node node) {
  const std::string href = attribute(node, "href");
  const auto hash = href.find('#');
  if (!node || href.empty() || hash + 1 == href.size()) {
    report("DM-0006", node, {{"what", "href"}});
    return {};
  }
  // Some tools write the bare id.
  if (hash == href.npos) return {.namespace_uri = {}, .id = href, .line = xml_.line_of(node)};
  std::string uri = href.substr(0, hash);
  if (uri == own_namespace_) uri.clear();
  return {std::move(uri), href.substr(hash + 1), xml_.line_of(node)};
}

void Reader::report(std::string_view id, pugi::xml_node node, const Arguments& arguments,
                    Severity severity) {
  if (!problems_.wants(severity, file_)) return;
  Arguments all = arguments;
  all.emplace_back("element", title_of(node));
  all.emplace_back("kind", std::string(local_name(node)));
  problems_.add(make_diagnostic(id, {file_, node ? xml_.line_of(node) : 0}, all, severity));
}

void Reader::unknown(pugi::xml_node node) { report("DM-0011", node, {}, Severity::kWarning); }

}  // namespace zicht::dmn::internal
