// Writes JSON straight to a string: commas and escapes, nothing else.
//
//     JsonWriter json(out);
//     json.object().member("id", id).key("fields").value(fields).end();
//
// Text must be UTF-8. Not checked: that keys differ and that objects are closed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"

namespace zicht::app {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& object() { return open('{', '}'); }
  JsonWriter& array() { return open('[', ']'); }
  JsonWriter& end();                    // of the innermost object or array

  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& value(const Json& value);
  JsonWriter& value(const LocalizedText& value);
  // JSON that was written before.
  JsonWriter& raw(std::string_view json);

  JsonWriter& member(std::string_view name, std::string_view value) {
    return key(name).text(value);
  }
  JsonWriter& member(std::string_view name, const LocalizedText& value_of) {
    return key(name).value(value_of);
  }
  // Left out when empty.
  JsonWriter& member_if(std::string_view name, std::string_view value) {
    return value.empty() ? *this : member(name, value);
  }

 private:
  JsonWriter& open(char first, char last);
  void separate();

  std::string& out_;
  std::string closers_;                 // of what is open, innermost last
  bool needs_comma_ = false;
};

}  // namespace zicht::app
