// A back-up holds all that a rebuild cannot make, and goes back whole or not at all.
// Method: a seeded store on either database is backed up while it is written to, put back in an
// empty one on either database, and rebuilt; what was cut, altered, mixed up or put in a store with
// something in it is refused, and leaves nothing.
#include "store/backup.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <utility>

#include "base/ids.h"
#include "store/internal/backup_file.h"
#include "store/internal/kept_tables.h"
#include "store/internal/schema.h"
#include "store/sql_read_log.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

namespace fs = std::filesystem;
using testing::kThing;
using testing::StoreFixture;
using testing::TestDatabase;

void must(const Result<void>& outcome) {
  if (!outcome.has_value()) FAIL(describe(outcome.error()));
}

std::string refused(const Result<void>& outcome) {
  return outcome.has_value() ? "" : outcome.error().id;
}

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

BackupEnds ends_of(TestDatabase& test) {
  return {.store = test.database(),
          .read_log = test.database(),
          .keys_folder = test.folder() + "/keys",
          .side_files = {{"erasures.jsonl", test.folder() + "/list"}}};
}

BackupFiles files_in(TestDatabase& test, const std::string& name) {
  return {test.folder() + "/" + name + ".store", test.folder() + "/" + name + ".keys"};
}

BackupStamp stamp(StoreFixture& f) {
  return {.id = PublicId::random(f.rng()).to_string(),
          .at = f.clock().now(),
          .engine_version = "test"};
}

std::unique_ptr<SqlReadLog> read_log_of(TestDatabase& test) {
  auto log = SqlReadLog::open(test.database());
  if (!log.has_value()) FAIL(describe(log.error()));
  return *std::move(log);
}

void look(TestDatabase& test, StoreFixture& f) {
  app::ReadEntry entry;
  entry.id = PublicId::random(f.rng()).to_string();
  entry.at = f.clock().now();
  entry.account = "account-1";
  entry.subjects = {"person-1"};
  must(read_log_of(test)->append(entry));
}

std::size_t looks(TestDatabase& test) {
  app::ReadQuery query;
  query.subject = "person-1";
  query.limit = 10;
  const auto found = read_log_of(test)->find(query);
  REQUIRE(found.has_value());
  return found->entries.size();
}

BackupFiles back_up(TestDatabase& test, StoreFixture& f, const std::string& name) {
  static_cast<void>(read_log_of(test));
  const BackupFiles files = files_in(test, name);
  const auto written = write_backup(ends_of(test), stamp(f), files);
  if (!written.has_value()) FAIL(describe(written.error()));
  return files;
}

void fill(StoreFixture& f, int count) {
  for (int at = 0; at < count; ++at) {
    f.put(testing::random_record(f.rng(), kThing, f.pack(), {}), "created");
  }
}

std::set<std::string> tables_of(Connection& connection) {
  const bool is_sqlite = connection.dialect().kind == Dialect::Kind::kSqlite;
  auto rows = connection.query(
      is_sqlite ? "select name from sqlite_master where type = 'table'"
                : "select tablename::text from pg_tables where schemaname = current_schema()");
  REQUIRE(rows.has_value());
  std::set<std::string> names;
  while (rows->next()) names.emplace(rows->text(0));
  return names;
}

}  // namespace

TEST_CASE("backup: every table is derived, kept, or named here as left out") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const StoreFixture f(test);
    auto connection = test.database().connect(Access::kRead);
    REQUIRE(connection.has_value());
    std::set<std::string> left = tables_of(**connection);
    for (const ProjectionTable& each : projection_tables()) left.erase(std::string(each.name));
    for (const BackupPart part : {BackupPart::kStore, BackupPart::kKeys}) {
      for (const KeptTable& each : kept_tables(part)) CHECK(left.erase(each.name) == 1);
    }
    for (const char* each : {"meta", "leases", "sessions", "form_columns", "kept_counts"}) {
      left.erase(each);
    }
    std::erase_if(left, [](const std::string& name) {
      return name.starts_with("f_sample__") || name.starts_with("m_sample__");
    });
    for (const std::string& name : left) FAIL_CHECK(name);
  });
}

TEST_CASE("backup: it goes back on either database, and what is derived from it is equal") {
  testing::on_both([](TestDatabase& from) {
    StoreFixture f(from);
    fill(f, 250);  // more than is read at a time
    f.upgrade_pack();
    fill(f, 20);
    put(from.folder() + "/list", "");
    look(from, f);
    const BackupFiles files = back_up(from, f, "whole");
    must(check_backup(files));
    fill(f, 1);  // is not in it
    testing::on_both([&](TestDatabase& to) {
      CAPTURE(from.name());
      CAPTURE(to.name());
      const auto loaded = load_backup(files, ends_of(to), f.rng());
      if (!loaded.has_value()) FAIL(describe(loaded.error()));
      CHECK(loaded->entries >= 270);
      CHECK(looks(to) == 1);
      StoreFixture restored(to);
      restored.upgrade_pack();
      const auto entries = restored.store().upgrade();
      REQUIRE(entries.has_value());
      CHECK(*entries == loaded->entries);
      const auto report = restored.store().rebuild_check();
      REQUIRE(report.has_value());
      CHECK(report->is_equal());
      const auto verified = restored.store().verify_journal();
      REQUIRE(verified.has_value());
      CHECK(verified->at("problems").as_array().empty());
      fill(restored, 3);  // and it can be written to
      // A second time it is not empty.
      CHECK(load_backup(files, ends_of(to), f.rng()).error().id == "ST-0094");
    });
  });
}

TEST_CASE("backup: what was cut, altered or mixed up is refused, and leaves nothing") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    BackupFiles files, others;
    {
      StoreFixture f(test);
      fill(f, 5);
      files = back_up(test, f, "a");
      others = back_up(test, f, "b");
    }
    const std::string whole = text_of(files.store);
    const std::string broken = test.folder() + "/broken";
    const auto check = [&](const std::string& text) {
      put(broken, text);
      return refused(check_backup({broken, files.keys}));
    };
    CHECK(check(whole) == "");
    CHECK(check("") == "ST-0091");
    CHECK(check("no back-up\n") == "ST-0091");
    CHECK(check(whole.substr(0, whole.size() / 2)) == "ST-0091");
    CHECK(check(whole.substr(0, whole.size() - 1)) == "ST-0091");
    CHECK(check(whole + "[1]\n") == "ST-0091");
    // Without one of its lines.
    const auto line = whole.find('\n', whole.size() / 2);
    CHECK(check(whole.substr(0, line + 1) + whole.substr(whole.find('\n', line + 1) + 1)) ==
          "ST-0091");
    for (std::size_t at = whole.find('\n') + 3; at < whole.size(); at += whole.size() / 20) {
      std::string changed = whole;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      CHECK(check(changed) == "ST-0091");
    }
    CHECK(refused(check_backup({files.store, others.keys})) == "ST-0093");
    CHECK(refused(check_backup({files.keys, files.store})) == "ST-0091");
    CHECK(refused(check_backup({files.store, test.folder() + "/absent"})) == "ST-0090");
    // Nor is one written over another, or where there is no folder.
    StoreFixture f(test);
    const auto write = [&](const BackupFiles& to) -> Result<void> {
      auto written = write_backup(ends_of(test), stamp(f), to);
      return written.has_value() ? Result<void>() : Result<void>(written.error());
    };
    CHECK(refused(write(files)) == "ST-0090");
    CHECK(refused(write({"/nowhere/a.store", "/nowhere/a.keys"})) == "ST-0090");
    CHECK(text_of(files.store) == whole);
    CHECK_FALSE(fs::exists(files.store + ".part"));
  });
}

TEST_CASE("backup: what fails halfway leaves an empty store, and can be done again") {
  testing::on_both([](TestDatabase& from) {
    StoreFixture f(from);
    fill(f, 5);
    const BackupFiles files = back_up(from, f, "a");
    // The same, but for an entry that is in it twice.
    const BackupFiles twice{from.folder() + "/twice.store", files.keys};
    {
      auto reader = BackupReader::open(files.store);
      auto writer = BackupWriter::create(twice.store);
      REQUIRE((reader.has_value() && writer.has_value()));
      bool is_first = true;
      while (true) {
        const auto line = (*reader)->next();
        REQUIRE(line.has_value());
        if (!*line) break;
        must((*writer)->add(**line));
        if ((*line)->is_array() && std::exchange(is_first, false)) must((*writer)->add(**line));
      }
      must((*writer)->finish());
    }
    must(check_backup(twice));
    testing::on_both([&](TestDatabase& to) {
      CAPTURE(to.name());
      const auto failed = load_backup(twice, ends_of(to), f.rng());
      REQUIRE_FALSE(failed.has_value());
      CHECK(failed.error().code == Code::kConflict);
      fs::remove_all(to.folder() + "/keys");
      const auto loaded = load_backup(files, ends_of(to), f.rng());
      CHECK(loaded.has_value());
    });
  });
}

TEST_CASE("backup: one of another format is named, not half read") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    const BackupFiles files = back_up(test, f, "a");
    std::string text = text_of(files.store);
    const std::string format = "\"store_format\":2";
    text.replace(text.find(format), format.size(), "\"store_format\":9");
    put(files.store, text);
    CHECK(refused(check_backup(files)) == "ST-0092");
  });
}

}  // namespace zicht::store
