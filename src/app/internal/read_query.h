// From the body of a search to a Query: only what is declared and visible may be asked.
#pragma once

#include "app/access.h"
#include "app/internal/body.h"
#include "app/rulebook.h"
#include "model/query.h"

namespace zicht::app::internal {

// Members of a search body.
inline constexpr std::string_view kSearchMembers[] = {"form",  "filters", "text",     "sort",
                                                      "limit", "cursor",  "valid_on", "known_at",
                                                      "where", "undetermined"};

// Reads filters, where, text, sort, limit, cursor and moment; problems go to `body`. `scope` is
// what the caller sees of the form: to `where` the other fields are unknown names. The query's
// scope leaves out others' rows where a filter, `where` or the sort touches a field that is seen in
// own rows only. `today` is the day of `where`.
[[nodiscard]] model::Query read_query(Body& body, const model::Form& form,
                                      const model::RowScope& scope, Date today);

}  // namespace zicht::app::internal
