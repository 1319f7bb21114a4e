// An empty database for one test, on either driver, and a way to run a test on both.
//
//     on_both([](TestDatabase& test) { ... test.database() ... });
//
// Every test of the store that touches SQL goes through `on_both`, so that the two drivers
// cannot drift apart.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/driver.h"

namespace zicht::store::testing {

class TestDatabase {
 public:
  // Throws std::runtime_error when it cannot be made.
  explicit TestDatabase(Dialect::Kind kind);
  // On PostgreSQL, as a role that owns its tables and has no other rights.
  static TestDatabase of_plain_role();
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  Database& database() { return *database_; }
  std::string_view name() const { return database_->dialect().name; }
  // A folder of the test's own for keys and exports; gone with it.
  const std::string& folder() const { return folder_; }
  // Opens the same database once more, as another server would.
  std::unique_ptr<Database> open_again() const;
  // Everything in the folder, one file after the other: SQLite's database with its log. With
  // PostgreSQL also everything in its cluster, which holds the data of other tests too.
  std::string bytes_on_disk() const;

 private:
  TestDatabase(Dialect::Kind kind, const std::function<std::string(const std::string&)>& make);

  Dialect::Kind kind_;
  std::string folder_;
  std::string address_;  // a file or a connection string
  std::unique_ptr<Database> database_;
};

// Runs `test` on an empty SQLite and on an empty PostgreSQL database.
void on_both(const std::function<void(TestDatabase&)>& test);

}  // namespace zicht::store::testing
