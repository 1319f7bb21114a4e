// A model as people read it: its decisions, tables, types and sources, as JSON for a page.
//
//     const Json page = model_json(*engine);             // docs/formats/api.md has the shape
//
// Expressions stay the texts of the author. A type says what a form needs to ask for a value of it:
// its kind, the values that are allowed, its members. Nothing is evaluated.
#pragma once

#include <string>

#include "base/json.h"
#include "dmn/engine.h"
#include "dmn/interview.h"

namespace zicht::dmn {

// The whole main model; what it rests on in other models is named with the file of that model.
[[nodiscard]] Json model_json(const Engine& engine);

// What a list of models tells of one: name, description, the names of decisions and inputs.
[[nodiscard]] Json model_summary(const Engine& engine);

// The type of a question of an interview, as of an input. Requires: the question is of the engine.
[[nodiscard]] Json type_json(const Engine& engine, const Question& question);

// "unique", "collect sum" ...: what a page has words for.
[[nodiscard]] std::string hit_policy_name(const DecisionTable& table);

}  // namespace zicht::dmn
