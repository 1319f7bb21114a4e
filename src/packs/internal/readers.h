// One reader per kind of authored file: Node tree -> model value, with everything that the file
// alone can tell. What needs other files is checked in checks.h.
#pragma once

#include <string>

#include "model/pack.h"
#include "model/rule.h"
#include "packs/internal/reader.h"
#include "packs/rounds.h"

namespace zicht::packs::internal {

// Fills id, title, sources, roles and so on of the pack; not its forms and other files.
void read_pack_file(const Source& source, const Node& node, model::Pack& pack);

// `stem` is the file name without folder and extension: it is the id, also when the file claims
// another one (PK-0013). `pack` is the pack's id.
[[nodiscard]] model::Form read_form(const Source& source, const Node& node,
                                    const std::string& stem, const std::string& pack);
[[nodiscard]] model::List read_list(const Source& source, const Node& node,
                                    const std::string& stem, const std::string& pack);
[[nodiscard]] calendar::Regime read_regime(const Source& source, const Node& node,
                                           const std::string& stem);
[[nodiscard]] model::Process read_process(const Source& source, const Node& node,
                                          const std::string& stem, const std::string& pack);
[[nodiscard]] model::Desk read_desk(const Source& source, const Node& node,
                                    const std::string& stem, const std::string& pack);
[[nodiscard]] model::Framework read_framework(const Source& source, const Node& node,
                                              const std::string& stem);
[[nodiscard]] model::Indicator read_indicator(const Source& source, const Node& node,
                                              const std::string& stem, const std::string& pack);

// After the forms of the pack were read.
[[nodiscard]] Round read_round(const Source& source, const Node& node, const std::string& stem,
                               const model::Pack& pack);

// The id that the file states under `key`, checked; always `stem` in the end.
std::string read_file_id(const Source& source, const MapReader& map, std::string_view key,
                         const std::string& stem);

// `{rule: FEEL, message: {nl, en}}`, and a list of them under this key; not compiled yet.
[[nodiscard]] model::Condition read_condition(const Source& source, const Node& node);
[[nodiscard]] std::vector<model::Condition> read_conditions(const Source& source,
                                                            const MapReader& map,
                                                            std::string_view key);

// "form" or "pack/form" -> "pack/form", as everything outside the reader has it.
[[nodiscard]] std::string full_id(std::string_view written, const std::string& pack);

}  // namespace zicht::packs::internal
