// From syntax tree to code. A member per construct; the classes of the code are beside them in
// compile_*.cc, and nobody else names them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "feel/internal/program.h"
#include "feel/parser.h"

namespace zicht::feel::internal {

// A name of a place inside the expression and its local; of a filter the item with its members.
struct Binding {
  std::string name{};
  std::size_t local = 0;
  bool is_item = false;
  bool is_open = false;     // an item whose members are not all known
  Type type{};              // of an item
  std::string fact_path{};  // "persons" where the value comes from that fact
  bool* used = nullptr;     // set when somebody reads it
};

// What a function takes along from around it, into its own local.
struct Capture {
  std::string name{};
  CodePtr code{};  // to be run around the function
  std::size_t local = 0;
};

// The body that is being compiled and those around it.
struct Level {
  // A new binding, innermost; gives its local.
  std::size_t bind(Binding binding);
  // Forgets all but the outermost `count`.
  void unbind(std::size_t count);
  // What `name` may mean, innermost first: items, up to the binding of that name.
  [[nodiscard]] std::vector<const Binding*> candidates(const std::string& name) const;

  Level* outer = nullptr;
  std::vector<Binding> bindings{};
  std::vector<std::size_t> items{};                                    // which of them are
  std::unordered_map<std::string, std::vector<std::size_t>> places{};  // of the others, by name
  std::vector<Capture> captures{};
  std::size_t locals = 0;
};

class Compiler {
 public:
  Compiler(const Scope& scope, const CompileOptions& options) : scope_(scope), options_(options) {}

  static Result<Expression> expression(std::string_view text, const Scope& scope,
                                       const CompileOptions& options);
  static Result<UnaryTests> unary_tests(std::string_view text, const Scope& scope,
                                        const Type& input, const CompileOptions& options);
  // A tree that was read already, or a part of one that names nothing of what lies around it.
  static Expression of_tree(const Node& root, std::string_view text, const Scope& scope,
                            const CompileOptions& options);

 private:
  CodePtr code(const Node& node);
  CodePtr folded(CodePtr code);
  CodePtr constant(const Node& node, Value value) const;
  CodePtr failing(const Node& node, std::string_view id, Arguments arguments) const;
  [[nodiscard]] SourceSpan place(const Node& node) const;
  [[nodiscard]] std::size_t new_local() { return level_->locals++; }
  std::vector<CodePtr> codes(const Node& node, std::size_t from = 0);

  // compile_names.cc
  CodePtr name(const Node& node);
  CodePtr variable(Level* level, const Node& node, const std::string& name);
  CodePtr around(Level* level, const Node& node, const std::string& name);
  CodePtr literal(const Node& node);
  CodePtr at_literal(const Node& node);
  CodePtr path(const Node& node);
  [[nodiscard]] std::string fact_path(const Node& node) const;

  // compile_operators.cc
  CodePtr binary(const Node& node);
  CodePtr negation(const Node& node);
  CodePtr between(const Node& node);
  CodePtr in(const Node& node);
  CodePtr range(const Node& node);
  CodePtr unary_range(const Node& node);
  CodePtr conditional(const Node& node);
  CodePtr instance_of(const Node& node);

  // compile_collections.cc
  CodePtr list(const Node& node);
  CodePtr context(const Node& node);
  CodePtr filter(const Node& node);

  // compile_loops.cc
  CodePtr loop(const Node& node);

  // compile_functions.cc
  CodePtr function(const Node& node);
  CodePtr call(const Node& node);

  // compile_tests.cc
  Test test(const Node& node);
  void tests(const Node& root, Program& program);

  Body body(const Node& node, Level& level);
  static std::shared_ptr<Program> program_of(const Node& root, std::string_view text,
                                             const Scope& scope, const CompileOptions& options);
  static Result<NodePtr> accepted(Parsed& parsed, std::string_view text,
                                  const CompileOptions& options);

  const Scope& scope_;
  CompileOptions options_;
  Level* level_ = nullptr;
  std::set<std::size_t> used_slots_;
  std::string self_name_;  // of the context entry whose value is being compiled
  bool uses_input_ = false;
};

// What an operator of two operands calls (operators.h).
using BinaryFunction = Value (*)(const Value&, const Value&);
BinaryFunction function_of(Operator op);

// How many nodes: the steps that one evaluation takes.
std::uint32_t weight_of(const Node& node);

}  // namespace zicht::feel::internal
