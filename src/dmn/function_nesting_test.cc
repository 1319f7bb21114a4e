// Functions that keep deep values. Method: an input of as many levels as a value may have, kept by
// a boxed function, which is then one level too deep.
#include <doctest/doctest.h>

#include "dmn/testing/models.h"
#include "feel/collections.h"

namespace zicht::dmn {
namespace {

feel::Value nested(std::uint32_t levels) {
  feel::Value value = feel::Value::number(1);
  for (std::uint32_t i = 0; i < levels; ++i) value = feel::Value::list({value});
  return value;
}

TEST_CASE("function: what it keeps counts as nesting") {
  const auto model = testing::compiled(testing::definitions(
      testing::input("Deep", "Any") +
      testing::decision("Kept", "",
                        "<functionDefinition><formalParameter name=\"x\"/>" +
                            testing::literal("count(Deep) + x") + "</functionDefinition>",
                        {"Deep"})));
  REQUIRE(model.engine);
  const auto kept = [&](std::uint32_t levels) {
    const Request request{.name = "Kept", .inputs = {{"Deep", nested(levels)}}};
    return model.engine->evaluate(request, testing::environment()).value;
  };
  CHECK(kept(100).nesting() == 101);
  const feel::Value refused = kept(feel::Value::kMaxNesting);
  REQUIRE(refused.null_reason());
  CHECK(refused.null_reason()->causes()[0].id == "FE-0110");
}

}  // namespace
}  // namespace zicht::dmn
