// Who may ask heavy questions at the same time: records with a condition (`where`), which looks at
// row after row, and decisions of models that take more than a moment. Each keeps a thread of the
// server busy.
//
//     ZICHT_TRY(turn, places.take(caller.is_visitor()));      // AP-0172 where all are taken
//     ... the search, the whole export or the evaluation, while `turn` lives ...
//
// Visitors together never take more than half of the places (and one where there is one): anybody
// may ask, as often as they like. Where visitors hold the only place there is, one who is signed in
// comes beside them. There are half as many places as threads (server/installation.cc), and one at
// least: with a single thread a heavy question keeps everybody waiting for as long as its own limit
// of time or steps allows, and with two those who are signed in can keep both busy.
#pragma once

#include <cstddef>
#include <mutex>
#include <utility>

#include "base/result.h"

namespace zicht::app {

// Thread-safe.
class HeavyPlaces {
 public:
  // A place, until it goes. One that is made without a place holds none.
  class Turn {
   public:
    Turn() = default;
    Turn(Turn&& other) noexcept
        : places_(std::exchange(other.places_, nullptr)), is_visitor_(other.is_visitor_) {}
    Turn& operator=(Turn&&) = delete;
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn();

   private:
    friend class HeavyPlaces;
    Turn(HeavyPlaces& places, bool is_visitor) : places_(&places), is_visitor_(is_visitor) {}

    HeavyPlaces* places_ = nullptr;
    bool is_visitor_ = false;
  };

  // Requires: one place at least. This outlives the turns.
  explicit HeavyPlaces(std::size_t places);

  // Errors: AP-0172; whoever comes again in a second may find one.
  [[nodiscard]] Result<Turn> take(bool is_visitor);

 private:
  [[nodiscard]] bool has_place_for(bool is_visitor) const;

  const std::size_t places_, of_visitors_;
  std::mutex mutex_;
  std::size_t visitors_ = 0, signed_in_ = 0;
};

}  // namespace zicht::app
