// `where`: a filter over the rows of a form, in FEEL (docs/formats/feel.md has what it may say).
//
//     const feel::Pushed where = read_where("due.last < today()", form, today);
//     if (!where.predicate) ...                     // where.findings say why, with their places
//     query.where = std::make_shared<feel::Predicate>(*where.predicate);
//
// It may name the filterable fields of the form and the engine columns state, turn (of a form with
// a process) and organisation. Pure.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "feel/predicate.h"
#include "model/form.h"

namespace zicht::model {

// Which fields the text may know of at all; the others are unknown names to it.
using MayName = std::function<bool(const Field&)>;

// The fields and engine columns of the form as a predicate sees them.
[[nodiscard]] std::vector<feel::RowField> row_fields(const Form& form,
                                                     const MayName& may_name = {});

// `today` is what today() says.
[[nodiscard]] feel::Pushed read_where(std::string_view text, const Form& form, Date today,
                                      const MayName& may_name = {});

// What is wrong with the text whatever the day, and which fields it names.
[[nodiscard]] feel::Pushed check_where(std::string_view text, const Form& form);

}  // namespace zicht::model
