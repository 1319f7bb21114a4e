// The history of a record as one caller may see it: who changed which visible field, and why.
//
// A version in which nothing visible changed is left out. The reason of a version that also
// changed something invisible is left out too: it may tell about that. Visitors see no names.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/access.h"
#include "app/ports.h"
#include "app/present/record_json.h"
#include "app/rulebook.h"

namespace zicht::app {

struct HistoryView {
  const Rulebook* rules = nullptr;
  const Caller* caller = nullptr;
  const ActiveForm* form = nullptr;
  std::vector<model::RowScope> scopes;  // of each item
  std::map<std::string, std::string> actor_names;         // account -> name
  std::map<std::string, std::string> organisation_names{};
  const References* references = nullptr;                 // that the versions mention
};

// `items` newest first; when there are more than `limit`, the last one is only compared with and
// `next` says where to go on.
[[nodiscard]] std::string history_json(const HistoryView& view,
                                       const std::vector<HistoryItem>& items, std::size_t limit);

}  // namespace zicht::app
