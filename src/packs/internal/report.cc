#include "packs/internal/report.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace zicht::packs::internal {
namespace {

constexpr std::size_t kNamesShown = 12;
constexpr std::size_t kLongestCompared = 64;

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

auto order_of(const Diagnostic& d) { return std::tie(d.file, d.line, d.column, d.id); }

}  // namespace

void Report::push(Diagnostic diagnostic) {
  if (is_full_) return;
  is_full_ = diagnostics_.size() >= kMaxDiagnostics;
  if (is_full_) {
    diagnostic = make_diagnostic("PK-0015", {}, {{"limit", std::to_string(kMaxDiagnostics)}});
  }
  diagnostics_.push_back(std::move(diagnostic));
}

void Report::error(std::string_view id, const std::string& file, const Place& place,
                   const Arguments& arguments) {
  broken_files_.insert(file);
  if (is_full_) return;
  push(make_diagnostic(id, {file, place.line, place.column}, arguments));
}

void Report::warning(std::string_view id, const std::string& file, const Place& place,
                     const Arguments& arguments) {
  push(
      make_diagnostic(id, {file, place.line, place.column}, arguments, Severity::kWarning));
}

void Report::add(const Problem& problem, const std::string& file, const Place& place) {
  broken_files_.insert(file);
  push({problem.id, Severity::kError, file, place.line, place.column, problem.message,
        problem.hint});
}

void Report::add(std::vector<Diagnostic> diagnostics) {
  for (Diagnostic& one : diagnostics) {
    if (one.severity == Severity::kError) broken_files_.insert(one.file);
    push(std::move(one));
  }
}

std::vector<Diagnostic> Report::take_sorted() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  diagnostics_.erase(std::unique(diagnostics_.begin(), diagnostics_.end()), diagnostics_.end());
  return std::move(diagnostics_);
}

std::string nearest(std::string_view written, const std::vector<std::string>& known) {
  if (written.size() > kLongestCompared) return {};
  std::size_t best = std::max<std::size_t>(2, written.size() / 3) + 1;
  std::string name;
  for (const std::string& candidate : known) {
    if (candidate.size() > kLongestCompared) continue;
    const std::size_t d = distance(written, candidate);
    if (d < best && d < candidate.size()) {
      best = d;
      name = candidate;
    }
  }
  return name;
}

LocalizedText suggestion(std::string_view written, const std::vector<std::string>& known) {
  if (const std::string name = nearest(written, known); !name.empty()) {
    return {"Bedoelt u \"" + name + "\"?", "Do you mean \"" + name + "\"?"};
  }
  if (known.empty()) return {"Er zijn er nog geen.", "There are none yet."};
  std::string names;
  for (std::size_t i = 0; i < std::min(known.size(), kNamesShown); ++i) {
    names += (i == 0 ? "" : ", ") + known[i];
  }
  if (known.size() > kNamesShown) names += " ...";
  return {"Wat kan: " + names + ".", "What is possible: " + names + "."};
}

}  // namespace zicht::packs::internal
