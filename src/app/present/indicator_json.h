// Indicators and their figures as JSON ("Indicator" and "IndicatorFigures" in docs/formats/api.md).
//
// Values of a dimension stand in the order of their list, of time, or of their names; never by what
// they count.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/present/json_writer.h"
#include "app/present/record_json.h"
#include "model/tally.h"

namespace zicht::app {

// What it is, without figures: the members of an open object, which stays open.
void write_indicator(JsonWriter& json, const model::Pack& pack, const model::Indicator& indicator);

// Values without a code: records that are not seen here, and what rows do not say.
inline constexpr std::string_view kUnseenValue = "unseen", kUnknownValue = "unknown";

struct FiguresView {
  const model::PackSet& packs;
  const model::Pack& pack;
  const model::Indicator& indicator;
  const std::vector<model::Group>& groups;
  const References& references;  // titles of the records that are seen
  Date on;                       // the reference day
  // Whether nothing is told of a figure, by dimension and value: ":" and its code, kUnseenValue or
  // kUnknownValue; both empty: the total. Absent: everything is told.
  std::function<bool(std::string_view dimension, std::string_view value)> is_withheld{};
  bool is_protected = false;  // only what was judged to be safe is told
};

// The members "total" and "dimensions" of an open object, and "days" of an indicator with a period.
// Errors: ZB-0007.
[[nodiscard]] Result<void> write_figures(JsonWriter& json, const FiguresView& view);

}  // namespace zicht::app
