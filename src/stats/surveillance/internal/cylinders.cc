#include "stats/surveillance/internal/cylinders.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "stats/internal/parallel.h"
#include "stats/surveillance/internal/settings.h"

namespace zicht::stats::internal {
namespace {

constexpr std::size_t kLanes = 16;
constexpr double kNever = std::numeric_limits<double>::infinity();

struct Cylinder {
  double expected = 0;  // kNever where it cannot be a cluster
  double slope = 0, base = 0;
};

double c_log_c(double c) { return c > 0 ? c * std::log(c) : 0; }

class Engine {
 public:
  Engine(const CylinderInput& input, std::size_t durations)
      : input_(input), durations_(durations), periods_(input.cases.periods) {
    total_ = std::accumulate(input.cases.values.begin(), input.cases.values.end(), 0.0);
    grow_table(static_cast<std::size_t>(total_) + 1);
    prepare();
  }

  // The highest score of each replicate of a part.
  void scan_part(const Draw& draw, const std::vector<std::uint64_t>& seeds, std::size_t begin,
                 std::vector<double>& out) const;

  [[nodiscard]] std::vector<ScanCluster> observed(std::size_t max_clusters) const;

 private:
  struct Candidate {
    double score = 0;
    std::uint32_t centre = 0, size = 0, duration = 0;
  };

  void grow_table(std::size_t size);
  void prepare();
  [[nodiscard]] Cylinder cylinder(double expected) const;
  [[nodiscard]] double table_at(double count) const {
    if (input_.kind == ScoreKind::kPoisson) return c_log_c(count) + c_log_c(total_ - count);
    return c_log_c(count) - count;
  }
  void add_up(const Draw& draw, std::uint64_t seed, std::size_t lane,
              std::vector<std::uint32_t>& counts, std::vector<std::uint32_t>& sums) const;
  [[nodiscard]] std::vector<Candidate> candidates() const;
  [[nodiscard]] ScanCluster told(const Candidate& candidate) const;

  const CylinderInput& input_;
  std::size_t durations_, periods_;
  double total_ = 0;
  std::vector<double> table_;
  std::vector<Cylinder>
      cylinders_;  // centre after centre, zone after zone, duration after duration
};

void Engine::grow_table(std::size_t size) {
  for (std::size_t c = 0; c < size; ++c) table_.push_back(table_at(static_cast<double>(c)));
}

Cylinder Engine::cylinder(double expected) const {
  if (!(expected > 0)) return {kNever, 0, 0};
  if (input_.kind == ScoreKind::kExpectation) return {expected, std::log(expected), -expected};
  const double outside = total_ - expected;
  // Nothing is left outside: rounding alone would decide.
  if (!(outside > total_ * 1e-9)) return {kNever, 0, 0};
  return {expected, std::log(expected) - std::log(outside), total_ * std::log(outside)};
}

void Engine::prepare() {
  std::vector<double> sums(durations_);
  for (const auto& zone : input_.area.zones()) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (const std::uint32_t place : zone) {
      double sum = 0;
      for (std::size_t d = 0; d < durations_; ++d) {
        sum += input_.expected.values[place * periods_ + periods_ - 1 - d];
        sums[d] += sum;
        cylinders_.push_back(cylinder(sums[d]));
      }
    }
  }
}

void Engine::add_up(const Draw& draw, std::uint64_t seed, std::size_t lane,
                    std::vector<std::uint32_t>& counts, std::vector<std::uint32_t>& sums) const {
  QuickRandom random(seed);
  std::fill(counts.begin(), counts.end(), 0U);
  draw(random, counts);
  for (std::size_t place = 0; place < input_.area.places().size(); ++place) {
    std::uint32_t sum = 0;
    for (std::size_t d = 0; d < durations_; ++d) {
      sum += counts[place * periods_ + periods_ - 1 - d];
      sums[(place * durations_ + d) * kLanes + lane] = sum;
    }
  }
}

void Engine::scan_part(const Draw& draw, const std::vector<std::uint64_t>& seeds, std::size_t begin,
                       std::vector<double>& out) const {
  const std::size_t lanes = std::min(kLanes, seeds.size() - begin);
  std::vector<std::uint32_t> counts(input_.cases.values.size());
  std::vector<std::uint32_t> sums(input_.area.places().size() * durations_ * kLanes, 0);
  for (std::size_t lane = 0; lane < lanes; ++lane)
    add_up(draw, seeds[begin + lane], lane, counts, sums);

  std::array<double, kLanes> best{};
  std::vector<std::uint32_t> inside(durations_ * kLanes);
  const Cylinder* cylinder = cylinders_.data();
  const double* table = table_.data();
  const std::size_t known = table_.size();
  for (const auto& zone : input_.area.zones()) {
    std::fill(inside.begin(), inside.end(), 0U);
    for (const std::uint32_t place : zone) {
      const std::uint32_t* more = &sums[place * durations_ * kLanes];
      for (std::size_t d = 0; d < durations_; ++d, ++cylinder) {
        std::uint32_t* here = &inside[d * kLanes];
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          here[lane] += more[d * kLanes + lane];
          const std::uint32_t count = here[lane];
          const auto c = static_cast<double>(static_cast<std::int32_t>(count));
          if (c <= cylinder->expected) continue;
          const double high = count < known ? table[count] : table_at(c);
          const double score = high - c * cylinder->slope - cylinder->base;
          if (score > best[lane]) best[lane] = score;
        }
      }
    }
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) out[begin + lane] = best[lane];
}

std::vector<Engine::Candidate> Engine::candidates() const {
  std::vector<Candidate> out;
  std::vector<double> inside(durations_);
  std::size_t at = 0;
  for (std::uint32_t centre = 0; centre < input_.area.zones().size(); ++centre) {
    std::fill(inside.begin(), inside.end(), 0.0);
    const auto& zone = input_.area.zones()[centre];
    for (std::uint32_t k = 0; k < zone.size(); ++k) {
      Candidate best{0, centre, k + 1, 0};
      double sum = 0;
      for (std::size_t d = 0; d < durations_; ++d, ++at) {
        sum += input_.cases.values[zone[k] * periods_ + periods_ - 1 - d];
        inside[d] += sum;
        const auto& cylinder = cylinders_[at];
        if (inside[d] <= cylinder.expected) continue;
        const double score = table_at(inside[d]) - inside[d] * cylinder.slope - cylinder.base;
        if (score > best.score) best = {score, centre, k + 1, static_cast<std::uint32_t>(d + 1)};
      }
      if (best.score > 0) out.push_back(best);
    }
  }
  return out;
}

ScanCluster Engine::told(const Candidate& candidate) const {
  ScanCluster out;
  const auto& zone = input_.area.zones()[candidate.centre];
  out.places.assign(zone.begin(), zone.begin() + candidate.size);
  out.first_period = periods_ - candidate.duration;
  out.last_period = periods_ - 1;
  for (const std::uint32_t place : out.places) {
    for (std::size_t t = out.first_period; t < periods_; ++t) {
      out.cases += input_.cases.values[place * periods_ + t];
      out.expected += input_.expected.values[place * periods_ + t];
    }
  }
  out.score = candidate.score;
  out.relative_risk = out.cases / out.expected;
  if (input_.kind == ScoreKind::kPoisson)
    out.relative_risk /= (total_ - out.cases) / (total_ - out.expected);
  return out;
}

std::vector<ScanCluster> Engine::observed(std::size_t max_clusters) const {
  auto all = candidates();
  std::stable_sort(all.begin(), all.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  std::vector<ScanCluster> out;
  std::vector<char> is_taken(input_.area.places().size(), 0);
  for (const auto& candidate : all) {
    if (out.size() == max_clusters) break;
    const auto& zone = input_.area.zones()[candidate.centre];
    const auto end = zone.begin() + candidate.size;
    if (std::any_of(zone.begin(), end, [&](std::uint32_t p) { return is_taken[p] != 0; })) continue;
    for (auto place = zone.begin(); place != end; ++place) is_taken[*place] = 1;
    out.push_back(told(candidate));
  }
  return out;
}

}  // namespace

ScanFound scan_cylinders(const CylinderInput& input, const ScanOptions& options, const Draw& draw,
                         Rng& rng, Executor& executor) {
  const std::size_t half = std::max<std::size_t>(1, input.cases.periods / 2);
  const std::size_t durations =
      options.max_duration > 0
          ? std::min(static_cast<std::size_t>(options.max_duration), input.cases.periods)
          : half;
  const Engine engine(input, durations);
  ScanFound found;
  found.clusters = engine.observed(static_cast<std::size_t>(options.max_clusters));
  std::vector<std::uint64_t> seeds(static_cast<std::size_t>(options.replicates));
  for (auto& seed : seeds) seed = rng.next();
  found.replicate_scores.resize(seeds.size());
  run_parts(executor, (seeds.size() + kLanes - 1) / kLanes, options.helpers, [&](std::size_t i) {
    engine.scan_part(draw, seeds, i * kLanes, found.replicate_scores);
  });
  for (auto& cluster : found.clusters) {
    // Scores that differ by rounding alone are equal.
    const double level = cluster.score - 1e-9 * std::max(1.0, cluster.score);
    const auto above = std::count_if(found.replicate_scores.begin(), found.replicate_scores.end(),
                                     [&](double score) { return score >= level; });
    cluster.p_value = seeds.empty()
                          ? std::numeric_limits<double>::quiet_NaN()
                          : static_cast<double>(above + 1) / static_cast<double>(seeds.size() + 1);
    cluster.p_gumbel = gumbel_tail(found.replicate_scores, cluster.score);
  }
  return found;
}

Result<ScanTable> whole_cases(const ScanArea& area, const ScanTable& cases,
                              const ScanOptions& options) {
  ZICHT_CHECKED(require_setting(options.replicates >= 0 && options.replicates <= 1'000'000,
                                "replicates", "0 <= replicates <= 1000000"));
  ZICHT_CHECKED(require_setting(options.max_duration >= 0, "max_duration", "max_duration >= 0"));
  ZICHT_CHECKED(require_setting(options.max_clusters >= 1, "max_clusters", "max_clusters >= 1"));
  ScanTable out = cases;
  double total = 0;
  for (double& value : out.values) {
    if (!(value >= 0)) return make_error("SA-0123");
    total += value = std::floor(value);
  }
  // Counts of a replicate are held in 32 bits.
  if (cases.periods < 1 || out.values.size() != area.places().size() * cases.periods ||
      !(total < 1e9))
    return make_error("SA-0123");
  return out;
}

Result<void> check_expected(const ScanArea& area, const ScanTable& cases,
                            const ScanTable& expected) {
  if (expected.periods != cases.periods || expected.values.size() != cases.values.size())
    return make_error("SA-0123");
  for (std::size_t i = 0; i < cases.values.size(); ++i) {
    if (!(expected.values[i] >= 0) || !std::isfinite(expected.values[i]))
      return make_error("SA-0123");
    if (cases.values[i] > 0 && expected.values[i] == 0)
      return make_error("SA-0124", {{"place", area.places()[i / cases.periods].id}});
  }
  return {};
}

}  // namespace zicht::stats::internal

namespace zicht::stats {

double gumbel_tail(const std::vector<double>& scores, double score) {
  if (scores.size() < 10) return std::numeric_limits<double>::quiet_NaN();
  const auto count = static_cast<double>(scores.size());
  const double mean = std::accumulate(scores.begin(), scores.end(), 0.0) / count;
  double squares = 0;
  for (const double one : scores) squares += (one - mean) * (one - mean);
  const double scale = std::sqrt(6 * squares / (count - 1)) / std::numbers::pi;
  if (!(scale > 0)) return score > mean ? 0 : 1;
  const double place = mean - std::numbers::egamma * scale;
  return -std::expm1(-std::exp(-(score - place) / scale));
}

}  // namespace zicht::stats
