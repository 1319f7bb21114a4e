#include "dmn/internal/xml.h"

#include <algorithm>
#include <cstring>

#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::dmn::internal {
namespace {

// Blanks alone within an element are a text too: they may be the value of a test.
constexpr unsigned kParseFlags =
    pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata_single;

std::vector<std::size_t> line_starts_of(std::string_view text) {
  std::vector<std::size_t> starts = {0};
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
    starts.push_back(at + 1);
  return starts;
}

bool declares_prefix(pugi::xml_node node) {
  return std::any_of(node.attributes_begin(), node.attributes_end(),
                     [](pugi::xml_attribute a) { return std::strncmp(a.name(), "xmlns", 5) == 0; });
}

std::uint32_t line_at(const std::vector<std::size_t>& starts, std::size_t offset) {
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  return static_cast<std::uint32_t>(after - starts.begin());
}

}  // namespace

std::unique_ptr<Xml> Xml::parse(const Source& source, const ReadLimits& limits,
                                std::vector<Diagnostic>& diagnostics) {
  const auto refuse = [&](std::string_view id, std::uint32_t line, const Arguments& arguments) {
    diagnostics.push_back(make_diagnostic(id, {source.file, line}, arguments));
    return nullptr;
  };
  if (source.text.size() > limits.max_bytes)
    return refuse("DM-0001", 0, {{"limit", std::to_string(limits.max_bytes)}});
  if (!is_valid_utf8(source.text) || source.text.find('\0') != source.text.npos)
    return refuse("DM-0002", 0, {{"why", "UTF-8"}});
  std::unique_ptr<Xml> xml(new Xml());
  xml->line_starts_ = line_starts_of(source.text);
  const auto parsed = xml->document_.load_buffer(source.text.data(), source.text.size(),
                                                 kParseFlags, pugi::encoding_utf8);
  if (!parsed) {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    return refuse("DM-0002", line_at(xml->line_starts_, offset), {{"why", parsed.description()}});
  }
  for (const auto& node : xml->document_.children()) {
    if (node.type() == pugi::node_doctype) return refuse("DM-0003", xml->line_of(node), {});
  }
  if (!xml->measure(limits)) {
    return refuse("DM-0004", 0,
                  {{"depth", std::to_string(limits.max_depth)},
                   {"elements", std::to_string(limits.max_elements)}});
  }
  return xml;
}

// Walks without recursion: the depth is what is not known yet.
bool Xml::measure(const ReadLimits& limits) {
  std::size_t elements = 0;
  std::size_t depth = 1;
  for (pugi::xml_node node = root(); node;) {
    if (++elements > limits.max_elements || depth > limits.max_depth) return false;
    if (node != root() && declares_prefix(node)) has_inner_declarations_ = true;
    if (const auto child = node.first_child()) {
      node = child;
      ++depth;
      continue;
    }
    while (node != root() && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node == root()) break;
    node = node.next_sibling();
  }
  return true;
}

std::uint32_t Xml::line_of(pugi::xml_node node) const {
  const auto offset = node.offset_debug();
  return offset < 0 ? 0 : line_at(line_starts_, static_cast<std::size_t>(offset));
}

std::string_view Xml::namespace_of_prefix(pugi::xml_node node, std::string_view prefix) const {
  std::string name = "xmlns";
  if (!prefix.empty()) name.append(":").append(prefix);
  if (!has_inner_declarations_) node = root();
  for (; node; node = node.parent()) {
    if (const auto declared = node.attribute(name.c_str())) return declared.value();
  }
  return {};
}

std::string_view Xml::namespace_of(pugi::xml_node node) const {
  return namespace_of_prefix(node, prefix_of(node.name()));
}

std::string_view prefix_of(std::string_view qualified_name) {
  const auto colon = qualified_name.find(':');
  return colon == qualified_name.npos ? std::string_view{} : qualified_name.substr(0, colon);
}

std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::string text_of(pugi::xml_node node) {
  std::string text;
  for (const auto& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
      text += child.value();
  }
  return text;
}

std::string attribute(pugi::xml_node node, const char* name) {
  return std::string(trim(node.attribute(name).value()));
}

std::string xml_of(pugi::xml_node node) {
  struct Writer : pugi::xml_writer {
    std::string out;
    void write(const void* data, std::size_t size) override {
      out.append(static_cast<const char*>(data), size);
    }
  } writer;
  node.print(writer, "", pugi::format_raw);
  return writer.out;
}

}  // namespace zicht::dmn::internal
