// Counts that are kept: in memory, and in the table `kept_counts` for the next start.
//
//     KeptCounts counts(readers, by_key, clock);
//     ZICHT_TRY(groups, counts.count(table, query));          a request
//     ZICHT_CHECKED(counts.keep(questions, writer));          now and then, on a thread of its own
//
// A count is kept with its position in the journal: the last entry of every chain that it has
// counted. In a chain, entries become visible in the order of their numbers, whatever other servers
// write; so what came after the position, and nothing else, is what the count lacks. Whoever asks
// reads that tail and moves the count on by it. A count is written down as one row, with its
// position: it is right for that position, whenever it is read again, and the tail is counted once.
//
// Writing records costs nothing more: nothing is kept with them. What is not in the journal's
// order (a rebuild, rows that are erased) raises the epoch of the form, and then all is counted
// anew.
//
// Thread-safe; blocks on the database.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/tally.h"
#include "store/driver.h"
#include "store/internal/count_cells.h"
#include "store/internal/form_table.h"
#include "store/writer.h"

namespace zicht::store {

// The last entry of a chain.
struct ChainPosition {
  std::int64_t chain_no = 0, seq = 0;
};
using Positions = std::map<std::string, ChainPosition>;  // by organisation

struct KeptCount {
  std::int64_t epoch = 0;
  Positions positions;
  CountCells cells;
};
using KeptCountPtr = std::shared_ptr<const KeptCount>;

class KeptCounts {
 public:
  // All must outlive it. `by_key`: for those who find rows by their keys (Access::kLookUp); what
  // changed is few rows of many, whatever the database thinks of a table that grew just now.
  KeptCounts(ReadPool& readers, ReadPool& by_key, const Clock& clock)
      : readers_(readers), by_key_(by_key), clock_(clock) {}

  struct Asked {
    std::shared_ptr<const FormTable> table;
    model::CountQuery query;
  };

  // As app::Store::count. Errors: ST-0100 too, for what `keep` counts: as of now, and few of them.
  // Requires: may_keep.
  Result<std::vector<model::Group>> count(const Asked& asked);

  // As app::CountKeeper::keep_counts.
  Result<void> keep(const std::vector<Asked>& asked, Writer& writer);

 private:
  // A question that is kept. `saved`: how it was written down last; null: never.
  struct Slot {
    std::string form;
    KeptCountPtr count, saved;
    std::int64_t saved_at = 0;   // microseconds since the epoch
    bool is_worth_saving = false;  // `keep` named it, so that there are as many as packs ask for
    std::uint64_t used = 0;      // when it was used last, in uses
  };
  // What a reader sees.
  struct Sight {
    std::int64_t epoch = 0;
    Positions heads;
  };
  struct ToSave {
    std::string question, form;
    KeptCountPtr count;
  };

  static Result<Sight> see(Connection& reader, const std::string& form);
  KeptCountPtr find(const std::string& question);
  bool is_slow(const std::string& question) const;
  bool note_slow(const std::string& question, const Asked& asked);
  void remember(const std::string& question, const std::string& form, KeptCountPtr count);
  void make_room(const std::string& but);
  Result<KeptCountPtr> present(const std::string& question, const Asked& asked,
                               KeptCountPtr kept, std::chrono::milliseconds time);
  Result<KeptCountPtr> renewed(Connection& reader, const std::string& question,
                               const Asked& asked, KeptCountPtr kept);
  Result<KeptCountPtr> counted(Connection& reader, const std::string& question,
                               const Asked& asked);
  Result<KeptCountPtr> moved(Connection& reader, const Asked& asked, const KeptCountPtr& kept,
                             const Sight& sight);
  Result<KeptCountPtr> load(Connection& reader, const std::string& question,
                            const std::string& form);
  Result<void> look(std::map<std::string, Sight>& sights);
  bool is_near(const std::string& question, const Sight& sight);
  Result<void> refresh(const std::string& question, const Asked& asked);
  std::vector<ToSave> due_for_saving();
  Result<void> save(const std::vector<ToSave>& due, Writer& writer);

  ReadPool& readers_;
  ReadPool& by_key_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, Slot> slots_;    // by question
  std::map<std::string, Asked> slow_;    // by question: counted by `keep` only
  std::size_t cells_ = 0;                // of all slots
  std::uint64_t uses_ = 0;
};

// In the transaction that changes rows of forms without entries of theirs.
Result<void> forget_counts(Connection& connection);
Result<void> forget_counts(Connection& connection, const std::set<std::string>& forms);

}  // namespace zicht::store
