// `where` finds what FEEL says: random conditions of the profile over random rows (nulls, decimals,
// negative numbers, texts beyond the alphabet, days at the ends of time, empty lists), judged row
// by row by the naive evaluator of the language and as a rule of the form is, and asked of SQLite
// and PostgreSQL. The rows of which it is true, and those of which it cannot be determined, must be
// the same four times.
// ZICHT_WHERE_ORACLE=n judges about n rows on each database instead of 40,000.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/time_zone.h"
#include "feel/expression.h"
#include "feel/operators.h"
#include "feel/outcome.h"
#include "feel/parser.h"
#include "feel/testing/naive.h"
#include "model/feel_values.h"
#include "model/where.h"
#include "store/internal/predicate_sql.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using model::FieldType;
using testing::kThing;
using testing::StoreFixture;
using testing::TestDatabase;

constexpr std::uint64_t kSeed = 20'261'127;
constexpr int kRows = 160;

Date today() { return Date::of(2026, 3, 31); }

std::uint64_t how_many() {
  const char* wanted = std::getenv("ZICHT_WHERE_ORACLE");  // tidy-allow: length of one test run
  return wanted == nullptr ? 40'000 : std::strtoull(wanted, nullptr, 10);
}

const char* const kTexts[] = {"a", "ab", "abc", "B", "b", "Z", "z", "\xC3\xA9", "e\xCC\x81",
                              "\xC3\x9F", "ss", "\xEF\xBF\xBD", "\xF0\x9F\x98\x80", "%", "_", "a%",
                              "a_b", "O'Brien", "back\\slash", "\xED\x9F\xBF", "\xEE\x80\x80",
                              "a\xF4\x8F\xBF\xBF", "10", "9", "open", "wait", "shut", "org-1"};
const char* const kDays[] = {"0001-01-01", "0001-01-02", "1999-12-31", "2024-02-28", "2024-02-29",
                             "2024-03-01", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-01",
                             "2026-03-31", "2026-04-30", "9999-12-31"};
const char* const kRates[] = {"0", "0.001", "-0.125", "12.5", "-999999999999999", "7", "3.125"};
const char* const kAmounts[] = {"0",   "0.01", "-0.01", "12.50", "9999999999999999.99",
                                "100", "3.12"};
const std::int64_t kNumbers[] = {0, 1, -1, 2, 3, 7, 100, -100, (std::int64_t{1} << 53) - 1,
                                 -((std::int64_t{1} << 53) - 1)};

template <class Items>
auto one_of(Rng& rng, const Items& items) {
  return items[rng.below(std::size(items))];
}

std::string quoted(std::string_view text) {
  return feel::literal_of(feel::Value::string(text));
}

model::Record random_row(Rng& rng, const StoreFixture& f, const std::vector<std::string>& ids) {
  model::Record record = testing::random_record(rng, kThing, f.pack(), ids);
  json::object& fields = record.fields.as_object();
  const auto fill = [&](const char* id, Json value) {
    fields.erase(id);
    if (rng.below(4) != 0) fields[id] = std::move(value);
  };
  fill("what", Json(one_of(rng, kTexts)));
  fill("code", Json(one_of(rng, kTexts)));
  fill("number", Json(one_of(rng, kNumbers)));
  fill("rate", Json(one_of(rng, kRates)));
  fill("amount", Json(one_of(rng, kAmounts)));
  fill("made_on", Json(one_of(rng, kDays)));
  std::string first = one_of(rng, kDays), last = one_of(rng, kDays);
  if (last < first) std::swap(first, last);
  json::object window{{"first", first}, {"last", last}};
  if (rng.below(2) == 0) window["words"] = one_of(rng, kTexts);
  fill("due", std::move(window));
  std::set<std::string> labels;
  for (auto count = rng.below(4); count > 0; --count) labels.insert(one_of(rng, kTexts));
  fields.erase("labels");
  if (!labels.empty()) fields["labels"] = json::array(labels.begin(), labels.end());
  if (rng.below(5) == 0) {
    // No process fits it.
    record.process.clear();
    record.state.clear();
    record.tasks.clear();
    record.deadlines.clear();
    record.marks.clear();
  }
  return record;
}

// A condition of the profile; about one in twenty is refused, as its numbers could grow too large.
class RandomFilters {
 public:
  explicit RandomFilters(std::uint64_t seed) : rng_(seed) {}

  std::string next() { return condition(3); }

 private:
  bool one_in(std::uint64_t n) { return rng_.below(n) == 0; }
  template <class Items>
  std::string any(const Items& items) {
    return one_of(rng_, items);
  }

  std::string condition(int depth) {
    if (depth > 0 && one_in(2)) {
      // Three loops within each other are the most.
      switch (rng_.below(loops_ == 0 ? 4 : 3)) {
        case 0:
          return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
        case 1:
          return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
        case 2:
          return "not(" + condition(depth - 1) + ")";
        default:
          return items(depth - 1);
      }
    }
    switch (rng_.below(8)) {
      case 0:
        return boolean();
      case 1:
        return null_test();
      case 2:
      case 3:
        return compared(&RandomFilters::number, &RandomFilters::number_constant,
                        &RandomFilters::number_range);
      case 4:
      case 5:
        return compared(&RandomFilters::text, &RandomFilters::text_constant,
                        &RandomFilters::text_range);
      case 6:
        return compared(&RandomFilters::day, &RandomFilters::day_constant,
                        &RandomFilters::day_range);
      default:
        return text_function();
    }
  }

  using Maker = std::string (RandomFilters::*)();

  std::string sign() {
    const char* signs[] = {" = ", " != ", " < ", " <= ", " > ", " >= "};
    return any(signs);
  }

  std::string compared(Maker column, Maker constant, Maker range) {
    const auto left = [&] { return (this->*column)(); };
    const auto right = [&] { return (this->*constant)(); };
    switch (rng_.below(12)) {
      case 0: {
        // A date that is moved is compared with a constant alone.
        is_moved_ = false;
        const std::string text = "(" + left() + sign() + left() + ")";
        is_moved_ = true;
        return text;
      }
      case 1:
        return "(" + right() + sign() + left() + ")";
      case 2:
        return "(" + left() + " between " + right() + " and " + right() + ")";
      case 3:
        return "(" + left() + " in (" + right() + ", " + right() + ", " + right() + "))";
      case 4:
        return "(" + left() + " in [" + right() + ", " + right() + "])";
      case 5:
        return "(" + left() + " in (" + (one_in(2) ? "<= " : "> ") + right() + "))";
      case 6:
        return "(" + right() + " in (" + left() + ", " + right() + "))";
      case 7:
        return "(" + right() + " in (" + left() + ", < " + right() + ", " + (this->*range)() + "))";
      case 8:
        return one_in(2) ? "(" + right() + " between " + left() + " and " + right() + ")"
                         : "(" + right() + " between " + right() + " and " + left() + ")";
      default:
        return "(" + left() + sign() + right() + ")";
    }
  }

  std::string number() {
    const char* columns[] = {"number", "rate", "amount"};
    switch (rng_.below(7)) {
      case 0:
        return "(" + any(columns) + " * " + std::to_string(rng_.below(5)) + " - 2)";
      case 1:
        return "(" + any(columns) + " + " + any(columns) + ")";
      case 2:
        return "string length(" + text() + ")";
      case 3:
        return "count(labels)";
      case 4:
        if (one_in(4)) return "(" + any(columns) + " + date(today().year, 2, 29).day)";
        return one_in(2) ? "-" + any(columns) : "(number * 0.5)";
      default:
        return any(columns);
    }
  }

  std::string number_constant() {
    const char* constants[] = {"0", "1", "-1", "3", "12.5", "0.005", "-0.0005", "1e25", "-1e25",
                               "100", "(2 + 1.125)", "9007199254740991", "3.12", "1e18",
                               "date(today().year, 2, 29).day"};
    return any(constants);
  }

  std::string number_range() {
    const char* ranges[] = {"[1..9]", "(-0.0005..3.12]", "[-1e25..0)", "(3..1e25)"};
    return any(ranges);
  }

  std::string text() {
    const char* columns[] = {"what", "code", "state", "turn", "organisation", "due.words"};
    return any(columns);
  }
  std::string text_constant() { return quoted(any(kTexts)); }
  std::string text_range() { return one_in(2) ? "[\"9\"..\"b\")" : "(\"ab\"..\"z\"]"; }

  std::string day() {
    const char* columns[] = {"made_on", "due.first", "due.last"};
    const char* moved[] = {" + @\"P1M\"", " - @\"P1M\"", " + @\"P30D\"", " - @\"P1Y\"",
                           " + @\"P11M\" - @\"P2D\""};
    return is_moved_ && one_in(4) ? "(" + any(columns) + any(moved) + ")" : any(columns);
  }

  std::string day_constant() {
    switch (rng_.below(5)) {
      case 0:
        return "today()";
      case 1:
        return "(today() - @\"P1M\")";
      case 2:
        return one_in(2) ? "date(12000, 1, 1)" : "date(-1, 1, 1)";
      case 3:
        // There is none this year.
        if (one_in(3)) return "date(today().year, 2, 29)";
        [[fallthrough]];
      default:
        return "@\"" + any(kDays) + "\"";
    }
  }

  std::string day_range() {
    const char* ranges[] = {"[@\"2024-02-29\"..@\"2026-01-31\")",
                            "(@\"0001-01-01\"..today()]"};
    return any(ranges);
  }

  std::string boolean() {
    const char* forms[] = {"is_new", "not(is_new)", "is_new = true", "is_new != true",
                           "made_on.year = 2024", "due.last.year >= 2026", "true",
                           "made_on in [@\"2024-02-29\"..@\"2026-01-31\")",
                           "true in (is_new, false)", "7 in (number, [1..9])",
                           "@\"2026-01-01\" in (made_on, @\"2025-01-01\")",
                           "5 between number and 30"};
    return any(forms);
  }

  std::string null_test() {
    const char* columns[] = {"what", "number", "rate", "amount", "is_new", "made_on", "due",
                             "due.words", "code", "earlier", "state", "turn", "organisation"};
    return any(columns) + (one_in(2) ? " = null" : " != null");
  }

  std::string text_function() {
    const char* functions[] = {"starts with(", "contains("};
    return any(functions) + text() + ", " + (one_in(9) ? "\"\"" : text_constant()) + ")";
  }

  std::string items(int depth) {
    ++loops_;
    const std::string text = loop(depth);
    --loops_;
    return text;
  }

  std::string loop(int depth) {
    switch (rng_.below(6)) {
      case 0:
        return "list contains(labels, " + text_constant() + ")";
      case 1:
        return text() + " in labels";
      case 2:
        return "(some x in labels satisfies x" + sign() + text() + ")";
      case 3:
        return "(every x in labels satisfies x" + sign() + text_constant() + ")";
      case 4:
        return "(some x in labels, y in labels satisfies x < y and " + condition(depth) + ")";
      default:
        return "(some x in labels satisfies contains(x, " + text_constant() + ") or " +
               condition(depth) + ")";
    }
  }

  SeededRng rng_;
  int loops_ = 0;
  bool is_moved_ = true;
};

// What the evaluator is told of a row. An absent list is an empty one, as the filter has it.
feel::testing::Facts facts_of(const model::Form& form, const model::Record& record) {
  feel::testing::Facts facts;
  const auto day = [](const Json& text) {
    return feel::Value::date(feel::date_of(*Date::parse(std::string_view(text.as_string()))));
  };
  for (const model::Field& field : form.fields) {
    const Json* value = record.fields.as_object().if_contains(field.id);
    if (field.is_many) {
      std::vector<feel::Value> items;
      for (const Json& item : value == nullptr ? json::array() : value->as_array()) {
        items.push_back(feel::Value::string(item.as_string()));
      }
      facts[field.id] = feel::Value::list(std::move(items));
      continue;
    }
    if (value == nullptr) continue;
    if (field.type == FieldType::kUncertainDate) {
      feel::ContextBuilder window;
      window.set("first", day(value->at("first"))).set("last", day(value->at("last")));
      const Json* words = value->as_object().if_contains("words");
      window.set("words", words != nullptr ? feel::Value::string(words->as_string())
                                           : feel::Value::missing("due.words"));
      facts[field.id] = window.build();
    } else if (field.type == FieldType::kDate) {
      facts[field.id] = day(*value);
    } else if (value->is_bool()) {
      facts[field.id] = feel::Value::boolean(value->as_bool());
    } else if (value->is_int64()) {
      facts[field.id] = feel::Value::number(value->as_int64());
    } else if (field.type == FieldType::kDecimal || field.type == FieldType::kMoney) {
      facts[field.id] = feel::Value::number(*feel::Number::parse(value->as_string()));
    } else if (value->is_string()) {
      facts[field.id] = feel::Value::string(value->as_string());
    }
  }
  for (const model::Task& task : record.tasks) {
    if (task.key.starts_with("state:")) facts["turn"] = feel::Value::string(task.role);
  }
  if (!record.state.empty()) facts["state"] = feel::Value::string(record.state);
  facts["organisation"] = feel::Value::string(record.organisation);
  return facts;
}

std::set<std::string> found(StoreFixture& f, model::Query query) {
  query.form = kThing;
  query.limit = 200;
  query.scope = {.clearance = model::Sensitivity::kSecret,
                 .elsewhere = model::Sensitivity::kSecret,
                 .organisation = ""};
  query.with_children = false;
  const auto page = f.store().page(query);
  if (!page) FAIL(describe(page.error()));
  REQUIRE(page->next.empty());
  std::set<std::string> ids;
  for (const model::Record& record : page->records) ids.insert(record.id);
  return ids;
}

struct Rows {
  std::vector<std::string> ids;
  std::vector<feel::testing::Facts> facts;
  std::vector<std::vector<feel::Value>> of_rules;  // by slot, as a rule of the form is told them
};

feel::Scope scope_of(const model::Form& form) {
  feel::Scope scope;
  for (const feel::RowField& field : model::row_fields(form)) scope.add(field.name, field.type);
  return scope;
}

std::vector<feel::Value> facts_of_rules(const model::Form& form, const model::Record& record,
                                        const feel::testing::Facts& facts) {
  const feel::Scope scope = scope_of(form);
  std::vector<feel::Value> slots;
  for (const auto& variable : scope.variables()) {
    if (const model::Field* field = form.find_field(variable.name)) {
      slots.push_back(
          model::feel_value_of(*field, record.fields.as_object().if_contains(field->id)));
      continue;
    }
    const auto fact = facts.find(variable.name);
    slots.push_back(fact == facts.end() ? feel::Value() : fact->second);
  }
  return slots;
}

Rows write_rows(StoreFixture& f) {
  Rows rows;
  for (int at = 0; at < kRows; ++at) {
    const model::Record record = random_row(f.rng(), f, rows.ids);
    f.put(record, "created");
    rows.ids.push_back(record.id);
    const model::Form& form = *f.pack().find_form("thing");
    rows.facts.push_back(facts_of(form, record));
    rows.of_rules.push_back(facts_of_rules(form, record, rows.facts.back()));
  }
  return rows;
}

// The rows of which each verdict is given; by a rule it must be the same.
std::map<feel::Verdict, std::set<std::string>> judged(const std::string& text, const Rows& rows,
                                                      const feel::Scope& scope) {
  const feel::Environment environment{.zones = &system_time_zones(),
                                      .today = feel::Value::date(feel::date_of(today()))};
  const feel::Parsed parsed = feel::parse_expression(text, scope);
  REQUIRE(parsed.root != nullptr);
  const auto rule = feel::compile(text, scope);
  REQUIRE(rule.has_value());
  std::map<feel::Verdict, std::set<std::string>> verdicts;
  for (std::size_t at = 0; at < rows.ids.size(); ++at) {
    feel::Budget budget;
    feel::CallContext context(environment, budget);
    const feel::Value value =
        feel::testing::evaluate_naively(*parsed.root, rows.facts[at], context);
    const feel::Verdict verdict = feel::judge(value, context.take_passed_over()).verdict;
    const feel::Value by_rule = rule->evaluate(rows.of_rules[at], context);
    CHECK(feel::judge(by_rule, context.passed_over()).verdict == verdict);
    verdicts[verdict].insert(rows.ids[at]);
  }
  return verdicts;
}

struct Tally {
  std::uint64_t judgements = 0, yes = 0, no = 0, unknown = 0, refused = 0, filters = 0;
};

// That the database finds what the evaluator says.
void check_found(StoreFixture& f, const std::string& text, const feel::Predicate& predicate,
                 const Rows& rows, const feel::Scope& scope, Tally& tally) {
  auto verdicts = judged(text, rows, scope);
  model::Query query;
  query.where = std::make_shared<const feel::Predicate>(predicate);
  CHECK(found(f, query) == verdicts[feel::Verdict::kYes]);
  query.is_undetermined = true;
  CHECK(found(f, query) == verdicts[feel::Verdict::kUndetermined]);
  tally.judgements += rows.ids.size();
  tally.yes += verdicts[feel::Verdict::kYes].size();
  tally.no += verdicts[feel::Verdict::kNo].size();
  tally.unknown += verdicts[feel::Verdict::kUndetermined].size();
}

void compare(StoreFixture& f, const Rows& rows, std::uint64_t wanted, Tally& tally) {
  const model::Form& form = *f.pack().find_form("thing");
  const feel::Scope scope = scope_of(form);
  RandomFilters random(kSeed);
  while (tally.judgements < wanted) {
    const std::string text = random.next();
    CAPTURE(text);
    const feel::Pushed pushed = model::read_where(text, form, today());
    ++tally.filters;
    if (!pushed.predicate) {
      // Numbers that could grow too large, and much within three loops.
      for (const feel::Finding& finding : pushed.findings) {
        CHECK((finding.id == "FE-0053" || finding.id == "FE-0101"));
      }
      ++tally.refused;
      continue;
    }
    CAPTURE(feel::to_text(*pushed.predicate));
    check_found(f, text, *pushed.predicate, rows, scope, tally);
  }
}

// Whether the database finds the rows of this condition along an index.
bool uses_index(Connection& connection, const FormTable& table, const feel::Predicate& predicate) {
  const bool is_sqlite = connection.dialect().kind == Dialect::Kind::kSqlite;
  SqlBuilder sql;
  sql.add(is_sqlite ? "explain query plan " : "explain ");
  sql.add("select f._created from ").add(quote_identifier(table.name()));
  sql.add(" f where f._current = 1 and f._audience = 0 and ");
  render(table, predicate, sql);
  auto lines = sql.query(connection);
  if (!lines) FAIL(describe(lines.error()));
  std::string plan;
  while (lines->next()) plan += std::string(lines->text(is_sqlite ? 3 : 0)) + "\n";
  CAPTURE(plan);
  const std::string index = FormTable::index_name(table.name(), "number");
  CHECK(plan.find(index) != std::string::npos);
  const auto condition = plan.find(is_sqlite ? "INDEX " : "Index Cond:");
  const std::string of_index = plan.substr(std::min(condition, plan.size()));
  return of_index.substr(0, of_index.find('\n')).find(is_sqlite ? "number>" : "number >=") !=
         std::string::npos;
}

TEST_CASE("where: both databases find what the evaluator says, on random rows") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    const Rows rows = write_rows(f);
    Tally tally;
    compare(f, rows, how_many(), tally);
    MESSAGE(std::string(test.name()) << ": " << tally.judgements << " rows judged by "
                                     << tally.filters << " filters, " << tally.yes << " yes, "
                                     << tally.no << " no, " << tally.unknown << " undetermined, "
                                     << tally.refused << " filters refused");
    // Filters of which nothing can be said would compare nothing.
    CHECK(tally.yes * 10 > tally.judgements);
    CHECK(tally.no * 10 > tally.judgements);
    CHECK(tally.unknown * 50 > tally.judgements);
    CHECK(tally.refused * 5 < tally.filters);
  });
}

TEST_CASE("where: what could not be computed is unknown to rules and to both databases") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    const Rows rows = write_rows(f);
    const model::Form& form = *f.pack().find_form("thing");
    const auto tallied = [&](const std::string& text) {
      CAPTURE(text);
      const feel::Pushed pushed = model::read_where(text, form, today());
      REQUIRE(pushed.predicate);
      Tally tally;
      check_found(f, text, *pushed.predicate, rows, scope_of(form), tally);
      return tally;
    };
    // There is no such day this year: equal to what is not known is neither yes nor no.
    for (const char* text : {"made_on = date(today().year, 2, 29)",
                             "not(made_on != date(today().year, 2, 29))",
                             "number + date(today().year, 2, 29).day = number",
                             "date(today().year, 2, 29) in (made_on, due.first)"}) {
      CHECK(tallied(text).unknown == rows.ids.size());
    }
    for (const char* text : {"number in [1, date(today().year, 2, 29).day]",
                             "list contains([1, date(today().year, 2, 29).day], number)"}) {
      const Tally tally = tallied(text);
      CHECK(tally.yes > 0);
      CHECK(tally.yes + tally.unknown == rows.ids.size());
    }
    // Not every window was given words.
    const Tally words = tallied("due.words = \"open\"");
    CHECK(words.no > 0);
    CHECK(words.unknown > 0);
  });
}

// `depth` conditions within each other, each with the next where a parser has most to remember.
std::string nested(std::string text, int depth) {
  for (int i = 0; i < depth; ++i) {
    text = (i % 2 == 0 ? "(number = 1 or " : "(number != 2 and ") + std::move(text) + ")";
  }
  return text;
}

std::string repeated(int times, const std::string& before, std::string text,
                     const std::string& after) {
  for (int i = 0; i < times; ++i) text = before + std::move(text) + after;
  return text;
}

std::string loop_over(const std::string& name, const std::string& body) {
  return "(some " + name + " in labels satisfies " + body + ")";
}

// The deepest that are accepted, each in another way.
std::vector<std::string> deepest_filters() {
  const auto loops = [](int around, int in_a, int in_b, int in_c) {
    const std::string c = loop_over("c", nested("(c < what and a < b)", in_c));
    const std::string b = loop_over("b", nested(c, in_b));
    return nested(loop_over("a", nested(b, in_a)), around);
  };
  return {nested("rate > number", 19),
          nested("string length(what) > number", 19),
          nested("starts with(turn, \"a\")", 19),
          nested("contains(turn, \"a\")", 20),
          repeated(10, "not(is_new and ", "number > 1", ")"),
          repeated(20, "(number + ", "number", ")") + " > 0",
          repeated(20, "(", "number", " + number)") + " > 0",
          "number < " + repeated(20, "(number + ", "number", ")"),
          nested("number < " + repeated(10, "(number + ", "number", ")"), 10),
          loops(4, 0, 0, 0),
          loops(0, 4, 0, 0),
          loops(0, 0, 4, 0),
          loops(0, 0, 0, 4),
          loops(1, 1, 1, 1),
          repeated(50, "not(", "is_new", ")")};
}

TEST_CASE("where: the deepest filters are answered, and deeper ones refused") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    const model::Form& form = *f.pack().find_form("thing");
    const Rows rows = write_rows(f);
    const feel::Scope scope = scope_of(form);
    Tally tally;
    const auto all = deepest_filters();
    for (const std::string& text : all) {
      CAPTURE(text);
      const feel::Pushed pushed = model::read_where(text, form, today());
      REQUIRE(pushed.predicate);
      // Those of twenty levels; two denials are none.
      CHECK(feel::depth_of(*pushed.predicate) == (&text == &all.back() ? 0 : 20));
      check_found(f, text, *pushed.predicate, rows, scope, tally);
    }
    CHECK(tally.yes > 0);
    CHECK(tally.unknown > 0);
    std::string sum = "number";
    for (int i = 1; i < 100; ++i) sum += " + number";
    for (const std::string& text : {sum + " > 0", nested("number = 3", 30)}) {
      const feel::Pushed pushed = model::read_where(text, form, today());
      REQUIRE(pushed.findings.size() == 1);
      CHECK(pushed.findings[0].id == "FE-0058");
    }
  });
}

// Leaves 64 bits where the number of the row is more than one.
feel::Predicate overflowing() {
  using feel::RowTerm;
  RowTerm product{.kind = RowTerm::Kind::kMultiply};
  product.parts = {{.kind = RowTerm::Kind::kColumn, .field = "number"},
                   {.constant = std::int64_t{1} << 62}};
  return {.kind = feel::Predicate::Kind::kCompare,
          .op = feel::Operator::kGreater,
          .left = std::move(product),
          .right = {.constant = std::int64_t{0}}};
}

TEST_CASE("where: rows that are not reached are not judged") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    const auto put = [&f](model::Sensitivity audience, std::int64_t number) {
      model::Record record = random_row(f.rng(), f, {});
      record.audience = audience;
      record.fields.as_object()["number"] = number;
      f.put(record, "created");
      return record.id;
    };
    model::Query query;
    query.form = kThing;
    query.where = std::make_shared<const feel::Predicate>(overflowing());
    // Of others than public ones those of young persons: none here is about a person.
    model::ConditionalReach young{.clearance = model::Sensitivity::kSecret};
    young.subject_age.below = 18;
    query.scope = {.clearance = model::Sensitivity::kPublic,
                   .elsewhere = model::Sensitivity::kPublic,
                   .organisation = "org-1",
                   .through = {young}};
    const auto ids = [&](const model::AsOf& as_of) {
      query.as_of = as_of;
      const auto page = f.store().page(query);
      if (!page) FAIL(describe(page.error()));
      std::vector<std::string> found;
      for (const model::Record& record : page->records) found.push_back(record.id);
      return found;
    };
    const model::AsOf later{.valid_on = Date::of(2030, 1, 1), .known_at = {}};
    const std::vector<std::string> reached{put(model::Sensitivity::kPublic, 1)};
    CHECK(ids({}) == reached);
    CHECK(ids(later) == reached);
    put(model::Sensitivity::kInternal, 100);
    CHECK(ids({}) == reached);
    CHECK(ids(later) == reached);
  });
}

TEST_CASE("where: a record without a state, or with nobody at turn, has none to a filter") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    const Rows rows = write_rows(f);
    const auto lacks = [&rows](const char* name) {
      std::set<std::string> ids;
      for (std::size_t at = 0; at < rows.ids.size(); ++at) {
        if (!rows.facts[at].contains(name)) ids.insert(rows.ids[at]);
      }
      return ids;
    };
    const auto asked = [&f](const std::string& text, bool is_undetermined = false) {
      CAPTURE(text);
      const auto pushed = model::read_where(text, *f.pack().find_form("thing"), today());
      REQUIRE(pushed.predicate);
      model::Query query;
      query.where = std::make_shared<const feel::Predicate>(*pushed.predicate);
      query.is_undetermined = is_undetermined;
      return found(f, query);
    };
    for (const std::string name : {"state", "turn"}) {
      const auto without = lacks(name.c_str());
      REQUIRE(without.size() > 10);
      REQUIRE(without.size() < rows.ids.size() - 10);
      CHECK(asked(name + " = null") == without);
      CHECK(asked(name + " = null or number = null and number != null") == without);
      CHECK(asked(name + " != null").size() == rows.ids.size() - without.size());
      CHECK(asked(name + " = \"\"").empty());
      CHECK(asked(name + " in (\"\", \"nobody\")").empty());
      CHECK(asked(name + " >= \"\"").size() == rows.ids.size() - without.size());
      CHECK(asked(name + " != \"nobody\"").size() == rows.ids.size() - without.size());
      CHECK(asked(name + " = \"\"", true) == without);
      CHECK(asked(name + " = null", true).empty());
    }
  });
}

TEST_CASE("where: a comparison with a constant is found along the index of the field") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    const model::Form& form = *f.pack().find_form("thing");
    const FormTable table("sample/thing", form.fields, true);
    write_rows(f);
    auto connection = test.database().connect(Access::kWrite);
    REQUIRE(connection.has_value());
    if (test.database().dialect().kind == Dialect::Kind::kPostgres) {
      // A table as small as this one is read whole, whatever indexes there are.
      const std::string script = "analyze " + quote_identifier(table.name());
      REQUIRE((*connection)->run_script(script).has_value());
      REQUIRE((*connection)->run_script("set enable_seqscan = off").has_value());
    }
    const auto pushed = model::read_where("number >= 3 and number < 5 and what != null", form,
                                          today());
    REQUIRE(pushed.predicate);
    CHECK(uses_index(**connection, table, *pushed.predicate));
    // In a page it is one walk along that index, and a test of what is left.
    const auto conditions = conditions_of(table, *pushed.predicate);
    REQUIRE(conditions.size() == 2);
    CHECK(conditions[0].kind == Condition::Kind::kRange);
    CHECK(std::get<std::int64_t>(*conditions[0].to) == 4);
    CHECK(conditions[1].kind == Condition::Kind::kPredicate);
  });
}

TEST_CASE("where: a database is never asked to compare two constants") {
  const CheckHandler before = set_check_handler(
      [](const CheckFailure& failure) { throw std::logic_error(failure.why); });
  const FormTable table("sample/thing", {}, true);
  SqlBuilder sql;
  feel::Predicate where{.kind = feel::Predicate::Kind::kCompare};
  where.left.constant = std::string("9");
  where.right.constant = std::string("30");
  CHECK_THROWS_AS(render(table, where, sql), std::logic_error);
  where.left = {.kind = feel::RowTerm::Kind::kColumn, .field = "state"};
  CHECK_NOTHROW(render(table, where, sql));
  set_check_handler(before);
}

TEST_CASE("where: what has no column is refused, and a cursor belongs to its filter") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    const auto refusal = [&](const char* form, feel::Predicate where) {
      model::Query query;
      query.form = form;
      query.where = std::make_shared<const feel::Predicate>(std::move(where));
      const auto page = f.store().page(query);
      return page ? std::string() : page.error().id;
    };
    const auto is_null = [](const char* field, const char* member = "") {
      return feel::Predicate{.kind = feel::Predicate::Kind::kIsNull,
                             .left = {.kind = feel::RowTerm::Kind::kColumn,
                                      .field = field,
                                      .member = member}};
    };
    CHECK(refusal("sample/thing", is_null("what")).empty());
    CHECK(refusal("sample/thing", is_null("nothing")) == "ST-0018");
    CHECK(refusal("sample/thing", is_null("labels")) == "ST-0018");
    CHECK(refusal("sample/thing", is_null("due", "middle")) == "ST-0018");
    CHECK(refusal("sample/person", is_null("secret_note")) == "ST-0018");
    CHECK(refusal("sample/person", is_null("state")) == "ST-0018");
    CHECK(refusal("sample/thing", {.kind = feel::Predicate::Kind::kSome, .field = "what"}) ==
          "ST-0018");
    for (int at = 0; at < 3; ++at) f.put(random_row(f.rng(), f, {}), "created");
    model::Query query;
    query.form = kThing;
    query.limit = 1;
    query.scope.elsewhere = query.scope.clearance = model::Sensitivity::kSecret;
    query.where = std::make_shared<const feel::Predicate>(
        feel::Predicate{.kind = feel::Predicate::Kind::kTruth, .truth = true});
    query.cursor = f.store().page(query)->next;
    REQUIRE_FALSE(query.cursor.empty());
    CHECK(f.store().page(query).has_value());
    query.where = std::make_shared<const feel::Predicate>(is_null("what"));
    CHECK(f.store().page(query).error().id == "ST-0019");
  });
}

}  // namespace
}  // namespace zicht::store
