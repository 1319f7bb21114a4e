// A pack for tests of the store: two forms with a field of every type, and a later version.
//
// Its words mean nothing; the store must not know any.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"
#include "base/rng.h"
#include "model/pack.h"
#include "model/record.h"

namespace zicht::store::testing {

inline constexpr std::string_view kThing = "sample/thing";    // with a process, every type
inline constexpr std::string_view kPerson = "sample/person";  // about a person, sealed fields

// Version 1 or 2: the second has one field more, one more that is filterable, one more that is
// searchable.
model::Pack sample_pack(int version);

// Fields, title and position filled at random; all of them valid. `others`: ids to refer to.
model::Record random_record(Rng& rng, std::string_view form, const model::Pack& pack,
                            const std::vector<std::string>& others);

// New random fields and position for the same record.
void change_randomly(Rng& rng, model::Record& record, const model::Pack& pack,
                     const std::vector<std::string>& others);

// Day number `day` of the year 2025, from 0.
Date sample_day(std::int64_t day);

}  // namespace zicht::store::testing
