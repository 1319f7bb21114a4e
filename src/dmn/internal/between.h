// One value for each stretch of values that nothing tells apart: what checks of tables try, and
// what an interview takes an open question to be answered with.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dmn/internal/table_index.h"

namespace zicht::dmn::internal {

// What the values of a column or a question are known to be: they pass all of these.
using Domain = std::vector<const feel::UnaryTests*>;

// Values strictly between two points, or beyond one where the other is null.
struct Between {
  std::vector<feel::Value> candidates{};
  bool is_empty = false;  // there surely is no such value
};
[[nodiscard]] Between between(const feel::Value& low, const feel::Value& high);

// What a domain says of a value. A test that cannot be judged (its text uses facts) allows it.
enum class Allowed : std::uint8_t {
  kYes,
  kNo,          // by a test that is more than constants: near values may be allowed
  kNoneNearby,  // by constants, all of which are points: no value of the same stretch is
};
[[nodiscard]] Allowed allowed(const Domain& domain, const feel::Value& value,
                              feel::CallContext& context);

// The points, and those of the allowed values of that kind: ascending, each once.
[[nodiscard]] std::vector<feel::Value> points_of(std::span<const feel::Value> cuts, feel::Kind kind,
                                                 const Domain& domain);

}  // namespace zicht::dmn::internal
