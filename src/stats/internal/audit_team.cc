#include "stats/internal/audit_team.h"

#include "stats/internal/parallel.h"

namespace zicht::stats::internal {
namespace {

constexpr std::size_t kSmall = 300;  // columns
constexpr double kWorthIt = .15;     // of what is left, opened by a round of walks

}  // namespace

void AuditTeam::gather() {
  if (other_) lead_.learn_points(*other_);
  programs_before_ = programs() - lead_.programs();
  other_.reset();
  if (lead_.size() < kSmall) return;
  other_.emplace(lead_);
  other_->part_ways(1);
  programs_copied_ = lead_.programs();
}

std::size_t AuditTeam::programs() const {
  const std::size_t others = other_ ? other_->programs() - programs_copied_ : 0;
  return lead_.programs() + programs_before_ + others;
}

void AuditTeam::each(std::size_t count,
                     const std::function<void(AuditBlock&, std::size_t)>& work) {
  const std::size_t blocks = other_ ? 2 : 1;
  run_parts(executor_, blocks, blocks - 1, [&](std::size_t part) {
    AuditBlock& block = part == 0 ? lead_ : *other_;
    for (std::size_t i = part; i < count; i += blocks) work(block, i);
  });
}

void AuditTeam::open_together(const std::vector<AuditRange>& wants) {
  Columns left = lead_.all_left(wants);
  if (left.empty()) return;
  gather();
  for (std::size_t before = 0; !left.empty();) {
    before = left.size();
    left = look(wants, left, [&](AuditBlock& block, const Columns& columns) {
      block.walk(wants, columns);
    });
    if (static_cast<double>(before - left.size()) < kWorthIt * static_cast<double>(before)) break;
  }
  for (std::size_t before = left.size() + 1; left.size() < before && !left.empty();) {
    before = left.size();
    left = look(wants, left, [&](AuditBlock& block, const Columns& columns) {
      block.open_wholly(wants, columns);
    });
  }
  gather();
}

// Neighbours stand together, so that a walk about one opens others of the same half.
Columns AuditTeam::look(const std::vector<AuditRange>& wants, const Columns& left,
                        const Look& how) {
  const auto middle = left.begin() + static_cast<std::ptrdiff_t>(left.size() / 2);
  const std::array<Columns, 2> halves = {Columns(left.begin(), middle),
                                         Columns(middle, left.end())};
  each(2, [&](AuditBlock& block, std::size_t half) { how(block, halves[half]); });
  if (other_) {
    lead_.learn_reach(*other_);
    other_->learn_reach(lead_);
  }
  return lead_.all_left(wants);
}

}  // namespace zicht::stats::internal
