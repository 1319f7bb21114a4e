// Who may ask for records with a condition (`where`) at the same time: such a question looks at row
// after row, and keeps a thread of the server busy meanwhile.
//
//     ZICHT_TRY(turn, places.take(caller.is_visitor()));      // AP-0172 where all are taken
//     ... the search or the whole export, while `turn` lives ...
//
// Visitors together never take more than half of the places (and one where there is one): anybody
// may ask, as often as they like, and what is shown to everybody must not fail because of one of
// them. Who is signed in is never kept out by visitors: where these hold the only place there is,
// one who is signed in comes beside them.
#pragma once

#include <cstddef>
#include <mutex>
#include <utility>

#include "base/result.h"

namespace zicht::app {

// Thread-safe.
class WherePlaces {
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
    friend class WherePlaces;
    Turn(WherePlaces& places, bool is_visitor) : places_(&places), is_visitor_(is_visitor) {}

    WherePlaces* places_ = nullptr;
    bool is_visitor_ = false;
  };

  // Requires: one place at least. This outlives the turns.
  explicit WherePlaces(std::size_t places);

  // Errors: AP-0172; whoever comes again in a second may find one.
  [[nodiscard]] Result<Turn> take(bool is_visitor);

 private:
  [[nodiscard]] bool has_place_for(bool is_visitor) const;

  const std::size_t places_, of_visitors_;
  std::mutex mutex_;
  std::size_t visitors_ = 0, signed_in_ = 0;
};

}  // namespace zicht::app
