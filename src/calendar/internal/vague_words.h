// The Dutch words that a date can be written in: the whole vocabulary of interpret().
//
// All words are folded (fold_for_search): lower case, no accents, so "voor" is "vóór" too. What is
// not listed here is not understood, on purpose. Which days the words mean stands in vague.h.
#pragma once

#include <array>
#include <string_view>

#include "calendar/internal/vague_phrase.h"

namespace zicht::calendar::internal {

template <class T>
struct Word {
  std::string_view word;
  T meaning;
};

// Full names and the abbreviations of everyday Dutch.
// clang-format off
inline constexpr std::array<Word<int>, 24> kMonths{{
    {"januari", 1}, {"jan", 1}, {"februari", 2}, {"feb", 2}, {"maart", 3}, {"mrt", 3},
    {"april", 4}, {"apr", 4}, {"mei", 5}, {"juni", 6}, {"jun", 6}, {"juli", 7}, {"jul", 7},
    {"augustus", 8}, {"aug", 8}, {"september", 9}, {"sept", 9}, {"sep", 9}, {"oktober", 10},
    {"okt", 10}, {"november", 11}, {"nov", 11}, {"december", 12}, {"dec", 12},
}};

// "Najaar" and "voorjaar" are the words of letters to parliament, "herfst" and "lente" of speech.
inline constexpr std::array<Word<Season>, 6> kSeasons{{
    {"voorjaar", kSpring}, {"lente", kSpring}, {"zomer", kSummer}, {"najaar", kAutumn},
    {"herfst", kAutumn}, {"winter", kWinter},
}};

// Of a quarter or a half year.
inline constexpr std::array<Word<int>, 12> kOrdinals{{
    {"eerste", 1}, {"tweede", 2}, {"derde", 3}, {"vierde", 4}, {"1e", 1}, {"2e", 2}, {"3e", 3},
    {"4e", 4}, {"1ste", 1}, {"2de", 2}, {"3de", 3}, {"4de", 4},
}};

inline constexpr std::array<Word<int>, 4> kQuarterNames{{
    {"q1", 1}, {"q2", 2}, {"q3", 3}, {"q4", 4},
}};

// How terms are counted in letters; larger numbers are written in digits.
inline constexpr std::array<Word<int>, 13> kCounts{{
    {"een", 1}, {"twee", 2}, {"drie", 3}, {"vier", 4}, {"vijf", 5}, {"zes", 6}, {"zeven", 7},
    {"acht", 8}, {"negen", 9}, {"tien", 10}, {"elf", 11}, {"twaalf", 12}, {"achttien", 18},
}};

inline constexpr std::array<Word<Part>, 7> kParts{{
    {"begin", Part::kBegin}, {"medio", Part::kMiddle}, {"midden", Part::kMiddle},
    {"half", Part::kMiddle}, {"halverwege", Part::kMiddle}, {"eind", Part::kEnd},
    {"einde", Part::kEnd},
}};

// Longer wording stands before the shorter that it begins with. "Tot" excludes the day, as "voor"
// does; "tot en met" includes it. "Per" and "met ingang van" name the day itself.
inline constexpr std::array<Word<Relation>, 25> kRelations{{
    {"tussen", Relation::kBetween},
    {"in de loop van", Relation::kIn}, {"met ingang van", Relation::kFrom},
    {"niet later dan", Relation::kBy}, {"ergens in", Relation::kIn},
    {"uiterlijk voor", Relation::kBefore}, {"uiterlijk in", Relation::kBy},
    {"uiterlijk op", Relation::kBy}, {"uiterlijk per", Relation::kBy},
    {"uiterlijk", Relation::kBy}, {"tot en met", Relation::kBy}, {"t m", Relation::kBy},
    {"tot", Relation::kBefore}, {"voor", Relation::kBefore}, {"rondom", Relation::kAround},
    {"rond", Relation::kAround}, {"omstreeks", Relation::kAround}, {"na", Relation::kAfter},
    {"vanaf", Relation::kFrom}, {"per", Relation::kFrom}, {"gedurende", Relation::kIn},
    {"tijdens", Relation::kIn}, {"in", Relation::kIn}, {"op", Relation::kIn},
    {"aan", Relation::kIn},
}};

// What may stand before a date and does not change it.
inline constexpr std::array<Word<bool>, 5> kFillers{{
    {"nog", true}, {"waar mogelijk", true}, {"zo mogelijk", true}, {"naar verwachting", true},
    {"in principe", true},
}};

// Wording without any date in it -> the most months that a reader may expect to wait: three for
// what is announced as near, twelve for what waits for something else to be ready.
inline constexpr std::array<Word<int>, 11> kSpells{{
    {"binnenkort", 3}, {"spoedig", 3}, {"op korte termijn", 3}, {"zo spoedig mogelijk", 3},
    {"zo snel mogelijk", 3}, {"zodra gereed", 12}, {"zodra deze gereed is", 12},
    {"zodra dit gereed is", 12}, {"zodra het gereed is", 12}, {"wanneer gereed", 12},
    {"als gereed", 12},
}};
// clang-format on

// "Enkele": from two up to this many; days run on to a week.
inline constexpr int kFewestOfSome = 2;
inline constexpr int kMostOfSome = 6;
inline constexpr int kMostDaysOfSome = 7;

}  // namespace zicht::calendar::internal
