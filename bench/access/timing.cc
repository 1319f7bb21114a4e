// Does the time of an answer tell that something hidden is there? Two worlds, of which one holds a
// hidden child with a note, are asked the same by somebody who may see neither, pair after pair in
// random order; a two-sample Kolmogorov-Smirnov test compares the times.
//
//     quiet build/release/bin/access_timing
//
// Prints per question the medians, the largest distance between the two distributions and its p.
// Fails when a p is not above 0.01: then the times differ.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "wire_requests.h"

namespace zicht::wire {
namespace {

constexpr std::size_t kPairs = 2000;
constexpr std::size_t kWarmUp = 200;
constexpr double kLeastP = 0.01;

using Times = std::vector<double>;   // microseconds

double median(Times times) {
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  return times[times.size() / 2];
}

// The largest distance between two empirical distributions.
double distance(Times a, Times b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double largest = 0;
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const double at = std::min(a[i], b[j]);
    while (i < a.size() && a[i] <= at) ++i;
    while (j < b.size() && b[j] <= at) ++j;
    const double of_a = static_cast<double>(i) / static_cast<double>(a.size());
    const double of_b = static_cast<double>(j) / static_cast<double>(b.size());
    largest = std::max(largest, std::abs(of_a - of_b));
  }
  return largest;
}

// Smirnov's limit with Stephens's correction, for equally large samples.
double p_of(double largest, std::size_t size) {
  const double root = std::sqrt(static_cast<double>(size) / 2);
  const double scaled = (root + 0.12 + 0.11 / root) * largest;
  if (scaled < 0.2) return 1;
  double sum = 0, sign = 1;
  for (int k = 1; k <= 100; ++k, sign = -sign) sum += sign * std::exp(-2 * k * k * scaled * scaled);
  return std::clamp(2 * sum, 0.0, 1.0);
}

double timed(http::testing::TestClient& client, const Asker& asker, const Request& request) {
  const auto start = std::chrono::steady_clock::now();
  const auto reply = send(client, asker, request);
  const auto end = std::chrono::steady_clock::now();
  REQUIRE(reply.status != 0);
  return std::chrono::duration<double, std::micro>(end - start).count();
}

struct Question {
  const char* name;
  const char* asker;
  Request request;
};

std::vector<Question> questions(const World& world) {
  const std::string child = world.hidden()[0], note = world.hidden()[2];
  const std::string reading = "/v1/records/";
  const auto search = [&](const std::string& filter) {
    return Request{"", "POST", "/v1/records/_search",
                   R"({"form":"probe/note","filters":[)" + filter + "]}"};
  };
  return {{"read a child", "worker for care", {"", "GET", reading + child, ""}},
          {"read a note", "worker for care", {"", "GET", reading + note, ""}},
          {"read a note, no relation", "guardian", {"", "GET", reading + note, ""}},
          {"history of a note", "worker for care", {"", "GET", reading + note + "/history", ""}},
          {"break a note", "cleaner",
           {"", "POST", reading + note + "/_break", R"({"reason":"x","hours":8})",
            "Idempotency-Key: a-key-of-a-test\r\n"}},
          {"notes of a child", "worker for care",
           search(R"({"field":"child","equals":")" + child + R"("})")},
          {"all notes", "worker for care", search("")},
          {"a word", "worker for care", {"", "POST", "/v1/_search", R"({"text":"canary"})"}}};
}

TEST_CASE("timing: the time of an answer does not tell what is hidden") {
  const auto not_visible_time = http::ApiOptions().not_visible_time;
  World plain(Worlds::kPlain, not_visible_time), other(Worlds::kWithHidden, not_visible_time);
  SeededRng rng(1);
  std::printf("%-28s %10s %10s %8s %8s\n", "question", "plain us", "hidden us", "D", "p");
  for (const Question& question : questions(other)) {
    const auto asks = [&](const Asker& each) { return each.name == question.asker; };
    const Asker& left = *std::find_if(plain.askers().begin(), plain.askers().end(), asks);
    const Asker& right = *std::find_if(other.askers().begin(), other.askers().end(), asks);
    auto to_plain = plain.client(), to_other = other.client();
    Times of_plain, of_other;
    for (std::size_t pair = 0; pair < kPairs + kWarmUp; ++pair) {
      const bool is_plain_first = rng.below(2) == 0;
      double one = 0, two = 0;
      if (is_plain_first) one = timed(to_plain, left, question.request);
      two = timed(to_other, right, question.request);
      if (!is_plain_first) one = timed(to_plain, left, question.request);
      if (pair < kWarmUp) continue;
      of_plain.push_back(one);
      of_other.push_back(two);
    }
    const double largest = distance(of_plain, of_other);
    const double p = p_of(largest, kPairs);
    std::printf("%-28s %10.0f %10.0f %8.4f %8.4f\n", question.name, median(of_plain),
                median(of_other), largest, p);
    CAPTURE(question.name);
    CHECK(p > kLeastP);
  }
}

}  // namespace
}  // namespace zicht::wire
