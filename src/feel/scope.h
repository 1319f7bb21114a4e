// Scope: the names that an expression may use, each with its type and its slot.
//
//     Scope scope;                                       // the built-in functions are known anyway
//     const auto income = scope.add("Monthly income", Type::number());       // slot 0
//     scope.add("partner", Type::any());                                     // slot 1
//     scope.add_type("tAge", Type::number());            // for `instance of tAge`, parameters
//
// Names in FEEL hold spaces and signs: "Monthly income", "date-of-birth". They are compared as rows
// of tokens, so blanks within a name do not matter, and where several known names fit the longest
// one is meant, also when a shorter one with an operator would fit. A name given here wins from a
// built-in one; names inside the expression (keys, variables, parameters, members) win from both.
//
// A value of Inputs (expression.h) belongs to the variable with the same slot.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feel/type.h"

namespace zicht::feel {

namespace internal {
class NameTrie;
}

class Scope {
 public:
  struct Variable {
    std::string name;
    Type type;
  };

  Scope();
  ~Scope();
  Scope(const Scope& other);
  Scope& operator=(const Scope& other);
  Scope(Scope&&) noexcept;
  Scope& operator=(Scope&&) noexcept;

  // The slot of the new variable: 0, 1, 2 ... A name that was there already hides the earlier one;
  // a blank name has a slot but cannot be meant.
  std::size_t add(std::string_view name, Type type);

  // The type that this name stands for, such as an item definition. Later ones win.
  void add_type(std::string_view name, Type type);

  [[nodiscard]] const std::vector<Variable>& variables() const { return variables_; }

  // The slot of the name, in any spelling of its blanks.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

  // For the parser.
  [[nodiscard]] const internal::NameTrie& names() const { return *names_; }
  [[nodiscard]] const internal::NameTrie& types() const { return *types_; }
  // The members of all types, for a path on a value whose type is not known.
  [[nodiscard]] const internal::NameTrie& members() const { return *members_; }

 private:
  // The names of all contexts within the type.
  void add_members(const Type& type);

  std::vector<Variable> variables_;
  std::unique_ptr<internal::NameTrie> names_;
  std::unique_ptr<internal::NameTrie> types_;
  std::unique_ptr<internal::NameTrie> members_;
  std::map<const void*, Type> known_types_;  // whose members are there; kept, so that each is one
};

// One spelling for all spellings of a name: one space between words, none around signs.
std::string canonical_name(std::string_view name);

// The known name that looks most like `name` ("incone" -> "income"); empty when none comes close.
std::string nearest_name(std::string_view name, const std::vector<std::string>& known);

}  // namespace zicht::feel
