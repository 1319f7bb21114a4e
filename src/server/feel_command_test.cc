// zicht feel as a person runs it: words and a file of facts in, value or reasons out.
#include <doctest/doctest.h>

#include "server/folder.h"
#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

TEST_CASE("command feel: gives the value, as FEEL writes it") {
  const Desk zicht;
  CHECK(zicht({"feel", "1 + 2 * 3"}).said == "7\n");
  CHECK(zicht({"feel", "\"a\" + \"b\""}).said == "\"ab\"\n");
  CHECK(zicht({"feel", "now() instance of date and time and today().year > 2000"}).said ==
        "true\n");
}

TEST_CASE("command feel: takes facts from a file, with names as they are") {
  const Desk zicht;
  const std::string facts = zicht.folder + "/facts.json";
  REQUIRE(
      write_file(facts, R"({"Monthly income": 2600.50, "rows": [{"fee": 1}, {"fee": 2}]})", false));
  CHECK(zicht({"feel", "Monthly income * 2", "--context", facts}).said == "5201\n");
  CHECK(zicht({"feel", "rows[fee > 1].fee", "--context", facts}).said == "[2]\n");
  const auto why = zicht({"feel", "Monthly income > 100", "--context", facts, "--explain"});
  CHECK(why.said == "Monthly income > 100 = true\n  Monthly income = 2600.5\n");
}

TEST_CASE("command feel: tells why a value is null, and what is wrong with a text") {
  const Desk zicht;
  const auto null = zicht({"feel", "1 / 0"});
  CHECK(null.code == kGood);
  CHECK(null.said == "null\n");
  CHECK(has(null.complained, "FE-0112"));
  const auto unknown = zicht({"feel", "1 + incone"});
  CHECK(unknown.code == kBad);
  CHECK(has(unknown.complained, "FE-0002"));
  CHECK(has(unknown.complained, "1:5"));
  CHECK(has(zicht({"feel", "1 + \"a\""}).complained, "FE-0020"));
  CHECK(has(zicht({"feel", "for x in 1..10**9 return x"}).complained, "FE-0101"));
}

TEST_CASE("command feel: names a missing fact that counted as not true") {
  const Desk zicht;
  const std::string facts = zicht.folder + "/facts.json";
  REQUIRE(write_file(facts, R"({"limit": null, "rows": [{"fee": 1}, {"fee": 2}]})", false));
  const auto counted = zicht({"feel", "count(rows[fee > limit])", "--context", facts});
  CHECK(counted.code == kGood);
  CHECK(counted.said == "0\n");
  CHECK(has(counted.complained, "FE-0100"));
  CHECK(has(counted.complained, "limit"));
}

TEST_CASE("command feel: facts are an object in a file that is there") {
  const Desk zicht;
  const std::string facts = zicht.folder + "/facts.json";
  REQUIRE(write_file(facts, "[1]", false));
  CHECK(has(zicht({"feel", "1", "--context", facts}).complained, "FE-0040"));
  CHECK(has(zicht({"feel", "1", "--context", facts + "x"}).complained, "SV-0030"));
  CHECK(zicht({"feel"}).code == kUsage);
}

}  // namespace
}  // namespace zicht::server
