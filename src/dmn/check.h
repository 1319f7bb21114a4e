// What is doubtful in a model that can be evaluated: cases that no rule covers, rules that overlap
// or never match, inputs that nobody uses. Each finding about a table has an example that people
// can try.
//
//     for (const Diagnostic& one : check_model(*engine, environment)) show(one);
//
// What is surely wrong (texts that cannot be read, unknown names and types, cycles) is told by
// Engine::compile. A table is looked at by its constant cells; a cell that is another expression
// counts as one that may match, and a stretch of values of which no example is allowed as one where
// rules may count: so a table has fewer findings rather than wrong ones. Missing values are not
// looked at: a table says nothing about null unless it names it.
#pragma once

#include <vector>

#include "base/error.h"
#include "dmn/engine.h"

namespace zicht::dmn {

// Warnings, by file and line: DM-0060 a case without a rule, DM-0061 rules that overlap where one
// may match (UNIQUE) or all must agree (ANY), DM-0062 a rule that can never count, DM-0063 an input
// that nothing requires, DM-0064 a table too large to look at wholly, DM-0065 a requirement that
// the logic does not use. Requires: environment.zones.
[[nodiscard]] std::vector<Diagnostic> check_model(const Engine& engine,
                                                  const feel::Environment& environment);

}  // namespace zicht::dmn
