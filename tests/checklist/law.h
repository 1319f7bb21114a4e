// What the law says of somebody from the European Union who asks for shelter, written out by hand:
// the oracle of the checklist that is shipped as a decision model. It knows no tables and no FEEL.
//
// The law asks one thing: is there a ground for equal treatment? So it is asked twice, once of what
// has been shown and once of what is said: a right that rests on shown facts is there, one that
// rests on what is only said cannot be decided yet, and otherwise there is none. Which evidence is
// missing follows from the same question: what is in a smallest set of things still to be shown
// that would give the right.
//
// Sources: Directive 2004/38 articles 7(1), 7(3), 14(4)(b), 16 and 24; CJEU 53/81 (any real and
// effective work), C-483/17 (six months after less than a year, also after two weeks), C-507/12
// (pregnancy); Social Support Act (Wmo 2015) articles 1.2.1, 1.2.2, 2.3.2, 2.3.3 and 2.3.5.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace zicht::checklist {

enum class Nationality : std::uint8_t { kDutch, kUnion, kElsewhere };
enum class Said : std::uint8_t { kNo, kNotShown, kShown };
enum class Training : std::uint8_t { kNone, kNotShown, kFitting, kOther };

// A whole person: every question has its answer.
struct Person {
  Nationality nationality{};
  Said works{}, worked{}, unable{}, registered{}, five_years{}, family{}, means{};
  Training training{};
  bool has_quit = false;  // stopped by choice; otherwise the work was taken away
  bool over_a_year = false;
  bool half_year_gone = false;
  bool two_years_away = false;
  bool short_stay = false;
  bool seeks_work = false;
};

enum class Treatment : std::uint8_t { kEqual, kUndecided, kNotEqual, kNotNeeded, kOtherTest };

[[nodiscard]] Treatment treatment_of(const Person& person);

// Things to be shown, in the order in which a desk names them.
enum class Evidence : std::uint8_t { kWork, kEarlierWork, kAfterWork, kFiveYears, kFamily, kMeans };

// Empty unless the treatment is undecided, and never empty then.
[[nodiscard]] std::set<Evidence> missing_evidence(const Person& person);

enum class Refusal : std::uint8_t { kFirstMonths, kSeeksWork, kNoGround };

// Of somebody without equal treatment.
[[nodiscard]] Refusal refusal_of(const Person& person);

// What cannot be so of one person at the same time, or hardly ever is.
enum class Clash : std::uint8_t {
  kFiveYearsAndShort,  // the right of who stays five years does not begin anew
  kMeansAndShort,      // own means count after three months
  kReturned,           // a doubt: worked here long or long ago, and is here shortly
};

[[nodiscard]] std::set<Clash> clashes_of(const Person& person);

enum class Shelter : std::uint8_t { kYes, kOtherHelp, kNo, kEvidenceFirst, kOtherTestFirst };

struct Home {
  bool violence = false, left_home = false, manages = false;
};

// The test of the Social Support Act after the checklist.
[[nodiscard]] Shelter shelter_of(Treatment treatment, const Home& home);

}  // namespace zicht::checklist
