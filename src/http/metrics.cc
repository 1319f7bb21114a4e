#include "http/metrics.h"

#include <algorithm>

#include <fmt/format.h>

namespace zicht::http {
namespace {

std::string escape_label(std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\\' || c == '"') escaped.push_back('\\');
    if (c == '\n') {
      escaped.append("\\n");
    } else {
      escaped.push_back(c);
    }
  }
  return escaped;
}

std::string render_labels(const Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) {
    fmt::format_to(std::back_inserter(text), "{}{}=\"{}\"", text.empty() ? "" : ",", name,
                   escape_label(value));
  }
  return text;
}

void render_head(std::string& out, std::string_view name, std::string_view help,
                 std::string_view kind) {
  fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, kind);
}

void render_line(std::string& out, std::string_view name, std::string_view labels,
                 std::string_view value) {
  if (labels.empty()) {
    fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
  } else {
    fmt::format_to(std::back_inserter(out), "{}{{{}}} {}\n", name, labels, value);
  }
}

std::string seconds(std::uint64_t microseconds) {
  return fmt::format("{}", static_cast<double>(microseconds) / 1e6);
}

}  // namespace

void Histogram::observe_us(std::uint64_t microseconds) {
  const auto bound = std::lower_bound(kBoundsUs.begin(), kBoundsUs.end(), microseconds);
  const auto bucket = static_cast<std::size_t>(bound - kBoundsUs.begin());
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_us_.fetch_add(microseconds, std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const {
  std::uint64_t total = 0;
  for (const auto& bucket : buckets_) total += bucket.load(std::memory_order_relaxed);
  return total;
}

template <class Metric>
Metric& MetricsRegistry::find_or_add(Families<Metric>& families, std::deque<Metric>& storage,
                                     std::string_view name, std::string_view help,
                                     const Labels& labels) {
  const std::lock_guard lock(mutex_);
  Family<Metric>& family = families[std::string(name)];
  if (family.help.empty()) family.help = help;
  Metric*& metric = family.by_labels[render_labels(labels)];
  if (metric == nullptr) metric = &storage.emplace_back();
  return *metric;
}

Counter& MetricsRegistry::counter(std::string_view name, std::string_view help,
                                  const Labels& labels) {
  return find_or_add(counter_families_, counters_, name, help, labels);
}

Gauge& MetricsRegistry::gauge(std::string_view name, std::string_view help,
                              const Labels& labels) {
  return find_or_add(gauge_families_, gauges_, name, help, labels);
}

Histogram& MetricsRegistry::histogram(std::string_view name, std::string_view help,
                                      const Labels& labels) {
  return find_or_add(histogram_families_, histograms_, name, help, labels);
}

namespace {

template <class Families>
void render_values(std::string& out, const Families& families, std::string_view kind) {
  for (const auto& [name, family] : families) {
    render_head(out, name, family.help, kind);
    for (const auto& [labels, metric] : family.by_labels) {
      render_line(out, name, labels, fmt::format("{}", metric->value()));
    }
  }
}

}  // namespace

std::string MetricsRegistry::render() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  render_values(out, counter_families_, "counter");
  render_values(out, gauge_families_, "gauge");
  for (const auto& [name, family] : histogram_families_) {
    render_head(out, name, family.help, "histogram");
    for (const auto& [labels, histogram] : family.by_labels) {
      const std::string comma = labels.empty() ? "" : ",";
      std::uint64_t total = 0;
      for (std::size_t i = 0; i <= Histogram::kBoundsUs.size(); ++i) {
        total += histogram->buckets_[i].load(std::memory_order_relaxed);
        const bool is_last = i == Histogram::kBoundsUs.size();
        const std::string bound = is_last ? "+Inf" : seconds(Histogram::kBoundsUs[i]);
        render_line(out, name + "_bucket", fmt::format("{}{}le=\"{}\"", labels, comma, bound),
                    fmt::format("{}", total));
      }
      render_line(out, name + "_sum", labels,
                  seconds(histogram->sum_us_.load(std::memory_order_relaxed)));
      render_line(out, name + "_count", labels, fmt::format("{}", total));
    }
  }
  return out;
}

}  // namespace zicht::http
