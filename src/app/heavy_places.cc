#include "app/heavy_places.h"

#include <algorithm>

#include "base/check.h"
#include "base/error_catalogue.h"

namespace zicht::app {

HeavyPlaces::Turn::~Turn() {
  if (places_ == nullptr) return;
  const std::lock_guard lock(places_->mutex_);
  --(is_visitor_ ? places_->visitors_ : places_->signed_in_);
}

HeavyPlaces::HeavyPlaces(std::size_t places)
    : places_(places), of_visitors_(std::max<std::size_t>(1, places / 2)) {
  ZICHT_CHECK(places > 0, "somebody may ask");
}

Result<HeavyPlaces::Turn> HeavyPlaces::take(bool is_visitor) {
  const std::lock_guard lock(mutex_);
  if (!has_place_for(is_visitor)) return make_error("AP-0172");
  ++(is_visitor ? visitors_ : signed_in_);
  return Turn(*this, is_visitor);
}

bool HeavyPlaces::has_place_for(bool is_visitor) const {
  const bool is_free = visitors_ + signed_in_ < places_;
  return is_visitor ? is_free && visitors_ < of_visitors_ : is_free || signed_in_ == 0;
}

}  // namespace zicht::app
