// What FEEL is given from outside when a command evaluates: the moment, in the zone of the
// Netherlands, the zones of the system and its randomness.
//
//     const HereAndNow here;
//     engine.evaluate(request, here.environment());
#pragma once

#include "base/rng.h"
#include "feel/function.h"

namespace zicht::server {

// The moment at which it was made; outlives what it gives.
class HereAndNow {
 public:
  HereAndNow();
  HereAndNow(const HereAndNow&) = delete;
  HereAndNow& operator=(const HereAndNow&) = delete;

  [[nodiscard]] const feel::Environment& environment() const { return environment_; }

 private:
  SystemRng rng_{};
  feel::Environment environment_{};
};

}  // namespace zicht::server
