// The types of a model: what a typeRef means, and whether a value is one of them.
//
// A feel::Type says the shape of a value; a Check says which values of that shape are allowed
// (allowed values and type constraints of item definitions, at any depth). conform() does both, in
// the one way in which inputs, results, parameters and entries are all judged.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dmn/internal/texts.h"
#include "dmn/model.h"
#include "feel/expression.h"

namespace zicht::dmn::internal {

struct Check;
using CheckPtr = std::shared_ptr<const Check>;

struct Typed {
  feel::Type type{};
  CheckPtr check{};       // null = every value of the type is allowed
  std::size_t depth = 0;  // how many definitions it is built on, one upon the other

  // The same as is_same(), found out at once: false also of types that were written twice.
  [[nodiscard]] bool is_identical(const Typed& other) const {
    return type.is_identical(other.type) && check == other.check;
  }
  // Whether what is conformed to one is conformed to the other.
  [[nodiscard]] bool is_same(const Typed& other) const {
    return type == other.type && check == other.check;
  }
};

struct Check {
  std::string name{};                             // of the item definition, for messages
  std::optional<feel::UnaryTests> value_tests{};  // on the value as a whole
  std::vector<std::pair<std::string, CheckPtr>> members{};
  CheckPtr item{};  // on each item of a list
  CheckPtr base{};  // of the definition that this one is made of
};

// The value in the wanted type, or null that says why (FE-0105; DM-0101 when it is not allowed, and
// where that is not known the reason of that). `what` names the thing whose value it is.
[[nodiscard]] feel::Value conform(feel::Value value, const Typed& wanted, std::string_view what,
                                  feel::CallContext& context);

// Whether conform() gives the value as it is, and whether tests pass, for all facts: said without
// evaluating anything, so false where it takes that to know.
[[nodiscard]] bool surely_conforms(const feel::Value& value, const Typed& wanted);
[[nodiscard]] bool surely_passes(const feel::Value& value, const feel::UnaryTests& tests);

// How far definitions are within each other while they are read: one for all models of a graph.
struct TypeNesting {
  std::size_t levels = 0;
  bool is_told = false;  // that it is too far: once is enough
};

// The item definitions of one model and, under the names of its imports, those of others.
class Types {
 public:
  // What is built on more definitions than this is reported as DM-0042 and is Any, so that no walk
  // over a type exhausts the stack.
  static constexpr std::size_t kMaxDepth = 200;

  // Requires: all outlive this.
  Types(const Model& model, Texts& texts, TypeNesting& nesting);

  void add_import(std::string name, Types* imported);

  // Any for an empty text and for one that is not known; the latter is reported as DM-0032.
  [[nodiscard]] Typed typed(const std::string& type_ref, const Element& user);
  // Null when there is none of that name; reads no texts again.
  [[nodiscard]] std::optional<Typed> find(std::string_view type_ref) { return find(type_ref, 0); }

  // A scope that knows all types by name, and nothing else.
  [[nodiscard]] const feel::Scope& scope();
  // Of allowed values, as far as they are constants: in the order of the author.
  [[nodiscard]] static std::vector<feel::Value> enumerated(const Typed& typed);

 private:
  [[nodiscard]] std::optional<Typed> find(std::string_view type_ref, int imports);
  Typed define(const ItemDefinition& item);
  Typed defined(const ItemDefinition& item);
  Typed too_deep(const ItemDefinition& item);
  Typed shape_of(const ItemDefinition& item, Check& check);
  void add_scope_types(feel::Scope& scope, const std::string& prefix, int depth, std::size_t& left);
  std::vector<std::string> names();

  const Model& model_;
  Texts& texts_;
  TypeNesting& nesting_;
  std::map<std::string, const ItemDefinition*, std::less<>> items_{};
  std::map<std::string, Typed, std::less<>> defined_{};
  std::set<std::string, std::less<>> in_progress_{};
  std::vector<std::pair<std::string, Types*>> imports_{};
  std::optional<feel::Scope> scope_{};
};

}  // namespace zicht::dmn::internal
