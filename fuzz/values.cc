#include "base/date.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/ids.h"
#include "base/instant.h"
#include "base/period.h"
#include "base/text.h"
#include "targets.h"

namespace zicht::fuzz {
namespace {

template <class Value>
void reads_back(std::string_view text) {
  const auto value = Value::parse(text);
  if (!value) return;
  const auto again = Value::parse(value->to_string());
  must(again.has_value() && *again == *value, "what a value says of itself is that value");
}

}  // namespace

void values(std::string_view input) {
  reads_back<Date>(input);
  reads_back<Decimal>(input);
  reads_back<Instant>(input);
  reads_back<Period>(input);
  if (const auto hash = Hash::parse(input))
    must(hash->to_string() == input, "a hash keeps its text");
  if (const auto id = PublicId::parse(input))
    must(id->to_string() == input, "an id keeps its text");
  if (is_valid_utf8(input)) {
    must(is_valid_utf8(first_code_points(input, 3)), "a text is never cut inside a code point");
    for (const std::string& word : fold_for_search(input)) {
      must(fold_for_search(word).size() == 1, "a folded word is one word");
    }
  }
  must(is_valid_utf8(percent_encoded(input)), "percent encoding gives ASCII");
}

}  // namespace zicht::fuzz
