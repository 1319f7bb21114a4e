// What the rules of forms are asked on both sides: the form as the catalogue tells it to somebody,
// random documents of it, and what the server answers that person at `_evaluate`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"

namespace zicht::engine_tests {

struct FormQuestion {
  json::object compile{};               // as the web asks it (docs/formats/engine.md)
  struct Asked {
    json::object request{};             // lacks its "handle"
    std::string answer{};               // of the server
  };
  std::vector<Asked> asks{};
};

using AskForm = std::function<void(const FormQuestion&)>;

// Every form with rules of the packs in this folder, as each role sees it, with random documents
// whose values fit their fields or not. The same seed gives the same ones.
void ask_forms(const std::string& folder, std::uint64_t seed, const AskForm& ask);
// Random forms (packs/testing/random_form.h).
void ask_random_forms(std::uint64_t seed, int count, const AskForm& ask);

}  // namespace zicht::engine_tests
