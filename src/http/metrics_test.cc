// The Prometheus text: golden output of a small registry, and counting from several threads.
#include "http/metrics.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace zicht::http;

TEST_CASE("metrics: families are rendered with help, type and labels") {
  MetricsRegistry metrics;
  metrics.counter("b_total", "Counts b.", {{"route", "/v1/\"x\"\\\n"}}).add(3);
  metrics.counter("a_total", "Counts a.").add();
  metrics.gauge("open", "Open now.").add(-2);
  CHECK(metrics.render() ==
        "# HELP a_total Counts a.\n# TYPE a_total counter\na_total 1\n"
        "# HELP b_total Counts b.\n# TYPE b_total counter\n"
        "b_total{route=\"/v1/\\\"x\\\"\\\\\\n\"} 3\n"
        "# HELP open Open now.\n# TYPE open gauge\nopen -2\n");
}

TEST_CASE("metrics: a histogram is cumulative and ends with everything") {
  MetricsRegistry metrics;
  Histogram& histogram = metrics.histogram("took_seconds", "How long.", {{"route", "x"}});
  for (const std::uint64_t us : {50, 100, 101, 5000, 20'000'000}) histogram.observe_us(us);
  const std::string text = metrics.render();
  for (const char* line :
       {"took_seconds_bucket{route=\"x\",le=\"0.0001\"} 2\n",
        "took_seconds_bucket{route=\"x\",le=\"0.00025\"} 3\n",
        "took_seconds_bucket{route=\"x\",le=\"0.005\"} 4\n",
        "took_seconds_bucket{route=\"x\",le=\"10\"} 4\n",
        "took_seconds_bucket{route=\"x\",le=\"+Inf\"} 5\n", "took_seconds_count{route=\"x\"} 5\n",
        "took_seconds_sum{route=\"x\"} 20.005251\n"}) {
    CAPTURE(line);
    CHECK(text.find(line) != std::string::npos);
  }
}

TEST_CASE("metrics: the same name and labels give the same object, from any thread") {
  MetricsRegistry metrics;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&metrics] {
      for (int i = 0; i < 1000; ++i) metrics.counter("hits_total", "Hits.", {{"a", "b"}}).add();
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(metrics.counter("hits_total", "Hits.", {{"a", "b"}}).value() == 4000);
}
