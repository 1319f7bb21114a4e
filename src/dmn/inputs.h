// Inputs as people give them, checked and in the types that a model wants; and what came out,
// judged.
//
//     const auto given = typed_inputs(*engine, "Fine", {{"Income", Value::string("1500,5")}},
//     zones); if (!given.problems.empty()) return refuse(given.problems); const Answer answer =
//     engine->evaluate({.name = "Fine", .inputs = given.inputs}, environment); const Told told =
//     judge_answer(answer);
//
// Values may come as JSON has them (a date is a text) or as texts only (a form, a YAML file).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "dmn/engine.h"

namespace zicht::dmn {

struct TypedInputs {
  std::vector<InputValue> inputs{};
  // DM-0051 an input that the decision does not have, DM-0052 a value of another type, DM-0053 one
  // that is not allowed. `where` is the name of the input.
  std::vector<Problem> problems{};
  std::optional<Error> error{};  // FE-0101 to FE-0103: the limits were spent, the rest was not read
};

// A null stands for a value that is not given, also within a group, where it is a missing fact of
// its name. Requires: `decision` is one of the engine.
[[nodiscard]] TypedInputs typed_inputs(const Engine& engine, const std::string& decision,
                                       const std::vector<InputValue>& given,
                                       const feel::Environment& environment,
                                       const feel::Limits& limits = {});

enum class Outcome : std::uint8_t {
  kYes,
  kNo,
  kValue,    // something else than yes or no
  kUnknown,  // cannot be determined
};

struct Told {
  Outcome outcome = Outcome::kUnknown;
  std::vector<std::string> missing{};  // facts, each once
  std::vector<Error> errors{};         // what could not be computed, each once
};

// What an answer says, nulls within lists and contexts included: never yes, no or a value where it
// rests on a fact that was not given or on an error.
[[nodiscard]] Told judge_answer(const Answer& answer);

// "yes", "no", "value", "unknown".
[[nodiscard]] std::string_view outcome_name(Outcome outcome);

}  // namespace zicht::dmn
