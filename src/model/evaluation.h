// What the rules of a form say of fields that are not stored, as JSON: the answer of
// `/v1/forms/{pack}/{form}/_evaluate` (docs/formats/api.md). One for the server and for the engine
// in the browser (json_forms.h), which therefore tell the same.
//
//     ZICHT_TRY(told, evaluation_of(form, packs, given, today));
//     told.at("fields").at("reason");       // {"shown":false,"required":false,"messages":[],...}
//
// Pure and thread-safe.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "model/pack.h"
#include "model/rules.h"

namespace zicht::model {

// `given` as for a record, of the form as the asker sees it; what does not fit its field counts as
// missing, since a form may be half filled in, and a code that ended may stand in the record that
// is being changed. Requires: an object. Errors: FE-0070 where only the server can judge (never on
// a server).
[[nodiscard]] Result<json::object> evaluation_of(const Form& form, const PackSet& packs,
                                                 const Json& given, Date today);

// One rule, its outcome, and what it looked at ("Why" in docs/formats/api.md).
[[nodiscard]] json::object why_json(const RuleOutcome& told);

}  // namespace zicht::model
