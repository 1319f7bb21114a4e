// What rules in FEEL, decisions and norms said, as JSON ("Why", "ModelEvaluation" and "Norms" in
// docs/formats/api.md). Whoever calls has seen to it that the reader may see all that they read.
#pragma once

#include <vector>

#include "app/present/json_writer.h"
#include "packs/norms.h"

namespace zicht::app {

// One rule, its outcome, and what it looked at.
void write_why(JsonWriter& json, const model::RuleOutcome& told);

// The members of what a decision said; the object is open and stays open.
void write_answer(JsonWriter& json, const packs::ModelAnswer& answer);

// The member "pack", of an open object.
void write_pack_name(JsonWriter& json, const model::Pack& pack);

// The member "source" of an open object, of the sources of the pack; nothing for an unknown one.
void write_source(JsonWriter& json, const model::Pack& pack, const std::string& id);

// The members that a norm has whatever record it is held against; the object is open and stays
// open.
void write_norm_itself(JsonWriter& json, const model::Pack& pack, const model::Framework& framework,
                       const model::Norm& norm);

// One norm; of one that is withheld no more than that.
void write_norm(JsonWriter& json, const model::Pack& pack, const model::Form& form,
                const packs::NormOutcome& told);

}  // namespace zicht::app
