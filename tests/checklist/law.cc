#include "law.h"

namespace zicht::checklist {
namespace {

// Whoever decides what counts as shown: the facts of one person that rest on evidence.
enum class Piece : std::uint8_t {
  kWorks,
  kWorked,
  kUnable,
  kRegistered,
  kTraining,
  kFiveYears,
  kFamily,
  kMeans
};
constexpr unsigned kPieces = 8;

using Pieces = unsigned;  // a set of them, by bits

Pieces only(Piece piece) { return 1U << static_cast<unsigned>(piece); }

struct Counted {
  const Person& person;
  Pieces more;  // counts as shown although it is only said

  bool shown(Said said, Piece piece) const {
    if (said == Said::kNo) return false;
    return said == Said::kShown || (more & only(piece)) != 0;
  }

  // 7(1)(a): works, however few hours.
  bool works() const { return shown(person.works, Piece::kWorks); }

  // 7(3)(b) and (c): did not choose to stop and registered; after a year without end, after less
  // for six months.
  bool unemployed() const {
    if (person.has_quit || !shown(person.registered, Piece::kRegistered)) return false;
    return person.over_a_year || !person.half_year_gone;
  }

  // 7(3)(d): of the same trade, unless the work was taken away. What is not shown may be of it.
  bool trains() const {
    switch (person.training) {
      case Training::kNone:
        return false;
      case Training::kNotShown:
        return (more & only(Piece::kTraining)) != 0;
      case Training::kFitting:
        return true;
      case Training::kOther:
        return !person.has_quit;
    }
    return false;
  }

  // 7(3): who worked stays a worker for one of three reasons.
  bool still_worker() const {
    if (!shown(person.worked, Piece::kWorked)) return false;
    return shown(person.unable, Piece::kUnable) || unemployed() || trains();
  }

  // 16(1), and 16(4) for who went away.
  bool permanent() const {
    return shown(person.five_years, Piece::kFiveYears) && !person.two_years_away;
  }

  bool has_right() const {
    const bool family = shown(person.family, Piece::kFamily);  // 7(1)(d), 7(2)
    if (person.nationality == Nationality::kElsewhere) return family;
    const bool means = shown(person.means, Piece::kMeans);  // 7(1)(b) and (c)
    return works() || still_worker() || permanent() || family || means;
  }
};

constexpr Pieces kAll = (1U << kPieces) - 1;

bool has_right(const Person& person, Pieces more) { return Counted{person, more}.has_right(); }

Evidence evidence_of(unsigned piece) {
  constexpr std::array<Evidence, kPieces> kNames = {
      Evidence::kWork,      Evidence::kEarlierWork, Evidence::kAfterWork, Evidence::kAfterWork,
      Evidence::kAfterWork, Evidence::kFiveYears,   Evidence::kFamily,    Evidence::kMeans};
  return kNames.at(piece);
}

// The pieces that are said and not shown: nothing else can still be shown.
Pieces only_said(const Person& person) {
  Pieces made = 0;
  const auto add = [&made](bool is_said, Piece piece) { made |= is_said ? only(piece) : 0; };
  add(person.works == Said::kNotShown, Piece::kWorks);
  add(person.worked == Said::kNotShown, Piece::kWorked);
  add(person.unable == Said::kNotShown, Piece::kUnable);
  add(person.registered == Said::kNotShown, Piece::kRegistered);
  add(person.training == Training::kNotShown, Piece::kTraining);
  add(person.five_years == Said::kNotShown, Piece::kFiveYears);
  add(person.family == Said::kNotShown, Piece::kFamily);
  add(person.means == Said::kNotShown, Piece::kMeans);
  return made;
}

// Gives the right, and none of it can be left out.
bool is_smallest(const Person& person, Pieces set) {
  if (!has_right(person, set)) return false;
  for (unsigned piece = 0; piece < kPieces; ++piece) {
    const Pieces without = set & ~(1U << piece);
    if (without != set && has_right(person, without)) return false;
  }
  return true;
}

}  // namespace

Treatment treatment_of(const Person& person) {
  if (person.nationality == Nationality::kDutch) return Treatment::kNotNeeded;
  if (has_right(person, 0)) return Treatment::kEqual;
  if (has_right(person, kAll)) return Treatment::kUndecided;
  return person.nationality == Nationality::kElsewhere ? Treatment::kOtherTest
                                                       : Treatment::kNotEqual;
}

std::set<Evidence> missing_evidence(const Person& person) {
  std::set<Evidence> missing;
  if (treatment_of(person) != Treatment::kUndecided) return missing;
  const Pieces open = only_said(person);
  for (Pieces set = 0; set <= kAll; ++set) {
    if ((set & ~open) != 0 || !is_smallest(person, set)) continue;
    for (unsigned piece = 0; piece < kPieces; ++piece) {
      if ((set & (1U << piece)) != 0) missing.insert(evidence_of(piece));
    }
  }
  return missing;
}

Refusal refusal_of(const Person& person) {
  if (person.short_stay) return Refusal::kFirstMonths;  // 24(2)
  if (person.seeks_work) return Refusal::kSeeksWork;    // 14(4)(b) with 24(2)
  return Refusal::kNoGround;
}

std::set<Clash> clashes_of(const Person& person) {
  std::set<Clash> clashes;
  if (!person.short_stay) return clashes;
  if (person.five_years != Said::kNo && !person.two_years_away)
    clashes.insert(Clash::kFiveYearsAndShort);
  if (person.means != Said::kNo) clashes.insert(Clash::kMeansAndShort);
  if (person.worked != Said::kNo && (person.over_a_year || person.half_year_gone))
    clashes.insert(Clash::kReturned);
  return clashes;
}

Shelter shelter_of(Treatment treatment, const Home& home) {
  if (treatment == Treatment::kUndecided) return Shelter::kEvidenceFirst;
  if (treatment == Treatment::kOtherTest) return Shelter::kOtherTestFirst;
  // 1.2.2(2): domestic violence goes before the exception.
  if (treatment == Treatment::kNotEqual && !home.violence) return Shelter::kNo;
  const bool needs_shelter = home.left_home && !home.manages;  // 1.1.1, 2.3.5(4)
  return needs_shelter ? Shelter::kYes : Shelter::kOtherHelp;
}

}  // namespace zicht::checklist
