#include "store/internal/cursor.h"

#include "targets.h"

namespace zicht::fuzz {

void cursor(std::string_view input) {
  constexpr std::string_view kFingerprint = "0123456789abcdef";
  const auto read = store::decode_cursor(input, kFingerprint);
  if (!read) return;
  const auto again = store::decode_cursor(store::encode(*read, kFingerprint), kFingerprint);
  must(again.has_value(), "a cursor that was given out can be read");
  must(again->created == read->created && again->is_among_nulls == read->is_among_nulls,
       "and stands at the same row");
}

}  // namespace zicht::fuzz
