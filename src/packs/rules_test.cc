// What forms and processes say in FEEL, from file to verdict: what is compiled, every mistake with
// its place, and what check_rules says of documents.
#include "model/rules.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "model/life.h"
#include "packs/diff.h"
#include "packs/internal/expressions.h"
#include "packs/load.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

constexpr const char* kForm = "forms/plan.yaml";
constexpr const char* kProcess = "processes/plan-life.yaml";

Files rules_files() { return testing::read_folder("tests/packs/rules"); }

void replace(Files& files, const std::string& file, std::string_view from, std::string_view to) {
  files = testing::replaced(std::move(files), file, from, to);
}

struct World {
  model::PackSet packs;
  const model::Form* form = nullptr;

  explicit World(const Files& files = rules_files()) {
    const LoadResult loaded = load(files, {});
    INFO(testing::listed(loaded.diagnostics));
    REQUIRE(loaded.pack != nullptr);
    packs.add(loaded.pack);
    packs.activate(loaded.pack->hash);
    form = packs.find_form("rules/plan");
  }

  // "MO-0143 /fields/ends; ..."
  std::string refused(const char* fields, model::RuleCheck check = {}) const {
    check.today = Date::of(2026, 3, 10);
    const Json document = *parse_json(fields);
    std::string told;
    for (const Problem& problem : model::check_rules(*form, packs, document, check)) {
      told += (told.empty() ? "" : "; ") + problem.id + " " + problem.where;
    }
    return told;
  }

  Json computed(const char* fields) const {
    return model::with_computed(*form, packs, *parse_json(fields), Date::of(2026, 3, 10));
  }
};

// "id line:column" of everything that is wrong, warnings too.
std::string findings(const Files& files) {
  std::string told;
  for (const Diagnostic& d : load(files, {}).diagnostics) {
    CHECK_FALSE(d.hint.nl.empty());
    told += (told.empty() ? "" : "; ") + d.id + " " + std::to_string(d.line) + ":" +
            std::to_string(d.column);
  }
  return told;
}

// The same after one replacement in the form or the process.
std::string findings_with(const char* file, std::string_view from, std::string_view to) {
  Files files = rules_files();
  replace(files, file, from, to);
  return findings(files);
}

TEST_CASE("rules: the pack has no findings, and knows what each rule reads") {
  CHECK(findings(rules_files()) == "");
  const World world;
  REQUIRE(world.form->rules != nullptr);
  const model::FormRules& rules = *world.form->rules;
  CHECK(rules.computed == std::vector<std::string>{"cost", "late", "minutes", "heavy"});
  CHECK(world.form->find_field("ends")->rules->valid_if.at(0).rule.inputs ==
        std::vector<std::string>{"starts", "ends"});
  CHECK(rules.valid_if.at(0).rule.inputs == std::vector<std::string>{"length", "hours"});
  CHECK(rules.guards.size() == 3);
  CHECK(rules.guards.at("plan-life/start").rule.inputs == std::vector<std::string>{"cost"});
}

TEST_CASE("rules: a mistake in an expression is told at its place in the file") {
  // An unknown name, with the nearest known one.
  Files files = rules_files();
  replace(files, kForm, "hours * price", "hours * prise");
  const LoadResult loaded = load(files, {});
  REQUIRE(loaded.diagnostics.size() == 1);
  const Diagnostic& unknown = loaded.diagnostics.front();
  CHECK(unknown.id == "FE-0002");
  CHECK(unknown.file == kForm);
  CHECK(unknown.hint.nl.find("price") != std::string::npos);
  const std::string& text = files.at(kForm);
  const std::size_t at = text.find("prise");
  const std::size_t line_start = text.rfind('\n', at) + 1;
  CHECK(unknown.line == 1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'));
  CHECK(unknown.column == at - line_start + 1);
  // All of them at once.
  replace(files, kForm, "ends >= starts", "ends >= startz");
  replace(files, kProcess, "cost <= 1000", "cosst <= 1000");
  CHECK(load(files, {}).diagnostics.size() == 3);
}

TEST_CASE("rules: what a rule may not be is refused") {
  struct Wrong {
    const char* from;
    const char* to;
    const char* id;
  };
  const Wrong cases[] = {
      {"ends >= starts", "ends >= (", "FE-0001"},
      {"ends >= starts", "ends >= what", "FE-0020"},
      {"ends >= starts", "hours + 1", "PK-0150"},
      {"computed: hours * price", "computed: what", "PK-0151"},
      {"required_if: length = \"short\"", "required_if: worry > 5", "PK-0152"},
      {"computed: hours * price", "computed: worry * price", "PK-0152"},
      {"computed: ends < today", "computed: now() != null", "PK-0154"},
      {"computed: ends < today", "computed: random number() < 1", "PK-0154"},
      {"computed: ends < today", "computed: ends < today()", "FE-0024"},
      {"rule: not(length = \"short\" and hours > 40)", "rule: worry > hours", "PK-0157"},
      {"length = \"long\"", "length = \"lang\"", "PK-0158"},
      {"length = \"long\"", "length in (\"long\", \"lang\")", "PK-0158"},
      {"computed: ends < today", "required: true, computed: ends < today", "PK-0061"},
      {"label: {nl: Dag", "show_if: hours > 1, label: {nl: Dag", "PK-0061"},
      {"min: 0, max: 1000}", "min: 0, max: 1000, required: true, required_if: true}", "PK-0061"},
      {"{type: text, label: {nl: Wat,", "{type: reference, computed: what, label: {nl: Wat,",
       "PK-0061"},
      {"rule: ends >= starts", "roel: ends >= starts", "PK-0020"},
  };
  for (const Wrong& wrong : cases) {
    CAPTURE(wrong.to);
    const std::string told = findings_with(kForm, wrong.from, wrong.to);
    CHECK_MESSAGE(told.find(wrong.id) != std::string::npos, told);
  }
}

TEST_CASE("rules: fields that depend on each other in a ring are refused") {
  Files files = rules_files();
  replace(files, kForm, "hours: {type: integer, label",
          "hours: {type: integer, show_if: cost > 1, label");
  const LoadResult loaded = load(files, {});
  REQUIRE(loaded.pack == nullptr);
  CHECK(std::any_of(loaded.diagnostics.begin(), loaded.diagnostics.end(), [](const auto& d) {
    return d.id == "PK-0153" && d.message.nl.find("hours -> cost -> hours") != std::string::npos;
  }));
}

TEST_CASE("rules: a guard and a step stay within what their takers see and may fill in") {
  const std::string told =
      findings_with(kProcess, "cost <= 1000 and turn", "worry < 5 and turn");
  CHECK(told.starts_with("PK-0155"));
  CHECK(findings_with(kProcess, "fields: {checked: required}", "fields: {cost: required}")
            .find("PK-0156") != std::string::npos);
  CHECK(findings_with(kProcess, "reason: optional\n    guard", "automatic: true\n    guard")
            .find("PK-0088") != std::string::npos);
}

TEST_CASE("rules: a step that requires what may be hidden is warned of, unless its guard looks") {
  const std::string_view given =
      "fields: {checked: required}\n    guard:\n      rule: checked >= starts";
  const auto told = [&](const std::string& need, const std::string& rule) {
    return findings_with(kProcess, given,
                         "fields: {reason: " + need + "}\n    guard:\n      rule: " + rule);
  };
  CHECK(told("required", "starts <= today").starts_with("PK-0149"));
  CHECK(told("required", "length = \"long\" and starts <= today") == "");
  CHECK(told("optional", "starts <= today") == "");
}

TEST_CASE("rules: the deadline that a step waits for hangs on no computed field") {
  const auto findings_of = [](const char* seen, const char* start, const char* term,
                              bool is_gate = true) {
    Files files = rules_files();
    replace(files, kForm, "{type: uncertain_date, label: {nl: Gezien, en: Seen}}", seen);
    if (is_gate) {
      replace(files, kProcess, "roles: [expert]\n",
              "roles: [expert]\n    not_before: {deadline: wait, gate: hard}\n");
    }
    files.at(kProcess) += std::string("deadlines:\n  wait:\n    label: {nl: Wacht, en: Wait}\n") +
                          "    start: " + start + "\n    term: " + term +
                          "\n    runs_in: [running]\n";
    return findings(files);
  };
  const char* given = "{type: uncertain_date, label: {nl: Gezien, en: Seen}}";
  const char* day = "{type: uncertain_date, label: {nl: Gezien, en: Seen}, computed: ends}";
  const char* period =
      "{type: period, label: {nl: Gezien, en: Seen}, computed: 'duration(\"P1M\")'}";
  CHECK(findings_of(given, "field(seen)", "P2W").find("PK-0159") == std::string::npos);
  CHECK(findings_of(day, "field(seen)", "P2W").find("PK-0159") != std::string::npos);
  CHECK(findings_of(period, "field(starts)", "field(seen)").find("PK-0159") != std::string::npos);
  CHECK(findings_of(day, "field(seen)", "P2W", false).find("PK-0159") == std::string::npos);
}

TEST_CASE("rules: a place in a scalar is found however the scalar is written") {
  using internal::Place;
  const auto at = [](std::string_view file, Place start, std::string_view scalar,
                     std::size_t offset) {
    const Place place = internal::place_in_scalar(file, start, scalar, offset);
    return std::to_string(place.line) + ":" + std::to_string(place.column);
  };
  CHECK(at("rule: a + bb", {1, 7}, "a + bb", 4) == "1:11");
  CHECK(at("rule: 'a + ''é'' + bb'", {1, 7}, "a + 'é' + bb", 11) == "1:20");
  CHECK(at("rule: \"a + \\\"x\\\" + bb\"", {1, 7}, "a + \"x\" + bb", 10) == "1:20");
  CHECK(at("rule: |\n  a +\n  bb\n", {1, 7}, "a +\nbb\n", 4) == "3:3");
  CHECK(at("rule: >\n  a +\n  bb\n", {1, 7}, "a + bb\n", 4) == "3:3");
  CHECK(at("rule: a +\n  bb\n", {1, 7}, "a + bb", 4) == "2:3");
  // Something else than the file has: the start.
  CHECK(at("rule: \"\\u0061 + bb\"", {1, 7}, "a + bb", 4) == "1:7");
}

constexpr const char* kShort =
    R"({"what": "x", "length": "short", "starts": "2026-03-01", "ends": "2026-04-01"})";

TEST_CASE("rules: a field of several values that is not filled in is an empty list") {
  const auto refused_by = [](const char* rule, const char* fields) {
    Files files = rules_files();
    replace(files, kForm, "not(length = \"short\" and hours > 40)", rule);
    return World(files).refused(fields);
  };
  const char* none = R"({"reason": "x"})";
  const char* one = R"({"reason": "x", "visits": [{"day": "2026-03-01", "minutes": 5}]})";
  CHECK(refused_by("count(visits) > 0", none) == "MO-0143 /fields");
  CHECK(refused_by("count(visits) > 0", one) == "");
  CHECK(refused_by("some visit in visits satisfies visit.minutes > 5", none) ==
        "MO-0143 /fields");
  CHECK(refused_by("every visit in visits satisfies visit.minutes > 5", none) == "");
  // Without an author who says what then holds there is no sum.
  CHECK(refused_by("sum(visits.minutes) > 1", none) == "MO-0144 /fields");
  CHECK_FALSE(World().computed(none).as_object().contains("minutes"));
}

TEST_CASE("rules: a filter over many rows does not ask of a computed list") {
  // Absent it is a missing fact to a rule; to a filter it would be empty.
  const auto told = [](const char* list, const char* where) {
    Files files = rules_files();
    replace(files, kForm, "  checked:", std::string("  marks: {type: text, label: {nl: M, en: M}, "
                                                    "many: true, filterable: true") + list +
                                            "}\n  checked:");
    files["desks/plans.yaml"] =
        "desk: plans\ntitle: {nl: P, en: P}\nlead: {nl: P., en: P.}\naudience: internal\n"
        "order: 1\nblocks:\n  - kind: register\n    id: plans\n    title: {nl: P, en: P}\n"
        "    form: plan\n    where: " + std::string(where) + "\n    columns: [what]\n";
    return findings(files);
  };
  CHECK(told("", "count(marks) = 0") == "");
  CHECK(told(", computed: '[what]'", "length != null") == "");
  CHECK(told(", computed: '[what]'", "count(marks) = 0") == "FE-0059 11:18");
}

TEST_CASE("rules: the three outcomes of a condition") {
  const World world;
  CHECK(world.refused(kShort) == "");
  CHECK(world.refused(R"({"length": "short", "starts": "2026-03-01", "ends": "2026-02-01"})") ==
        "MO-0143 /fields/ends");
  // Without a start nobody can say; that the start is missing is told elsewhere.
  CHECK(world.refused(R"({"length": "long", "reason": "x", "ends": "2026-02-01"})") == "");
  CHECK(world.refused(R"({"length": "short", "ends": "2026-02-01", "hours": 41})") ==
        "MO-0143 /fields");
  CHECK(world.refused(R"({"length": "short", "starts": "2026-03-01"})") == "MO-0103 /fields/ends");
  CHECK(world.refused(R"({"length": "long", "starts": "2026-03-01"})") ==
        "MO-0103 /fields/reason");
  // Where the length is missing the reason is shown, and then asked; an end is not.
  CHECK(world.refused("{}") == "MO-0103 /fields/reason");
  CHECK(world.refused(R"({"reason": "x"})") == "");
  CHECK(world.refused(R"({"length": "short", "ends": "2026-04-01", "reason": "x"})") ==
        "MO-0140 /fields/reason");
  CHECK(world.refused(R"({"length": "long", "reason": "x", "worry": 6})") ==
        "MO-0103 /fields/answer");
}

TEST_CASE("rules: what cannot be computed refuses, for another reason than a missing fact") {
  Files files = rules_files();
  replace(files, kForm, "rule: not(length = \"short\" and hours > 40)",
          "rule: 100 / hours < 50");
  const World world(files);
  CHECK(world.refused(R"({"reason": "x", "hours": 0})") == "MO-0144 /fields");
  CHECK(world.refused(R"({"reason": "x", "hours": 1})") == "MO-0143 /fields");
  CHECK(world.refused(R"({"reason": "x"})") == "");
  // Also where FEEL goes on without it: a condition, a filter, a computed value.
  Files passing = rules_files();
  replace(passing, kForm, "rule: not(length = \"short\" and hours > 40)",
          "rule: if 100 / hours > 50 then false else true");
  replace(passing, kForm, "computed: 'if count(visits) = 0 then null else sum(visits.minutes)'",
          "computed: 'count(visits[60 / item.minutes > 2])'");
  const World other(passing);
  CHECK(other.refused(R"({"reason": "x", "hours": 0})") == "MO-0144 /fields");
  CHECK(other.refused(R"({"reason": "x", "hours": 1})") == "MO-0143 /fields");
  CHECK(other.refused(R"({"reason": "x", "hours": 2})") == "");
  const char* visits = R"({"reason": "x", "visits": [{"day": "2026-03-01", "minutes": 0}]})";
  CHECK(other.refused(visits) == "MO-0142 /fields/minutes");
  CHECK_FALSE(other.computed(visits).as_object().contains("minutes"));
}

TEST_CASE("rules: computed values are typed by their field, in its canonical form") {
  const World world;
  CHECK(canonical_json(world.computed(
            R"({"hours": 3, "price": "33.35", "ends": "2026-03-09", "worry": 6,
                "visits": [{"day": "2026-03-01", "minutes": 5}]})"))
            .value() ==
        R"({"cost":"100.05","ends":"2026-03-09","heavy":false,"hours":3,"late":true,)"
        R"("minutes":5,"price":"33.35","visits":[{"day":"2026-03-01","minutes":5}],"worry":6})");
  // A visit without minutes: the sum is not known, and not 5.
  CHECK_FALSE(world.computed(R"({"visits": [{"day": "2026-03-01", "minutes": 5},
                                            {"day": "2026-03-02"}]})")
                  .as_object()
                  .contains("minutes"));
  // What was there goes when it cannot be determined any more.
  CHECK_FALSE(world.computed(R"({"cost": "5.00", "hours": 2})").as_object().contains("cost"));
  CHECK(world.refused(R"({"reason": "x", "hours": 1000, "price": "10.00", "cost": "1.00"})") ==
        "MO-0142 /fields/cost; MO-0141 /fields/cost");
}

TEST_CASE("rules: a computed value that comes back as it was is no attempt to fill it in") {
  const World world;
  CHECK(world.refused(R"({"reason": "x", "hours": 2, "price": "2.00", "cost": "4.00"})") == "");
  CHECK(world.refused(R"({"reason": "x", "hours": 2, "price": "2.00", "cost": "5.00"})") ==
        "MO-0141 /fields/cost");
  const Json before = *parse_json(R"({"hours": 1, "price": "5.00", "cost": "5.00"})");
  CHECK(world.refused(R"({"reason": "x", "hours": 2, "price": "2.00", "cost": "5.00"})",
                      {.before = &before}) == "");
}

TEST_CASE("rules: a step is held to the rules about what it sets") {
  const World world;
  const Json step = *parse_json(R"({"hours": 41})");
  const char* whole = R"({"length": "short", "starts": "2026-03-01", "ends": "2026-01-01",
                          "hours": 41})";
  CHECK(world.refused(whole, {.touched = &step.get_object()}) == "MO-0143 /fields");
  CHECK(world.refused(whole) == "MO-0143 /fields/ends; MO-0143 /fields");
}

TEST_CASE("rules: a step is held to rules that read what it sets through computed fields") {
  Files files = rules_files();
  replace(files, kForm, "not(length = \"short\" and hours > 40)", "cost <= 100");
  const World world(files);
  const Json before = *parse_json(R"({"length": "long", "reason": "x", "hours": 2,
                                      "price": "10.00", "cost": "20.00"})");
  const auto refused = [&](const char* step) {
    const Json given = *parse_json(step);
    const Json whole = model::merged(before, given);
    return world.refused(canonical_json(whole).value().c_str(),
                         {.before = &before, .touched = &given.get_object()});
  };
  CHECK(refused(R"({"hours": 20})") == "MO-0143 /fields");
  CHECK(refused(R"({"hours": 3})") == "");
  // A value that cannot be computed any more does not vanish without a word.
  CHECK(refused(R"({"hours": 1000})") == "MO-0142 /fields/cost");
  // What is not touched is not judged: an old record goes on.
  Json dear = before;
  dear.get_object()["hours"] = 20;
  dear.get_object()["cost"] = "200.00";
  const Json other = *parse_json(R"({"checked": "2026-03-02"})");
  CHECK(world.refused(canonical_json(dear).value().c_str(),
                      {.before = &dear, .touched = &other.get_object()}) == "");
}

TEST_CASE("rules: a step is held to what is computed otherwise since, whatever it sets") {
  Files files = rules_files();
  replace(files, kForm, "not(length = \"short\" and hours > 40)", "not(late)");
  const World world(files);
  const Json nothing = json::object{};
  const auto refused = [&](const char* record) {
    const Json before = *parse_json(record);
    return world.refused(record, {.before = &before, .touched = &nothing.get_object()});
  };
  CHECK(refused(R"({"reason": "x", "ends": "2026-03-09", "late": false})") == "MO-0143 /fields");
  CHECK(refused(R"({"reason": "x", "ends": "2026-03-09"})") == "MO-0143 /fields");
  CHECK(refused(R"({"reason": "x", "ends": "2026-03-09", "late": true})") == "");
  CHECK(refused(R"({"reason": "x", "ends": "2026-03-11", "late": false})") == "");
}

TEST_CASE("rules: a rule takes part where its field and all that it reads are there") {
  const World world;
  model::Form visible = *world.form;
  std::erase_if(visible.fields, [](const model::Field& field) {
    return field.sensitivity >= model::Sensitivity::kConfidential;
  });
  const Json fields = *parse_json(R"({"length": "long", "reason": "x", "worry": 9, "hours": 11,
                                      "heavy": true})");
  CHECK(model::check_rules(visible, world.packs, fields, {.today = Date::of(2026, 3, 10)})
            .empty());
  for (const auto& each : model::assess_rules(visible, world.packs, fields, {}, true).fields) {
    CHECK(each.field->sensitivity < model::Sensitivity::kConfidential);
  }
}

TEST_CASE("rules: guards let nobody pass who is not told yes") {
  const World world;
  const auto guard = [&](const char* step, const char* fields, std::string_view turn) {
    const Json document = *parse_json(fields);
    const auto passed = model::check_guard(*world.form, "plan-life", step,
                                           {document, "running", turn, Date::of(2026, 3, 10)});
    return passed ? std::string("passes") : passed.error().id;
  };
  CHECK(guard("start", R"({"cost": "1000.00"})", "planner") == "passes");
  CHECK(guard("start", R"({"cost": "1000.00"})", "expert") == "MO-0222");
  CHECK(guard("start", R"({"cost": "1000.01"})", "planner") == "MO-0222");
  CHECK(guard("start", R"({})", "planner") == "MO-0223");
  CHECK(guard("start", R"({"cost": "1.00"})", "") == "MO-0223");
  CHECK(guard("close", R"({})", "") == "MO-0223");
  CHECK(guard("nothing", R"({})", "") == "passes");
  const Json none = json::object{};
  const auto missing = model::check_guard(*world.form, "plan-life", "start",
                                          {none, "draft", "planner", Date::of(2026, 3, 10)});
  CHECK(missing.error().message.nl.find("Kosten") != std::string::npos);
}

TEST_CASE("rules: the steps of facts are held to rules and guards, as loading holds them") {
  const std::string facts =
      "facts: plans\n"
      "form: plan\n"
      "organisation: {id: house, name: Huis}\n"
      "records:\n"
      "  - id: one\n"
      "    from: 2026-02-01\n"
      "    fields: {what: Zwemles, length: long, reason: Groot, starts: 2026-03-01, hours: 3, "
      "price: '33.35'}\n"
      "    steps:\n"
      "      - {do: start, on: 2026-03-01}\n"
      "      - {do: check, on: 2026-03-02, fields: {checked: 2026-03-02}}\n";
  const auto findings_of = [&](std::string_view from, std::string_view to,
                               const char* rule = "") {
    Files files = rules_files();
    files["facts/plans.yaml"] = facts;
    replace(files, "facts/plans.yaml", from, to);
    if (*rule != 0) replace(files, kForm, "not(length = \"short\" and hours > 40)", rule);
    return findings(files);
  };
  const auto is_only = [](const std::string& told, std::string_view id_and_line) {
    return told.starts_with(id_and_line) && told.find(';') == std::string::npos;
  };
  CHECK(findings_of("'33.35'", "'33.35'") == "");
  // The guard of the first step, over a computed field: no, and missing.
  CHECK(is_only(findings_of("'33.35'", "'500.00'"), "MO-0222 9:"));
  CHECK(is_only(findings_of(", price: '33.35'", ""), "MO-0223 9:"));
  // Of the second, over what it brings and the state that the first led to.
  CHECK(is_only(findings_of("checked: 2026-03-02", "checked: 2026-02-02"), "MO-0222 10:"));
  // A rule that reads what the step brings, and one that reads what the day makes of it.
  CHECK(is_only(findings_of("hours: 3", "hours: 4", "checked <= starts"), "MO-0143 10:"));
  const std::string late = findings_of("starts: 2026-03-01",
                                       "starts: 2026-02-01, ends: 2026-02-20", "not(late)");
  CHECK(is_only(late, "MO-0143 9:"));
}

TEST_CASE("rules: an explanation names what was looked at") {
  const World world;
  const Json fields = *parse_json(kShort);
  const auto all = model::assess_rules(*world.form, world.packs, fields, {}, true);
  const auto ends = std::find_if(all.fields.begin(), all.fields.end(),
                                 [](const auto& each) { return each.field->id == "ends"; });
  REQUIRE(ends != all.fields.end());
  CHECK(ends->is_required);
  const auto& facts = ends->valid_if.at(0).facts;
  REQUIRE(facts.size() == 2);
  CHECK(facts[0] == std::pair<std::string, std::string>("ends", "@\"2026-04-01\""));
  CHECK(facts[1].first == "starts");
}

TEST_CASE("rules: a diff tells of rules, and refuses that people's values would go") {
  const LoadResult before = load(rules_files(), {});
  Files files = rules_files();
  replace(files, "pack.yaml", "1.0.0", "1.1.0");
  replace(files, kForm, "required_if: worry > 5", "required_if: worry > 6");
  replace(files, kForm, "max: 1000}", "max: 1000, computed: 2}");
  const LoadResult after = load(files, {});
  INFO(testing::listed(after.diagnostics));
  REQUIRE(after.pack != nullptr);
  const PackDiff found = diff(*before.pack, *after.pack);
  REQUIRE(found.breaking.size() == 1);
  CHECK(found.breaking.front().id == "PK-0208");
  CHECK(std::any_of(found.changes.begin(), found.changes.end(), [](const auto& change) {
    return change.text.nl == "required_if: worry > 5 -> worry > 6";
  }));
}

}  // namespace
}  // namespace zicht::packs
