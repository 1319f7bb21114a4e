#include "exchange/rdf.h"

#include <boost/json/serialize.hpp>

#include "base/json.h"

namespace zicht::exchange {
namespace {

using app::RdfGraph;
using app::RdfNode;
using app::RdfObject;

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

// ---------------------------------------------------------------- JSON-LD

json::value json_of(const RdfObject& object) {
  if (object.is_iri) return json::object{{"@id", object.value}};
  json::object text{{"@value", object.value}};
  if (!object.language.empty()) text["@language"] = object.language;
  if (!object.datatype.empty()) text["@type"] = object.datatype;
  return text;
}

json::object json_of(const RdfNode& node) {
  json::array types;
  for (const std::string& type : node.types) types.emplace_back(type);
  json::object out{{"@id", node.address}, {"@type", std::move(types)}};
  for (const auto& [property, object] : node.statements) {
    json::value& values = out[property];
    if (!values.is_array()) values = json::array();
    values.get_array().push_back(json_of(object));
  }
  return out;
}

std::string json_ld(const RdfGraph& graph) {
  json::object context;
  for (const app::RdfPrefix& prefix : app::kRdfPrefixes) {
    context[view(prefix.name)] = view(prefix.address);
  }
  json::array nodes;
  for (const RdfNode& node : graph) nodes.push_back(json_of(node));
  const json::object document{{"@context", std::move(context)}, {"@graph", std::move(nodes)}};
  return json::serialize(document);
}

// ---------------------------------------------------------------- Turtle

constexpr char kHex[] = "0123456789ABCDEF";

// What may not stand between < and > is written by its number.
std::string turtle_address(std::string_view address) {
  std::string out = "<";
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && std::string_view("<>\"{}|^`\\").find(c) == std::string_view::npos) {
      out += c;
      continue;
    }
    out += "\\u00";
    out += kHex[byte >> 4U];
    out += kHex[byte & 0xFU];
  }
  return out + ">";
}

std::string turtle_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += kHex[byte >> 4U];
      out += kHex[byte & 0xFU];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string turtle_object(const RdfObject& object) {
  if (object.is_iri) return turtle_address(object.value);
  std::string out = turtle_text(object.value);
  if (!object.language.empty()) return out + "@" + object.language;
  return object.datatype.empty() ? out : out + "^^" + object.datatype;
}

void add_turtle(const RdfNode& node, std::string& out) {
  out += "\n" + turtle_address(node.address);
  const char* separator = "\n    ";
  for (const std::string& type : node.types) {
    out += separator + ("a " + type);
    separator = " ;\n    ";
  }
  for (const auto& [property, object] : node.statements) {
    out += separator + property + " " + turtle_object(object);
    separator = " ;\n    ";
  }
  out += " .\n";
}

std::string turtle(const RdfGraph& graph) {
  std::string out;
  for (const app::RdfPrefix& prefix : app::kRdfPrefixes) {
    out += "@prefix " + std::string(prefix.name) + ": <" + std::string(prefix.address) + "> .\n";
  }
  for (const RdfNode& node : graph) {
    // Nothing is said of it: Turtle has no way to write that.
    if (node.types.empty() && node.statements.empty()) continue;
    add_turtle(node, out);
  }
  return out;
}

}  // namespace

std::string rdf_text(const RdfGraph& graph, app::RdfFormat format) {
  return format == app::RdfFormat::kTurtle ? turtle(graph) : json_ld(graph);
}

}  // namespace zicht::exchange
