// Slow statements are told by their text, time and request, without their values. Method: a
// recursive query that counts far enough to take longer than the limit, on both databases.
#include "store/slow_queries.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/trace.h"
#include "store/testing/test_database.h"

namespace zicht::store {
namespace {

using testing::on_both;
using testing::TestDatabase;

struct Told {
  std::string sql;
  double milliseconds = 0;
  std::string request;
};

constexpr std::string_view kCount =
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < $1) "
    "select max(i) from n where $2 = $2";

void count_to(Connection& connection, std::int64_t end) {
  auto rows = connection.query(kCount, {end, 4711});
  REQUIRE(rows.has_value());
  REQUIRE(rows->next());
  CHECK(rows->integer(0) == end);
  CHECK_FALSE(rows->next());
  CHECK(rows->status().has_value());
}

}  // namespace

TEST_CASE("slow queries: a statement over the limit is told with its request, without values") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    std::vector<Told> told;
    const auto watched =
        tell_slow(test.database(), std::chrono::milliseconds(20), [&](const SlowQuery& query) {
          told.push_back({std::string(query.sql), query.milliseconds, std::string(query.request)});
        });
    auto connection = watched->connect(Access::kWrite);
    REQUIRE(connection.has_value());
    const TraceScope scope("5f0c");
    count_to(**connection, 1'000'000);
    REQUIRE(told.size() == 1);
    CHECK(told[0].sql == kCount);
    CHECK(told[0].sql.find("4711") == std::string::npos);
    CHECK(told[0].milliseconds >= 20);
    CHECK(told[0].request == "5f0c");
  });
}

TEST_CASE("slow queries: what is quick is not told, and works as without the layer") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    int told = 0;
    const auto watched = tell_slow(test.database(), std::chrono::minutes(1),
                                   [&](const SlowQuery&) { ++told; });
    auto made = watched->connect(Access::kWrite);
    REQUIRE(made.has_value());
    Connection& connection = **made;
    const std::string integer(connection.dialect().integer_type);
    REQUIRE(connection.run_script("create table thing (id " + integer + " primary key)"));
    REQUIRE(connection.begin(Access::kWrite));
    CHECK(connection.execute("insert into thing (id) values ($1)", {1}) == 1);
    REQUIRE(connection.queue("insert into thing (id) values ($1)", {2}));
    REQUIRE(connection.flush());
    CHECK(connection.writes() == 2);
    REQUIRE(connection.commit());
    const auto twice = connection.execute("insert into thing (id) values ($1)", {1});
    REQUIRE_FALSE(twice.has_value());
    CHECK(twice.error().code == Code::kConflict);
    CHECK(connection.has_failed());
    connection.rollback();
    count_to(connection, 10);
    const Param one(1);
    const Query each{"select id from thing where id >= $1 order by id", Params(&one, 1)};
    auto all = connection.query_all(std::span(&each, 1));
    REQUIRE(all.has_value());
    CHECK((*all)[0].next());
    CHECK((*all)[0].next());
    CHECK((*all)[0].integer(0) == 2);
    CHECK(told == 0);
  });
}

TEST_CASE("slow queries: a literal text in a statement is left out, whatever it was for") {
  CHECK(without_literals("select 'a', x from t where y = 'it''s' and z = $1") ==
        "select '…', x from t where y = '…''…' and z = $1");
  CHECK(without_literals("select\n1") == "select 1");
}

TEST_CASE("trace: scopes nest and end") {
  CHECK(current_trace().empty());
  {
    const TraceScope outer("a");
    {
      const TraceScope inner("b");
      CHECK(current_trace() == "b");
    }
    CHECK(current_trace() == "a");
  }
  CHECK(current_trace().empty());
}

}  // namespace zicht::store
