// Rounds of packs (packs/rounds.h): the sheet of one place, saved and moved on as a whole, and how
// far every place is.
//
//     ZICHT_TRY(sheet, rounds.sheet(caller, {"pack", "round", edition, place}));
//     ZICHT_TRY(after, rounds.save(caller, where, body, context));
//
// A sheet holds no data of its own: its rows are records of the form of the round, decided about
// as any others (record_service.h). What is saved together is written together or not at all. Two
// people who fill in the same new row for one organisation make the same record, so that one of
// them is told; two organisations make two. Views of others are records too and change nothing.
// Errors, beside those of records: AP-0280 no such round for this caller, AP-0281 no such edition,
// place or row in it, AP-0282 too many, AP-0172 (where the round has an `among`) too many ask heavy
// questions. A place that is asked no more (`among`) stays with the editions for which it was asked
// or filled in. Thread-safe; blocks on the store.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/read_once.h"
#include "app/record_service.h"
#include "packs/rounds.h"

namespace zicht::app {

struct SheetName {
  std::string pack, round, of, who;     // the last two are ids of records
};

class RoundsService {
 public:
  explicit RoundsService(RecordService::Ports ports) : ports_(std::move(ports)) {}

  // "RoundList": the rounds that the caller may read, each with its editions, newest first.
  [[nodiscard]] Result<std::string> list(const Caller& caller);
  // "RoundOverview": every place that is asked, by name, and how far it is. `who` is not used.
  [[nodiscard]] Result<std::string> overview(const Caller& caller, const SheetName& name);
  // "RoundSheet": every row of one place, what was said the time before, and what others see.
  [[nodiscard]] Result<std::string> sheet(const Caller& caller, const SheetName& name);

  // "RoundSave": the rows that were filled in. Errors: AP-0020 with a problem at each row that is
  // not right, AP-0285 when one is at another version than was sent.
  [[nodiscard]] Result<std::string> save(const Caller& caller, const SheetName& name,
                                         const Json& body, const WriteContext& context);
  // "RoundStep": one step for many rows, and for the request of the place when it follows.
  [[nodiscard]] Result<std::string> step(const Caller& caller, const SheetName& name,
                                         const Json& body, const WriteContext& context);
  // "RoundAsk": makes the request of one place, kept by who is asked; its record. Errors: AP-0286
  // nobody knows who that is, AP-0287 it was asked before.
  [[nodiscard]] Result<std::string> ask(const Caller& caller, const SheetName& name,
                                        const Json& body, const WriteContext& context);
  // "RoundRemind": reminds those of an edition that were looked at, each at its version; who was
  // reminded today is left out. What is kept by one organisation is written together. `who` is not
  // used. "RoundReminded": what came of each. Errors: AP-0350, AP-0351.
  [[nodiscard]] Result<std::string> remind(const Caller& caller, const SheetName& name,
                                           const Json& body, const WriteContext& context);

 private:
  Result<std::shared_ptr<const packs::Round>> find_round(const Rulebook& rules,
                                                         const SheetName& name);
  // `is_asked`: as it was found before; what was saved is told without asking again.
  Result<std::string> told_sheet(const Caller& caller, const SheetName& name,
                                 std::optional<bool> is_asked);

  RecordService::Ports ports_;
  ReadOnce<packs::Round> rounds_{packs::rounds_of};
};

}  // namespace zicht::app
