// Reads what JsonEngine is asked. Every function gives FE-0071 with the place where the shape is
// another one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dmn/engine.h"
#include "feel/scope.h"
#include "feel/value_json.h"

namespace zicht::dmn::internal {

struct CompileRequest {
  enum class Kind : std::uint8_t { kExpression, kUnaryTests, kModel };
  Kind kind = Kind::kExpression;
  std::string text{};
  std::string file{};                 // kModel: its name, for messages
  std::vector<std::string> others{};  // kModel: models that may be imported
  feel::Scope scope{};
  feel::Type input_type{};  // kUnaryTests
  bool unknown_names_are_null = false;
};
Result<CompileRequest> read_compile_request(std::string_view json);

struct EvaluateRequest {
  std::uint32_t handle = 0;
  feel::Value facts{};  // a context
  feel::Value input{};  // of unary tests
  feel::Value now{};
  feel::Value today{};
  TargetKind target = TargetKind::kDecision;
  std::string name{};  // of the decision, service or knowledge model
  ExplainLevel explain = ExplainLevel::kOff;
};
Result<EvaluateRequest> read_evaluate_request(std::string_view json, const TimeZones& zones);

}  // namespace zicht::dmn::internal
