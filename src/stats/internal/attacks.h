// What attackers may not come to know, and the linear programmes that tell how much a pattern of
// suppressed cells leaves open to them.
//
// An attack is on one cell: a table with the same published cells must exist in which the cell is
// `need` more (or less), or two of them that are `need` apart. Source: M. Fischetti and J.J.
// Salazar-Gonzalez, "Solving the cell suppression problem on tabular data with linear constraints",
// Management Science 47(7), 2001, sections 2 to 4.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "stats/disclosure/linear_algebra.h"

namespace zicht::stats::internal {

enum class Aim : std::uint8_t { kAbove, kBelow, kWidth };

struct Attack {
  CellId cell = 0;
  Aim aim = Aim::kAbove;
  double need = 1;              // in the unit of the table; > 0
  std::vector<CellId> known{};  // cells of the attacker himself
};

// All attacks on the primary cells: what they ask; a width of kNotExactly of its value (of 1 for a
// zero) for a cell that asks for nothing, and for each contributor of a singleton and each primary
// cell that is not his.
[[nodiscard]] std::vector<Attack> attacks_on(const LinkedCells& cells,
                                             std::span<const Singleton> singletons);
constexpr double kNotExactly = 1e-3;

// factor * x summed over cells that may be suppressed is at least `right`; x is 1 for a suppressed
// cell.
struct Cut {
  std::vector<Term> terms{};
  double right = 1;

  [[nodiscard]] double missing(const std::vector<double>& open) const {
    double sum = 0;
    for (const Term& term : terms) sum += term.factor * open[term.cell];
    return right - sum;
  }
};

// Changes that keep all relations, one or two of them, in units of the need.
struct Witness {
  std::vector<std::vector<Term>> changes{};

  [[nodiscard]] bool uses(CellId cell) const;
  // Does it also show that this attack fails? `need` is that of the attack it was found for.
  [[nodiscard]] bool serves(const Attack& attack, double need) const;
};

// The programme of the attackers, over all cells that are not kForced, solved for one attack after
// another from the basis in which the same attack ended before.
class AttackProgramme {
 public:
  explicit AttackProgramme(const LinkedCells& cells);
  AttackProgramme(const AttackProgramme&) = delete;
  AttackProgramme& operator=(const AttackProgramme&) = delete;
  ~AttackProgramme();

  // How much of its bounds each cell may use: 1 for suppressed, 0 for published, between for the
  // relaxation. With `narrow`, no cell may change by more than is needed of the attacked one: what
  // is granted then is granted always, and programmes are sharper where little is open.
  struct Question {
    const Attack& attack;
    std::size_t number;  // of the attack, for its basis
    const std::vector<double>& open;
    bool narrow = false;
  };
  struct Answer {
    std::optional<Witness> witness{};  // where as much is open as is needed
    std::optional<Cut> cut{};          // what every pattern that grants it must meet; from the dual
  };
  [[nodiscard]] Answer ask(const Question& question);

  // The cut that one relation gives by itself: no programme is solved. Absent where it says
  // nothing.
  [[nodiscard]] std::optional<Cut> cut_of_relation(const Attack& attack,
                                                   std::size_t relation) const;

  [[nodiscard]] std::size_t solved() const { return solved_; }

 private:
  struct Model;
  std::unique_ptr<Model> model_;
  std::size_t solved_ = 0;
};

}  // namespace zicht::stats::internal
