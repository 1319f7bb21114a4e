// zicht dmn interview: one step as JSON, or a dialogue at the terminal.
#pragma once

#include <string>

#include "dmn/contradiction.h"
#include "dmn/interview.h"

namespace zicht::server {

// The step that follows the replies in the JSON file, on standard output. Answers the exit code.
// Replies that cannot stand beside each other are told (DM-0054), and refused unless it is a doubt.
[[nodiscard]] int tell_step(const dmn::Engine& engine, const dmn::Interview& interview,
                            const feel::Environment& environment, const std::string& replies_file);

// Asks at standard output and reads a line per answer from standard input until the outcome is
// there: `?` is "not known", `<` goes back, `!` asks why. The end of the input ends it (kBad). An
// answer that cannot stand beside earlier ones is asked again; of a doubt first whether it is so.
[[nodiscard]] int hold_interview(const dmn::Engine& engine, const dmn::Interview& interview,
                                 const feel::Environment& environment);

}  // namespace zicht::server
