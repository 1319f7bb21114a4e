// Agreed rules: not a test of chance but an agreement, such as "three different reporters, the same
// theme, within 60 days".
//
//     ZICHT_TRY(hits, agreed_rule(events, {.distinct = 3, .within_days = 60}));
//
// A rule is met at an event when, with the events of the same key up to it and at most
// `within_days` before it, there are at least `distinct` different sources. A campaign of one
// source therefore never meets it. Days count as differences: day 0 and day 60 lie within 60. After
// a hit the same sources do not give another one: a key is told again only when a source that was
// not in the last hit's makes it true. Source: the agreement itself; no formula.
//
// Domain: any number of events in any order; an event without a source counts as a source of its
// own only where `unknown_is_distinct`. Empty: no hits. Exact. Cost: n log n. Pure, thread-safe.
// Oracle: every window counted afresh, in the test.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace zicht::stats {

struct RuleEvent {
  std::string key;     // what must be the same
  std::string source;  // what must be different; empty = unknown
  Date date;
};

struct AgreedRule {
  int distinct = 3;
  int within_days = 60;
  bool unknown_is_distinct = false;
};

struct RuleHit {
  std::string key;
  Date first, last;        // of the events in the window
  int distinct = 0;        // sources in the window
  std::size_t events = 0;  // in the window
};

// By date of the last event, then key. Errors: SA-0110 (distinct below 1, days below 0).
[[nodiscard]] Result<std::vector<RuleHit>> agreed_rule(std::vector<RuleEvent> events,
                                                       const AgreedRule& rule);

}  // namespace zicht::stats
