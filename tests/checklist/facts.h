// The questions of the two models in the words of the models, and people made up of answers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/rng.h"
#include "dmn/engine.h"
#include "dmn/interview.h"
#include "law.h"

namespace zicht::checklist {

struct Fact {
  std::string name{};  // as the model has it
  std::vector<feel::Value> values{};
  std::function<void(Person&, std::size_t)> set{};  // the value of that number
};

// Of the checklist: all that a Person has.
[[nodiscard]] const std::vector<Fact>& facts();

// By fact: the number of its value; nothing = not known.
using Answers = std::vector<std::optional<std::size_t>>;

[[nodiscard]] Answers random_answers(Rng& rng);

// Requires: all are known.
[[nodiscard]] Person person_of(const Answers& answers);

// What is known of the answers, for the engine.
[[nodiscard]] std::vector<dmn::InputValue> inputs_of(const Answers& answers);

// Each way in which the facts at these places can be.
void each_completion(const Answers& answers, const std::vector<std::size_t>& open,
                     const std::function<void(const Answers&)>& see);

[[nodiscard]] std::vector<std::size_t> unknown(const Answers& answers);

// The place of a fact by its name. Requires: there is one.
[[nodiscard]] std::size_t place_of(std::string_view name);

// As the models say it.
[[nodiscard]] std::string said(Treatment treatment);
[[nodiscard]] std::string said(Refusal refusal);
[[nodiscard]] std::string said(Shelter shelter);
[[nodiscard]] std::string said(Evidence evidence);
[[nodiscard]] std::string said(Clash clash);

}  // namespace zicht::checklist
