// Both drivers behave alike: values, errors, transactions, savepoints, statements that wait.
// Method: every case runs the same SQL on an empty SQLite file and an empty PostgreSQL schema;
// expected values are written down, none is read back from a driver.
#include "store/driver.h"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <limits>
#include <string>
#include <thread>

#include "store/internal/sql_text.h"
#include "store/testing/test_database.h"

namespace zicht::store {
namespace {

using testing::on_both;
using testing::TestDatabase;

std::unique_ptr<Connection> connect(TestDatabase& test, Access access = Access::kWrite) {
  auto connection = test.database().connect(access);
  REQUIRE(connection.has_value());
  return std::move(*connection);
}

void must(const Result<void>& result) {
  if (!result.has_value()) FAIL(describe(result.error()));
}

void make_table(Connection& connection) {
  const Dialect& dialect = connection.dialect();
  must(connection.run_script("create table thing (id " + std::string(dialect.integer_type) +
                             " primary key, name " + std::string(dialect.text_type) +
                             " unique, data " + std::string(dialect.blob_type) +
                             ", size integer check (size < 100))"));
}

Result<std::int64_t> insert(Connection& connection, int id, std::string_view name) {
  return connection.execute("insert into thing (id, name) values ($1, $2)", {id, name});
}

std::int64_t count(Connection& connection) {
  auto rows = connection.query("select count(*) from thing");
  REQUIRE(rows.has_value());
  REQUIRE(rows->next());
  return rows->integer(0);
}

void check_code(const Result<std::int64_t>& result, Code expected) {
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == expected);
}

// The scratch schemas that there are, in the database that tests share.
std::vector<std::string> scratch_schemas(Connection& connection) {
  auto rows = connection.query("select nspname::text from pg_namespace "
                               "where starts_with(nspname::text, 'zicht_scratch_') order by 1");
  REQUIRE(rows.has_value());
  std::vector<std::string> schemas;
  while (rows->next()) schemas.emplace_back(rows->text(0));
  REQUIRE(rows->status().has_value());
  return schemas;
}

}  // namespace

TEST_CASE("driver: a statement that takes longer than it may is ended, and the next ones are not") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    const auto counted = [&](const char* most) {
      auto rows = connection->query(
          "with recursive n(i) as (select 1 union all select i + 1 from n where i < " +
          std::string(most) + ") select count(*) from n");
      if (!rows) return rows.error().id;
      return rows->next() ? std::to_string(rows->integer(0)) : std::string();
    };
    must(connection->begin(Access::kRead));
    must(connection->limit_statements(50));
    CHECK(counted("10") == "10");
    CHECK(counted("4000000000") == "ST-0073");
    connection->rollback();
    // What came before it counts, also where each statement takes no time.
    must(connection->begin(Access::kRead));
    must(connection->limit_statements(50));
    CHECK(counted("10") == "10");
    // tidy-allow: the database's own clock is what is tested
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    CHECK(counted("10") == "ST-0073");
    connection->rollback();
    must(connection->begin(Access::kRead));
    CHECK(counted("300000") == "300000");
    connection->rollback();
  });
}

TEST_CASE("driver: rows written in bulk are there for whatever comes after them") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    const std::string sql = "insert into thing (id, name, data) values ($1, $2, $3)";
    must(connection->begin(Access::kWrite));
    must(connection->expect_bulk());
    const std::string bytes("\0\n\\.\xff", 5);
    for (int id = 1; id <= 600; ++id) {
      must(connection->queue(sql, {id, "name\t" + std::to_string(id), Param::blob(bytes)}));
      // A statement that sees one row alone, and one that sees many.
      if (id == 3) CHECK(count(*connection) == 3);
      if (id == 300) must(connection->queue("update thing set name = null where id = $1", {299}));
    }
    must(connection->queue("insert into thing (id, name) values ($1, $2) on conflict (id) "
                           "do update set name = excluded.name",
                           {600, "last"}));
    must(connection->commit());
    CHECK(count(*connection) == 600);
    auto rows = connection->query("select name, data from thing where id in (299, 300, 600) "
                                  "order by id");
    REQUIRE(rows.has_value());
    REQUIRE(rows->next());
    CHECK(rows->is_null(0));
    REQUIRE(rows->next());
    CHECK(rows->text(0) == "name\t300");
    CHECK(rows->text(1) == bytes);
    REQUIRE(rows->next());
    CHECK(rows->text(0) == "last");
  });
}

TEST_CASE("driver: rows that are gathered come all, with their values, also by many") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    for (const int most : {1, 2, 7, 64, 65, 200}) {
      CAPTURE(most);
      must(connection->run_script("delete from thing"));
      must(connection->begin(Access::kWrite));
      connection->gather_rows();
      for (int id = 1; id <= most; ++id) {
        const std::string name = "name " + std::to_string(id);
        const Param text = id % 3 == 0 ? Param() : Param(name);
        must(connection->queue("insert into thing (id, name, data) values ($1, $2, $3)",
                               {id, text, Param::blob(std::string_view("\0\xff", 2))}));
      }
      must(connection->commit());
      auto rows = connection->query("select id, name, data from thing order by id");
      REQUIRE(rows.has_value());
      for (int id = 1; id <= most; ++id) {
        REQUIRE(rows->next());
        CHECK(rows->integer(0) == id);
        CHECK(rows->is_null(1) == (id % 3 == 0));
        if (id % 3 != 0) CHECK(rows->text(1) == "name " + std::to_string(id));
        CHECK(rows->text(2) == std::string_view("\0\xff", 2));
      }
      CHECK_FALSE(rows->next());
    }
  });
}

TEST_CASE("driver: of gathered rows a rollback to a savepoint drops those behind it") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    const std::string sql = "insert into thing (id, name) values ($1, $2)";
    must(connection->begin(Access::kWrite));
    connection->gather_rows();
    must(connection->queue(sql, {1, "before"}));
    must(connection->savepoint());
    must(connection->queue(sql, {2, "dropped"}));
    must(connection->rollback_to_savepoint());
    must(connection->savepoint());
    must(connection->queue(sql, {3, "after"}));
    must(connection->flush());
    must(connection->release_savepoint());
    must(connection->savepoint());
    const auto queued = connection->queue(sql, {4, "before"});  // the name is taken
    CHECK_FALSE((queued.has_value() && connection->flush().has_value()));
    must(connection->rollback_to_savepoint());
    must(connection->commit());
    auto rows = connection->query("select id from thing order by id");
    REQUIRE(rows.has_value());
    for (const int id : {1, 3}) {
      REQUIRE(rows->next());
      CHECK(rows->integer(0) == id);
    }
    CHECK_FALSE(rows->next());
  });
}

TEST_CASE("driver: a row in bulk that breaks a rule is an error, and leaves nothing") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    const auto write = [&](int count) {
      Result<void> outcome = connection->begin(Access::kWrite);
      must(connection->expect_bulk());
      for (int id = 1; id <= count && outcome.has_value(); ++id) {
        outcome = connection->queue("insert into thing (id, name) values ($1, $2)", {id, "same"});
      }
      if (outcome.has_value()) outcome = connection->flush();
      connection->rollback();
      return outcome;
    };
    for (const int each : {2, 200}) {
      const auto outcome = write(each);
      REQUIRE_FALSE(outcome.has_value());
      CHECK(outcome.error().code == Code::kConflict);
      CHECK(count(*connection) == 0);
    }
    must(connection->begin(Access::kWrite));
    must(connection->queue("insert into thing (id, name) values ($1, $2)", {1, "after"}));
    must(connection->commit());
    CHECK(count(*connection) == 1);
  });
}

TEST_CASE("driver: every kind of value comes back as it went in") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    const std::string bytes("\0\x01\xff'\"", 5);
    const auto lowest = std::numeric_limits<std::int64_t>::min();
    REQUIRE(connection->execute("insert into thing values ($1, $2, $3, $4)",
                                {lowest, "caf\u00e9 '$1'", Param::blob(bytes), nullptr}));
    REQUIRE(connection->execute("insert into thing values ($1, $2, $3, $4)",
                                {7, "", Param::blob(""), 42}));
    auto rows = connection->query("select id, name, data, size from thing order by id");
    REQUIRE(rows.has_value());
    REQUIRE(rows->next());
    CHECK(rows->integer(0) == lowest);
    CHECK(rows->text(1) == "caf\u00e9 '$1'");
    CHECK(rows->text(2) == bytes);
    CHECK(rows->is_null(3));
    CHECK_FALSE(rows->find_integer(3).has_value());
    REQUIRE(rows->next());
    CHECK_FALSE(rows->is_null(1));
    CHECK(rows->text(1).empty());
    CHECK(rows->blob(2).empty());
    CHECK(rows->find_integer(3) == 42);
    CHECK_FALSE(rows->next());
    CHECK(rows->status().has_value());
  });
}

TEST_CASE("driver: text is ordered by its bytes") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    int id = 0;
    for (const char* name : {"b", "a", "B", "\u00e9", "_", "a b"}) {
      REQUIRE(insert(*connection, ++id, name));
    }
    auto rows = connection->query("select name from thing order by name");
    REQUIRE(rows.has_value());
    std::string order;
    while (rows->next()) order += std::string(rows->text(0)) + "|";
    CHECK(order == "B|_|a|a b|b|\u00e9|");
  });
}

TEST_CASE("driver: errors say what the caller can do next, without values") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    REQUIRE(insert(*connection, 1, "secret name"));
    const auto twice = insert(*connection, 2, "secret name");
    check_code(twice, Code::kConflict);
    CHECK(twice.error().id == "ST-0001");
    CHECK(describe(twice.error()).find("secret") == std::string::npos);
    check_code(connection->execute("update thing set size = $1", {500}),
               Code::kFailedPrecondition);
    const auto wrong = connection->execute("insert into nowhere values ($1)", {1});
    check_code(wrong, Code::kInternal);
    CHECK(wrong.error().id == "ST-0006");
    CHECK(insert(*connection, 3, "afterwards").has_value());
  });
}

TEST_CASE("driver: a roll back leaves nothing, a savepoint takes back its own part only") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    must(connection->begin(Access::kWrite));
    REQUIRE(insert(*connection, 1, "one"));
    connection->rollback();
    CHECK(count(*connection) == 0);

    must(connection->begin(Access::kWrite));
    REQUIRE(insert(*connection, 1, "one"));
    must(connection->savepoint());
    REQUIRE(insert(*connection, 2, "two"));
    check_code(insert(*connection, 3, "two"), Code::kConflict);
    CHECK(connection->has_failed());
    must(connection->rollback_to_savepoint());
    CHECK_FALSE(connection->has_failed());
    must(connection->savepoint());
    REQUIRE(insert(*connection, 4, "four"));
    must(connection->release_savepoint());
    must(connection->commit());
    CHECK(count(*connection) == 2);
  });
}

TEST_CASE("driver: an error of a queued statement comes out at the flush at the latest") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    must(connection->begin(Access::kWrite));
    bool has_error = false;
    for (int id : {1, 2, 2, 3}) {
      const auto queued =
          connection->queue("insert into thing (id) values ($1)", {id});
      has_error = has_error || !queued.has_value();
    }
    has_error = !connection->flush().has_value() || has_error;
    CHECK(has_error);
    CHECK(connection->has_failed());
    connection->rollback();
    CHECK(count(*connection) == 0);
  });
}

TEST_CASE("driver: thousands of queued statements arrive") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    const std::string data(3000, 'x');
    must(connection->begin(Access::kWrite));
    for (int id = 0; id < 3000; ++id) {
      must(connection->queue("insert into thing (id, data) values ($1, $2)",
                             {id, Param::blob(data)}));
    }
    must(connection->commit());
    CHECK(count(*connection) == 3000);
  });
}

TEST_CASE("driver: the same statement can be read twice at the same time") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    for (int id : {1, 2}) REQUIRE(insert(*connection, id, std::to_string(id)));
    const char* sql = "select id from thing order by id";
    auto first = connection->query(sql);
    REQUIRE(first->next());
    auto second = connection->query(sql);
    REQUIRE(second->next());
    CHECK(second->integer(0) == 1);
    REQUIRE(first->next());
    CHECK(first->integer(0) == 2);
  });
}

TEST_CASE("driver: more statements than are kept still work") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    for (int number = 0; number < 1000; ++number) {
      auto rows = connection->query("select " + std::to_string(number) + " + $1", {1});
      REQUIRE(rows.has_value());
      REQUIRE(rows->next());
      CHECK(rows->integer(0) == number + 1);
    }
  });
}

TEST_CASE("driver: a read transaction sees one state, and cannot write") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto writer = connect(test);
    make_table(*writer);
    ReadPool pool(test.database());
    auto lease = pool.lease();
    REQUIRE(lease.has_value());
    Connection& reader = **lease;
    CHECK(count(reader) == 0);
    REQUIRE(insert(*writer, 1, "one"));
    CHECK(count(reader) == 0);
    CHECK_FALSE(insert(reader, 2, "two").has_value());
    auto other = pool.lease();
    REQUIRE(other.has_value());
    CHECK(count(**other) == 1);
  });
}

TEST_CASE("driver: a read connection that failed is good again in its next lease") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    make_table(*connect(test));
    ReadPool pool(test.database());
    for (int round = 0; round < 3; ++round) {
      auto lease = pool.lease();
      REQUIRE(lease.has_value());
      CHECK(count(**lease) == 0);
      CHECK_FALSE((*lease)->query("select nothing from thing").has_value());
    }
  });
}

TEST_CASE("driver: queries that are run together each give their rows, in order") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    must(connection->begin(Access::kWrite));
    must(connection->queue("insert into thing (id, name) values ($1, $2)", {1, "one"}));
    const Param one(1), two(2);
    const char* by_id = "select name from thing where id = $1";
    const Query queries[] = {{by_id, Params(&one, 1)},
                             {by_id, Params(&two, 1)},
                             {"select count(*) from thing", {}}};
    auto all = connection->query_all(queries);
    REQUIRE(all.has_value());
    REQUIRE(all->size() == 3);
    REQUIRE((*all)[0].next());
    CHECK((*all)[0].text(0) == "one");
    CHECK_FALSE((*all)[1].next());
    REQUIRE((*all)[2].next());
    CHECK((*all)[2].integer(0) == 1);
    all->clear();
    CHECK(connection->query_all({})->empty());
    connection->rollback();
    CHECK(count(*connection) == 0);
  });
}

TEST_CASE("driver: one wrong query among those run together is the error of all") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto connection = connect(test);
    make_table(*connection);
    must(connection->begin(Access::kWrite));
    const Query queries[] = {{"select count(*) from thing", {}}, {"select nothing from thing", {}}};
    const auto all = connection->query_all(queries);
    REQUIRE_FALSE(all.has_value());
    CHECK(all.error().id == "ST-0006");
    CHECK(connection->has_failed());
    connection->rollback();
    CHECK_FALSE(connection->has_failed());
    CHECK(count(*connection) == 0);
  });
}

TEST_CASE("driver: a roll back that is not waited for leaves its connection ready") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto first = connect(test);
    const auto second = connect(test);
    make_table(*first);
    for (int round = 0; round < 20; ++round) {
      must(first->begin(Access::kWrite));
      REQUIRE(insert(*first, 1, "one"));
      if (round % 2 == 1) CHECK_FALSE(insert(*first, 1, "again").has_value());
      first->rollback();
      first->rollback();
      // Waits for what the first one held; its own outcome is not that of the roll back.
      REQUIRE(insert(*second, 1, "one"));
      REQUIRE(second->execute("delete from thing"));
      CHECK_FALSE(first->has_failed());
      check_code(first->execute("insert into nowhere values ($1)", {1}), Code::kInternal);
    }
    CHECK(count(*first) == 0);
  });
}

TEST_CASE("driver: a reader without a transaction finds what is there at each query") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto writer = connect(test);
    make_table(*writer);
    ReadPool pool(test.database());
    const auto lease = pool.lease(Snapshot::kPerQuery);
    REQUIRE(lease.has_value());
    CHECK(count(**lease) == 0);
    REQUIRE(insert(*writer, 1, "one"));
    CHECK(count(**lease) == 1);
    CHECK_FALSE(insert(**lease, 2, "two").has_value());
  });
}

TEST_CASE("driver: placeholders in quotes are left alone") {
  CHECK(number_placeholders("select '$1', \"$2\", $3, $12", '?') ==
        "select '$1', \"$2\", ?3, ?12");
  CHECK(number_placeholders("$", '?') == "$");
}

TEST_CASE("driver: identifiers are short and safe") {
  const std::string longest(63, 'a');
  CHECK(is_safe_identifier(longest));
  CHECK_FALSE(is_safe_identifier(longest + "a"));
  for (const char* unsafe : {"", "1a", "A", "a-b", "a\"b", "a b", "\u00e9"}) {
    CAPTURE(unsafe);
    CHECK_FALSE(is_safe_identifier(unsafe));
  }
  CHECK(short_identifier("due_date") == "due_date");
  const std::string first = short_identifier(longest + "b");
  const std::string second = short_identifier(longest + "c");
  CHECK(is_safe_identifier(first));
  CHECK(first.size() == 63);
  CHECK(first != second);
  CHECK(quote_identifier("due_date") == "\"due_date\"");
}

TEST_CASE("driver: a scratch database works, and its file has no name that a crash could leave") {
  TestDatabase test(Dialect::Kind::kSqlite);
  const auto scratch = test.database().scratch();
  REQUIRE(scratch.has_value());
  const auto connection = (*scratch)->connect(Access::kWrite);
  REQUIRE(connection.has_value());
  make_table(**connection);
  REQUIRE(insert(**connection, 1, "told").has_value());
  auto rows = (*connection)->query("select name from thing");
  REQUIRE((rows.has_value() && rows->next()));
  CHECK(rows->text(0) == "told");
  for (const auto& file : std::filesystem::directory_iterator(test.folder())) {
    CHECK(file.path().string().find("scratch") == std::string::npos);
  }
}

TEST_CASE("driver: a scratch schema whose process was killed is dropped by the next, no other") {
  TestDatabase test(Dialect::Kind::kPostgres);
  const auto looking = test.database().connect(Access::kWrite);
  REQUIRE(looking.has_value());
  REQUIRE((*looking)->run_script("create schema zicht_scratch_left; "
                                 "create table zicht_scratch_left.thing (name text); "
                                 "insert into zicht_scratch_left.thing values ('told')")
              .has_value());
  {
    const auto killed = test.database().scratch();
    REQUIRE(killed.has_value());
    {
      const auto connection = (*killed)->connect(Access::kWrite);
      REQUIRE(connection.has_value());
      make_table(**connection);
    }
    // What there was before has no process any more.
    auto schemas = scratch_schemas(**looking);
    REQUIRE(schemas.size() == 1);
    CHECK(schemas[0] != "zicht_scratch_left");
    // The sessions of a process that is killed end with it.
    REQUIRE((*looking)
                ->run_script("select pg_terminate_backend(pid, 10000) from pg_locks "
                             "where locktype = 'advisory' and pid <> pg_backend_pid()")
                .has_value());
    CHECK(scratch_schemas(**looking) == schemas);
    const auto used = test.database().scratch();
    REQUIRE(used.has_value());
    CHECK(scratch_schemas(**looking).size() == 1);
    CHECK(scratch_schemas(**looking) != schemas);
    const auto connection = (*used)->connect(Access::kWrite);
    REQUIRE(connection.has_value());
    make_table(**connection);
    const auto other = test.open_again();
    const auto beside = other->scratch();
    REQUIRE(beside.has_value());
    CHECK(scratch_schemas(**looking).size() == 2);
    CHECK(insert(**connection, 1, "told").has_value());
  }
  CHECK(scratch_schemas(**looking).empty());
}

}  // namespace zicht::store
