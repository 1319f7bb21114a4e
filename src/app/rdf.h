// Statements about things that have an address (RDF 1.1), as plain data, and the port that writes
// them (src/exchange/rdf.h).
//
//     RdfNode node{"https://zicht.example.nl/open-data#catalogue", {"dcat:Catalog"}, {}};
//     node.add_words("dct:title", {"Open data van Zicht", "Open data of Zicht"});
//     node.add("dct:publisher", rdf_iri(address));
//
// Deliberately small: no blank nodes and no lists, so that a graph is a set of statements and two
// ways of writing it can be compared. Properties, types and datatypes are written with one of the
// prefixes below; addresses are whole, or begin with "/" and are read against where the text is.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace zicht::app {

struct RdfPrefix {
  std::string_view name, address;
};

// Those of DCAT-AP-NL 3.0, chapter "Namespaces", as far as they are used.
inline constexpr std::array<RdfPrefix, 7> kRdfPrefixes = {
    {{"dcat", "http://www.w3.org/ns/dcat#"},
     {"dct", "http://purl.org/dc/terms/"},
     {"foaf", "http://xmlns.com/foaf/0.1/"},
     {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
     {"skos", "http://www.w3.org/2004/02/skos/core#"},
     {"vcard", "http://www.w3.org/2006/vcard/ns#"},
     {"xsd", "http://www.w3.org/2001/XMLSchema#"}}};

// What a property points at: another thing, or a text with a language or a datatype.
struct RdfObject {
  std::string value;
  bool is_iri = false;
  std::string language;  // "nl"; empty: none
  std::string datatype;  // "xsd:date"; empty: a plain text

  bool operator==(const RdfObject&) const = default;
};

[[nodiscard]] inline RdfObject rdf_iri(std::string address) {
  return {std::move(address), true, "", ""};
}
[[nodiscard]] inline RdfObject rdf_text(std::string text) {
  return {std::move(text), false, "", ""};
}
[[nodiscard]] inline RdfObject rdf_typed(std::string text, std::string datatype) {
  return {std::move(text), false, "", std::move(datatype)};
}

// One thing with what is said of it, in the order in which it was said.
struct RdfNode {
  std::string address;
  std::vector<std::string> types;  // "dcat:Dataset"
  std::vector<std::pair<std::string, RdfObject>> statements{};

  void add(std::string property, RdfObject object) {
    statements.emplace_back(std::move(property), std::move(object));
  }
  // In both languages.
  void add_words(const std::string& property, const LocalizedText& text) {
    add(property, RdfObject{text.nl, false, "nl", ""});
    add(property, RdfObject{text.en, false, "en", ""});
  }
};

// Each address once.
using RdfGraph = std::vector<RdfNode>;

enum class RdfFormat { kJsonLd, kTurtle };

using WriteRdf = std::function<std::string(const RdfGraph&, RdfFormat)>;

}  // namespace zicht::app
