// Fact files: reading rows of YAML and CSV, and checking them as the engine would.
#pragma once

#include "model/pack.h"
#include "packs/internal/checks.h"
#include "packs/internal/reader.h"

namespace zicht::packs::internal {

// One fact with the tree it came from; for a CSV file each row makes such a tree.
struct FactRow {
  std::string file;
  Node node;          // map with id, from, fields, steps
  model::Fact fact;
};

struct FactSheet {
  model::FactFile file;      // without facts
  std::string path;
  Place form_place;
  std::vector<FactRow> rows;
};

// Reads one facts/<stem>.yaml and the CSV file it may name. `form` is looked up in draft.packs;
// rows of an unknown form are not read.
[[nodiscard]] FactSheet read_facts(const Draft& draft, const Node& node, const std::string& stem,
                                   const std::map<std::string, std::string>& files);

// Every row against its form and process, references between facts included (PK-012x, MO-01xx).
void check_facts(const Draft& draft, const std::vector<FactSheet>& sheets);

}  // namespace zicht::packs::internal
