// Counters, gauges and histograms, rendered in the Prometheus text format (version 0.0.4).
//
//   MetricsRegistry metrics;
//   Counter& refused = metrics.counter("zicht_sign_in_refused_total", "Refused sign-ins.");
//   refused.add();
//   response.body = metrics.render();
//
// Labels are fixed texts of the program (a route pattern, a status class), never anything that a
// person typed or that tells one person from another: the type takes them at registration only.
//
// Thread-safety: everything may be called from any thread; adding and observing never waits.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zicht::http {

class Counter {
 public:
  void add(std::uint64_t amount = 1) { value_.fetch_add(amount, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// A value that goes up and down, such as the number of open connections.
class Gauge {
 public:
  void add(std::int64_t amount) { value_.fetch_add(amount, std::memory_order_relaxed); }
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

// How long requests took, in fixed buckets from 0.1 ms to 10 s.
class Histogram {
 public:
  // Upper bounds in microseconds; one more bucket takes the rest.
  static constexpr std::array<std::uint64_t, 12> kBoundsUs = {
      100, 250, 1000, 2500, 5000, 10000, 25000, 100000, 250000, 1000000, 2500000, 10000000};

  void observe_us(std::uint64_t microseconds);
  std::uint64_t count() const;

 private:
  friend class MetricsRegistry;
  std::array<std::atomic<std::uint64_t>, kBoundsUs.size() + 1> buckets_{};
  std::atomic<std::uint64_t> sum_us_{0};
};

// Label name and value, such as {"route", "/v1/records/{id}"}.
using Labels = std::vector<std::pair<std::string, std::string>>;

class MetricsRegistry {
 public:
  // The same name and labels give the same object; references live as long as the registry.
  // Requires: `name` matches [a-z_]+ and is used for one kind of metric only.
  Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, const Labels& labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, const Labels& labels = {});

  // Everything registered, families in the order of their names.
  std::string render() const;

 private:
  template <class Metric>
  struct Family {
    std::string help;
    std::map<std::string, Metric*> by_labels;  // rendered labels without braces
  };
  template <class Metric>
  using Families = std::map<std::string, Family<Metric>, std::less<>>;

  template <class Metric>
  Metric& find_or_add(Families<Metric>& families, std::deque<Metric>& storage,
                      std::string_view name, std::string_view help, const Labels& labels);

  mutable std::mutex mutex_;
  std::deque<Counter> counters_;
  std::deque<Gauge> gauges_;
  std::deque<Histogram> histograms_;
  Families<Counter> counter_families_;
  Families<Gauge> gauge_families_;
  Families<Histogram> histogram_families_;
};

}  // namespace zicht::http
