// Compiles one FEEL expression of a pack and tells what is wrong with it, at its place in the file.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "feel/ast.h"
#include "feel/scope.h"
#include "model/rule.h"
#include "packs/internal/checks.h"

namespace zicht::packs::internal {

// Where byte `offset` of the text of a scalar stands in its file, whatever way it is written:
// plain, in quotes, or as a block of lines. `start` where that cannot be told.
[[nodiscard]] Place place_in_scalar(std::string_view file_text, const Place& start,
                                    std::string_view scalar, std::size_t offset);

// Some value of the one can be one of the other; lists of what is not known count.
[[nodiscard]] bool may_fit(const feel::Type& given, const feel::Type& wanted);

// The scalar that holds an expression.
struct ExpressionPlace {
  const std::string& file;
  const Path& path;                     // of the scalar
};

class ExpressionCheck {
 public:
  // Both outlive it. The slots of `scope` are the fields of the form, in order, and then others.
  ExpressionCheck(const Draft& draft, const model::Form& form, const feel::Scope& scope)
      : draft_(draft), form_(form), scope_(scope) {}

  // Compiles the text of the rule; everything wrong is reported, also what can only give null. The
  // type of its values; nothing after a mistake.
  std::optional<feel::Type> compile(model::Rule& rule, const ExpressionPlace& where) const;
  // The same, and PK-0150 where the outcome can be no yes or no.
  bool compile_condition(model::Rule& rule, const ExpressionPlace& where) const;

 private:
  struct At {
    const model::Rule& rule;
    const ExpressionPlace& where;
  };
  void report(std::string_view id, const At& at, feel::Span span,
              const Arguments& arguments) const;
  void look_at(const feel::Node& node, const At& at) const;
  void check_call(const feel::Node& call, const At& at) const;
  void check_code(const feel::Node& name, const feel::Node& code, const At& at) const;
  [[nodiscard]] const model::List* list_of(const feel::Node& name) const;

  const Draft& draft_;
  const model::Form& form_;
  const feel::Scope& scope_;
};

}  // namespace zicht::packs::internal
