// What a Value shares besides lists, contexts, ranges and functions.
#pragma once

#include <atomic>
#include <string>

#include "feel/number.h"
#include "feel/temporal.h"
#include "feel/value.h"

namespace zicht::feel::internal {

class SharedString final : public Shared {
 public:
  explicit SharedString(std::string_view text) : text_(text) {}
  std::string_view text() const { return text_; }

  // Counted at the first call; two threads that both do so write the same number.
  std::size_t code_points() const;

 private:
  static constexpr std::size_t kUncounted = static_cast<std::size_t>(-1);
  std::string text_;
  mutable std::atomic<std::size_t> code_points_{kUncounted};
};

struct SharedNumber final : Shared {
  explicit SharedNumber(const Number& n) : number(n) {}
  const Number number;
};

struct SharedTime final : Shared {
  explicit SharedTime(const TimeOfDay& t) : time(t) {}
  const TimeOfDay time;
};

struct SharedDateTime final : Shared {
  explicit SharedDateTime(const DateTime& t) : date_time(t) {}
  const DateTime date_time;
};

}  // namespace zicht::feel::internal
