// Errors and texts of both languages as JSON, as the engine answers them (docs/formats/engine.md).
//
//     error_json(error);        // {"id","message":{nl,en},"hint":{nl,en},"problems":[...]}
#pragma once

#include <string_view>

#include "base/error.h"
#include "base/json.h"

namespace zicht {

[[nodiscard]] json::object text_json(const LocalizedText& text);

// A Problem or a Diagnostic, and where it is: {"id","where","message","hint"}.
template <class Told>
[[nodiscard]] json::object told_json(const Told& told, std::string_view where) {
  return {{"id", told.id},
          {"where", where},
          {"message", text_json(told.message)},
          {"hint", text_json(told.hint)}};
}

[[nodiscard]] json::object error_json(const Error& error);

// The whole answer where there is no other: {"error":{...}}.
[[nodiscard]] std::string error_answer(const Error& error);

}  // namespace zicht
