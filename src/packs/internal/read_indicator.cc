#include <algorithm>

#include "packs/internal/readers.h"

namespace zicht::packs::internal {
namespace {

using model::Indicator;
using model::Measure;

constexpr std::int64_t kLeastThreshold = 2;
constexpr std::int64_t kMostThreshold = 1'000;

const std::vector<std::string> kMeasureKeys = {"of", "by", "per"};

std::vector<std::string> keys_of(Measure measure) {
  switch (measure) {
    case Measure::kCount:
      return {};
    case Measure::kSum:
    case Measure::kShare:
      return {"of"};
    case Measure::kRate:
      return {"of", "by", "per"};
  }
  return {};
}

// Each kind has its own keys, all of them required.
void check_keys_of_measure(const Source& source, const MapReader& map, Measure measure) {
  const auto wanted = keys_of(measure);
  std::string names = "kind";
  for (const std::string& key : wanted) names += ", " + key;
  for (const std::string& key : kMeasureKeys) {
    const bool is_wanted = std::find(wanted.begin(), wanted.end(), key) != wanted.end();
    if (is_wanted) static_cast<void>(map.need(key));
    if (is_wanted || !map.has(key)) continue;
    source.error("PK-0220", map.find(key)->place,
                 {{"kind", std::string(model::name_of(measure))}, {"key", key}, {"wanted", names}});
  }
}

void read_measure(const Source& source, const Node& node, Indicator& indicator) {
  const MapReader map(source, node, {"kind", "of", "by", "per"});
  if (map.need("kind") == nullptr) return;
  const auto measure = map.word_if<Measure>("kind", model::find_measure, names_of<Measure>(4));
  if (!measure) return;
  indicator.measure = *measure;
  check_keys_of_measure(source, map, *measure);
  if (*measure == Measure::kShare) {
    if (map.has("of")) indicator.part = model::Rule{map.text("of"), {}, {}};
    return;
  }
  indicator.of = map.text_or("of");
  indicator.by = map.text_or("by");
  indicator.per = map.integer_if("per", 1, model::kMostPer).value_or(1);
}

model::Dimension read_dimension(const Source& source, const Member& member) {
  const MapReader map(source, member.value, {"title", "field", "by"});
  check_id(source, member.place, member.key, IdKind::kKebab);
  model::Dimension dimension;
  dimension.id = member.key;
  if (const auto title = map.localized_if("title")) dimension.title = *title;
  dimension.field = map.text("field");
  dimension.by = map.word_if<model::Grouping>("by", model::find_grouping, {"year", "half_year"})
                     .value_or(model::Grouping::kValue);
  return dimension;
}

void read_dimensions(const Source& source, const MapReader& map, Indicator& indicator) {
  const Node* dimensions = map.find("dimensions");
  if (dimensions == nullptr || !expect_map(source, *dimensions, "dimensions")) return;
  if (dimensions->members.size() > model::kMostDimensions) {
    source.error(
        "PK-0014", dimensions->place,
        {{"what", LocalizedText{"indelingen van een indicator", "dimensions of an indicator"}},
         {"limit", std::to_string(model::kMostDimensions)}});
  }
  for (const Member& member : dimensions->members) {
    indicator.dimensions.push_back(read_dimension(source, member));
  }
}

void read_period(const Source& source, const MapReader& map, Indicator& indicator) {
  const Node* node = map.find("period");
  if (node == nullptr || !expect_map(source, *node, "period")) return;
  const MapReader period(source, *node, {"field", "by", "which"});
  model::CountedPeriod made;
  made.field = period.text("field");
  static_cast<void>(period.need("by"));
  made.by = period.word_if<model::Grouping>("by", model::find_grouping, {"year", "half_year"})
                .value_or(model::Grouping::kYear);
  made.is_previous = period.closed("which", {"current", "previous"}) == "previous";
  indicator.period = std::move(made);
}

void read_protection(const Source& source, const MapReader& map, Indicator& indicator) {
  const Node* node = map.need("protection");
  if (node == nullptr) return;
  if (node->is_scalar() && node->text == "already_public") {
    indicator.protection.is_already_public = true;
    return;
  }
  if (!node->is_map()) return source.error("PK-0224", node->place);
  const MapReader protection(source, *node, {"threshold", "editions"});
  indicator.protection.is_cumulative =
      protection.closed("editions", {"cumulative", "separate"}) != "separate";
  if (protection.need("threshold") == nullptr) return;
  indicator.protection.threshold =
      protection.integer_if("threshold", kLeastThreshold, kMostThreshold).value_or(0);
}

}  // namespace

Indicator read_indicator(const Source& source, const Node& node, const std::string& stem,
                         const std::string& pack) {
  const MapReader map(source, node,
                      {"indicator", "title", "definition", "form", "where", "period", "measure",
                       "dimensions", "unit", "source", "perspective", "protection"});
  Indicator indicator;
  indicator.id = read_file_id(source, map, "indicator", stem);
  indicator.pack = pack;
  indicator.title = map.localized("title");
  indicator.definition = map.localized("definition");
  indicator.form = map.text("form");
  if (map.has("where")) indicator.where = model::Rule{map.text("where"), {}, {}};
  read_period(source, map, indicator);
  const Node* measure = map.need("measure");
  if (measure != nullptr && expect_map(source, *measure, "measure")) {
    read_measure(source, *measure, indicator);
  }
  read_dimensions(source, map, indicator);
  indicator.unit = map.localized("unit");
  indicator.source = map.text("source");
  indicator.perspective = map.localized("perspective");
  read_protection(source, map, indicator);
  return indicator;
}

}  // namespace zicht::packs::internal
