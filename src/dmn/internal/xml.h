// XML with namespaces and line numbers, over pugixml: what reading models and test cases share.
//
// The only header of the product that names pugixml. Namespaces are compared by URI; a prefix means
// what the nearest declaration says. Entities other than the five of XML and characters do not
// exist: a document type declaration is refused.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "dmn/read.h"

namespace zicht::dmn::internal {

class Xml {
 public:
  // Null when a problem was reported (DM-0001 … DM-0004).
  static std::unique_ptr<Xml> parse(const Source& source, const ReadLimits& limits,
                                    std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] pugi::xml_node root() const { return document_.document_element(); }
  [[nodiscard]] std::uint32_t line_of(pugi::xml_node node) const;
  // The URI that the node's prefix (or no prefix) stands for; empty = none.
  [[nodiscard]] std::string_view namespace_of(pugi::xml_node node) const;
  // Whether an element below the root declares a prefix.
  [[nodiscard]] bool has_inner_declarations() const { return has_inner_declarations_; }
  // The URI of a prefix where `node` stands; empty when it is not declared.
  [[nodiscard]] std::string_view namespace_of_prefix(pugi::xml_node node,
                                                     std::string_view prefix) const;

 private:
  Xml() = default;
  bool measure(const ReadLimits& limits);
  void note_root();

  pugi::xml_document document_{};
  std::vector<std::size_t> line_starts_{};
  std::map<std::string, std::string_view, std::less<>> root_uris_{};  // by prefix
  bool has_inner_declarations_ = false;
};

[[nodiscard]] std::string_view local_name(pugi::xml_node node);
[[nodiscard]] std::string_view prefix_of(std::string_view qualified_name);
// All characters directly within the node, comments left out.
[[nodiscard]] std::string text_of(pugi::xml_node node);
// Without blanks at both ends.
[[nodiscard]] std::string attribute(pugi::xml_node node, const char* name);
// The node as text, as it was written but for blanks.
[[nodiscard]] std::string xml_of(pugi::xml_node node);

}  // namespace zicht::dmn::internal
