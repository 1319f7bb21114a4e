#include "read_rdf.h"

#include <charconv>
#include <map>
#include <stdexcept>

#include "base/json.h"

namespace zicht::open_data {
namespace {

constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

std::string between(std::string_view address) { return "<" + std::string(address) + ">"; }

using Prefixes = std::map<std::string, std::string, std::less<>>;

std::string expanded(std::string_view name, const Prefixes& prefixes) {
  const std::size_t colon = name.find(':');
  const auto prefix = prefixes.find(name.substr(0, colon));
  if (colon == std::string_view::npos || prefix == prefixes.end()) {
    throw std::runtime_error("no prefix: " + std::string(name));
  }
  return prefix->second + std::string(name.substr(colon + 1));
}

std::string utf8_of(unsigned code) {
  if (code >= 0x80) throw std::runtime_error("only escapes of ASCII are expected");
  return {static_cast<char>(code)};
}

class TurtleReader {
 public:
  explicit TurtleReader(std::string_view text) : rest_(text) {}

  Triples read() {
    for (skip(); !rest_.empty(); skip()) {
      if (rest_.starts_with("@prefix")) {
        read_prefix();
      } else {
        read_subject();
      }
    }
    return triples_;
  }

 private:
  void skip() {
    while (!rest_.empty() && std::string_view(" \n\r\t").find(rest_[0]) != rest_.npos) take();
  }
  char take() {
    if (rest_.empty()) throw std::runtime_error("the text ends too early");
    const char c = rest_[0];
    rest_.remove_prefix(1);
    return c;
  }
  void expect(char c) {
    skip();
    if (take() != c) throw std::runtime_error("not expected before: " + std::string(rest_));
  }
  bool is_next(char c) {
    skip();
    return !rest_.empty() && rest_[0] == c;
  }

  // After a backslash.
  std::string escaped() {
    const char c = take();
    if (c == 'n') return "\n";
    if (c == 'r') return "\r";
    if (c == 't') return "\t";
    if (c != 'u') return {c};
    std::string digits;
    for (int i = 0; i < 4; ++i) digits += take();
    unsigned code = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    return utf8_of(code);
  }

  std::string address() {
    expect('<');
    std::string out;
    while (rest_.empty() || rest_[0] != '>') {
      const char c = take();
      if (static_cast<unsigned char>(c) <= 0x20) throw std::runtime_error("blank in an address");
      out += c == '\\' ? escaped() : std::string(1, c);
    }
    take();
    return out;
  }

  std::string_view word() {
    skip();
    std::size_t end = rest_.find_first_of(" \n;,");
    if (end == rest_.npos) end = rest_.size();
    const std::string_view found = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return found;
  }

  std::string name() {
    skip();
    return rest_.starts_with('<') ? address() : expanded(word(), prefixes_);
  }

  std::string object() {
    skip();
    if (!rest_.starts_with('"')) return between(name());
    take();
    std::string out = "\"";
    while (rest_.empty() || rest_[0] != '"') {
      const char c = take();
      if (c == '\n') throw std::runtime_error("a line ends within a text");
      out += c == '\\' ? escaped() : std::string(1, c);
    }
    take();
    out += '"';
    if (rest_.starts_with('@')) return out + std::string(word());
    if (!rest_.starts_with("^^")) return out;
    rest_.remove_prefix(2);
    return out + "^^" + between(name());
  }

  void read_prefix() {
    rest_.remove_prefix(std::string_view("@prefix").size());
    std::string prefix(word());
    if (prefix.empty() || prefix.back() != ':') throw std::runtime_error("no prefix");
    prefix.pop_back();
    prefixes_[prefix] = address();
    expect('.');
  }

  void read_subject() {
    const std::string subject = between(name());
    do {
      if (is_next(';')) take();
      skip();
      const bool is_type = rest_.starts_with("a ");
      if (is_type) take();
      const std::string property = between(is_type ? std::string(kType) : name());
      do {
        if (is_next(',')) take();
        triples_.emplace(subject, property, object());
      } while (is_next(','));
    } while (is_next(';'));
    expect('.');
  }

  std::string_view rest_;
  Prefixes prefixes_;
  Triples triples_;
};

std::string text_of(const Json& value) { return std::string(value.as_string()); }

std::string object_of(const json::object& object, const Prefixes& prefixes) {
  if (const Json* address = object.if_contains("@id")) return between(text_of(*address));
  std::string out = "\"" + text_of(object.at("@value")) + "\"";
  if (const Json* language = object.if_contains("@language")) return out + "@" + text_of(*language);
  const Json* type = object.if_contains("@type");
  return type == nullptr ? out : out + "^^" + between(expanded(text_of(*type), prefixes));
}

}  // namespace

Triples read_turtle(std::string_view text) { return TurtleReader(text).read(); }

Triples read_json_ld(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) throw std::runtime_error("no JSON");
  Prefixes prefixes;
  for (const auto& prefix : document->at("@context").as_object()) {
    prefixes[std::string(prefix.key())] = text_of(prefix.value());
  }
  Triples triples;
  for (const Json& node : document->at("@graph").as_array()) {
    const std::string subject = between(text_of(node.at("@id")));
    for (const auto& member : node.as_object()) {
      const std::string key(member.key());
      if (key == "@id") continue;
      for (const Json& value : member.value().as_array()) {
        if (key == "@type") {
          triples.emplace(subject, between(kType), between(expanded(text_of(value), prefixes)));
        } else {
          triples.emplace(subject, between(expanded(key, prefixes)),
                          object_of(value.as_object(), prefixes));
        }
      }
    }
  }
  return triples;
}

}  // namespace zicht::open_data
