#include "feel/internal/compiler.h"

#include <utility>

#include "feel/internal/infer.h"
#include "feel/operators.h"

namespace zicht::feel {
namespace internal {

std::uint32_t weight_of(const Node& node) {
  std::uint32_t weight = 1;
  for (const auto& child : node.children) weight += weight_of(*child);
  return weight;
}

CodePtr Compiler::code(const Node& node) {
  // Only the value of an entry itself knows the name that it gets.
  if (node.kind != NodeKind::kFunction) self_name_.clear();
  switch (node.kind) {
    case NodeKind::kName:
      return name(node);
    case NodeKind::kAt:
      return at_literal(node);
    case NodeKind::kBinary:
      return binary(node);
    case NodeKind::kNegate:
      return negation(node);
    case NodeKind::kBetween:
      return between(node);
    case NodeKind::kIn:
      return in(node);
    case NodeKind::kUnaryRange:
      return unary_range(node);
    case NodeKind::kRange:
      return range(node);
    case NodeKind::kIf:
      return conditional(node);
    case NodeKind::kFor:
    case NodeKind::kSome:
    case NodeKind::kEvery:
      return loop(node);
    case NodeKind::kFilter:
      return filter(node);
    case NodeKind::kPath:
      return path(node);
    case NodeKind::kList:
      return list(node);
    case NodeKind::kContext:
      return context(node);
    case NodeKind::kFunction:
      return function(node);
    case NodeKind::kInstanceOf:
      return instance_of(node);
    case NodeKind::kCall:
      return call(node);
    default:
      return literal(node);
  }
}

std::vector<CodePtr> Compiler::codes(const Node& node, std::size_t from) {
  std::vector<CodePtr> made;
  for (std::size_t i = from; i < node.children.size(); ++i) made.push_back(code(*node.children[i]));
  return made;
}

Body Compiler::body(const Node& node, Level& level) {
  Level* const around = std::exchange(level_, &level);
  Body made;
  made.code = code(node);
  level_ = around;
  made.locals = level.locals;
  made.weight = weight_of(node);
  made.depth = node.depth;
  return made;
}

// The tree, unless a finding refuses it; where the caller wants null for unknown names, errors that
// leave a whole tree become warnings.
Result<NodePtr> Compiler::accepted(Parsed& parsed, std::string_view text,
                                   const CompileOptions& options) {
  const bool refuse = options.unknown_names == CompileOptions::UnknownNames::kRefuse;
  if (parsed.root == nullptr || (refuse && has_errors(parsed.findings))) {
    return to_error(parsed.findings, text);
  }
  for (Finding& finding : parsed.findings) finding.severity = Severity::kWarning;
  return std::move(parsed.root);
}

Result<Expression> Compiler::expression(std::string_view text, const Scope& scope,
                                        const CompileOptions& options) {
  Parsed parsed = parse_expression(text, scope);
  ZICHT_TRY(root, accepted(parsed, text, options));
  const std::shared_ptr<Program> program = program_of(*root, text, scope, options);
  program->warnings = std::move(parsed.findings);
  return Expression(program);
}

Expression Compiler::of_tree(const Node& root, std::string_view text, const Scope& scope,
                             const CompileOptions& options) {
  return Expression(program_of(root, text, scope, options));
}

std::shared_ptr<Program> Compiler::program_of(const Node& root, std::string_view text,
                                              const Scope& scope, const CompileOptions& options) {
  Compiler compiler(scope, options);
  Level level;
  auto program = std::make_shared<Program>();
  program->text = text;
  program->body = compiler.body(root, level);
  program->type = root.type;
  program->used_slots = {compiler.used_slots_.begin(), compiler.used_slots_.end()};
  program->whole = compiler.place(root);
  return program;
}

Test Compiler::test(const Node& node) {
  Test made;
  uses_input_ = false;
  if (node.kind == NodeKind::kUnaryRange) {
    made.op = node.op;
    made.code = code(*node.children[0]);
  } else {
    made.code = code(node);
    made.is_condition = node.kind != NodeKind::kBoolean;
  }
  made.uses_input = uses_input_ && !made.op;
  made.constant = made.code->constant();
  return made;
}

void Compiler::tests(const Node& root, Program& program) {
  Level level;
  level_ = &level;
  program.body.depth = root.depth;
  program.is_any = root.kind == NodeKind::kAnyInput;
  program.is_negated = root.flag;
  program.is_indexable = !program.is_any;
  for (const auto& child : root.children) {
    program.tests.push_back(test(*child));
    program.body.weight += weight_of(*child);
    const Value* value = program.tests.back().constant;
    const auto op = program.tests.back().op;
    if (value != nullptr && op) {
      const CodePtr range = unary_range(*child);
      value = range->constant();
      if (value != nullptr) program.constants.push_back(*value);
    } else if (value != nullptr && !value->is(Kind::kList) && !value->is(Kind::kContext) &&
               !value->is_null() &&
               (!value->is(Kind::kBoolean) || child->kind == NodeKind::kBoolean)) {
      program.constants.push_back(*value);
    } else {
      value = nullptr;
    }
    program.is_indexable = program.is_indexable && value != nullptr;
  }
  if (!program.is_indexable) program.constants.clear();
  program.lists_texts =
      !program.is_any && !program.is_negated &&
      std::all_of(program.tests.begin(), program.tests.end(), [](const Test& test) {
        return !test.op && test.constant != nullptr && test.constant->is(Kind::kString);
      });
  program.body.locals = level.locals;
  level_ = nullptr;
}

Result<UnaryTests> Compiler::unary_tests(std::string_view text, const Scope& scope,
                                         const Type& input, const CompileOptions& options) {
  Parsed parsed = parse_unary_tests(text, scope, input);
  ZICHT_TRY(root, accepted(parsed, text, options));
  Compiler compiler(scope, options);
  auto program = std::make_shared<Program>();
  program->text = text;
  compiler.tests(*root, *program);
  program->type = Type::boolean();
  program->warnings = std::move(parsed.findings);
  program->used_slots = {compiler.used_slots_.begin(), compiler.used_slots_.end()};
  program->whole = compiler.place(*root);
  return UnaryTests(std::move(program));
}

}  // namespace internal

Result<Expression> compile(std::string_view text, const Scope& scope,
                           const CompileOptions& options) {
  return internal::Compiler::expression(text, scope, options);
}

Result<UnaryTests> compile_unary_tests(std::string_view text, const Scope& scope, const Type& input,
                                       const CompileOptions& options) {
  return internal::Compiler::unary_tests(text, scope, input, options);
}

}  // namespace zicht::feel
