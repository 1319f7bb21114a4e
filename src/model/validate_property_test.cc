// Properties of validation over seeded random documents: what is accepted is canonical (validating
// it again changes nothing), has a shape that the schema accepts, and is valid canonical JSON; what
// the shape refuses, validation refuses too. Documents are the sample with random values planted in
// random places.
#include <doctest/doctest.h>

#include <string>

#include "base/rng.h"
#include "model/testing/sample_form.h"
#include "model/validate.h"

namespace zicht::model {
namespace {

const Date kDay = Date::of(2025, 6, 1);

Json random_value(Rng& rng) {
  static const char* const kValues[] = {
      R"("abc")",     R"(" abc ")", R"("")",      R"("care")",       R"("old")",   R"("P03M")",
      R"("P1Y2D")",   R"("7")",     R"("-0.00")", R"("1.50")",       "0",          "3.0",
      "1e2",          "-1",         "true",       "null",            "[]",         "{}",
      R"(["care"])",  R"([" a "])", R"([3])",     R"("2025-02-28")", R"("2025-02-29")",
      R"({"street":" x ","number":2.0})",         R"({"street":"x","more":1})",
      R"({"first":"2025-01-01","last":"2025-01-01"})",
      R"({"words":" w ","first":"2025-01-01","last":"2025-02-01"})",
      R"({"words":"w","first":"2025-03-01","last":"2025-02-01"})",
      R"("5f2q0c7m3e9xk4t8zv1d6w0hya")",          R"("https://a.nl")",
      R"(["5f2q0c7m3e9xk4t8zv1d6w0hya"])"};
  return *parse_json(kValues[rng.below(std::size(kValues))]);
}

Json random_document(const Form& form, Rng& rng) {
  Json document = testing::sample_fields();
  json::object& fields = document.as_object();
  const std::uint64_t changes = rng.below(4);
  for (std::uint64_t i = 0; i < changes; ++i) {
    const std::string& name = form.fields[rng.below(form.fields.size())].id;
    if (rng.below(4) == 0) {
      fields.erase(name);
    } else {
      fields[rng.below(20) == 0 ? "strange" : name] = random_value(rng);
    }
  }
  return document;
}

TEST_CASE("validate: what is accepted is canonical and has the shape of the schema") {
  constexpr std::uint64_t kSeed = 20240604;
  CAPTURE(kSeed);
  SeededRng rng(kSeed);
  const PackSet packs = testing::sample_packs();
  const Form& form = *packs.find_form("probe/visit");
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 5000; ++i) {
    CAPTURE(i);
    const Json document = random_document(form, rng);
    const Validated first = validate_fields(form, packs, document, {.on = kDay});
    const bool has_shape = check_shape(form, packs, document).empty();
    if (!first.problems.empty()) {
      ++refused;
      continue;
    }
    ++accepted;
    REQUIRE(has_shape);
    const Validated second = validate_fields(form, packs, first.fields, {.on = kDay});
    REQUIRE(second.problems.empty());
    REQUIRE(canonical_json(second.fields).value() == canonical_json(first.fields).value());
    REQUIRE(check_shape(form, packs, first.fields).empty());
  }
  CHECK(accepted > 1000);
  CHECK(refused > 1000);
}

}  // namespace
}  // namespace zicht::model
