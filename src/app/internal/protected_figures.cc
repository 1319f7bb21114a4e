#include "app/internal/protected_figures.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>

#include "base/check.h"
#include "base/error_catalogue.h"
#include "base/executor.h"
#include "stats/disclosure/protect.h"
#include "stats/disclosure/release_audit.h"

namespace zicht::app::internal {
namespace {

using model::Indicator;
using model::Measure;
using model::Tally;

// Columns and codes of our own; ids of fields and codes of values cannot be these.
constexpr const char* kRows = "_rows";
constexpr const char* kValue = "_value";
constexpr const char* kAnswer = "_answer";
constexpr const char* kTotal = "total";

// More would take the step that waits for it too long.
constexpr std::size_t kMostCells = 5'000;

// One cell of a table: its codes, column by column.
using Codes = std::vector<std::string>;
struct Contents {
  std::int64_t rows = 0;
  Decimal value;
};
using Cells = std::map<Codes, Contents>;

// Which number of a tally a table is of.
struct TableKind {
  std::string name;
  bool has_answers = false;         // of a share
  Decimal Tally::*value = nullptr;  // of a sum or a rate; null: a count
};

std::vector<TableKind> kinds_of(const Indicator& indicator) {
  switch (indicator.measure) {
    case Measure::kCount:
      return {{"rows"}};
    case Measure::kShare:
      return {{"rows", true}};
    case Measure::kSum:
      return {{"of", false, &Tally::of}};
    case Measure::kRate:
      return {{"of", false, &Tally::of}, {"by", false, &Tally::by}};
  }
  return {};
}

// Figures of another definition are figures of something else, and those of another period of other
// rows; by what they are divided is no part of it, as totals stay the same cells.
std::string definition_of(const Indicator& indicator, Date on) {
  json::array parts{indicator.form,
                    indicator.where ? indicator.where->text : "",
                    indicator.part ? indicator.part->text : "",
                    model::name_of(indicator.measure),
                    indicator.of,
                    indicator.by};
  if (indicator.period) {
    const DateInterval days = model::days_of(*indicator.period, on);
    parts.emplace_back(indicator.period->field);
    parts.emplace_back(days.first.to_string());
    parts.emplace_back(days.last.to_string());
  }
  return json::serialize(parts);
}

// By what rows are divided, whatever a pack calls it: so that editions are compared after it is
// called otherwise.
std::string column_of(const model::Dimension& dimension) {
  if (dimension.by == model::Grouping::kValue) return dimension.field;
  return dimension.field + " by " + std::string(model::name_of(dimension.by));
}

// The rows of one table of an indicator.
class TableMaker {
 public:
  TableMaker(const Indicator& indicator, TableKind kind, Date on)
      : indicator_(indicator), kind_(std::move(kind)), on_(on) {
    for (const model::Dimension& dimension : indicator.dimensions) {
      columns_.push_back(column_of(dimension));
    }
    // A table needs something to add up over.
    if (kind_.has_answers || columns_.empty()) columns_.emplace_back(kAnswer);
  }

  Result<void> add(const model::Group& group, const ValueOf& value_of) {
    const std::size_t dimensions = indicator_.dimensions.size();
    Codes codes(columns_.size(), kTotal);
    ZICHT_CHECKED(add_answers(codes, group.tally));
    for (std::size_t at = 0; at < dimensions; ++at) {
      codes[at] = value_of(at, group.values[at]);
      ZICHT_CHECKED(add_answers(codes, group.tally));
      codes[at] = kTotal;
    }
    return {};
  }

  // Every table has its total, also of nothing.
  CountedTable table() {
    static_cast<void>(cells_[Codes(columns_.size(), kTotal)]);
    CountedTable made{.indicator = indicator_.full_id(),
                      .name = indicator_.full_id() + "/" + kind_.name,
                      .definition = definition_of(indicator_, on_),
                      .dimensions = columns_,
                      .has_value = kind_.value != nullptr,
                      .threshold = indicator_.protection.threshold,
                      .is_cumulative = indicator_.protection.is_cumulative};
    std::vector<std::string> header = columns_;
    header.emplace_back(kRows);
    if (made.has_value) header.emplace_back(kValue);
    stats::append_csv_row(made.truth, header);
    for (const auto& [codes, contents] : cells_) {
      std::vector<std::string> row = codes;
      row.push_back(std::to_string(contents.rows));
      if (made.has_value) row.push_back(contents.value.to_string());
      stats::append_csv_row(made.truth, row);
    }
    return made;
  }

  // In the order of the rows.
  [[nodiscard]] const Cells& cells() const { return cells_; }

 private:
  Result<void> add_answers(Codes codes, const Tally& tally) {
    ZICHT_CHECKED(put(codes, tally, frequency_of(tally)));
    if (codes.size() == indicator_.dimensions.size()) return {};
    if (!kind_.has_answers) {
      codes.back() = ":all";
      return put(codes, tally, frequency_of(tally));
    }
    const std::int64_t no = tally.rows - tally.part - tally.part_undetermined;
    for (const auto& [answer, rows] :
         {std::pair{":yes", tally.part}, {":no", no}, {":unknown", tally.part_undetermined}}) {
      codes.back() = answer;
      ZICHT_CHECKED(put(codes, tally, rows));
    }
    return {};
  }

  std::int64_t frequency_of(const Tally& tally) const {
    return kind_.value == nullptr ? tally.rows : tally.valued;
  }

  Result<void> put(const Codes& codes, const Tally& tally, std::int64_t rows) {
    Contents& contents = cells_[codes];
    contents.rows += rows;
    if (kind_.value == nullptr) return {};
    ZICHT_TRY(sum, zicht::add(contents.value, tally.*kind_.value));
    contents.value = sum;
    return {};
  }

  const Indicator& indicator_;
  const TableKind kind_;
  const Date on_;  // the reference day
  Codes columns_;
  Cells cells_;
};

stats::TableSpec spec_of(const CountedTable& table) {
  stats::TableSpec spec;
  spec.title = table.name;
  for (const std::string& column : table.dimensions) {
    spec.dimensions.push_back({.column = column, .total = kTotal});
  }
  spec.frequency = kRows;
  if (table.has_value) spec.value = kValue;
  spec.threshold = stats::ThresholdRule{.minimum = static_cast<double>(table.threshold)};
  return spec;
}

// Which value of which dimension the cell is of, as FiguresView::is_withheld has it.
std::pair<std::string, std::string> place_of(const Indicator& indicator, const Codes& codes) {
  for (std::size_t at = 0; at < indicator.dimensions.size(); ++at) {
    if (codes[at] != kTotal) return {indicator.dimensions[at].id, codes[at]};
  }
  return {};
}

Result<stats::ReleaseTable> release_table(const CountedTable& table) {
  ZICHT_TRY(truth, stats::CsvTable::parse(table.truth, {.file = table.name}));
  ZICHT_TRY(published, stats::CsvTable::parse(table.published, {.file = table.name}));
  return stats::ReleaseTable{.name = table.name,
                             .truth = std::move(truth),
                             .spec = spec_of(table),
                             .published = std::move(published)};
}

// Which number of which rows a table is of, without the id of its indicator: a pack may give it
// another one.
std::string_view kind_of_table(const CountedTable& table) {
  const std::string_view name = table.name;
  return name.substr(name.rfind('/') + 1);
}

// A part of a definition (definition_of); empty where it has none.
std::string part_of_definition(const CountedTable& table, std::size_t at) {
  const auto parts = parse_json(table.definition);
  const json::array* all = parts ? parts->if_array() : nullptr;
  if (all == nullptr || all->size() <= at || !(*all)[at].is_string()) return {};
  return std::string((*all)[at].get_string());
}

std::string form_of_table(const CountedTable& table) { return part_of_definition(table, 0); }

// Both count rows of the same days, whatever else they ask of them. Days are compared as text.
bool counts_same_days(const CountedTable& one, const CountedTable& other) {
  constexpr std::size_t kField = 6, kFirst = 7, kLast = 8;
  const std::string field = part_of_definition(one, kField);
  if (field.empty() || field != part_of_definition(other, kField)) return false;
  return form_of_table(one) == form_of_table(other) &&
         part_of_definition(one, kFirst) <= part_of_definition(other, kLast) &&
         part_of_definition(other, kFirst) <= part_of_definition(one, kLast);
}

// Of the same reference day rows of the same form, or else rows of the same days.
bool counts_same_rows(const EarlierTables& edition, const std::string& on,
                      const CountedTable& table) {
  const std::string form = form_of_table(table);
  return std::any_of(edition.tables.begin(), edition.tables.end(), [&](const CountedTable& other) {
    return edition.on == on ? form_of_table(other) == form : counts_same_days(other, table);
  });
}

// The same table of an earlier edition, where both count some of the same rows. An edition has one
// table of each kind of a form at most.
const CountedTable* same_table(const EarlierTables& edition, const std::string& on,
                               const CountedTable& table) {
  if (!table.is_cumulative && edition.on != on) return nullptr;
  for (const CountedTable& other : edition.tables) {
    if (kind_of_table(other) != kind_of_table(table)) continue;
    // Of the same day whatever the definition: what differs then is judged, or refused.
    const bool is_same_day = edition.on == on && form_of_table(other) == form_of_table(table);
    if (other.definition == table.definition || is_same_day) return &other;
  }
  return nullptr;
}

LocalizedText incomparable() {
  return {"Een eerdere editie telt rijen van dezelfde dag of dagen op een andere manier.",
          "An earlier edition counts rows of the same day or days in another way."};
}

Result<void> add_edition(const CountedTable& table, std::vector<stats::Release>& editions) {
  ZICHT_TRY(made, release_table(table));
  editions.push_back(
      {.title = table.name, .edition = std::to_string(editions.size() + 1), .tables = {made}});
  return {};
}

Result<void> audit_table(const std::vector<EarlierTables>& earlier, const std::string& on,
                         const CountedTable& table) {
  std::vector<stats::Release> editions;
  for (const EarlierTables& edition : earlier) {
    const CountedTable* other = same_table(edition, on, table);
    if (other != nullptr) {
      ZICHT_CHECKED(add_edition(*other, editions));
    } else if (counts_same_rows(edition, on, table)) {
      return make_error("AP-0217", {{"findings", incomparable()}});
    }
  }
  ZICHT_CHECKED(add_edition(table, editions));
  InlineExecutor here;
  ZICHT_TRY(found, stats::audit_release(editions, here));
  if (found.is_clean()) return {};
  return make_error("AP-0217", {{"findings", LocalizedText{found.text("nl"), found.text("en")}}});
}

Error unprotected(const Indicator& indicator, const LocalizedText& why) {
  return make_error("AP-0218", {{"indicator", indicator.title}, {"why", why}});
}

}  // namespace

Json CountedTable::to_json() const {
  json::array columns;
  for (const std::string& column : dimensions) columns.emplace_back(column);
  return json::object{
      {"indicator", indicator},           {"name", name},           {"definition", definition},
      {"dimensions", std::move(columns)}, {"has_value", has_value}, {"threshold", threshold},
      {"cumulative", is_cumulative},      {"truth", truth},         {"published", published}};
}

std::optional<CountedTable> CountedTable::from_json(const Json& json) {
  const json::object* object = json.if_object();
  if (object == nullptr) return {};
  CountedTable made;
  for (const auto& [key, text] : {std::pair{"indicator", &made.indicator},
                                  {"name", &made.name},
                                  {"definition", &made.definition},
                                  {"truth", &made.truth},
                                  {"published", &made.published}}) {
    const Json* value = object->if_contains(key);
    if (value == nullptr || !value->is_string()) return {};
    *text = std::string(value->get_string());
  }
  const Json* threshold = object->if_contains("threshold");
  const Json* columns = object->if_contains("dimensions");
  const Json* has_value = object->if_contains("has_value");
  const Json* cumulative = object->if_contains("cumulative");
  if (threshold == nullptr || !threshold->is_int64() || columns == nullptr ||
      !columns->is_array() || has_value == nullptr || !has_value->is_bool() ||
      cumulative == nullptr || !cumulative->is_bool()) {
    return {};
  }
  made.threshold = threshold->get_int64();
  made.has_value = has_value->get_bool();
  made.is_cumulative = cumulative->get_bool();
  for (const Json& column : columns->get_array()) {
    if (!column.is_string()) return {};
    made.dimensions.emplace_back(column.get_string());
  }
  return made;
}

Result<ProtectedFigures> protect_figures(const Indicator& indicator,
                                         const std::vector<model::Group>& groups,
                                         const ValueOf& value_of, Date on) {
  ProtectedFigures made;
  for (TableKind& kind : kinds_of(indicator)) {
    TableMaker maker(indicator, std::move(kind), on);
    for (const model::Group& group : groups) ZICHT_CHECKED(maker.add(group, value_of));
    if (maker.cells().size() > kMostCells) {
      return unprotected(
          indicator, {"Er zijn meer dan 5.000 getallen.", "There are more than 5,000 numbers."});
    }
    CountedTable table = maker.table();
    ZICHT_TRY(csv, stats::CsvTable::parse(table.truth, {.file = table.name}));
    auto done = stats::protect_table(csv, spec_of(table));
    if (!done) {
      return unprotected(indicator, done.error().message);
    }
    table.published = done->csv(csv);
    std::size_t row = 0;
    for (const auto& [codes, contents] : maker.cells()) {
      const stats::CellStatus status = done->cells().cells()[row++].status;
      const bool is_hidden =
          status == stats::CellStatus::kPrimary || status == stats::CellStatus::kSecondary;
      // Of a share the number and the rows tell every answer: one that is hidden hides all.
      if (is_hidden) made.withheld.insert(place_of(indicator, codes));
    }
    made.tables.push_back(std::move(table));
  }
  return made;
}

Result<void> audit_tables(const std::vector<EarlierTables>& earlier, const std::string& on,
                          const std::vector<CountedTable>& tables) {
  for (const CountedTable& table : tables) {
    ZICHT_CHECKED(audit_table(earlier, on, table));
  }
  return {};
}

}  // namespace zicht::app::internal
