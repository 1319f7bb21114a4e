#include "store/testing/store_fixture.h"

#include <stdexcept>
#include <utility>

namespace zicht::store::testing {
namespace {

constexpr std::int64_t kMinute = 60'000'000;

[[noreturn]] void give_up(const Error& error) { throw std::runtime_error(describe(error)); }

}  // namespace

StoreFixture::StoreFixture(TestDatabase& test, std::uint64_t seed)
    : StoreFixture(test, test.database(), seed) {}

StoreFixture::StoreFixture(TestDatabase& test, Database& database, std::uint64_t seed)
    : test_(test),
      database_(database),
      clock_(Instant::at_utc_midnight(Date::of(2025, 12, 1))), rng_(seed),
      pack_(sample_pack(1)) {
  open();
}

void StoreFixture::open() {
  auto opened = SqlStore::open(database_,
                               {.keys_folder = test_.folder() + "/keys",
                                .checkpoint_file = checkpoint_file(),
                                .erasure_list = erasure_list(),
                                .engine_version = "test",
                                .writer = {}},
                               clock_, rng_);
  if (!opened.has_value()) give_up(opened.error());
  store_ = std::move(*opened);
  for (int version = 1; version <= version_; ++version) {
    const auto prepared = store_->prepare_forms(sample_pack(version));
    if (!prepared.has_value()) give_up(prepared.error());
  }
}

void StoreFixture::upgrade_pack() {
  version_ = 2;
  pack_ = sample_pack(2);
  const auto prepared = store_->prepare_forms(pack_);
  if (!prepared.has_value()) give_up(prepared.error());
}

void StoreFixture::reopen() {
  store_.reset();
  open();
}

app::Receipt StoreFixture::put(const model::Record& record, std::string event) {
  auto receipt = try_put(record, std::move(event));
  if (!receipt.has_value()) give_up(receipt.error());
  return *receipt;
}

Result<app::Receipt> StoreFixture::try_put(const model::Record& record, std::string event) {
  clock_.advance_microseconds(kMinute);
  return store_->append_and_wait(unit_of(record, std::move(event)));
}

app::Unit unit_of(const model::Record& record, std::string event) {
  app::Unit unit;
  unit.actor = "account-1";
  unit.purpose = "work";
  unit.records.push_back({.record = record,
                          .event = {.event = std::move(event), .transition = {}, .reason = {}},
                          .expected_version = record.version - 1});
  return unit;
}

}  // namespace zicht::store::testing
