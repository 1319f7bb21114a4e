// The DMN models of a pack (rules/*.dmn): read, compiled, and what is wrong with them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/pack.h"
#include "packs/internal/report.h"

namespace zicht::packs::internal {

// Reads and compiles every model together, since they may import each other. All problems are
// reported, each in the file of the model; a model with an error is left out.
[[nodiscard]] std::vector<model::DecisionModel> read_models(
    const std::map<std::string, std::string>& files, Report& report);

// "rules/ladder.dmn" -> "ladder"; empty for what is no model of a pack.
[[nodiscard]] std::string model_id_of(std::string_view path);

}  // namespace zicht::packs::internal
