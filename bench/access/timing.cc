// Does the time of an answer tell that something hidden is there? Worlds without and with a hidden
// child with a note are asked the same by somebody who may see neither, in random order; a
// two-sample Kolmogorov-Smirnov test compares the times.
//
// Two servers that are the same in everything may still differ by a few microseconds for as long as
// they live: where their memory came to lie, which thread is on which core. So the worlds
// are made anew ten times, in random order, and a second world without the child is the control:
// what it shows against the first is what this measurement shows when there is nothing to show.
//
//     quiet build/release/bin/access_timing [--test-case='*searches*']
//
// Prints per question the medians, and the largest distance between two distributions with its p,
// of the control and of the world with the child. Fails when the latter's p is not above 0.01: then
// the times differ. When the control's is not either, the measurement is no good on that machine.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "wire_requests.h"

namespace zicht::wire {
namespace {

constexpr std::size_t kRounds = 10;
constexpr std::size_t kPairs = 200;      // in a round
constexpr std::size_t kWarmUp = 50;      // before them
constexpr double kLeastP = 0.01;
constexpr auto kSqlite = store::Dialect::Kind::kSqlite;

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

Request search(const std::string& filter) {
  return {"", "POST", "/v1/records/_search",
          R"({"form":"probe/note","filters":[)" + filter + "]}"};
}

std::vector<Question> readings(const World& world) {
  const std::string child = world.hidden()[0], note = world.hidden()[2];
  const std::string reading = "/v1/records/";
  return {{"read a child", "worker for care", {"", "GET", reading + child, ""}},
          {"read a note", "worker for care", {"", "GET", reading + note, ""}},
          {"read a note, no relation", "guardian", {"", "GET", reading + note, ""}},
          {"history of a note", "worker for care", {"", "GET", reading + note + "/history", ""}},
          {"break a note", "cleaner",
           {"", "POST", reading + note + "/_break", R"({"reason":"x","hours":8})",
            "Idempotency-Key: a-key-of-a-test\r\n"}}};
}

std::vector<Question> searches(const World& world) {
  const std::string child = world.hidden()[0];
  return {{"notes of a child", "worker for care",
           search(R"({"field":"child","equals":")" + child + R"("})")},
          {"all notes", "worker for care", search("")},
          {"a word", "worker for care", {"", "POST", "/v1/_search", R"({"text":"canary"})"}}};
}

// The times of one question in each of the worlds.
struct Measured {
  Times plain, control, hidden;
};

// The worlds of one round.
struct Round {
  Round(SeededRng& rng, std::chrono::milliseconds not_visible_time) {
    // In random order, so that none is always the first.
    std::vector<int> order{0, 1, 2};
    for (std::size_t left = order.size(); left > 1; --left) {
      std::swap(order[left - 1], order[rng.below(left)]);
    }
    for (const int which : order) {
      worlds[which] = std::make_unique<World>(
          kSqlite, which == kHidden ? Worlds::kWithHidden : Worlds::kPlain, not_visible_time);
    }
  }

  static constexpr int kHidden = 2;
  std::array<std::unique_ptr<World>, 3> worlds;  // plain, control, with the child
};

void ask(Round& round, const Question& question, SeededRng& rng, Measured& measured) {
  std::vector<http::testing::TestClient> clients;
  std::vector<const Asker*> askers;
  for (const auto& world : round.worlds) {
    clients.push_back(world->client());
    const auto asks = [&](const Asker& each) { return each.name == question.asker; };
    askers.push_back(&*std::find_if(world->askers().begin(), world->askers().end(), asks));
  }
  for (std::size_t pair = 0; pair < kPairs + kWarmUp; ++pair) {
    std::array<double, 3> times{};
    const std::size_t first = rng.below(3);
    const std::size_t step = 1 + rng.below(2);
    for (std::size_t turn = 0; turn < 3; ++turn) {
      const std::size_t which = (first + turn * step) % 3;
      times[which] = timed(clients[which], *askers[which], question.request);
    }
    if (pair < kWarmUp) continue;
    measured.plain.push_back(times[0]);
    measured.control.push_back(times[1]);
    measured.hidden.push_back(times[2]);
  }
}

// What `is_judged` is false for is printed to compare with.
void measure(std::vector<Question> (*questions_of)(const World&),
             std::chrono::milliseconds not_visible_time, bool is_judged) {
  SeededRng rng(1);
  std::vector<Question> questions;
  std::vector<Measured> measured;
  for (std::size_t number = 0; number < kRounds; ++number) {
    Round round(rng, not_visible_time);
    questions = questions_of(*round.worlds[Round::kHidden]);
    measured.resize(questions.size());
    for (std::size_t at = 0; at < questions.size(); ++at) {
      ask(round, questions[at], rng, measured[at]);
    }
  }
  std::printf("%-26s %9s %9s %9s %8s %8s %8s %8s\n", "question", "plain us", "control", "hidden us",
              "D contr.", "p contr.", "D hidden", "p hidden");
  for (std::size_t at = 0; at < questions.size(); ++at) {
    const Measured& one = measured[at];
    const double of_control = distance(one.plain, one.control);
    const double of_hidden = distance(one.plain, one.hidden);
    const double p = p_of(of_hidden, one.plain.size());
    std::printf("%-26s %9.1f %9.1f %9.1f %8.4f %8.4f %8.4f %8.4f\n", questions[at].name,
                median(one.plain), median(one.control), median(one.hidden), of_control,
                p_of(of_control, one.plain.size()), of_hidden, p);
    CAPTURE(questions[at].name);
    if (is_judged) CHECK(p > kLeastP);
  }
}

const auto kWait = http::ApiOptions().not_visible_time;

TEST_CASE("timing: the time of an answer does not tell what is hidden, of readings") {
  measure(&readings, kWait, true);
}

TEST_CASE("timing: the time of an answer does not tell what is hidden, of searches") {
  measure(&searches, kWait, true);
}

TEST_CASE("timing: what the answers of searches would tell if they did not wait") {
  measure(&searches, std::chrono::milliseconds(0), false);
}

}  // namespace
}  // namespace zicht::wire
