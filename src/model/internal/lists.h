// The list of codes behind a choice field.
#pragma once

#include "model/pack.h"

namespace zicht::model::internal {

// Codes of one's own pack are named by the list alone, those of another as "pack/list". Null when
// the list is unknown or hidden. `own` is the active version of the form's pack, may be null.
[[nodiscard]] inline const List* list_of(const Pack* own, const PackSet& packs,
                                         const Field& field) {
  if (field.list.find('/') != std::string::npos) return packs.find_list(field.list);
  const List* list = own == nullptr ? nullptr : own->find_list(field.list);
  return list != nullptr && list->is_verified ? list : nullptr;
}

}  // namespace zicht::model::internal
