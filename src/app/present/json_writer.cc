#include "app/present/json_writer.h"

#include <boost/json/serialize.hpp>
#include <charconv>

#include "base/check.h"

namespace zicht::app {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    from = i + 1;
    out += '\\';
    if (c == '"' || c == '\\') {
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += 'n';
    } else {
      out += "u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
    }
  }
  out.append(text, from);
}

}  // namespace

JsonWriter& JsonWriter::open(char first, char last) {
  separate();
  out_ += first;
  closers_ += last;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end() {
  ZICHT_CHECK(!closers_.empty(), "every end() belongs to an object() or array()");
  out_ += closers_.back();
  closers_.pop_back();
  needs_comma_ = true;
  return *this;
}

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  out_ += '"';
  append_escaped(out_, name);
  out_ += "\":";
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  out_ += '"';
  append_escaped(out_, value);
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
  separate();
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) { return raw(value ? "true" : "false"); }

JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::value(const LocalizedText& both) {
  return object().member("nl", both.nl).member("en", both.en).end();
}

JsonWriter& JsonWriter::value(const Json& json) {
  switch (json.kind()) {
    case json::kind::string: return text(std::string_view(json.get_string()));
    case json::kind::int64: return number(json.get_int64());
    case json::kind::bool_: return boolean(json.get_bool());
    case json::kind::null: return null();
    case json::kind::object:
      object();
      for (const auto& member : json.get_object()) key(member.key()).value(member.value());
      return end();
    case json::kind::array:
      array();
      for (const auto& item : json.get_array()) value(item);
      return end();
    default: return raw(json::serialize(json));
  }
}

}  // namespace zicht::app
