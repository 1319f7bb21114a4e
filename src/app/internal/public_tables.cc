#include "app/internal/public_tables.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <functional>
#include <utility>

#include "app/internal/text_in.h"
#include "base/error_catalogue.h"
#include "base/executor.h"
#include "stats/disclosure/release_audit.h"

namespace zicht::app::internal {
namespace {

using PublicCodes = std::vector<std::string>;  // of one row, column by column

// No code of a list, period or record has brackets.
constexpr const char* kAll = "(totaal)";
constexpr const char* kAnswers = "_antwoord";
constexpr const char* kContributors = "_rijen";

std::int64_t number_at(const json::object& figure, std::string_view key) {
  const Json* value = figure.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

bool flag_at(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

// By what it counts; where that changes, figures are figures of something else.
std::string words_of_definition(const json::object& indicator) {
  json::object said{{"form", text_in(indicator.at("form").as_object(), "name")}};
  for (const char* key : {"measure", "where", "days", "part", "of", "by", "per"}) {
    const Json* value = indicator.if_contains(key);
    if (value != nullptr) said[key] = *value;
  }
  // Not which period it is of the reference day: the days tell what is counted.
  const Json* period = indicator.if_contains("period");
  if (period != nullptr) said["day"] = text_in(period->get_object(), "field");
  return json::serialize(said);
}

// A share as it is told, per cent with one digit at most, in tenths; absent: not as it is told.
std::optional<std::int64_t> tenths_in(std::string_view number) {
  std::int64_t tenths = 0;
  const auto point = number.find('.');
  const std::string_view whole = number.substr(0, point);
  if (whole.empty() || whole.size() > 3) return {};
  std::string digits(whole);
  digits += point == std::string_view::npos ? "0" : number.substr(point + 1);
  if (digits.size() != whole.size() + 1) return {};
  for (const char digit : digits) {
    if (digit < '0' || '9' < digit) return {};
    tenths = 10 * tenths + (digit - '0');
  }
  return tenths;
}

// Of how many a part can be this share, rounded half up to tenths of a per cent. With s tenths and
// a part p those are the w with s <= (2000 p + w) / 2 w < s + 1, which leaves w (2 s - 1) <= 2000 p
// and w (2 s + 1) > 2000 p.
std::pair<std::int64_t, std::int64_t> wholes_of(std::int64_t part, std::int64_t tenths,
                                                std::int64_t most) {
  const std::int64_t twice = 2'000 * part;
  const std::int64_t first = std::max({twice / (2 * tenths + 1) + 1, part, std::int64_t{1}});
  // No part is too small a share of something for 0.
  const std::int64_t last = tenths == 0 ? most : std::min(most, twice / (2 * tenths - 1));
  return {first, last};
}

// The answers of a share that everybody can work out; absent: not this one.
struct Answers {
  std::optional<std::int64_t> no, unknown;
};

Answers answers_in(const json::object& figure) {
  const std::int64_t rows = number_at(figure, "rows"), part = number_at(figure, "part");
  if (figure.contains("part_undetermined")) {
    const std::int64_t unknown = number_at(figure, "part_undetermined");
    return {rows - part - unknown, unknown};
  }
  const std::string number = text_in(figure, "number");
  if (number.empty()) return {0, rows};  // of nothing that can be determined
  const auto tenths = tenths_in(number);
  if (!tenths) return {};
  const auto [first, last] = wholes_of(part, *tenths, rows);
  if (first != last) return {};
  return {first - part, rows - first};
}

// One table in the making.
class PublicTableMaker {
 public:
  PublicTableMaker(const json::object& indicator, const std::string& kind, bool is_separate) {
    const std::string id = text_in(indicator, "name");
    table_.name = id.substr(id.find('/') + 1) + (kind.empty() ? "" : "." + kind);
    measure_ = id + (kind.empty() ? "" : "." + kind);
    stats::TableSpec& spec = table_.spec;
    spec.title = text_in(indicator.at("title").as_object(), "nl");
    spec.definition = words_of_definition(indicator);
    spec.frequency = measure_;
    if (is_separate) spec.editions = stats::EditionKind::kSeparate;
    for (const Json& dimension : indicator.at("dimensions").as_array()) {
      const std::string column = text_in(dimension.as_object(), "id");
      add_column(column == "status" ? "_status" : column);
    }
    const std::int64_t threshold = number_at(indicator, "threshold");
    if (threshold > 0) {
      spec.threshold = stats::ThresholdRule{.minimum = static_cast<double>(threshold)};
    } else {
      spec.method = stats::ProtectionMethod::kNone;
    }
  }

  void add_column(const std::string& column) {
    table_.spec.dimensions.push_back({.column = column, .total = kAll});
  }
  stats::TableSpec& spec() { return table_.spec; }
  // What is told is an amount, of a number of rows that nobody tells.
  void set_amounts() {
    table_.spec.value = measure_;
    table_.spec.frequency = kContributors;
  }
  void set_quotients() {
    table_.spec.value = measure_;
    table_.spec.frequency.reset();
    table_.spec.threshold.reset();
    table_.spec.adds_up = false;
  }

  [[nodiscard]] PublicCodes codes() const {
    return PublicCodes(table_.spec.dimensions.size(), kAll);
  }

  // Empty: hidden.
  void add(const PublicCodes& codes, const std::string& value) {
    std::vector<std::string> row = codes;
    row.emplace_back(value.empty() ? "hidden" : "published");
    row.push_back(value);
    stats::append_csv_row(rows_, row);
  }
  void add(const PublicCodes& codes, const std::optional<std::int64_t>& value) {
    add(codes, value ? std::to_string(*value) : "");
  }

  PublicTable table() {
    std::vector<std::string> head;
    for (const stats::Dimension& dimension : table_.spec.dimensions) {
      head.push_back(dimension.column);
    }
    head.emplace_back("status");
    head.push_back(measure_);
    stats::append_csv_row(table_.published, head);
    table_.published += rows_;
    return std::move(table_);
  }

 private:
  PublicTable table_;
  std::string measure_;
  std::string rows_;
};

using ReadFigure = std::function<void(const json::object& figure, PublicCodes codes)>;

// The total, then each value of each dimension.
void each_figure(const json::object& indicator, const PublicCodes& all, const ReadFigure& read) {
  read(indicator.at("total").as_object(), all);
  std::size_t at = 0;
  for (const Json& dimension : indicator.at("dimensions").as_array()) {
    for (const Json& value : dimension.at("values").as_array()) {
      const json::object& figure = value.as_object();
      PublicCodes codes = all;
      codes[at] = text_in(figure, "code");
      if (codes[at].empty()) {
        codes[at] = "(" + text_in(figure.at("label").as_object(), "nl") + ")";
      }
      read(figure, std::move(codes));
    }
    ++at;
  }
}

PublicTable counts_of(const json::object& indicator, bool is_separate) {
  PublicTableMaker maker(indicator, "", is_separate);
  if (maker.codes().empty()) maker.add_column(kAnswers);
  each_figure(indicator, maker.codes(), [&](const json::object& figure, const PublicCodes& codes) {
    const bool is_hidden = flag_at(figure, "withheld");
    maker.add(codes, is_hidden ? std::nullopt : std::optional(number_at(figure, "rows")));
  });
  return maker.table();
}

PublicTable answers_of(const json::object& indicator, bool is_separate) {
  PublicTableMaker maker(indicator, "", is_separate);
  maker.add_column(kAnswers);
  // All answers of a figure are withheld together, also those that nobody gave.
  maker.spec().zeros = stats::ZeroHandling::kMayHide;
  each_figure(indicator, maker.codes(), [&](const json::object& figure, PublicCodes codes) {
    const bool is_hidden = flag_at(figure, "withheld");
    const Answers answers = is_hidden ? Answers{} : answers_in(figure);
    const auto told = [&](std::string_view key) {
      return is_hidden ? std::nullopt : std::optional(number_at(figure, key));
    };
    maker.add(codes, told("rows"));
    codes.back() = "ja";
    maker.add(codes, told("part"));
    codes.back() = "nee";
    maker.add(codes, answers.no);
    codes.back() = "onbekend";
    maker.add(codes, answers.unknown);
  });
  return maker.table();
}

// A sum of nothing, and one of which nothing is known, add nothing to the total.
PublicTable amounts_of(const json::object& indicator, const std::string& kind,
                       const std::string& key, bool is_separate) {
  PublicTableMaker maker(indicator, kind, is_separate);
  if (maker.codes().empty()) maker.add_column(kAnswers);
  maker.set_amounts();
  each_figure(indicator, maker.codes(), [&](const json::object& figure, const PublicCodes& codes) {
    const std::string value = text_in(figure, key);
    const bool is_hidden = flag_at(figure, "withheld");
    maker.add(codes, is_hidden ? std::string() : value.empty() ? std::string("0") : value);
  });
  return maker.table();
}

PublicTable quotients_of(const json::object& indicator, bool is_separate) {
  PublicTableMaker maker(indicator, "", is_separate);
  if (maker.codes().empty()) maker.add_column(kAnswers);
  maker.set_quotients();
  each_figure(indicator, maker.codes(), [&](const json::object& figure, const PublicCodes& codes) {
    const std::string value = text_in(figure, "number");
    if (!value.empty() || flag_at(figure, "withheld")) maker.add(codes, value);
  });
  return maker.table();
}

void add_tables(const json::object& indicator, bool is_separate, std::vector<PublicTable>& tables) {
  const std::string measure = text_in(indicator, "measure");
  if (measure == "count") tables.push_back(counts_of(indicator, is_separate));
  if (measure == "share") tables.push_back(answers_of(indicator, is_separate));
  if (measure == "sum") tables.push_back(amounts_of(indicator, "", "number", is_separate));
  if (measure != "rate") return;
  if (!flag_at(indicator, "already_public")) {
    tables.push_back(quotients_of(indicator, is_separate));
    return;
  }
  tables.push_back(amounts_of(indicator, "of", "of_total", is_separate));
  tables.push_back(amounts_of(indicator, "by", "by_total", is_separate));
}

Result<stats::Release> protected_release(const PublicEdition& edition, std::size_t number) {
  stats::Release release{.title = edition.on, .edition = std::to_string(number), .day = edition.on};
  for (const PublicTable& table : edition.tables) {
    if (!table.spec.threshold) continue;
    ZICHT_TRY(csv, stats::CsvTable::parse(table.published, {.file = table.name}));
    release.tables.push_back({.name = table.name,
                              .truth = csv,
                              .spec = table.spec,
                              .published = csv,
                              .is_outside = true});
  }
  return release;
}

}  // namespace

std::vector<PublicTable> public_tables(const json::object& figures,
                                       const std::set<std::string>& separate) {
  std::vector<PublicTable> tables;
  for (const Json& item : figures.at("indicators").as_array()) {
    const json::object& indicator = item.as_object();
    add_tables(indicator, separate.contains(text_in(indicator, "name")), tables);
  }
  return tables;
}

Result<void> audit_public(const std::vector<PublicEdition>& editions) {
  std::vector<stats::Release> releases;
  for (std::size_t at = 0; at < editions.size(); ++at) {
    ZICHT_TRY(release, protected_release(editions[at], at + 1));
    const bool is_last = at + 1 == editions.size();
    if (release.tables.empty() && is_last) return {};
    if (!release.tables.empty()) releases.push_back(std::move(release));
  }
  if (releases.empty()) return {};
  InlineExecutor here;
  ZICHT_TRY(found, stats::audit_release(releases, here));
  if (found.is_clean()) return {};
  return make_error("AP-0217", {{"findings", LocalizedText{found.text("nl"), found.text("en")}}});
}

}  // namespace zicht::app::internal
