// Who finds a place for a question with a condition, and who is told to come again. Method: turns
// that are taken and let go one after the other.
#include "app/heavy_places.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace zicht::app {
namespace {

constexpr bool kVisitor = true, kSignedIn = false;

// Takes turns until one is refused; how many there were.
std::size_t fill(HeavyPlaces& places, bool is_visitor, std::vector<HeavyPlaces::Turn>& turns) {
  for (std::size_t taken = 0;; ++taken) {
    auto turn = places.take(is_visitor);
    if (!turn) {
      CHECK(turn.error().id == "AP-0172");
      return taken;
    }
    turns.push_back(*std::move(turn));
  }
}

TEST_CASE("places: visitors together take half of them, and leave the rest to who is signed in") {
  HeavyPlaces places(4);
  std::vector<HeavyPlaces::Turn> turns;
  CHECK(fill(places, kVisitor, turns) == 2);
  CHECK(fill(places, kSignedIn, turns) == 2);
  turns.clear();
  CHECK(fill(places, kSignedIn, turns) == 4);
  CHECK_FALSE(places.take(kVisitor));
}

TEST_CASE("places: of a single one visitors do not keep out who is signed in") {
  HeavyPlaces places(1);
  std::vector<HeavyPlaces::Turn> visitors, turns;
  CHECK(fill(places, kVisitor, visitors) == 1);
  CHECK(fill(places, kSignedIn, turns) == 1);
  visitors.clear();
  CHECK_FALSE(places.take(kVisitor));
  turns.clear();
  CHECK(fill(places, kSignedIn, turns) == 1);
  CHECK_FALSE(places.take(kVisitor));
}

TEST_CASE("places: one that is given back is free again, and a turn that moved is one turn") {
  HeavyPlaces places(2);
  {
    auto turn = places.take(kVisitor);
    REQUIRE(turn);
    const HeavyPlaces::Turn moved(*std::move(turn));
    CHECK_FALSE(places.take(kVisitor));
  }
  std::vector<HeavyPlaces::Turn> turns;
  CHECK(fill(places, kVisitor, turns) == 1);
  const HeavyPlaces::Turn none;
  CHECK(fill(places, kSignedIn, turns) == 1);
}

}  // namespace
}  // namespace zicht::app
