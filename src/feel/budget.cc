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
    default:
      return {"FE-0101", std::to_string(limits.steps)};
  }
}

// Adds without overflow; false beyond the limit.
bool count(std::uint64_t& spent, std::uint64_t more, std::uint64_t limit) {
  if (more > limit || spent > limit - more) {
    spent = limit;
    return false;
  }
  spent += more;
  return true;
}

}  // namespace

bool Budget::spend(std::uint64_t steps) {
  if (is_exhausted()) return false;
  if (!count(steps_, steps, limits_.steps)) exhausted_ = Limit::kSteps;
  return !is_exhausted();
}

bool Budget::spend_bytes(std::uint64_t bytes) {
  if (is_exhausted()) return false;
  if (!count(bytes_, bytes, limits_.bytes)) exhausted_ = Limit::kBytes;
  return !is_exhausted();
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
