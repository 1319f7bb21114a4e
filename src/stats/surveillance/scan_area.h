// ScanArea: places and the circles round each of them, sorted once and used by every scan.
//
//     ZICHT_TRY(area, ScanArea::create(places, {.max_share = 0.5}));
//     ZICHT_TRY(found, scan(area, cases, {}, rng, executor));
//
// A zone is a place with its nearest neighbours by great-circle distance (haversine, a sphere of
// 6371.0088 km), from the place alone up to `max_share` of the population or `max_places` places.
// Equal distances go by the order of the places. Circles miss shapes such as a river or a road.
//
// Domain: longitude -180..180, latitude -90..90 degrees, population 0 or more, finite. One place is
// one zone. Const and thread-safe after making. Cost: places^2 log places once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace zicht::stats {

struct ScanPlace {
  std::string id;
  double longitude = 0;  // degrees
  double latitude = 0;   // degrees
  double population = 0;
};

struct ScanAreaOptions {
  double max_share = 0.5;  // of the population of all places, above 0 up to 1
  int max_places = 0;      // 0 = no limit; counts the place itself
};

class ScanArea {
 public:
  // Errors: SA-0120 a place twice, SA-0121 coordinates or population outside their domain, SA-0122
  // no places or more than 20,000, SA-0110.
  [[nodiscard]] static Result<ScanArea> create(std::vector<ScanPlace> places,
                                               const ScanAreaOptions& options);

  [[nodiscard]] const std::vector<ScanPlace>& places() const { return places_; }
  // For each place, itself and its nearest, nearest first: zone k of a place is the first k + 1.
  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& zones() const { return zones_; }
  [[nodiscard]] double population() const { return population_; }

 private:
  std::vector<ScanPlace> places_;
  std::vector<std::vector<std::uint32_t>> zones_;
  double population_ = 0;
};

// Kilometres between two points in degrees.
[[nodiscard]] double great_circle_km(const ScanPlace& a, const ScanPlace& b);

}  // namespace zicht::stats
