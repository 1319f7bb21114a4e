#include "model/query.h"

#include <algorithm>

namespace zicht::model {
namespace {

bool is_within(const AgeRange& range, const std::optional<int>& age) {
  if (!age) return false;
  return (!range.from || *range.from <= *age) && (!range.below || *age < *range.below);
}

// Has one of the relations to the person, of those that count for a row of the keeper; `by`: what
// this organisation told counts too, when it is not empty.
bool is_related(const std::set<std::string>& relations, const Standing& standing,
                std::string_view keeper, std::string_view by) {
  return std::any_of(relations.begin(), relations.end(), [&](const std::string& relation) {
    if (standing.relations.contains(relation)) return true;
    return std::any_of(standing.told.begin(), standing.told.end(), [&](const Told& told) {
      return told.kind == relation && (told.by == keeper || (!by.empty() && told.by == by));
    });
  });
}

}  // namespace

bool covers(const std::set<Handed>& handed, std::string_view keeper, std::string_view form) {
  return std::any_of(handed.begin(), handed.end(), [&](const Handed& each) {
    return each.keeper == keeper && (each.form.empty() || each.form == form);
  });
}

bool ConditionalReach::holds(std::string_view organisation, std::string_view keeper,
                             const About& about, std::string_view record) const {
  if (is_own_only && (organisation.empty() || organisation != keeper)) return false;
  if (!records.empty() && !records.contains(std::string(record))) return false;
  const bool is_of_handed = !handed_form.empty();
  const auto reaches = [&](const Standing& standing) {
    if (is_of_handed && !covers(standing.handed, keeper, handed_form)) return false;
    return relations.empty() ||
           is_related(relations, standing, keeper, is_of_handed ? organisation : "");
  };
  const bool asks_person = is_of_handed || !relations.empty();
  if (asks_person && std::none_of(about.begin(), about.end(), reaches)) return false;
  if (subject_age == AgeRange{}) return true;
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
    if (reach.holds(organisation, row_organisation, about, record)) most = reach.clearance;
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
