#include "packs/internal/indicator_tests.h"

#include <algorithm>

#include "model/count_rows.h"
#include "model/validate.h"
#include "packs/internal/values.h"

namespace zicht::packs::internal {
namespace {

constexpr const char* kNothing = "none";

class IndicatorTestReader {
 public:
  IndicatorTestReader(const Draft& draft, const Source& source, const Node& node)
      : draft_(draft),
        source_(source),
        map_(source, node, {"name", "indicator", "rows", "on", "expect"}) {}

  std::optional<IndicatorTest> read() {
    if (!find_indicator()) return std::nullopt;
    read_rows();
    static_cast<void>(map_.need("on"));
    made_.on = map_.date_if("on").value_or(Date::max());
    read_expectation();
    return std::move(made_);
  }

 private:
  bool find_indicator() {
    const std::string id = map_.text("indicator");
    made_.indicator = draft_.pack.find_indicator(id);
    if (made_.indicator == nullptr) {
      tell_unknown({"De indicator", "The indicator"}, id, map_.find("indicator"),
                   ids_of(draft_.pack.indicators));
      return false;
    }
    made_.form = draft_.pack.find_form(made_.indicator->form);
    return made_.form != nullptr;
  }

  void tell_unknown(const LocalizedText& what, const std::string& name, const Node* place,
                    const std::vector<std::string>& known) const {
    if (name.empty() || place == nullptr) return;
    source_.error("PK-0226", place->place,
                  {{"what", what}, {"name", name}, {"known", suggestion(name, known)}});
  }

  void read_rows() {
    const Node* rows = map_.need("rows");
    if (rows == nullptr || !expect_sequence(source_, *rows, "rows")) return;
    for (const Node& item : rows->items) {
      if (!expect_map(source_, item, "rows")) continue;
      const MapReader map(source_, item, {"fields", "state"});
      const Node* fields = map.need("fields");
      if (fields == nullptr) continue;
      made_.rows.push_back(
          {json_of_fields(*fields, *made_.form, draft_.pack.id), map.text_or("state")});
    }
  }

  void read_expectation() {
    const Node* expect = map_.need("expect");
    if (expect == nullptr) return;
    const MapReader map(source_, *expect, {"number", "undetermined", "dimensions"});
    if (map.has("number")) made_.number = map.text("number");
    if (map.has("undetermined")) made_.undetermined = map.text("undetermined");
    const Node* dimensions = map.find("dimensions");
    if (dimensions == nullptr || !expect_map(source_, *dimensions, "dimensions")) return;
    for (const Member& member : dimensions->members) {
      const auto known = ids_of(made_.indicator->dimensions);
      if (std::find(known.begin(), known.end(), member.key) == known.end()) {
        tell_unknown({"De indeling", "The dimension"}, member.key, &member.value, known);
        continue;
      }
      if (!expect_map(source_, member.value, member.key)) continue;
      auto& values = made_.dimensions[member.key];
      for (const Member& value : member.value.members) {
        values[value.key] = read_text(source_, value.value, value.key);
      }
    }
  }

  const Draft& draft_;
  const Source& source_;
  const MapReader map_;
  IndicatorTest made_;
};

std::string told(const std::map<std::string, std::string>& values) {
  std::string text;
  for (const auto& [value, number] : values) {
    text += (text.empty() ? "" : ", ") + value + ": " + number;
  }
  return text.empty() ? "-" : text;
}

class IndicatorTestRunner {
 public:
  IndicatorTestRunner(const IndicatorTest& test, const model::PackSet& packs, TestOutcome& outcome)
      : test_(test), packs_(packs), outcome_(outcome) {}

  void run() {
    if (!check_rows()) return;
    std::vector<model::CountedRow> rows;
    for (const TestRow& row : test_.rows) {
      rows.push_back({.fields = row.fields, .state = row.state});
    }
    const auto groups = model::count_rows(*test_.form, *test_.indicator, rows, test_.on);
    if (!groups) return differ("count", "done", describe(groups.error()));
    compare_total(*groups);
    for (std::size_t at = 0; at < test_.indicator->dimensions.size(); ++at) {
      compare_dimension(*groups, at);
    }
  }

 private:
  void differ(std::string what, std::string expected, std::string got) {
    outcome_.differences.push_back({std::move(what), std::move(expected), std::move(got)});
  }

  // What no record could hold would be counted all the same.
  bool check_rows() {
    for (std::size_t at = 0; at < test_.rows.size(); ++at) {
      const Json fields = with_references(test_.rows[at].fields, *test_.form,
                                          [](const model::Field&, std::string_view text) {
                                            const std::string fact = fact_of(text);
                                            return fact.empty() ? fact : stand_in_id(fact);
                                          });
      const auto checked = model::validate_fields(*test_.form, packs_, fields,
                                                  {.on = test_.on, .check_required = false});
      for (const Problem& problem : checked.problems) {
        differ("row " + std::to_string(at + 1) + " " + problem.where, "fits", problem.message.en);
      }
    }
    return outcome_.passed();
  }

  std::string number_of(const model::Tally& tally) const {
    return model::number_of(*test_.indicator, tally).value_or(kNothing);
  }

  void compare_total(const std::vector<model::Group>& groups) {
    const auto total = model::total_of(groups);
    if (!total) return differ("sum", "done", describe(total.error()));
    if (test_.number && *test_.number != number_of(*total)) {
      differ("number", *test_.number, number_of(*total));
    }
    const std::string undetermined = std::to_string(total->undetermined);
    if (test_.undetermined && *test_.undetermined != undetermined) {
      differ("undetermined", *test_.undetermined, undetermined);
    }
  }

  void compare_dimension(const std::vector<model::Group>& groups, std::size_t at) {
    const std::string& id = test_.indicator->dimensions[at].id;
    const auto expected = test_.dimensions.find(id);
    if (expected == test_.dimensions.end()) return;
    const model::Field& field = *test_.form->find_field(test_.indicator->dimensions[at].field);
    std::map<std::string, model::Tally> tallies;
    for (const model::Group& group : groups) {
      if (!model::counts_in(group, field)) continue;
      model::Tally& tally = tallies[group.values[at].value_or(kNothing)];
      if (const auto added = model::add_to(tally, group.tally); !added) {
        return differ("sum", "done", describe(added.error()));
      }
    }
    std::map<std::string, std::string> got;
    for (const auto& [value, tally] : tallies) {
      if (tally.rows > 0) got[value] = number_of(tally);
    }
    if (got != expected->second) differ("dimension " + id, told(expected->second), told(got));
  }

  const IndicatorTest& test_;
  const model::PackSet& packs_;
  TestOutcome& outcome_;
};

}  // namespace

std::optional<IndicatorTest> read_indicator_test(const Draft& draft, const Source& source,
                                                 const Node& node) {
  return IndicatorTestReader(draft, source, node).read();
}

void run_indicator_test(const IndicatorTest& test, const model::PackSet& packs,
                        TestOutcome& outcome) {
  IndicatorTestRunner(test, packs, outcome).run();
}

}  // namespace zicht::packs::internal
