// TimeZones by the browser's Intl.DateTimeFormat.
#pragma once

#include "base/time_zone.h"

namespace zicht::browser {

// For the life of the module.
const TimeZones& browser_zones();

}  // namespace zicht::browser
