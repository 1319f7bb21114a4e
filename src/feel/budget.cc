#include "feel/budget.h"

#include "base/check.h"

namespace zicht::feel {
namespace {

struct LimitText {
  const char* id;
  std::string limit;
};

LimitText text_of(Budget::Limit limit, const Limits& limits) {
  switch (limit) {
    case Budget::Limit::kBytes:
      return {"FE-0102", std::to_string(limits.bytes)};
    case Budget::Limit::kDepth:
      return {"FE-0103", std::to_string(limits.depth)};
    case Budget::Limit::kHere:
      return {"FE-0070", ""};
    default:
      return {"FE-0101", std::to_string(limits.steps)};
  }
}

}  // namespace

bool Budget::refuse(Limit limit) {
  if (is_exhausted()) return false;
  exhausted_ = limit;
  if (limit == Limit::kSteps) steps_ = limits_.steps;
  if (limit == Limit::kBytes) bytes_ = limits_.bytes;
  return false;
}

bool Budget::enter() {
  ++depth_;
  if (is_exhausted()) return false;
  if (depth_ > limits_.depth) exhausted_ = Limit::kDepth;
  return !is_exhausted();
}

Error Budget::error() const {
  ZICHT_CHECK(is_exhausted(), "the budget is exhausted");
  const LimitText text = text_of(exhausted_, limits_);
  return make_error(text.id, {{"limit", text.limit}});
}

Value Budget::exhausted_value() const {
  ZICHT_CHECK(is_exhausted(), "the budget is exhausted");
  const LimitText text = text_of(exhausted_, limits_);
  return Value::error(text.id, {{"limit", text.limit}});
}

}  // namespace zicht::feel
