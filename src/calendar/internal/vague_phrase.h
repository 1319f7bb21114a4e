// What Dutch wording of a date says, before it is placed in time.
//
//     parse_phrase("in het eerste kwartaal van 2026")
//         // {kIn, {.kind = kQuarter, .number = 1, .year = 2026, .which = kExplicit}}
#pragma once

#include <optional>
#include <string_view>

#include "base/period.h"

namespace zicht::calendar::internal {

enum class Relation { kIn, kBefore, kBy, kAround, kAfter, kFrom, kBetween, kWithin, kSpell };

enum class AnchorKind { kDay, kWeek, kMonth, kQuarter, kHalf, kSeason, kYear, kRecess };

enum class Part { kWhole, kBegin, kMiddle, kEnd };

// Which one of the many summers: with a year of its own, that of the year of writing, the one
// after that, or the first that can still come.
enum class Which { kFirstToCome, kExplicit, kThis, kNext };

enum Season { kSpring = 1, kSummer, kAutumn, kWinter };

struct Anchor {
  AnchorKind kind = AnchorKind::kYear;
  int number = 0;     // month 1..12, quarter 1..4, half 1..2, Season
  int day = 0;        // of kDay
  int year = 0;       // of kExplicit
  int last_year = 0;  // of a winter that is named by two years, else 0
  Which which = Which::kFirstToCome;
  Part part = Part::kWhole;
};

struct Phrase {
  Relation relation = Relation::kIn;
  Anchor anchor{};    // not for kWithin, kSpell
  Anchor until{};     // of kBetween: the end of the stretch
  Period earliest{};  // kWithin, kSpell: from the day of writing
  Period latest{};
};

// Misses when the wording is not in the table.
std::optional<Phrase> parse_phrase(std::string_view words);

}  // namespace zicht::calendar::internal
