// Text that goes into CSV: what a spreadsheet would run, and what would be taken for two fields.
#include "base/csv_text.h"

#include <doctest/doctest.h>

namespace zicht {
namespace {

TEST_CASE("csv text: what a spreadsheet would run is made harmless") {
  for (const std::string start : {"=", "+", "-", "@", "\t", "\r"})
    CHECK(csv_safe(start + "1") == "'" + start + "1");
  for (const std::string text : {"", "1", "a=b", " =1", "'"}) CHECK(csv_safe(text) == text);
}

TEST_CASE("csv text: a field is quoted where it could be taken for two") {
  CHECK(csv_quoted("") == "");
  CHECK(csv_quoted("a b") == "a b");
  CHECK(csv_quoted("a,b") == "\"a,b\"");
  CHECK(csv_quoted("a;b") == "\"a;b\"");
  CHECK(csv_quoted("a \"b\"") == "\"a \"\"b\"\"\"");
  CHECK(csv_quoted("a\nb") == "\"a\nb\"");
  CHECK(csv_quoted("a\r") == "\"a\r\"");
  CHECK(csv_quoted(" a") == "\" a\"");
  CHECK(csv_quoted("a\t") == "\"a\t\"");
}

}  // namespace
}  // namespace zicht
