#include "app/present/indicator_json.h"

#include <algorithm>
#include <map>

#include "app/present/rule_json.h"
#include "model/count_rows.h"

namespace zicht::app {
namespace {

using model::Field;
using model::FieldType;
using model::Group;
using model::Grouping;
using model::Tally;

// Years without a row are told as zero, between others; over a longer time a gap stays one.
constexpr int kMostPeriods = 100;

struct Value {
  std::string key;                  // as FiguresView::is_withheld has it
  std::optional<std::string> code;  // absent: not known, or not seen
  LocalizedText label;
  Tally tally;
};

void write_number(JsonWriter& json, const model::Indicator& indicator, const Tally& tally) {
  json.key("number");
  const auto number = model::number_of(indicator, tally);
  number ? json.text(*number) : json.null();
}

// Of a sum how many rows it is of was not protected, nor what cannot be determined.
// A sum of nothing and a sum of which nothing is known are told alike.
void write_protected(JsonWriter& json, const model::Indicator& indicator, const Tally& tally) {
  if (!indicator.of.empty()) {
    if (tally.valued > 0) return write_number(json, indicator, tally);
    json.key("number").null();
    return;
  }
  write_number(json, indicator, tally);
  json.key("rows").number(tally.rows);
  if (indicator.measure == model::Measure::kShare) json.key("part").number(tally.part);
}

void write_tally(JsonWriter& json, const FiguresView& view, std::string_view dimension,
                 std::string_view value, const Tally& tally) {
  const model::Indicator& indicator = view.indicator;
  if (view.is_withheld && view.is_withheld(dimension, value)) {
    json.key("number").null().key("withheld").boolean(true);
    return;
  }
  if (view.is_protected) return write_protected(json, indicator, tally);
  write_number(json, indicator, tally);
  json.key("rows").number(tally.rows).key("undetermined").number(tally.undetermined);
  if (indicator.measure == model::Measure::kShare) {
    json.key("part").number(tally.part);
    json.key("part_undetermined").number(tally.part_undetermined);
  } else if (!indicator.of.empty()) {
    json.key("valued").number(tally.valued);
    json.member("of_total", tally.of.to_string());
    if (!indicator.by.empty()) json.member("by_total", tally.by.to_string());
  }
}

LocalizedText half_year_label(const std::string& period) {
  const bool is_first = period.ends_with("H1");
  const std::string year = period.substr(0, 4);
  return {(is_first ? "1e helft " : "2e helft ") + year,
          (is_first ? "1st half " : "2nd half ") + year};
}

std::string next_period(const std::string& period, Grouping by) {
  const int year = Date::parse(period.substr(0, 4) + "-01-01")->year();
  const std::string next = std::to_string(year + 1);
  const std::string padded = std::string(4 - std::min<std::size_t>(4, next.size()), '0') + next;
  if (by == Grouping::kYear) return padded;
  return period.ends_with("H1") ? period.substr(0, 4) + "-H2" : padded + "-H1";
}

class DimensionWriter {
 public:
  DimensionWriter(const FiguresView& view, std::size_t index)
      : view_(view),
        index_(index),
        dimension_(view.indicator.dimensions[index]),
        field_(*view.pack.find_form(view.indicator.form)->find_field(dimension_.field)) {}

  Result<void> write(JsonWriter& json) {
    ZICHT_CHECKED(add_up());
    json.object().member("id", dimension_.id).member("title", dimension_.title);
    json.member("field", dimension_.field);
    json.member("by", model::name_of(dimension_.by));
    if (field_.is_many) json.key("overlaps").boolean(true);
    json.key("values").array();
    for (const Value& value : values()) {
      json.object().key("code");
      value.code ? json.text(*value.code) : json.null();
      json.member("label", value.label);
      write_tally(json, view_, dimension_.id, value.key, value.tally);
      json.end();
    }
    json.end().end();
    return {};
  }

 private:
  Result<void> add_up() {
    for (const Group& group : view_.groups) {
      // That there are rows of which nothing can be said is not told of protected figures.
      if (view_.is_protected && group.tally.rows == 0) continue;
      if (!model::counts_in(group, field_)) continue;
      const auto& value = group.values[index_];
      Tally& tally = value ? is_hidden(*value) ? hidden_ : tallies_[*value] : unknown_;
      ZICHT_CHECKED(model::add_to(tally, group.tally));
    }
    return {};
  }

  bool is_hidden(const std::string& value) const {
    return field_.type == FieldType::kReference && !view_.references.contains(value);
  }

  std::vector<Value> values() {
    std::vector<Value> all;
    switch (field_.type) {
      case FieldType::kBoolean:
        add(all, "true", {"ja", "yes"});
        add(all, "false", {"nee", "no"});
        break;
      case FieldType::kChoice:
        add_codes(all);
        break;
      case FieldType::kReference:
        add_records(all);
        break;
      default:
        add_periods(all);
    }
    if (hidden_.rows + hidden_.undetermined > 0) {
      all.push_back({std::string(kUnseenValue),
                     {},
                     {"Niet voor u zichtbaar", "Not visible to you"},
                     hidden_});
    }
    if (unknown_.rows + unknown_.undetermined > 0) {
      all.push_back({std::string(kUnknownValue), {}, {"Niet bekend", "Not known"}, unknown_});
    }
    return all;
  }

  void add(std::vector<Value>& all, const std::string& code, LocalizedText label) {
    all.push_back({":" + code, code, std::move(label), tallies_[code]});
  }

  // Codes that could be chosen that day, and those that rows have.
  void add_codes(std::vector<Value>& all) {
    const model::List* list = view_.packs.find_list(field_.list.find('/') == std::string::npos
                                                        ? view_.pack.id + "/" + field_.list
                                                        : field_.list);
    std::map<std::string, Tally> rest = tallies_;
    const std::vector<model::ListCode> none;
    for (const model::ListCode& code : list == nullptr ? none : list->codes) {
      const bool holds =
          (!code.from || *code.from <= view_.on) && (!code.to || view_.on < *code.to);
      if (!holds && !tallies_.contains(code.code)) continue;
      add(all, code.code, code.label);
      rest.erase(code.code);
    }
    for (const auto& [code, tally] : rest) all.push_back({":" + code, code, {code, code}, tally});
  }

  void add_records(std::vector<Value>& all) {
    for (const auto& [id, tally] : tallies_) {
      const std::string& title = view_.references.at(id).title;
      all.push_back({":" + id, id, {title, title}, tally});
    }
    std::sort(all.begin(), all.end(), [](const Value& a, const Value& b) {
      return std::tie(a.label.nl, a.code) < std::tie(b.label.nl, b.code);
    });
  }

  void add_periods(std::vector<Value>& all) {
    if (tallies_.empty()) return;
    const std::string last = tallies_.rbegin()->first;
    std::vector<std::string> periods;
    for (std::string at = tallies_.begin()->first; periods.size() <= kMostPeriods && at <= last;
         at = next_period(at, dimension_.by)) {
      periods.push_back(at);
    }
    if (periods.size() > kMostPeriods) {
      periods.clear();
      for (const auto& [period, tally] : tallies_) periods.push_back(period);
    }
    for (const std::string& period : periods) {
      add(all, period,
          dimension_.by == Grouping::kYear ? LocalizedText{period, period}
                                           : half_year_label(period));
    }
  }

  const FiguresView& view_;
  const std::size_t index_;
  const model::Dimension& dimension_;
  const Field& field_;
  std::map<std::string, Tally> tallies_;
  Tally unknown_, hidden_;
};

}  // namespace

void write_indicator(JsonWriter& json, const model::Pack& pack, const model::Indicator& indicator) {
  const model::Form& form = *pack.find_form(indicator.form);
  const auto write_field = [&](std::string_view key, const std::string& field) {
    if (field.empty()) return;
    json.member(key, form.find_field(field)->label);
    json.member(std::string(key) + "_field", field);
  };
  json.member("name", indicator.full_id()).member("title", indicator.title);
  json.member("definition", indicator.definition).member("unit", indicator.unit);
  json.member("measure", model::name_of(indicator.measure));
  json.member("perspective", indicator.perspective);
  write_source(json, pack, indicator.source);
  write_pack_name(json, pack);
  json.key("form").object().member("name", form.full_id()).member("title", form.plural).end();
  if (indicator.where) json.member("where", indicator.where->text);
  if (const auto& period = indicator.period) {
    json.key("period").object().member("field", period->field);
    json.member("by", model::name_of(period->by));
    json.member("which", period->is_previous ? "previous" : "current").end();
  }
  if (indicator.part) json.member("part", indicator.part->text);
  write_field("of", indicator.of);
  write_field("by", indicator.by);
  if (indicator.measure == model::Measure::kRate) json.key("per").number(indicator.per);
  json.key("already_public").boolean(indicator.protection.is_already_public);
  if (indicator.protection.threshold > 0) {
    json.key("threshold").number(indicator.protection.threshold);
  }
}

Result<void> write_figures(JsonWriter& json, const FiguresView& view) {
  ZICHT_TRY(total, model::total_of(view.groups));
  if (const auto& period = view.indicator.period) {
    const DateInterval days = model::days_of(*period, view.on);
    json.key("days").object().member("first", days.first.to_string());
    json.member("last", days.last.to_string()).end();
  }
  json.key("total").object();
  write_tally(json, view, "", "", total);
  json.end().key("dimensions").array();
  for (std::size_t at = 0; at < view.indicator.dimensions.size(); ++at) {
    ZICHT_CHECKED(DimensionWriter(view, at).write(json));
  }
  json.end();
  return {};
}

}  // namespace zicht::app
