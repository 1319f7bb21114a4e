// A store on an empty database with the sample pack, a clock that the test moves and a seeded
// generator.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/rng.h"
#include "store/sql_store.h"
#include "store/testing/sample_pack.h"
#include "store/testing/test_database.h"

namespace zicht::store::testing {

class StoreFixture {
 public:
  // Throws std::runtime_error when the store cannot be opened.
  explicit StoreFixture(TestDatabase& test, std::uint64_t seed = 20261123);
  // The same through another way to the test's database.
  StoreFixture(TestDatabase& test, Database& database, std::uint64_t seed = 20261123);

  SqlStore& store() { return *store_; }
  ManualClock& clock() { return clock_; }
  Rng& rng() { return rng_; }
  const model::Pack& pack() const { return pack_; }
  // From now on records are judged by version 2 of the pack.
  void upgrade_pack();
  // Closes the store and opens it again, with all pack versions prepared.
  void reopen();
  std::string checkpoint_file() const { return test_.folder() + "/checkpoints"; }
  std::string erasure_list() const { return test_.folder() + "/erasures"; }

  // Writes one version of a record, a minute after the one before; throws when it is refused.
  app::Receipt put(const model::Record& record, std::string event = "changed");
  // The same, giving the error.
  Result<app::Receipt> try_put(const model::Record& record, std::string event = "changed");

 private:
  void open();

  TestDatabase& test_;
  Database& database_;
  ManualClock clock_;
  SeededRng rng_;
  model::Pack pack_;
  int version_ = 1;
  std::unique_ptr<SqlStore> store_;
};

// A unit with one version of one record.
app::Unit unit_of(const model::Record& record, std::string event = "changed");

}  // namespace zicht::store::testing
