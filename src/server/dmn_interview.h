// zicht dmn interview: one step as JSON, or a dialogue at the terminal.
#pragma once

#include <string>

#include "dmn/interview.h"

namespace zicht::server {

// The step that follows the replies in the JSON file, on standard output. Answers the exit code.
[[nodiscard]] int tell_step(const dmn::Interview& interview, const std::string& replies_file);

// Asks at standard output and reads a line per answer from standard input until the outcome is
// there: `?` is "not known", `<` goes back, `!` asks why. The end of the input ends it (kBad).
[[nodiscard]] int hold_interview(const dmn::Interview& interview,
                                 const feel::Environment& environment);

}  // namespace zicht::server
