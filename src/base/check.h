// ZICHT_CHECK: states what must be true, in debug and in release alike.
//
//     ZICHT_CHECK(index < rows.size(), "row index comes from the same snapshot");
//
// A failed check is a bug in this program, never bad input: input that may be wrong gives a
// Result (result.h) or Diagnostics (error.h). The default reaction writes one line to stderr and
// aborts. A program that must survive one bad request (the server) installs a handler that throws
// at its request boundary; tests do the same to see a check fail.
#pragma once

namespace zicht {

// What a handler is told. The pointers are string literals and live as long as the program.
struct CheckFailure {
  const char* condition;
  const char* why;
  const char* file;
  int line;
};

// A handler may throw or end the process; when it returns, the process aborts.
using CheckHandler = void (*)(const CheckFailure&);

// Installs `handler` for the whole process and returns the one before it; null restores the
// default. Thread-safe.
CheckHandler set_check_handler(CheckHandler handler);

namespace internal {
[[noreturn]] void check_failed(const CheckFailure& failure);
}  // namespace internal
}  // namespace zicht

// Requires: `why` is a string literal that says why the condition holds.
#define ZICHT_CHECK(condition, why) \
  (static_cast<bool>(condition)     \
       ? static_cast<void>(0)       \
       : ::zicht::internal::check_failed({#condition, why, __FILE__, __LINE__}))
