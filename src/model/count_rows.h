// Counts what an indicator counts over rows in memory, one by one: for the tests of packs, and what
// the store's counting is held against.
//
//     const auto groups = count_rows(form, indicator, {{.fields = fields, .state = "open"}},
//     today);
//
// Pure and thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"
#include "feel/outcome.h"
#include "model/tally.h"

namespace zicht::model {

struct CountedRow {
  const Json& fields;        // an object, in the JSON of the form
  std::string_view state{};  // empty: it has none
  std::string_view turn{};   // role; empty: nobody is at turn
};

// By their values, each group once; none without rows that are counted or undetermined. Requires:
// the indicator was loaded with its pack, and its fields are of this form. Errors: ZB-0007 when a
// sum has more than 36 digits.
[[nodiscard]] Result<std::vector<Group>> count_rows(const Form& form, const Indicator& indicator,
                                                    const std::vector<CountedRow>& rows,
                                                    Date today);

// The same of rows that were judged already.
struct JudgedRow {
  const Json& fields;
  feel::Verdict counted = feel::Verdict::kYes;  // by `where`
  feel::Verdict part = feel::Verdict::kNo;      // by the condition of a share
};
struct Counted {
  const std::vector<GroupBy>& dimensions;
  const std::string& of;  // fields to add up; empty: none
  const std::string& by;
};
[[nodiscard]] Result<std::vector<Group>> count_judged(const Form& form, const Counted& what,
                                                      const std::vector<JudgedRow>& rows);

}  // namespace zicht::model
