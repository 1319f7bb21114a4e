#include "http/failed_check.h"

#include <string_view>

namespace zicht::http {
namespace {

// The path inside the repository: what stands before tells of the machine that built it.
std::string_view short_path(std::string_view file) {
  const std::size_t at = file.rfind("src/");
  return at == std::string_view::npos ? file : file.substr(at);
}

[[noreturn]] void throw_failed_check(const CheckFailure& failure) { throw FailedCheck(failure); }

}  // namespace

FailedCheck::FailedCheck(const CheckFailure& failure)
    : text_(std::string(short_path(failure.file)) + ":" + std::to_string(failure.line) + ": " +
            failure.why) {}

void survive_failed_checks() { set_check_handler(throw_failed_check); }

}  // namespace zicht::http
