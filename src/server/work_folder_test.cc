// A folder of work is there while it is held, and goes with what is in it.
#include "server/work_folder.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "server/folder.h"

namespace zicht::server {

TEST_CASE("work folder: it goes with all that is in it, once, from who held it last") {
  auto made = WorkFolder::create("test");
  REQUIRE(made.has_value());
  const std::string path = made->path();
  CHECK(path.find("/zicht-test-") != std::string::npos);
  REQUIRE(write_file(path + "/work", "half", false).has_value());
  {
    const WorkFolder held(*std::move(made));
    CHECK(held.path() == path);
    CHECK(std::filesystem::exists(path + "/work"));
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("work folder: one that cannot be made says so") {
  const auto refused = WorkFolder::create("no/such");
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().id == "SV-0031");
}

}  // namespace zicht::server
