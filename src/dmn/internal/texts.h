// The FEEL texts of a set of models: compiles them, numbers them (the `source` of a
// feel::SourceSpan) and tells what is wrong with them at their place in the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dmn/internal/problems.h"
#include "dmn/model.h"
#include "feel/expression.h"

namespace zicht::dmn::internal {

struct TextPlace {
  std::string file{};
  std::string element{};   // what the text belongs to, in words
  std::uint32_t line = 0;  // of an element; a text has its own
};

class Texts {
 public:
  explicit Texts(std::vector<Diagnostic>& diagnostics) : problems_(diagnostics) {}

  // Nothing when the text is wrong: then its problems are among the diagnostics (DM-0033 around
  // those of FEEL). A name that is not known is a warning, as DMN gives null there.
  [[nodiscard]] std::optional<feel::Expression> expression(const Text& text,
                                                           const feel::Scope& scope,
                                                           const TextPlace& place);
  [[nodiscard]] std::optional<feel::UnaryTests> unary_tests(const Text& text,
                                                            const feel::Scope& scope,
                                                            const feel::Type& input,
                                                            const TextPlace& place);

  void report(std::string_view id, const TextPlace& place, const Arguments& arguments,
              Severity severity = Severity::kError);

  // The known name that looks most like `name`, of what `known()` gives; empty when none does, and
  // after the first few, as looking takes long.
  template <class Known>
  [[nodiscard]] std::string nearest(std::string_view name, const Known& known) {
    return problems_.may_look() ? feel::nearest_name(name, known()) : std::string();
  }

 private:
  [[nodiscard]] feel::CompileOptions next();
  void failed(const Text& text, const TextPlace& place, const Error& error);
  void warn(const Text& text, const TextPlace& place, const std::vector<feel::Finding>& warnings);

  std::uint32_t count_ = 0;
  Problems problems_;
};

}  // namespace zicht::dmn::internal
