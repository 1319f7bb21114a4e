// What writing, rebuilding and paging cost, with the limits that docs/performance.md promises.
//
//     ninja store_bench
//     build/release/bin/store_bench [sqlite|postgres] [erasure] [where] [records]
//
// Writing is compared with a raw program: the same statements with the same values, as they were
// recorded while the store wrote, into the same tables and indexes, in the same group size, and
// nothing else (no documents made, sealed, chained or looked up). Pages are asked by the least
// role, over so many records (1,000,000). Erasing (alone with `erasure`) is of persons with twenty
// records each, among a tenth of so many. What is asked in FEEL (alone with `where`) stands beside
// the same question as simple filters, over a tenth of so many records, and costs at most twice as
// much and a millisecond. PostgreSQL is the private one of the tests.
// Ends with 1 when a limit is not met.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "base/ids.h"
#include "model/where.h"
#include "store/testing/care_pack.h"
#include "store/testing/recording_database.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::kThing;
using testing::sample_day;
using testing::StoreFixture;
using testing::TestDatabase;
using Clock = std::chrono::steady_clock;

constexpr int kWrites = 20'000;
constexpr int kPageRuns = 100;
constexpr int kMostInFlight = 2000;
constexpr std::int64_t kRecordsOfPerson = 20;
constexpr std::size_t kErased = 40;

int missed_limits = 0;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void tell(std::string_view database, const std::string& what, double value, const char* unit,
          double limit, bool is_minimum) {
  const bool is_met = is_minimum ? value >= limit : value <= limit;
  if (!is_met) ++missed_limits;
  std::printf("%-9s %-52s %12.2f %-10s %s %.2f %s\n", std::string(database).c_str(), what.c_str(),
              value, unit, is_minimum ? ">=" : "<=", limit, is_met ? "" : "MISSED");
  std::fflush(stdout);
}

void tell(std::string_view database, const std::string& what, double value, const char* unit) {
  std::printf("%-9s %-52s %12.2f %s\n", std::string(database).c_str(), what.c_str(), value, unit);
  std::fflush(stdout);
}

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "%s\n", describe(error).c_str());
  std::exit(2);
}

template <class T>
T value_of(Result<T> result) {
  if (!result.has_value()) give_up(result.error());
  return *std::move(result);
}

// Hands units to the store as many clients would: without waiting for one, but not without end.
class Feeder {
 public:
  explicit Feeder(SqlStore& store) : store_(store) {}
  ~Feeder() { wait_until_below(1); }

  void submit(app::Unit unit) {
    wait_until_below(kMostInFlight);
    ++in_flight_;
    store_.append(std::move(unit), [this](const Result<app::Receipt>& receipt) {
      if (!receipt.has_value()) give_up(receipt.error());
      --in_flight_;
      in_flight_.notify_one();
    });
  }

  void wait_until_below(int limit) {
    for (int now = in_flight_; now >= limit; now = in_flight_) in_flight_.wait(now);
  }

 private:
  SqlStore& store_;
  std::atomic<int> in_flight_ = 0;
};

std::vector<app::Unit> random_units(StoreFixture& f, int count) {
  std::vector<app::Unit> units;
  for (int at = 0; at < count; ++at) {
    units.push_back(testing::unit_of(
        testing::random_record(f.rng(), kThing, f.pack(), {}), "created"));
  }
  return units;
}

// Runs what was recorded, in groups; gives the rate of units per second.
double replay(TestDatabase& test, const testing::Recording& recording, std::size_t group) {
  StoreFixture tables(test);
  auto connection = value_of(test.database().connect(Access::kWrite));
  const auto start = Clock::now();
  std::size_t units = 0;
  for (std::size_t at = 0; at < recording.units.size();) {
    if (!connection->begin(Access::kWrite).has_value()) std::exit(2);
    for (const std::size_t end = std::min(at + group, recording.units.size()); at < end; ++at) {
      for (const testing::RecordedStatement& each : recording.units[at]) {
        const auto params = testing::params_of(each.values, each.is_blob);
        const auto queued = connection->queue(each.sql, Params(params));
        if (!queued.has_value()) give_up(queued.error());
      }
      ++units;
    }
    const auto committed = connection->commit();
    if (!committed.has_value()) give_up(committed.error());
  }
  return static_cast<double>(units) / seconds_since(start);
}

void bench_writes(Dialect::Kind kind) {
  testing::Recording recording;
  TestDatabase test(kind);
  StoreFixture f(test);
  {
    // Recorded apart, so that recording costs the measured run nothing.
    TestDatabase recorded(kind);
    testing::RecordingDatabase recorder(recorded.database(), recording);
    StoreFixture g(recorded, recorder);
    recording.units.clear();
    for (app::Unit& unit : random_units(g, kWrites)) {
      recorder.start_unit();
      if (!g.store().append_and_wait(std::move(unit)).has_value()) std::exit(2);
    }
  }
  std::vector<app::Unit> units = random_units(f, kWrites);
  const auto before = f.store().writer_counters();
  const auto start = Clock::now();
  {
    Feeder feeder(f.store());
    for (app::Unit& unit : units) feeder.submit(std::move(unit));
  }
  const double rate = kWrites / seconds_since(start);
  const auto after = f.store().writer_counters();
  const auto group = (after.units - before.units) / (after.groups - before.groups);
  TestDatabase empty(kind);
  const double raw = replay(empty, recording, group);
  tell(test.name(), "records created per second, " + std::to_string(group) + " per commit", rate,
       "/s");
  tell(test.name(), "raw program, same rows and group size", raw, "/s");
  tell(test.name(), "share of the raw program", rate / raw, "", 0.5, true);

  const auto again = Clock::now();
  const auto entries = value_of(f.store().rebuild());
  const double rebuilt = static_cast<double>(entries) / seconds_since(again);
  if (kind == Dialect::Kind::kSqlite) {
    tell(test.name(), "entries rebuilt per second", rebuilt, "/s", 20'000, true);
  } else {
    tell(test.name(), "entries rebuilt per second", rebuilt, "/s");
  }
}

// 0 %, 1 % and 50 % of the records have these values; nine in ten are public.
model::Record bench_record(StoreFixture& f, std::int64_t number) {
  const auto dice = f.rng().below(100);
  const std::string share = dice == 0 ? "rare" : dice <= 50 ? "half" : "rest";
  const auto day = static_cast<std::int64_t>(dice == 0 ? 3 : dice <= 50 ? 100 : 200);
  model::Record record;
  record.id = "record-" + std::to_string(number);
  record.form = kThing;
  record.organisation = "org-" + std::to_string(f.rng().below(3));
  record.pack_hash = f.pack().hash;
  record.version = 1;
  record.audience = f.rng().below(10) == 0 ? model::Sensitivity::kInternal
                                           : model::Sensitivity::kPublic;
  record.title = "Record " + std::to_string(number);
  record.state = share;
  record.process = "thing-life";
  record.state_since = sample_day(1);
  record.valid_from = sample_day(1);
  record.fields = json::object{
      {"what", share + " toezegging"},
      {"number", day},
      {"code", share},
      {"made_on", sample_day(static_cast<std::int64_t>(f.rng().below(365))).to_string()},
      {"due", {{"first", sample_day(day).to_string()}, {"last", sample_day(day + 5).to_string()}}},
      {"labels", json::array{share, "every"}}};
  return record;
}

struct Question {
  std::string name;
  model::Query query;
};

model::Filter any_of(const char* field, const char* value) {
  model::Filter filter;
  filter.field = field;
  filter.any_of.emplace_back(value);
  return filter;
}

model::Filter between(const char* field, Json from, Json to) {
  model::Filter filter;
  filter.field = field;
  filter.from = std::move(from);
  filter.to = std::move(to);
  return filter;
}

std::vector<Question> questions() {
  std::vector<Question> all;
  const auto add = [&all](std::string name, std::vector<model::Filter> filters) -> model::Query& {
    model::Query query;
    query.form = kThing;
    query.filters = std::move(filters);
    all.push_back({std::move(name), std::move(query)});
    return all.back().query;
  };
  add("no filter", {});
  const std::pair<const char*, const char*> shares[] = {
      {"0 %", "none"}, {"1 %", "rare"}, {"50 %", "half"}};
  for (const auto& [share, value] : shares) {
    const std::int64_t day = value[0] == 'n' ? 300 : value[0] == 'r' ? 3 : 100;
    const std::string of = std::string(" at ") + share;
    const Json from(sample_day(day).to_string()), to(sample_day(day + 1).to_string());
    add("choice" + of, {any_of("code", value)});
    add("one of many" + of, {any_of("labels", value)});
    add("state" + of, {any_of("state", value)});
    add("range of numbers" + of, {between("number", Json(day - 1), Json(day + 1))});
    add("overlap of windows" + of, {between("due", from, to)});
    model::Query& words = add("words" + of, {});
    words.text = value;
    words.text_fields = {"what"};
    add("two filters" + of, {any_of("code", value), between("number", Json(day), Json(day))});
    add("sorted on a date" + of, {any_of("code", value)}).sort = model::Sort{.field = "made_on"};
  }
  return all;
}

double p99_ms(SqlStore& store, const model::Query& query) {
  std::vector<double> times;
  for (int run = 0; run < kPageRuns; ++run) {
    const auto start = Clock::now();
    static_cast<void>(value_of(store.page(query)));
    times.push_back(seconds_since(start) * 1000);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() * 99 / 100];
}

// Where the thousandth page of fifty begins, or the last page.
std::string deep_cursor(SqlStore& store, model::Query query) {
  query.limit = 200;
  std::string cursor;
  for (int page = 0; page < 250; ++page) {
    query.cursor = cursor;
    const auto found = value_of(store.page(query));
    if (found.next.empty()) break;
    cursor = found.next;
  }
  return cursor;
}

void fill_with_things(TestDatabase& test, StoreFixture& f, std::int64_t records) {
  const auto start = Clock::now();
  {
    Feeder feeder(f.store());
    for (std::int64_t at = 0; at < records; ++at) {
      feeder.submit(testing::unit_of(bench_record(f, at), "created"));
    }
  }
  tell(test.name(), "seconds to write " + std::to_string(records) + " records",
       seconds_since(start), "s");
  if (test.database().dialect().kind == Dialect::Kind::kPostgres) {
    auto connection = value_of(test.database().connect(Access::kWrite));
    static_cast<void>(connection->run_script("vacuum analyze"));
  }
}

struct Pair {
  const char* name;
  std::vector<model::Filter> filters;
  std::string where;  // the same, in FEEL
};

// Each question twice, one after the other; then what only FEEL can ask.
void bench_where(Dialect::Kind kind, std::int64_t records) {
  TestDatabase test(kind);
  StoreFixture f(test);
  fill_with_things(test, f, records);
  const model::Form& form = *f.pack().find_form("thing");
  const std::vector<Pair> pairs = {
      {"choice at 1 %", {any_of("code", "rare")}, R"(code = "rare")"},
      {"choice at 50 %", {any_of("code", "half")}, R"(code = "half")"},
      {"range of numbers at 1 %", {between("number", Json(2), Json(4))}, "number in [2..4]"},
      {"one of many at 1 %", {any_of("labels", "rare")}, R"(list contains(labels, "rare"))"},
      {"two filters at 1 %",
       {any_of("code", "rare"), between("number", Json(3), Json(3))},
       R"(code = "rare" and number = 3)"},
      {"either of two at 1 %", {}, R"(code = "rare" or number = 3)"},
      {"computed, at 50 %", {}, "number * 2 + 1 = 201"},
      {"none, computed", {}, "number * 2 + 1 = 2"}};
  for (const Pair& pair : pairs) {
    model::Query query;
    query.form = kThing;
    query.filters = pair.filters;
    const std::string name = pair.name;
    const double simple = pair.filters.empty() ? -1 : p99_ms(f.store(), query);
    if (simple >= 0) tell(test.name(), name + ", as filters", simple, "ms p99");
    query.filters.clear();
    const auto pushed = model::read_where(pair.where, form, sample_day(0));
    if (!pushed.predicate) std::exit(2);
    query.where = std::make_shared<const feel::Predicate>(*pushed.predicate);
    const double limit = simple >= 0 ? 2 * simple + 1 : 250;
    tell(test.name(), name + ", as where", p99_ms(f.store(), query), "ms p99", limit, false);
  }
}

void bench_pages(Dialect::Kind kind, std::int64_t records) {
  TestDatabase test(kind);
  StoreFixture f(test);
  fill_with_things(test, f, records);
  const auto opened = Clock::now();
  f.reopen();
  tell(test.name(), "seconds to open the store", seconds_since(opened), "s", 3, false);
  for (Question& question : questions()) {
    tell(test.name(), question.name + ", page 1", p99_ms(f.store(), question.query), "ms p99", 25,
         false);
    question.query.cursor = deep_cursor(f.store(), question.query);
    if (question.query.cursor.empty()) continue;
    tell(test.name(), question.name + ", page 1000 or last", p99_ms(f.store(), question.query),
         "ms p99", 25, false);
  }
}

model::Record care_record(StoreFixture& f, const std::string& form, json::object fields) {
  model::Record record;
  record.id = PublicId::random(f.rng()).to_string();
  record.organisation = "org";
  record.form = "care/" + form;
  record.pack_hash = testing::care_pack().hash;
  record.version = 1;
  record.audience = model::Sensitivity::kInternal;
  record.valid_from = sample_day(0);
  record.title = form;
  record.fields = std::move(fields);
  return record;
}

// Gives the children.
std::vector<std::string> fill_with_care(StoreFixture& f, std::int64_t records) {
  std::vector<std::string> children;
  Feeder feeder(f.store());
  const auto submit = [&](model::Record record) {
    f.clock().advance_microseconds(1000);
    feeder.submit(testing::unit_of(record, "created"));
  };
  for (std::int64_t at = 0; at < records; ++at) {
    const std::string number = std::to_string(at);
    if (at % kRecordsOfPerson == 0) {
      model::Record child = care_record(f, "child", {{"name", "naam " + number}});
      children.push_back(child.id);
      submit(std::move(child));
    } else {
      submit(care_record(f, "note", {{"children", json::array{children.back()}},
                                     {"text", "verslag " + number + " van een gesprek"}}));
    }
  }
  return children;
}

void bench_erasure(Dialect::Kind kind, std::int64_t records) {
  TestDatabase test(kind);
  StoreFixture f(test);
  if (const auto made = f.store().prepare_forms(testing::care_pack()); !made) give_up(made.error());
  const auto start = Clock::now();
  const auto children = fill_with_care(f, records);
  tell(test.name(), "seconds to write " + std::to_string(records) + " records about persons",
       seconds_since(start), "s");
  std::vector<double> times;
  for (std::size_t at = 0; at < children.size() && times.size() < kErased; at += 7) {
    const auto begin = Clock::now();
    static_cast<void>(value_of(f.store().erase_person(
        {.person = children[at], .actor = "account-1", .reason = "asked", .keep = {}})));
    times.push_back(seconds_since(begin));
  }
  std::sort(times.begin(), times.end());
  tell(test.name(), "erasing a person, the slowest of " + std::to_string(times.size()),
       times.back(), "s", 1, false);
  const auto begin = Clock::now();
  if (const auto wiped = f.store().wipe_removed(); !wiped) give_up(wiped.error());
  tell(test.name(), "wiping what the database keeps of it", seconds_since(begin), "s");
}

}  // namespace

int run_bench(const std::vector<std::string>& arguments) {
  std::vector<std::string> names;
  std::int64_t records = 1'000'000;
  for (const std::string& argument : arguments) {
    const char* end = argument.data() + argument.size();
    const auto number = std::from_chars(argument.data(), end, records);
    if (number.ec != std::errc()) names.push_back(argument);
  }
  const bool is_erasure_alone = std::erase(names, "erasure") > 0;
  const bool is_where_alone = std::erase(names, "where") > 0;
  for (const auto& [name, kind] :
       {std::pair{"sqlite", Dialect::Kind::kSqlite}, {"postgres", Dialect::Kind::kPostgres}}) {
    if (!names.empty() && std::find(names.begin(), names.end(), name) == names.end()) continue;
    if (!is_erasure_alone && !is_where_alone) {
      bench_writes(kind);
      bench_pages(kind, records);
    }
    if (!is_erasure_alone) bench_where(kind, records / 10);
    if (!is_where_alone) bench_erasure(kind, records / 10);
  }
  return missed_limits == 0 ? 0 : 1;
}

}  // namespace zicht::store

int main(int argc, char** argv) {
  return zicht::store::run_bench(std::vector<std::string>(argv + 1, argv + argc));
}
