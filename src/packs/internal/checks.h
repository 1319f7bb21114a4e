// What one file cannot tell alone: names that must exist elsewhere in the pack or in the packs it
// needs, and rules over a whole process. Each check reports at the place of the name.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/pack.h"
#include "packs/internal/report.h"

namespace zicht::packs {
struct Round;  // packs/rounds.h
}

namespace zicht::packs::internal {

using Path = std::vector<std::string>;

// A pack under construction, beside the files it came from.
struct Draft {
  const model::Pack& pack;
  const std::map<std::string, Node>& trees;    // path -> tree, for files that could be read
  const model::PackSet& packs;                 // the pack itself and the packs at hand, active
  Report& report;

  [[nodiscard]] Place place(const std::string& file, const Path& path) const;
  void error(std::string_view id, const std::string& file, const Path& path,
             const Arguments& arguments = {}) const;
  void warning(std::string_view id, const std::string& file, const Path& path,
               const Arguments& arguments = {}) const;
  // `id` with what was written and the nearest of the names that exist.
  void unknown(std::string_view id, const std::string& file, const Path& path,
               std::string_view written, const std::vector<std::string>& known) const;

  // The same for what has a file of its own ("lists", "kind"), unless that file is there and cannot
  // be read: then it has been told already.
  void unknown_file(std::string_view id, const std::string& file, const Path& path,
                    std::string_view folder, std::string_view written,
                    const std::vector<std::string>& known) const;

  // What is wrong with a filter over the rows of the form (model/where.h), at its places in the
  // file. False when it cannot be used.
  bool check_where(const std::string& file, const Path& path, std::string_view text,
                   const model::Form& form) const;

  // Reports PK-0043 unless the role is declared by the pack or built in.
  void check_role(const std::string& file, const Path& path, const std::string& role) const;
  // Reports PK-0049 unless empty or a source of the pack.
  void check_source(const std::string& file, const Path& path, const std::string& source) const;
  // True when this pack is the own one or in `needs`; else reports PK-0052.
  [[nodiscard]] bool check_is_needed(const std::string& file, const Path& path,
                                     std::string_view pack) const;
  // The forms whose records can live by this process.
  [[nodiscard]] std::vector<const model::Form*> users_of(const model::Process& process) const;
};

// Ids of things, for suggestions.
template <class Items>
std::vector<std::string> ids_of(const Items& items) {
  std::vector<std::string> ids;
  for (const auto& item : items) ids.push_back(item.id);
  return ids;
}

[[nodiscard]] std::vector<std::string> codes_of(const model::List& list);

// About persons, or said to be (`subject: person`) where it is not said about whom.
[[nodiscard]] inline bool is_of_persons(const model::Form& form) {
  return form.is_about_persons() || form.subject == "person";
}

void check_forms(const Draft& draft);
void check_persons(const Draft& draft);
void check_lists_and_regimes(const Draft& draft);
void check_processes(const Draft& draft);
void check_desks(const Draft& draft);
// The places of maps that are facts: each with a position of its own. After the facts were read.
void check_maps(const Draft& draft);
void check_round(const Draft& draft, const Round& round);
// Fields of figures, and the steps that freeze and release them.
void check_editions(const Draft& draft);

// Compiles what the forms and processes of the pack say in FEEL (model/rule.h), into its forms.
// Requires: `pack` is that of the draft.
void compile_rules(const Draft& draft, model::Pack& pack);
// The same for its norms, after its rules.
void compile_norms(const Draft& draft, model::Pack& pack);
// And for its indicators.
void compile_indicators(const Draft& draft, model::Pack& pack);

}  // namespace zicht::packs::internal
