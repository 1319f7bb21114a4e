// From the body of a search to a Query: only what is declared and visible may be asked.
#pragma once

#include "app/access.h"
#include "app/internal/body.h"
#include "app/rulebook.h"
#include "model/query.h"

namespace zicht::app::internal {

// Reads filters, where, text, sort, limit, cursor and moment; problems go to `body`. `scope` is
// what the caller sees of the form: to `where` the other fields are unknown names. The query's
// scope leaves out others' rows where a filter, `where` or the sort touches a field that is seen in
// own rows only. `today` is the day of `where` (day_of_where).
// `packs` are the active ones: a number of a form that tells of regions is not sorted by.
[[nodiscard]] model::Query read_query(Body& body, const model::PackSet& packs,
                                      const model::Form& form, const model::RowScope& scope,
                                      Date today);

// The day by which `where` is judged: today, and on later pages the day of the first, so that they
// belong together also past midnight. It stands in the cursor of a page with `where`.
[[nodiscard]] Date day_of_where(const Json& request, Date today);
[[nodiscard]] std::string cursor_of(const model::Query& query, Date day, const std::string& next);

}  // namespace zicht::app::internal
