#include "base/json.h"

#include "targets.h"

namespace zicht::fuzz {

void json(std::string_view input) {
  const auto value = parse_json(input, {.max_bytes = 1 << 20, .max_depth = 64});
  if (!value) return;
  const auto text = canonical_json(*value);
  if (!text) return;  // a number with a fraction
  const auto again = parse_json(*text);
  must(again.has_value(), "canonical JSON can be read");
  const auto same = canonical_json(*again);
  must(same.has_value() && *same == *text, "canonical JSON is its own canonical form");
}

}  // namespace zicht::fuzz
