// Lets a server survive a broken ZICHT_CHECK: one request fails with 500, the rest goes on.
//
//   survive_failed_checks();      // once, before the server starts
//
// Only where something catches: on the threads of Server that run handlers. On any other thread
// the exception ends the process, as a failed check does without this.
#pragma once

#include <exception>
#include <string>

#include "base/check.h"

namespace zicht::http {

// Where a check failed and why, for the log: texts of the program, never data.
class FailedCheck final : public std::exception {
 public:
  explicit FailedCheck(const CheckFailure& failure);
  // "src/app/x.cc:12: the reason".
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

// From here on a failed check throws FailedCheck, in the whole process.
void survive_failed_checks();

}  // namespace zicht::http
