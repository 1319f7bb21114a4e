// The methods of `zicht detect` that judge a list, not streams over time (docs/formats/detect.md).
// Errors: those of detect().
#pragma once

#include "stats/surveillance/detect.h"

namespace zicht::stats::internal {

[[nodiscard]] Result<Detected> by_shrinkage(const DetectRequest& request);
[[nodiscard]] Result<Detected> by_silence(const DetectRequest& request);
// Not signals but counts: what each period will have when all is reported.
[[nodiscard]] Result<Detected> by_delay(const DetectRequest& request);

}  // namespace zicht::stats::internal
