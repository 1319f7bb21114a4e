// All that an answer of the record service says, as text: what a search for canaries reads.
#pragma once

#include <string>
#include <type_traits>

#include "app/record_service.h"

namespace zicht::app::testing {

// The text, document, file or error in it.
template <class T>
std::string told(const Result<T>& outcome) {
  if (!outcome) return describe(outcome.error());
  if constexpr (std::is_same_v<T, std::string>) {
    return *outcome;
  } else if constexpr (std::is_same_v<T, Document>) {
    return outcome->json;
  } else if constexpr (std::is_same_v<T, ExportFile>) {
    return outcome->content;
  } else {
    return outcome->document.json;
  }
}

}  // namespace zicht::app::testing
