#include "stats/surveillance/scan_area.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <set>

#include "stats/surveillance/internal/settings.h"

namespace zicht::stats {
namespace {

constexpr double kEarthKm = 6371.0088;
constexpr std::size_t kMaxPlaces = 20'000;

bool is_good(const ScanPlace& place) {
  return std::abs(place.longitude) <= 180 && std::abs(place.latitude) <= 90 &&
         place.population >= 0 && std::isfinite(place.population);
}

Result<void> check(const std::vector<ScanPlace>& places) {
  if (places.empty() || places.size() > kMaxPlaces)
    return make_error("SA-0122", {{"count", std::to_string(places.size())},
                                  {"limit", std::to_string(kMaxPlaces)}});
  std::set<std::string> seen;
  for (const auto& place : places) {
    if (!seen.insert(place.id).second) return make_error("SA-0120", {{"place", place.id}});
    if (!is_good(place)) return make_error("SA-0121", {{"place", place.id}});
  }
  return {};
}

}  // namespace

double great_circle_km(const ScanPlace& a, const ScanPlace& b) {
  constexpr double kRadian = std::numbers::pi / 180;
  const double up = std::sin((b.latitude - a.latitude) * kRadian / 2);
  const double along = std::sin((b.longitude - a.longitude) * kRadian / 2);
  const double part =
      up * up + std::cos(a.latitude * kRadian) * std::cos(b.latitude * kRadian) * along * along;
  return 2 * kEarthKm * std::asin(std::min(1.0, std::sqrt(part)));
}

Result<ScanArea> ScanArea::create(std::vector<ScanPlace> places, const ScanAreaOptions& options) {
  ZICHT_CHECKED(internal::require_setting(options.max_share > 0 && options.max_share <= 1,
                                          "max_share", "0 < max_share <= 1"));
  ZICHT_CHECKED(
      internal::require_setting(options.max_places >= 0, "max_places", "max_places >= 0"));
  ZICHT_CHECKED(check(places));
  ScanArea area;
  area.places_ = std::move(places);
  for (const auto& place : area.places_) area.population_ += place.population;
  const std::size_t count = area.places_.size();
  const std::size_t longest =
      options.max_places > 0 ? static_cast<std::size_t>(options.max_places) : count;
  std::vector<double> distances(count);
  std::vector<std::uint32_t> order(count);
  for (std::size_t centre = 0; centre < count; ++centre) {
    for (std::size_t i = 0; i < count; ++i)
      distances[i] = great_circle_km(area.places_[centre], area.places_[i]);
    distances[centre] = -1;
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return distances[a] < distances[b]; });
    std::vector<std::uint32_t> zone;
    double inside = 0;
    for (const std::uint32_t place : order) {
      inside += area.places_[place].population;
      // Without any population the share says nothing, and only max_places limits.
      if (inside > options.max_share * area.population_ && !zone.empty()) break;
      if (zone.size() == longest) break;
      if (inside > options.max_share * area.population_ && area.population_ > 0) break;
      zone.push_back(place);
    }
    area.zones_.push_back(std::move(zone));
  }
  return area;
}

}  // namespace zicht::stats
