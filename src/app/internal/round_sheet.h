// What a round shows one caller, gathered from records: shared by what tells and what writes it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/internal/found_record.h"
#include "packs/rounds.h"

namespace zicht::app::internal {

constexpr std::size_t kMostRoundRows = 100, kMostRoundPlaces = 500, kMostRoundRecords = 20'000;

struct AskedRound {
  RulebookPtr rules;
  std::shared_ptr<const packs::Round> round;
  ActiveForm form;                      // that is filled in
  std::string editions{}, places{}, rows{};   // full ids of the forms behind its references
};

// Errors: AP-0280 the caller may not read its form.
[[nodiscard]] Result<AskedRound> ask_round(const RulebookPtr& rules, const Caller& caller,
                                           std::shared_ptr<const packs::Round> round);

struct RowsQuery {
  std::string form;                     // full id
  json::array filters{};                // as in a search
  std::string where{};                  // FEEL; empty: all
  std::size_t most = kMostRoundRecords;
  bool with_children = true;
};
// All records that the caller sees; none of a form that they may not read. Errors: AP-0282.
[[nodiscard]] Result<std::vector<model::Record>> rows_of(const RecordService::Ports& ports,
                                                         const Rulebook& rules,
                                                         const Caller& caller, RowsQuery query);

// Newest first.
[[nodiscard]] Result<std::vector<model::Record>> editions_of(const RecordService::Ports& ports,
                                                             const Caller& caller,
                                                             const AskedRound& asked);
// Those that are asked, by name. Requires: a heavy place is held.
[[nodiscard]] Result<std::vector<model::Record>> places_of(const RecordService::Ports& ports,
                                                           const Caller& caller,
                                                           const AskedRound& asked);

struct SheetRow {
  model::Record row;
  // What is filled in for this edition; of several, what the keeper of the sheet has comes first,
  // then the latest.
  std::optional<model::Record> now{};
  std::size_t ended = 0;                // records of this row that ended, replaced by another
  std::optional<model::Record> replaced{};  // of those, in the same order, the first
  // The same row, the edition before that has it; of the place itself, else of the one that it came
  // from (`formerly`).
  std::optional<model::Record> last{};
  std::vector<model::Record> views{};   // beside `now`
};

struct Sheet {
  AskedRound asked;
  model::Record of, who;
  std::vector<SheetRow> rows;           // by name
  std::optional<model::Record> request;
  bool is_asked = true;                 // false: `among` leaves the place out by now
};

// What is looked for: an edition and a place, and whether `among` has the place, where that is
// known. Finding it out goes place after place and takes a heavy place for as long.
struct SheetWish {
  std::string of, who;
  std::optional<bool> is_asked{};
};
// Errors: AP-0281 for an edition or place that is not of the round, or not seen; AP-0172.
[[nodiscard]] Result<Sheet> read_sheet(const RecordService::Ports& ports, const Caller& caller,
                                       AskedRound asked, const SheetWish& wish);

void sort_by_title(std::vector<model::Record>& records);

// One record that the caller sees, of this form. Errors: AP-0281.
[[nodiscard]] Result<model::Record> member_of(const RecordService::Ports& ports,
                                              const AskedRound& asked, const Caller& caller,
                                              const std::string& form, const std::string& id);

// The row may be filled in: it was not made yet, or its state leaves its fields open and the round
// as well.
[[nodiscard]] bool is_open(const AskedRound& asked, const std::optional<model::Record>& now);

// Who keeps what is filled in here: who was asked, or the caller's own organisation.
[[nodiscard]] std::string keeper_of(const Sheet& sheet, const Caller& caller);

// A text in a field of a record; empty when there is none.
[[nodiscard]] std::string text_of(const model::Record& record, const std::string& field);

}  // namespace zicht::app::internal
