// Contents of files on both databases: what waits, what a record takes in one transaction with its
// entry, who gets it back, pieces that were changed, swapped or cut, and what is swept away.
#include "store/sql_file_store.h"

#include <doctest/doctest.h>

#include "base/ids.h"
#include "store/internal/file_keys.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::StoreFixture;
using testing::TestDatabase;

using testing::kThing;

app::FileMeta meta(Rng& rng, std::int64_t size) {
  return {.id = PublicId::random(rng).to_string(),
          .name = "geheime brief.pdf",
          .type = "application/pdf",
          .size = size};
}

std::optional<app::FileMeta> waiting(app::FileStore& files, const std::string& file,
                                     const std::string& account) {
  auto found = files.upload(file, account);
  REQUIRE(found.has_value());
  return *std::move(found);
}

std::string all_of(app::FilePieces pieces, std::string& error) {
  std::string all, piece;
  while (true) {
    const auto more = pieces(piece);
    if (!more) return error = more.error().id, all;
    if (!*more) return all;
    all += piece;
  }
}

std::string text_of_size(std::size_t size) {
  std::string text = "CANARY-IN-A-FILE";
  while (text.size() < size) text += static_cast<char>('a' + text.size() % 23);
  text.resize(size);
  return text;
}

app::Unit unit_taking(StoreFixture& f, const model::Record& record, const std::string& file,
                      const std::string& account = "anna") {
  app::Unit unit = testing::unit_of(record, "created");
  unit.actor = account;
  unit.records.front().files = {file};
  f.clock().advance_microseconds(1000);
  return unit;
}

model::Record thing(StoreFixture& f) {
  return testing::random_record(f.rng(), kThing, f.pack(), {});
}

std::string error_of(StoreFixture& f, app::Unit unit) {
  const auto receipt = f.store().append_and_wait(std::move(unit));
  return receipt ? "" : std::string(receipt.error().id);
}

void check_life(TestDatabase& test) {
  StoreFixture f(test);
  app::FileStore& files = f.store().files();
  const std::string content = text_of_size(2 * SqlFileStore::kPieceBytes + 17);
  const app::FileMeta file = meta(f.rng(), static_cast<std::int64_t>(content.size()));
  REQUIRE(files.put_upload(file, "anna", content).has_value());
  CHECK(waiting(files, file.id, "anna") == std::optional(file));
  CHECK_FALSE(waiting(files, file.id, "bert").has_value());
  CHECK(files.waiting("anna")->files == 1);
  CHECK(files.waiting("anna")->bytes == file.size);
  CHECK(files.waiting("bert")->files == 0);
  // Who added it reads it while it waits; nobody else, and not once a record has it.
  std::string early;
  auto own = files.open_upload(file.id, "anna");
  REQUIRE(own.has_value());
  CHECK(all_of(*std::move(own), early) == content);
  CHECK(files.open_upload(file.id, "bert").error().id == "ST-0060");
  const model::Record record = thing(f);
  CHECK(files.open(file.id, record.id).error().id == "ST-0060");
  CHECK(error_of(f, unit_taking(f, record, file.id, "bert")) == "ST-0061");
  CHECK(f.store().record(record.id, {}).error().id == "ST-0029");
  CHECK(error_of(f, unit_taking(f, record, file.id)) == "");
  CHECK(files.waiting("anna")->files == 0);
  CHECK(files.open_upload(file.id, "anna").error().id == "ST-0060");
  CHECK(error_of(f, unit_taking(f, thing(f), file.id)) == "ST-0061");
  f.reopen();
  std::string error;
  auto pieces = f.store().files().open(file.id, record.id);
  REQUIRE(pieces.has_value());
  CHECK(all_of(*std::move(pieces), error) == content);
  CHECK(error == "");
}

TEST_CASE("files: a record takes an upload with its entry or not at all") {
  testing::on_both(check_life);
}

void check_tampering(TestDatabase& test) {
  StoreFixture f(test);
  const std::string content = text_of_size(2 * SqlFileStore::kPieceBytes + 17);
  const app::FileMeta file = meta(f.rng(), static_cast<std::int64_t>(content.size()));
  REQUIRE(f.store().files().put_upload(file, "anna", content).has_value());
  const model::Record record = thing(f);
  REQUIRE(error_of(f, unit_taking(f, record, file.id)) == "");
  const auto after = [&](const std::string& sql) {
    auto connection = test.database().connect(Access::kWrite);
    REQUIRE(connection.has_value());
    REQUIRE((*connection)->begin(Access::kWrite).has_value());
    REQUIRE((*connection)->run_script(sql).has_value());
    REQUIRE((*connection)->commit().has_value());
    std::string error;
    auto pieces = f.store().files().open(file.id, record.id);
    REQUIRE(pieces.has_value());
    static_cast<void>(all_of(*std::move(pieces), error));
    return error;
  };
  CHECK(after("select 1") == "");
  CHECK(after("update file_pieces set position = position + 10") == "ST-0062");
  CHECK(after("update file_pieces set position = 12 - position") == "ST-0062");  // turned round
  CHECK(after("update file_pieces set position = position + 10") == "ST-0062");
  CHECK(after("update file_pieces set position = 12 - position") == "");
  CHECK(after("delete from file_pieces where position = 2") == "ST-0062");
}

TEST_CASE("files: a piece that was moved or cut off is noticed") {
  testing::on_both(check_tampering);
}

void check_sweep(TestDatabase& test) {
  StoreFixture f(test);
  app::FileStore& files = f.store().files();
  const app::FileMeta taken = meta(f.rng(), 4), left = meta(f.rng(), 4);
  REQUIRE(files.put_upload(taken, "anna", "%PDF").has_value());
  REQUIRE(files.put_upload(left, "anna", "%PDF").has_value());
  const model::Record record = thing(f);
  REQUIRE(error_of(f, unit_taking(f, record, taken.id)) == "");
  const Instant before = f.clock().now();
  CHECK(files.sweep(*Instant::from_microseconds(0)) == 0);
  CHECK(files.sweep(*Instant::from_microseconds(before.microseconds_since_epoch() + 1)) == 1);
  CHECK_FALSE(waiting(files, left.id, "anna").has_value());
  std::string error;
  CHECK(all_of(*files.open(taken.id, record.id), error) == "%PDF");
}

TEST_CASE("files: only what no record took is swept away") {
  testing::on_both(check_sweep);
}

}  // namespace
}  // namespace zicht::store
