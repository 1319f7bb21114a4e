// The legal time of the Netherlands (Europe/Amsterdam): which civil day it is, and when a day ends.
//
// Deadlines end at local midnight, so `local_midnight(add one day to the due date)` is the moment
// at which a term is over.
//
// Rule: UTC+1, and UTC+2 from the last Sunday of March 01:00 UTC to the last Sunday of October
// 01:00 UTC (Directive 2000/84/EC; in force in this form since 1996). Earlier instants get the same
// rule: from 1977 to 1995 that can be one hour off between late September and late October, and
// before 1977 more often; no civil date of a term that this product handles lies there. Pure: needs
// no zone files, so old judgements replay the same. Should the EU end the clock change, this file
// gets a dated rule.
#pragma once

#include "base/date.h"
#include "base/instant.h"

namespace zicht {

// 3600 or 7200: what local time is ahead of UTC at that instant.
int amsterdam_offset_seconds(Instant instant);

// The civil date in Amsterdam at that instant. Clamped to Date::max() in the last hours of 9999.
Date amsterdam_date(Instant instant);

// The first moment of that civil day in Amsterdam. The clock never changes at midnight, so it
// exists and is unique. Clamped to the first representable instant on 0001-01-01.
Instant amsterdam_midnight(Date date);

}  // namespace zicht
