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

constexpr std::size_t kMaxOwnAttributes = 1000;
// Attributes that looking up each element's prefix once may come by.
constexpr std::size_t kMaxLookups = 20'000'000;

bool is_declaration(pugi::xml_attribute attribute) {
  return std::strncmp(attribute.name(), "xmlns", 5) == 0;
}

// Whether the text can hold more than that: asked before it is parsed, as parsing allocates all.
bool may_exceed(std::string_view text, const ReadLimits& limits) {
  // An element has two at most, and each has its part in comments and the like.
  const auto tags = static_cast<std::size_t>(std::count(text.begin(), text.end(), '<'));
  if (tags / 2 > limits.max_elements + 1000) return true;
  std::size_t attributes = 0;
  for (std::size_t at = text.find('='); at < text.size() - 1; at = text.find('=', at + 1))
    attributes += text[at + 1] == '"' || text[at + 1] == '\'' ? 1 : 0;
  return attributes > limits.max_attributes;
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
  const auto too_much = [&] {
    return refuse("DM-0004", 0,
                  {{"depth", std::to_string(limits.max_depth)},
                   {"elements", std::to_string(limits.max_elements)},
                   {"attributes", std::to_string(limits.max_attributes)}});
  };
  if (may_exceed(source.text, limits)) return too_much();
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
  if (!xml->measure(limits)) return too_much();
  xml->note_root();
  return xml;
}

// Walks without recursion: the depth is what is not known yet.
bool Xml::measure(const ReadLimits& limits) {
  std::size_t elements = 0;
  std::size_t lookups = 0;
  std::vector<std::size_t> declared = {0};  // attributes of declaring elements on the way here
  const pugi::xml_node top = root();
  for (pugi::xml_node node = top; node;) {
    if (++elements > limits.max_elements || declared.size() > limits.max_depth) return false;
    std::size_t own = 0;
    bool declares = false;
    for (auto one = node.first_attribute(); one; one = one.next_attribute(), ++own)
      declares = declares || is_declaration(one);
    if (own > kMaxOwnAttributes) return false;
    declares = declares && node != top;
    has_inner_declarations_ = has_inner_declarations_ || declares;
    const std::size_t here = declared.back() + (declares ? own : 0);
    if ((lookups += here) > kMaxLookups) return false;
    if (const auto child = node.first_child()) {
      node = child;
      declared.push_back(here);
      continue;
    }
    while (node != top && !node.next_sibling()) {
      node = node.parent();
      declared.pop_back();
    }
    if (node == top) break;
    node = node.next_sibling();
  }
  return true;
}

void Xml::note_root() {
  for (const auto& attribute : root().attributes()) {
    if (!is_declaration(attribute)) continue;
    const std::string_view name = attribute.name();
    root_uris_.emplace(name.size() > 6 ? name.substr(6) : std::string_view(), attribute.value());
  }
}

std::uint32_t Xml::line_of(pugi::xml_node node) const {
  const auto offset = node.offset_debug();
  return offset < 0 ? 0 : line_at(line_starts_, static_cast<std::size_t>(offset));
}

std::string_view Xml::namespace_of_prefix(pugi::xml_node node, std::string_view prefix) const {
  if (has_inner_declarations_) {
    std::string name = "xmlns";
    if (!prefix.empty()) name.append(":").append(prefix);
    for (; node && node != root(); node = node.parent()) {
      if (const auto declared = node.attribute(name.c_str())) return declared.value();
    }
  }
  const auto found = root_uris_.find(prefix);
  return found == root_uris_.end() ? std::string_view() : found->second;
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
