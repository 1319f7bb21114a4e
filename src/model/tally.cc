#include "model/tally.h"

#include "feel/number.h"

namespace zicht::model {
namespace {

constexpr int kDigits = 1;  // after the point, of shares and rates

// times * part / whole
std::optional<std::string> quotient(const feel::Number& part, std::int64_t times,
                                    const feel::Number& whole) {
  const auto product = feel::multiply(part, feel::Number(times));
  const auto exact = product ? feel::divide(*product, whole) : std::nullopt;
  const auto rounded = exact ? feel::round(*exact, kDigits, feel::Rounding::kHalfUp) : std::nullopt;
  if (!rounded) return std::nullopt;
  return rounded->to_string();
}

}  // namespace

Result<void> add_to(Tally& total, const Tally& more) {
  ZICHT_TRY(of, add(total.of, more.of));
  ZICHT_TRY(by, add(total.by, more.by));
  total.of = of;
  total.by = by;
  total.rows += more.rows;
  total.undetermined += more.undetermined;
  total.part += more.part;
  total.part_undetermined += more.part_undetermined;
  total.valued += more.valued;
  return {};
}

Result<Tally> total_of(const std::vector<Group>& groups) {
  Tally total;
  for (const Group& group : groups) {
    if (!group.is_again) ZICHT_CHECKED(add_to(total, group.tally));
  }
  return total;
}

bool counts_in(const Group& group, const Field& field) { return field.is_many || !group.is_again; }

std::vector<GroupBy> group_by(const Indicator& indicator) {
  std::vector<GroupBy> all;
  for (const Dimension& each : indicator.dimensions) all.push_back({each.field, each.by});
  return all;
}

std::optional<std::string> number_of(const Indicator& indicator, const Tally& tally) {
  switch (indicator.measure) {
    case Measure::kCount:
      return std::to_string(tally.rows);
    case Measure::kSum:
      if (tally.valued == 0 && tally.rows > 0) return std::nullopt;
      return tally.of.to_string();
    case Measure::kShare: {
      const std::int64_t whole = tally.rows - tally.part_undetermined;
      if (whole == 0) return std::nullopt;
      return quotient(feel::Number(tally.part), 100, feel::Number(whole));
    }
    case Measure::kRate:
      if (tally.by.is_zero()) return std::nullopt;
      return quotient(feel::Number::from_decimal(tally.of), indicator.per,
                      feel::Number::from_decimal(tally.by));
  }
  return std::nullopt;
}

}  // namespace zicht::model
