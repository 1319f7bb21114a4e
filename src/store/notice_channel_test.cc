// Notices between the servers of one PostgreSQL database: the others hear what was told, in order,
// the sender does not, and a connection that is gone is an error. Method: two connections each.
#include "store/postgres/notice_channel.h"

#include <doctest/doctest.h>

#include <chrono>

#include "store/postgres/postgres_driver.h"
#include "store/testing/postgres_cluster.h"

using namespace zicht;
using namespace zicht::store;

namespace {

std::unique_ptr<NoticeChannel> channel(const std::string& address, const char* name = "changes") {
  return open_notice_channel(address, name).value();
}

constexpr std::chrono::seconds kPatience(5);

// What comes until there are `count`, or nothing comes any more.
std::vector<std::string> heard(NoticeChannel& channel, std::size_t count) {
  std::vector<std::string> all;
  while (all.size() < count) {
    auto texts = channel.receive(kPatience).value();
    if (texts.empty()) break;
    for (auto& text : texts) all.push_back(std::move(text));
  }
  return all;
}

}  // namespace

TEST_CASE("notice channel: others hear what one tells, in order, and the teller does not") {
  const std::string address = testing::PostgresCluster::shared().new_schema();
  const auto one = channel(address), two = channel(address);
  const auto elsewhere = channel(address, "others");
  CHECK(one->send("first").has_value());
  CHECK(one->send("o'second \"é\"").has_value());
  CHECK(one->send(std::string(kNoticeBytes, 'x')).has_value());
  const auto texts = heard(*two, 3);
  REQUIRE(texts.size() == 3);
  CHECK(texts[0] == "first");
  CHECK(texts[1] == "o'second \"é\"");
  CHECK(texts[2].size() == kNoticeBytes);
  CHECK(two->send("back").has_value());
  CHECK(heard(*one, 1) == std::vector<std::string>{"back"});
  CHECK(elsewhere->receive(std::chrono::milliseconds(0))->empty());
}

TEST_CASE("notice channel: a connection that the database ended is an error for both ways") {
  const std::string address = testing::PostgresCluster::shared().new_schema();
  const auto one = channel(address), two = channel(address);
  const auto database = open_postgres(address).value();
  const auto connection = database->connect(Access::kWrite).value();
  REQUIRE(connection
              ->run_script("select pg_terminate_backend(pid) from pg_stat_activity "
                           "where query like '%listen%changes%' and pid <> pg_backend_pid()")
              .has_value());
  CHECK_FALSE(one->send("lost").has_value());
  // First comes what the database said as it hung up.
  const bool is_lost = !two->receive(kPatience) || !two->receive(kPatience);
  CHECK(is_lost);
  CHECK_FALSE(open_notice_channel("host=/nowhere", "changes").has_value());
}
