#include "model/query.h"

#include <algorithm>

namespace zicht::model {
namespace {

bool is_within(const AgeRange& range, const std::optional<int>& age) {
  if (!age) return false;
  return (!range.from || *range.from <= *age) && (!range.below || *age < *range.below);
}

}  // namespace

bool covers(const std::set<Handed>& handed, std::string_view keeper, std::string_view form) {
  return std::any_of(handed.begin(), handed.end(), [&](const Handed& each) {
    return each.keeper == keeper && (each.form.empty() || each.form == form);
  });
}

bool ConditionalReach::holds(bool is_own, std::string_view keeper, const About& about,
                             std::string_view record) const {
  if (is_own_only && !is_own) return false;
  if (!records.empty() && !records.contains(std::string(record))) return false;
  const auto is_handed = [&](const Standing& standing) {
    return covers(standing.handed, keeper, handed_form);
  };
  if (!handed_form.empty() && std::none_of(about.begin(), about.end(), is_handed)) return false;
  const bool is_related =
      relations.empty() || std::any_of(about.begin(), about.end(), [&](const Standing& standing) {
        return std::any_of(relations.begin(), relations.end(), [&](const std::string& relation) {
          return standing.relations.contains(relation);
        });
      });
  if (!is_related || subject_age == AgeRange{}) return is_related;
  return !about.empty() && std::all_of(about.begin(), about.end(), [&](const Standing& standing) {
    return is_within(subject_age, standing.age);
  });
}

std::optional<Sensitivity> RowScope::clearance_in(std::string_view row_organisation,
                                                  const About& about,
                                                  std::string_view record) const {
  const bool is_own = !organisation.empty() && row_organisation == organisation;
  std::optional<Sensitivity> most = is_own && has_own_rows ? std::optional(clearance) : elsewhere;
  for (const ConditionalReach& reach : through) {
    if (most && reach.clearance <= *most) continue;
    if (reach.holds(is_own, row_organisation, about, record)) most = reach.clearance;
  }
  return most;
}

Sensitivity RowScope::highest() const {
  Sensitivity most = elsewhere ? std::max(clearance, *elsewhere) : clearance;
  for (const ConditionalReach& reach : through) most = std::max(most, reach.clearance);
  return most;
}

std::optional<Sensitivity> RowScope::lowest() const {
  std::optional<Sensitivity> least = elsewhere;
  const auto lower = [&](Sensitivity other) { least = least ? std::min(*least, other) : other; };
  if (!least && !organisation.empty() && has_own_rows) lower(clearance);
  for (const ConditionalReach& reach : through) lower(reach.clearance);
  return least;
}

void RowScope::narrow(Sensitivity sensitivity) {
  if (elsewhere && *elsewhere < sensitivity) elsewhere.reset();
  if (clearance < sensitivity) has_own_rows = false;
  std::erase_if(through, [&](const ConditionalReach& reach) {
    return reach.clearance < sensitivity;
  });
}

RowScope RowScope::in_row(std::string_view row_organisation, const About& about,
                          std::string_view record) const {
  const auto seen = clearance_in(row_organisation, about, record);
  if (!seen) return no_scope();
  return {.clearance = *seen, .elsewhere = seen, .organisation = organisation};
}

RowScope no_scope() {
  return {.clearance = Sensitivity::kPublic, .elsewhere = std::nullopt, .organisation = ""};
}

}  // namespace zicht::model
