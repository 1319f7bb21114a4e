// The oracle of interviews: answers every question in every way and evaluates each time, and random
// small models for it to be compared on.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "dmn/interview.h"
#include "dmn/testing/models.h"

namespace zicht::dmn::testing {

struct NaiveQuestion {
  std::string name{};
  std::vector<feel::Value> values{};  // each different answer at least once
  bool names_missing = false;         // then one of the values is a missing one
};

class NaiveInterview {
 public:
  // Evaluates all completions. Requires: `engine` has the decision.
  NaiveInterview(const Interview& interview, const Engine& engine, std::string decision,
                 std::vector<NaiveQuestion> questions);

  // By question: the number of its value; nothing = open; kUnknown = the person does not know.
  using State = std::vector<std::optional<std::size_t>>;
  static constexpr std::size_t kUnknown = ~std::size_t{0};

  // The outcome with these replies and the others missing; null where it cannot be determined.
  [[nodiscard]] feel::Value evaluate(const State& state) const;
  // And with what stands in for some of those.
  [[nodiscard]] feel::Value evaluate(const State& state, const Step& end) const;

  struct Verdict {
    bool is_settled = false;
    feel::Value outcome{};        // where it is settled
    std::vector<bool> matters{};  // by question that is open
  };
  [[nodiscard]] Verdict judge(const State& state) const;

  [[nodiscard]] const std::vector<NaiveQuestion>& questions() const { return questions_; }
  [[nodiscard]] std::vector<Reply> replies(const State& state) const;

 private:
  template <class See>
  void each(State& state, const std::vector<std::size_t>& questions, std::size_t at,
            const See& see) const;
  [[nodiscard]] std::size_t known_outcome(const State& state) const;

  const Interview& interview_;
  const Engine& engine_;
  std::string decision_;
  std::vector<NaiveQuestion> questions_;
  std::vector<feel::Value> kinds_{feel::Value()};  // of outcomes, each once; null first
  std::vector<std::size_t> outcomes_{};            // by completion: its kind
};

[[nodiscard]] bool is_same_value(const feel::Value& a, const feel::Value& b);

// A model of two to five questions, one of them perhaps a context of two, and three decisions:
// texts and tables of all hit policies. The target is "d2".
struct RandomModel {
  std::string xml{};
  std::vector<NaiveQuestion> questions{};
};
[[nodiscard]] RandomModel random_model(std::uint64_t seed);

}  // namespace zicht::dmn::testing
