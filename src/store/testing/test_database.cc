#include "store/testing/test_database.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "store/postgres/postgres_driver.h"
#include "store/sqlite/sqlite_driver.h"
#include "store/testing/postgres_cluster.h"

namespace zicht::store::testing {

TestDatabase::TestDatabase(Dialect::Kind kind)
    : TestDatabase(kind, [kind](const std::string& folder) {
        return kind == Dialect::Kind::kSqlite ? folder + "/store.sqlite"
                                              : PostgresCluster::shared().new_schema();
      }) {}

TestDatabase TestDatabase::of_plain_role() {
  return TestDatabase(Dialect::Kind::kPostgres, [](const std::string&) {
    return PostgresCluster::shared().new_schema_of_plain_role();
  });
}

TestDatabase::TestDatabase(Dialect::Kind kind,
                           const std::function<std::string(const std::string&)>& make)
    : kind_(kind) {
  folder_ = std::filesystem::temp_directory_path() / "zicht-store-XXXXXX";
  if (mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("cannot make a folder");
  address_ = make(folder_);
  database_ = open_again();
}

TestDatabase::~TestDatabase() {
  database_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::unique_ptr<Database> TestDatabase::open_again() const {
  auto opened =
      kind_ == Dialect::Kind::kSqlite ? open_sqlite(address_) : open_postgres(address_);
  if (!opened.has_value()) throw std::runtime_error(describe(opened.error()));
  return std::move(*opened);
}

std::string TestDatabase::bytes_on_disk() const {
  std::string bytes;
  if (kind_ == Dialect::Kind::kPostgres) bytes = PostgresCluster::shared().bytes_on_disk();
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder_)) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(in), {});
  }
  return bytes;
}

void on_both(const std::function<void(TestDatabase&)>& test) {
  for (const auto kind : {Dialect::Kind::kSqlite, Dialect::Kind::kPostgres}) {
    TestDatabase database(kind);
    test(database);
  }
}

}  // namespace zicht::store::testing
