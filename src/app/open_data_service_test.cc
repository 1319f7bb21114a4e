// The catalogue of open data while it is made: who waits for it, and who does not. What stands in
// it is tested by tests/open_data. Method: the store in memory is held at a page until the test
// goes on.
#include "app/open_data_service.h"

#include <doctest/doctest.h>

#include <chrono>
#include <future>

#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::RecordWorld;

constexpr std::chrono::milliseconds kNotYet{100};
constexpr std::chrono::seconds kPatience{20};

struct CatalogueWorld : RecordWorld {
  CatalogueWorld() {
    REQUIRE_FALSE(
        packs.activate({packs::testing::read_folder("tests/packs/indicators")}, "system").error);
  }

  std::string catalogue() {
    const auto told = open_data.catalogue(RdfFormat::kTurtle);
    return told ? *told->json : told.error().id;
  }
  std::future<std::string> ask() {
    return std::async(std::launch::async, [this] { return catalogue(); });
  }

  // The next who reads the store stays there until `go_on`.
  void hold() {
    store.on_page = [this](const model::Query&) {
      if (is_held) return;
      is_held = true;
      entered.set_value();
      go_on.get_future().wait();
    };
  }

  int made = 0;
  bool is_held = false;
  std::promise<void> entered, go_on;
  IndicatorsService indicators{{store, packs, clock, places}};
  OpenDataService open_data{{store, packs, records, indicators, clock,
                             [](std::string_view, Language) { return nullptr; },
                             [this](const RdfGraph&, RdfFormat format) {
                               if (format == RdfFormat::kTurtle) ++made;
                               return "made " + std::to_string(made);
                             }},
                            {}};
};

TEST_CASE("open data: while one makes the catalogue anew, others get the one before") {
  CatalogueWorld world;
  CHECK(world.catalogue() == "made 1");
  CHECK(world.catalogue() == "made 1");
  world.clock.advance_microseconds(11 * kMicrosecondsPerSecond);
  world.hold();
  auto maker = world.ask();
  REQUIRE(world.entered.get_future().wait_for(kPatience) == std::future_status::ready);
  auto other = world.ask();
  const bool is_told = other.wait_for(kPatience) == std::future_status::ready;
  world.go_on.set_value();
  REQUIRE(is_told);
  CHECK(other.get() == "made 1");
  CHECK(maker.get() == "made 2");
  CHECK(world.catalogue() == "made 2");
}

TEST_CASE("open data: before there is a catalogue all wait for the first, which is made once") {
  CatalogueWorld world;
  world.hold();
  auto maker = world.ask();
  REQUIRE(world.entered.get_future().wait_for(kPatience) == std::future_status::ready);
  auto other = world.ask();
  CHECK(other.wait_for(kNotYet) == std::future_status::timeout);
  world.go_on.set_value();
  CHECK(maker.get() == "made 1");
  CHECK(other.get() == "made 1");
}

}  // namespace
}  // namespace zicht::app
