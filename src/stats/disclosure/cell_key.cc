#include "stats/disclosure/cell_key.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error_catalogue.h"

namespace zicht::stats {
namespace {

constexpr int kMaxLargest = 50;
constexpr int kMaxHidden = 10;
constexpr int kMaxSteps = 200;
constexpr double kEnough = 1e-14;

// The noises that a count may get, from least to largest.
std::vector<int> possible_noises(int count, const NoiseOptions& options) {
  std::vector<int> possible;
  for (int d = -options.largest; d <= options.largest; ++d) {
    const int shown = count + d;
    if (shown == 0 || shown > options.hidden_up_to) possible.push_back(d);
  }
  return possible;
}

struct VarianceRange {
  double least = 0;
  double most = 0;
};

// Of distributions with mean 0: the two noises nearest to 0 on both sides have the least variance,
// the two farthest the most (two points -x and y have the variance xy). Nothing where all noises
// are on one side.
std::optional<VarianceRange> variances(const std::vector<int>& noises) {
  if (noises.front() > 0 || noises.back() < 0) return std::nullopt;
  const auto above = std::ranges::lower_bound(noises, 0);
  VarianceRange range{.least = 0, .most = -1.0 * noises.front() * noises.back()};
  if (*above != 0) range.least = -1.0 * *above * *(above - 1);
  return range;
}

// p(d) = exp(b d + c d^2) over its sum, with the moments that say how far it is off.
struct Trial {
  std::vector<double> p{};
  double moments[5] = {1, 0, 0, 0, 0};  // means of d^k
};

Trial trial_of(const std::vector<int>& noises, double b, double c) {
  Trial trial;
  double top = -HUGE_VAL;
  for (const int d : noises) top = std::max(top, b * d + c * d * d);
  double sum = 0;
  for (const int d : noises) {
    trial.p.push_back(std::exp(b * d + c * d * d - top));
    sum += trial.p.back();
  }
  for (std::size_t i = 0; i < noises.size(); ++i) {
    trial.p[i] /= sum;
    double power = trial.p[i];
    for (int k = 1; k <= 4; ++k) trial.moments[k] += power *= noises[i];
  }
  return trial;
}

double miss(const Trial& trial, double variance) {
  return std::abs(trial.moments[1]) + std::abs(trial.moments[2] - variance);
}

// Newton's method on (b, c), with shorter steps where a whole one makes it worse. The Jacobian is
// the covariance of d and d^2, so it has an inverse as long as three noises have a chance.
std::optional<std::vector<double>> greatest_entropy(const std::vector<int>& noises,
                                                    double variance) {
  double b = 0;
  double c = 0;
  Trial now = trial_of(noises, b, c);
  for (int step = 0; step < kMaxSteps && miss(now, variance) > kEnough; ++step) {
    const double* m = now.moments;
    const double aa = m[2] - m[1] * m[1];
    const double ab = m[3] - m[1] * m[2];
    const double bb = m[4] - m[2] * m[2];
    const double determinant = aa * bb - ab * ab;
    if (!(determinant > 0)) break;
    const double off = variance - m[2];
    const double db = (bb * -m[1] - ab * off) / determinant;
    const double dc = (aa * off - ab * -m[1]) / determinant;
    double share = 1;
    Trial next = trial_of(noises, b + db, c + dc);
    while (!(miss(next, variance) < miss(now, variance)) && share > 1e-6) {
      share /= 2;
      next = trial_of(noises, b + share * db, c + share * dc);
    }
    if (!(miss(next, variance) < miss(now, variance))) break;
    b += share * db;
    c += share * dc;
    now = std::move(next);
  }
  if (miss(now, variance) > 1e-9) return std::nullopt;
  return std::move(now.p);
}

// Takes out again what rounding left of the mean, at two noises that are likely.
void make_unbiased(const std::vector<int>& noises, std::vector<double>& p) {
  double mean = 0;
  for (std::size_t i = 0; i < noises.size(); ++i) mean += p[i] * noises[i];
  const auto likely = static_cast<std::size_t>(std::ranges::max_element(p) - p.begin());
  const bool has_before = likely > 0;
  const bool has_after = likely + 1 < p.size();
  const bool before = has_before && (!has_after || p[likely - 1] > p[likely + 1]);
  const std::size_t beside = before ? likely - 1 : likely + 1;
  const double moved = mean / (noises[likely] - noises[beside]);
  p[likely] -= moved;
  p[beside] += moved;
}

Result<std::vector<double>> row_of(int count, const NoiseOptions& options) {
  std::vector<double> row(static_cast<std::size_t>(2 * options.largest + 1));
  const auto at = [&](int d) { return static_cast<std::size_t>(d + options.largest); };
  if (count == 0) {
    row[at(0)] = 1;
    return row;
  }
  const std::vector<int> noises = possible_noises(count, options);
  const auto range = variances(noises);
  std::optional<std::vector<double>> found;
  if (range && options.variance > range->least && options.variance < range->most)
    found = greatest_entropy(noises, options.variance);
  if (!found) {
    return make_error("SA-0071", {{"count", std::to_string(count)},
                                  {"least", fmt::format("{}", range ? range->least : 0)},
                                  {"most", fmt::format("{}", range ? range->most : 0)}});
  }
  make_unbiased(noises, *found);
  for (std::size_t i = 0; i < noises.size(); ++i) row[at(noises[i])] = (*found)[i];
  return row;
}

std::vector<double> cumulate(const std::vector<double>& row) {
  std::vector<double> sums;
  double sum = 0;
  for (const double p : row) sums.push_back(sum += p);
  return sums;
}

Result<void> outside(std::string_view name, std::string_view domain) {
  return make_error("SA-0070", {{"name", std::string(name)}, {"domain", std::string(domain)}});
}

Result<void> check(const NoiseOptions& options) {
  if (options.largest < 1 || options.largest > kMaxLargest) return outside("largest", "1 - 50");
  if (!(options.variance > 0) || !std::isfinite(options.variance))
    return outside("variance", "> 0");
  if (options.hidden_up_to < 0 || options.hidden_up_to > kMaxHidden)
    return outside("hidden_up_to", "0 - 10");
  return {};
}

}  // namespace

RecordKey record_key(std::string_view record, const Hash& secret) {
  Hasher hasher;
  hasher.add(secret.bytes());
  hasher.add(record);
  const Hash hash = hasher.finish();
  RecordKey key = 0;
  for (const std::byte byte : hash.bytes().first<sizeof key>())
    key = key << 8U | std::to_integer<RecordKey>(byte);
  return key;
}

Result<NoiseTable> NoiseTable::create(const NoiseOptions& options) {
  ZICHT_CHECKED(check(options));
  NoiseTable table(options.largest);
  for (int count = 0; count <= options.largest + options.hidden_up_to; ++count) {
    ZICHT_TRY(row, row_of(count, options));
    table.cumulated_.push_back(cumulate(row));
    table.rows_.push_back(std::move(row));
  }
  return table;
}

std::span<const double> NoiseTable::row(std::uint64_t count) const {
  return rows_[std::min<std::uint64_t>(count, rows_.size() - 1)];
}

int NoiseTable::noise(std::uint64_t count, std::uint64_t key) const {
  const std::size_t number = std::min<std::uint64_t>(count, rows_.size() - 1);
  const std::vector<double>& sums = cumulated_[number];
  // 53 bits, so that the fraction is below 1.
  const double fraction = static_cast<double>(key >> 11U) * 0x1p-53;
  auto found = static_cast<std::size_t>(std::ranges::upper_bound(sums, fraction) - sums.begin());
  // Where rounding left the last sum below 1, or a noise has no chance.
  found = std::min(found, sums.size() - 1);
  while (rows_[number][found] <= 0) --found;
  return static_cast<int>(found) - largest_;
}

std::uint64_t NoiseTable::shown(const CellKeys& cell) const {
  return cell.count() +
         static_cast<std::uint64_t>(static_cast<std::int64_t>(noise(cell.count(), cell.key())));
}

}  // namespace zicht::stats
