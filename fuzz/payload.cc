#include "base/json.h"
#include "model/record.h"
#include "targets.h"

namespace zicht::fuzz {

void payload(std::string_view input) {
  const auto value = parse_json(input);
  if (!value) return;
  const auto read = model::from_payload(*value);
  if (!read) return;
  const Json written = model::to_payload(read->record, read->event);
  const auto again = model::from_payload(written);
  must(again.has_value(), "a payload that was written can be read");
  must(model::to_payload(again->record, again->event) == written, "and says the same");
}

}  // namespace zicht::fuzz
