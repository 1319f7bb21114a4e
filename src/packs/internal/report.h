// Collects the diagnostics of one pack, file by file.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error_catalogue.h"
#include "packs/internal/node.h"

namespace zicht::packs::internal {

constexpr std::size_t kMaxDiagnostics = 1'000;   // then one more says that there are others

class Report {
 public:
  void error(std::string_view id, const std::string& file, const Place& place,
             const Arguments& arguments = {});
  void warning(std::string_view id, const std::string& file, const Place& place,
               const Arguments& arguments = {});
  // A problem found by another component, at its place in the file.
  void add(const Problem& problem, const std::string& file, const Place& place);

  // Findings of another component, which know their places.
  void add(std::vector<Diagnostic> diagnostics);

  // Rows that refer to this file cannot be judged fairly.
  [[nodiscard]] bool has_errors_in(const std::string& file) const {
    return broken_files_.contains(file);
  }

  // By file, line and column; each finding once.
  [[nodiscard]] std::vector<Diagnostic> take_sorted();

 private:
  void push(Diagnostic diagnostic);

  std::vector<Diagnostic> diagnostics_;
  bool is_full_ = false;
  std::set<std::string> broken_files_;
};

// The nearest of `known` to what somebody wrote, when it is near enough to be meant; else empty.
[[nodiscard]] std::string nearest(std::string_view written, const std::vector<std::string>& known);

// " Bedoelt u \"x\"?" in both languages when there is a nearest name, else the names there are.
[[nodiscard]] LocalizedText suggestion(std::string_view written,
                                       const std::vector<std::string>& known);

}  // namespace zicht::packs::internal
