// Two blocks of the same hidden cells that look at the same time. For the audit alone.
//
// Who does what does not depend on how many threads there are, so neither does what is found.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "base/executor.h"
#include "stats/internal/audit_block.h"

namespace zicht::stats::internal {

// Not thread-safe. The second block is a copy that is made when it is first wanted, and none where
// the block is so small that copying takes longer than looking.
class AuditTeam {
 public:
  // Both outlive the team.
  AuditTeam(AuditBlock& lead, Executor& executor) : lead_(lead), executor_(executor) {}

  // Looks for points that open columns as far as is wanted, many at once. Requires: as of
  // AuditBlock::all_left().
  void open_together(const std::vector<AuditRange>& wants);

  // Calls `work(block, i)` once for each i < `count`, with either block; which one it is follows
  // from i. `work` does not throw, and writes nothing that the work of another i touches.
  void each(std::size_t count, const std::function<void(AuditBlock&, std::size_t)>& work);

  // Begins again from what the first block knows; to be called before each() of another kind.
  void gather();

  [[nodiscard]] AuditBlock& lead() { return lead_; }
  [[nodiscard]] std::size_t programs() const;

 private:
  using Look = std::function<void(AuditBlock&, const Columns&)>;

  // Both look for a half of the columns that are left; returns those that are left then.
  Columns look(const std::vector<AuditRange>& wants, const Columns& left, const Look& how);

  AuditBlock& lead_;
  Executor& executor_;
  std::optional<AuditBlock> other_;
  std::size_t programs_before_ = 0;  // of blocks that are gone
  std::size_t programs_copied_ = 0;
};

}  // namespace zicht::stats::internal
