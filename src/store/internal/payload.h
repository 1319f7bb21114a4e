// Reads the members of the payload of one journal entry.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error_catalogue.h"
#include "base/json.h"
#include "base/result.h"
#include "model/entry.h"

namespace zicht::store {

// Members of one payload; the first that is absent or of another type is remembered.
class Payload {
 public:
  Payload(const model::Envelope& envelope, const Json& payload)
      : envelope_(envelope), object_(payload.if_object()) {
    is_good_ = object_ != nullptr;
  }

  std::string text(std::string_view key) {
    const Json* value = find(key);
    if (value != nullptr && value->is_string()) return std::string(value->get_string());
    is_good_ = false;
    return {};
  }
  // Empty when it is absent.
  std::string text_if(std::string_view key) {
    return find(key) == nullptr ? std::string() : text(key);
  }
  int flag(std::string_view key) {
    const Json* value = find(key);
    if (value != nullptr && value->is_bool()) return value->get_bool() ? 1 : 0;
    is_good_ = false;
    return 0;
  }
  std::int64_t number(std::string_view key) {
    const Json* value = find(key);
    if (value != nullptr && value->is_int64()) return value->get_int64();
    is_good_ = false;
    return 0;
  }
  // Canonical JSON of a member.
  std::string json_text(std::string_view key) {
    const Json* value = find(key);
    if (value != nullptr) {
      if (auto text = canonical_json(*value)) return *std::move(text);
    }
    is_good_ = false;
    return {};
  }

  std::vector<std::string> texts(std::string_view key) {
    const Json* value = find(key);
    const json::array* items = value == nullptr ? nullptr : value->if_array();
    std::vector<std::string> texts;
    if (items == nullptr) is_good_ = false;
    for (const Json& item : items == nullptr ? json::array() : *items) {
      is_good_ = is_good_ && item.is_string();
      if (item.is_string()) texts.emplace_back(item.get_string());
    }
    return texts;
  }

  Result<void> check() const {
    if (is_good_) return {};
    return make_error("ST-0026", {{"seq", std::to_string(envelope_.seq)}});
  }

 private:
  const Json* find(std::string_view key) const {
    return object_ == nullptr ? nullptr : object_->if_contains(key);
  }

  const model::Envelope& envelope_;
  const json::object* object_;
  bool is_good_;
};

}  // namespace zicht::store
