// Hand-overs as rows: who offered whose file to whom and what came of it, and what is granted.
//
//   handovers  id, person (empty: erased), form (of the person), keeper, receiver, forms (JSON; an
//              empty list: all), from_day, until_day (empty: open), gives_up, state, offered,
//              answered, ended (microseconds; the last two 0: not), offered_by, answered_by,
//              ended_by, seq, answer_seq and end_seq: the entries that hold what was written freely
//   handed     handover, form (empty: all), person, keeper, receiver, from_at, until_at, gives_up,
//              accepted: what access asks; rows of what was refused or ended are gone
//
// An answer counts for an offer that is open, an end for one that is open or accepted; another
// changes nothing, so that two acts at one moment leave the first.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/entry.h"
#include "model/query.h"
#include "store/driver.h"
#include "store/internal/cells.h"
#include "store/internal/exchange.h"

namespace zicht::store {

// Writes the rows of an entry about a hand-over; absent: the entry is of another kind.
std::optional<Result<void>> project_handover(Connection& connection,
                                             const model::Envelope& envelope, const Json& payload);

// What is left of a hand-over of somebody who was erased.
struct ErasedHandover {
  std::string handover, keeper, receiver;
  std::int64_t seq = 0;
};
Result<std::vector<ErasedHandover>> handovers_of(Connection& connection, const std::string& person);
// Removes all that is said of hand-overs of the person, and puts these in their place.
Result<void> put_erased_handovers(Connection& connection, const std::string& person,
                                  const std::vector<ErasedHandover>& erased);

// What is handed over of a person now.
struct HandedRow {
  std::string person, keeper, form, receiver;   // an empty form: all
  bool gives_up = false;
};

// Of these persons (at least one); `handed` outlives the exchange.
void ask_handed(const std::vector<Cell>& persons, Instant now, Exchange& exchange,
                std::vector<HandedRow>& handed);
// Adds it when it is handed over to this organisation, and when its keeper does not write in it.
void add_handed(const HandedRow& row, const std::string& organisation,
                model::Standings& standings);

}  // namespace zicht::store
