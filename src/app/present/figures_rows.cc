#include "app/present/figures_rows.h"

#include <string_view>
#include <vector>

#include "app/internal/text_in.h"

namespace zicht::app {
namespace {

using internal::text_in;

// In the order of FigureTable::row.
const LocalizedText kHeadings[] = {
    {"Cijfer", "Figure"},
    {"Indicator", "Indicator"},
    {"Indeling", "Division"},
    {"Indeling (code)", "Division (code)"},
    {"Waarde", "Value"},
    {"Waarde (code)", "Value (code)"},
    {"Getal", "Number"},
    {"Eenheid", "Unit"},
    {"Niet getoond", "Not shown"},
    {"Vorige editie", "Edition before"},
    {"Definitie veranderd", "Definition changed"},
    {"Getelde rijen", "Rows counted"},
    {"Rijen met een waarde", "Rows with a value"},
    {"Niet te bepalen", "Undetermined"},
    {"Peildatum", "Reference date"},
    {"Geteld vanaf", "Counted from"},
    {"Geteld tot en met", "Counted to"},
    {"Gepubliceerd", "Published"},
    {"Definitie", "Definition"},
    {"Volgens", "According to"},
    {"Bron", "Source"},
};

const LocalizedText kYes{"ja", "yes"}, kNo{"nee", "no"}, kTotal{"totaal", "total"},
    kDraft{"concept", "draft"};
const json::object kNoDays;  // of an indicator that counts rows of all days

bool is_set(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

Cell text_cell(std::string text) { return text.empty() ? Cell() : Cell(std::move(text)); }

Cell count_cell(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? Cell(value->get_int64()) : Cell();
}

Cell number_cell(const json::object& object, std::string_view key) {
  const std::string digits = text_in(object, key);
  return digits.empty() ? Cell() : Cell(NumberText{digits});
}

Cell day_cell(const json::object& object, std::string_view key) {
  const auto day = Date::parse(text_in(object, key));
  return day ? Cell(*day) : Cell();
}

struct Place {
  std::string dimension, dimension_code, value, value_code;
};

class FigureTable {
 public:
  FigureTable(const json::object& figures, Language language, TableSink& sink)
      : figures_(figures), language_(language), sink_(sink) {}

  void add(const json::object& indicator) {
    row(indicator, indicator.at("total").as_object(), {"", "", words(kTotal), ""});
    for (const Json& each : indicator.at("dimensions").as_array()) {
      const json::object& dimension = each.as_object();
      for (const Json& value : dimension.at("values").as_array()) {
        const json::object& figure = value.as_object();
        row(indicator, figure,
            {label(dimension, "title"), text_in(dimension, "id"), label(figure, "label"),
             text_in(figure, "code")});
      }
    }
  }

 private:
  const std::string& words(const LocalizedText& text) const { return in_language(text, language_); }

  std::string label(const json::object& object, std::string_view key) const {
    const Json* text = object.if_contains(key);
    if (text == nullptr || !text->is_object()) return "";
    return text_in(text->get_object(), language_ == Language::kDutch ? "nl" : "en");
  }

  std::string source_of(const json::object& indicator) const {
    const Json* found = indicator.if_contains("source");
    if (found == nullptr || !found->is_object()) return "";
    const json::object& source = found->get_object();
    std::string text = label(source, "title");
    for (const char* more : {"reference", "url"}) {
      const std::string part = text_in(source, more);
      if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
    }
    return text;
  }

  // The moment of publishing; a draft says that it is one, and an indicator that is counted live
  // is neither.
  Cell released() const {
    const std::string moment = text_in(figures_, "released");
    if (!moment.empty()) return Cell(moment);
    return figures_.contains("indicators") ? Cell(words(kDraft)) : Cell();
  }

  void row(const json::object& indicator, const json::object& figure, const Place& place) {
    const bool is_withheld = is_set(figure, "withheld");
    const bool is_changed = is_set(indicator, "definition_changed");
    const Json* period = indicator.if_contains("days");
    const json::object& days = period != nullptr ? period->get_object() : kNoDays;
    sink_.row({text_cell(label(indicator, "title")), text_cell(text_in(indicator, "name")),
               text_cell(place.dimension), text_cell(place.dimension_code), text_cell(place.value),
               text_cell(place.value_code), is_withheld ? Cell() : number_cell(figure, "number"),
               text_cell(label(indicator, "unit")), Cell(words(is_withheld ? kYes : kNo)),
               is_changed ? Cell() : number_cell(figure, "before"),
               Cell(words(is_changed ? kYes : kNo)), count_cell(figure, "rows"),
               count_cell(figure, "valued"), count_cell(figure, "undetermined"),
               day_cell(figures_, "on"), day_cell(days, "first"), day_cell(days, "last"),
               released(), text_cell(label(indicator, "definition")),
               text_cell(label(indicator, "perspective")), text_cell(source_of(indicator))});
  }

  const json::object& figures_;
  const Language language_;
  TableSink& sink_;
};

}  // namespace

void write_figures_rows(const json::object& figures, const std::string& title, Language language,
                        TableSink& sink) {
  std::vector<std::string> headings;
  for (const LocalizedText& heading : kHeadings) headings.push_back(in_language(heading, language));
  sink.begin(title, headings);
  FigureTable table(figures, language, sink);
  const Json* indicators = figures.if_contains("indicators");
  if (indicators == nullptr) return table.add(figures);
  for (const Json& indicator : indicators->as_array()) table.add(indicator.as_object());
}

}  // namespace zicht::app
