// Answers that cannot stand beside each other, as the author of a model says it.
//
// A decision tells it: yes (true) where the answers contradict each other. It is marked with an
// element that DMN leaves to tools, so that it stays a plain decision everywhere else:
//
//     <extensionElements><zicht:contradiction xmlns:zicht="urn:zicht:dmn"/></extensionElements>
//
// `contradiction` never holds of anybody; `doubt` hardly ever does, and the person may say that it
// does hold. The question of the decision tells people what is the matter. What is not known
// contradicts nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dmn/inputs.h"

namespace zicht::dmn {

struct Contradiction {
  std::string decision{};
  std::string question{};              // empty where the author gives none
  std::vector<std::string> answers{};  // inputs that it looks at
  bool may_stand = false;              // a doubt
};

// Of the main model, in its order. Thread-safe.
[[nodiscard]] std::vector<Contradiction> contradictions_of(const Engine& engine);

struct FoundContradictions {
  std::vector<Contradiction> found{};  // each with the answers that were given
  std::vector<Problem> problems{};     // as typed_inputs() has them, of answers that they look at
  std::optional<Error> error{};        // FE-0101 to FE-0103: the limits of one of them were spent
};

// Which of them hold of these answers, given as for typed_inputs(). Other inputs are left alone;
// what holds without any answer contradicts none.
// Thread-safe. Requires: `environment.zones`.
[[nodiscard]] FoundContradictions contradictions_in(const Engine& engine,
                                                    const std::vector<InputValue>& given,
                                                    const feel::Environment& environment,
                                                    const feel::Limits& limits = {});

}  // namespace zicht::dmn
