// For Intel's pow, which expects that abs(INT_MIN) is INT_MIN; the language leaves that open, and
// clang takes it for positive: huge powers came out upside down.
#pragma once

#include <stdlib.h>

static inline int wrapping_abs(int value) {
  return value < 0 ? (int)(0U - (unsigned)value) : value;
}

#define abs wrapping_abs
