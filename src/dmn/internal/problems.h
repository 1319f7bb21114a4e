// How many problems are told of one model: a hostile or hopeless one has endless many, and nobody
// reads them all.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/error_catalogue.h"

namespace zicht::dmn::internal {

// So many errors and so many warnings, each followed by DM-0012 that there are more.
inline constexpr std::size_t kMaxProblems = 100;
// For so many unknown names and ids the nearest known one is looked for.
inline constexpr std::size_t kMaxNearest = 10;

class Problems {
 public:
  // Requires: `told` outlives this.
  explicit Problems(std::vector<Diagnostic>& told) : told_(&told) {}

  // Whether one more is told; where it is not, that there are more is told once.
  [[nodiscard]] bool wants(Severity severity, const std::string& file) {
    auto& told = count(severity);
    if (told < kMaxProblems) return true;
    if (told++ == kMaxProblems) {
      told_->push_back(make_diagnostic("DM-0012", {file, 0},
                                       {{"limit", std::to_string(kMaxProblems)}}, severity));
    }
    return false;
  }
  void add(Diagnostic one) {
    if (!wants(one.severity, one.file)) return;
    ++count(one.severity);
    told_->push_back(std::move(one));
  }

  // Whether the nearest name is still looked for; counts.
  [[nodiscard]] bool may_look() { return looked_ < kMaxNearest && ++looked_ > 0; }

 private:
  [[nodiscard]] std::size_t& count(Severity severity) {
    return severity == Severity::kError ? errors_ : warnings_;
  }
  std::vector<Diagnostic>* told_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::size_t looked_ = 0;
};

}  // namespace zicht::dmn::internal
