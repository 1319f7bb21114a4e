#include "packs/internal/blocks.h"

#include <algorithm>

namespace zicht::packs::internal {
namespace {

using model::FieldType;

constexpr std::string_view kCountKey = "count";  // names a form, where others name a reference

// Rows as a picture.
std::vector<BlockKind> pictures() {
  return {
      {"timeline",
       {{"from", Wants::kDate, true},
        {"due", Wants::kDate, true},
        {"done", Wants::kDate},
        {"group_by", Wants::kFilterable},
        {"filters", Wants::kFilterable, false, true},
        {"columns", Wants::kAnyField, false, true}}},
      {"terms",
       {{"deadline", Wants::kDeadline, true},
        {"columns", Wants::kAnyField, false, true},
        {"filters", Wants::kFilterable, false, true}}},
      {"figures",
       {{"value", Wants::kNumber, true},
        {"words", Wants::kWords},
        {"unit", Wants::kWords, true},
        {"definition", Wants::kWords, true},
        {"date", Wants::kDate, true},
        {"perspective", Wants::kWords, true},
        {"source", Wants::kWords, true},
        {"group_by", Wants::kFilterable},
        {"caution", Wants::kWords},
        {"filters", Wants::kFilterable, false, true}}},
      {"amounts",
       {{"amount", Wants::kMoney, true},
        {"from", Wants::kDate, true},
        {"to", Wants::kDate},
        {"label", Wants::kWords, true},
        {"group_by", Wants::kFilterable},
        {"filters", Wants::kFilterable, false, true},
        {"columns", Wants::kAnyField, false, true}}},
  };
}

// Rows as a table, a map or cards, and what is not made of rows.
std::vector<BlockKind> others() {
  return {
      {"register",
       {{"columns", Wants::kAnyField, true, true},
        {"filters", Wants::kFilterable, false, true}}},
      {"grid",
       {{"rows", Wants::kOneOfFew, true},
        {"among", Wants::kCondition, false, false, "rows"},
        {"across", Wants::kOneOfFew, true},
        {"one_of", Wants::kChosen, false, true},
        {"cell", Wants::kWords, true},
        {"date", Wants::kDate},
        {"previous", Wants::kPrevious},
        {"filters", Wants::kFilterable, false, true}}},
      {"map",
       {{"places", Wants::kPlace, true},
        {"among", Wants::kCondition, false, false, "places"},
        {"column", Wants::kInteger, true, false, "places"},
        {"row", Wants::kInteger, true, false, "places"},
        {"short", Wants::kWords, false, false, "places"},
        {"one_of", Wants::kChosen, false, true},
        {"cell", Wants::kSaid, true},
        {"date", Wants::kDate},
        {"previous", Wants::kPrevious},
        {"columns", Wants::kAnyField, false, true}}},
      {"beside",
       {{"areas", Wants::kPlace, true, true},
        {"apart", Wants::kPlace, true},
        {"value", Wants::kNumber, true},
        {"words", Wants::kWords},
        {"date", Wants::kDate, true},
        {"columns", Wants::kAnyField, false, true},
        {"unit", Wants::kWords, false, false, "apart"},
        {"definition", Wants::kWords, true, false, "apart"},
        {"source", Wants::kWords, true, false, "apart"},
        {"caution", Wants::kWords, false, false, "apart"},
        {"told", Wants::kAnyField, false, true, "apart"}}},
      {"interview",
       {{"model", Wants::kModel, true},
        {"decisions", Wants::kDecision, true, true},
        {"after", Wants::kInterview},
        {"takes", Wants::kInput},
        {"count", Wants::kForm},
        {"outcomes", Wants::kCoded, false, true, "count"},
        {"version", Wants::kWords, false, false, "count"}},
       false},
      {"indicator",
       {{"indicator", Wants::kIndicator, true}, {"by", Wants::kDimension}},
       false},
      {"text", {}, false, false},
  };
}

const std::vector<BlockKind>& kinds() {
  static const std::vector<BlockKind> all = [] {
    std::vector<BlockKind> made = pictures();
    for (BlockKind& kind : others()) made.push_back(std::move(kind));
    return made;
  }();
  return all;
}

}  // namespace

const BlockKind* find_block_kind(std::string_view name) {
  const auto found = std::find_if(kinds().begin(), kinds().end(),
                                  [&](const BlockKind& kind) { return kind.name == name; });
  return found == kinds().end() ? nullptr : &*found;
}

const std::vector<std::string>& block_kinds() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const BlockKind& kind : kinds()) all.emplace_back(kind.name);
    return all;
  }();
  return names;
}

const model::Form* find_behind(const model::PackSet& packs, const json::object& block,
                               const model::Form& form, std::string_view key) {
  const Json* name = block.if_contains(key);
  if (name == nullptr || !name->is_string()) return nullptr;
  const model::Field* field = form.find_field(name->get_string());
  if (field != nullptr && fits(Wants::kPlace, *field)) return packs.find_form(field->form);
  const model::PackPtr pack = key == kCountKey ? packs.active(form.pack) : nullptr;
  return pack == nullptr ? nullptr : pack->find_form(name->get_string());
}

bool fits(Wants wants, const model::Field& field) {
  switch (wants) {
    case Wants::kDate:
      return !field.is_many && (field.type == FieldType::kDate ||
                                field.type == FieldType::kUncertainDate);
    case Wants::kNumber:
      return !field.is_many && (field.type == FieldType::kInteger ||
                                field.type == FieldType::kDecimal);
    case Wants::kInteger: return !field.is_many && field.type == FieldType::kInteger;
    case Wants::kSaid:
      return !field.is_many && (fits(Wants::kWords, field) || fits(Wants::kNumber, field));
    case Wants::kMoney: return !field.is_many && field.type == FieldType::kMoney;
    case Wants::kWords:
      return field.type == FieldType::kText || field.type == FieldType::kChoice;
    case Wants::kFilterable: return field.is_filterable;
    case Wants::kAnyField: return true;
    case Wants::kOneOfFew:
      return !field.is_many && (field.type == FieldType::kChoice ||
                                field.type == FieldType::kReference);
    case Wants::kChosen: return field.is_filterable && fits(Wants::kOneOfFew, field);
    case Wants::kCoded: return field.type == FieldType::kChoice;
    case Wants::kPlace:
    case Wants::kPrevious: return !field.is_many && field.type == FieldType::kReference;
    case Wants::kCondition:
    case Wants::kDeadline:
    case Wants::kIndicator:
    case Wants::kDimension:
    case Wants::kModel:
    case Wants::kDecision:
    case Wants::kInput:
    case Wants::kInterview:
    case Wants::kForm: return false;
  }
  return false;
}

LocalizedText words_for(Wants wants) {
  switch (wants) {
    case Wants::kDate: return {"een veld van type date of uncertain_date",
                               "a field of type date or uncertain_date"};
    case Wants::kNumber: return {"een veld van type integer of decimal",
                                 "a field of type integer or decimal"};
    case Wants::kInteger: return {"een veld van type integer", "a field of type integer"};
    case Wants::kSaid: return {"een veld van type text, choice, integer of decimal",
                               "a field of type text, choice, integer or decimal"};
    case Wants::kMoney: return {"een veld van type money", "a field of type money"};
    case Wants::kWords: return {"een veld van type text of choice",
                                "a field of type text or choice"};
    case Wants::kFilterable: return {"een veld met filterable: true",
                                     "a field with filterable: true"};
    case Wants::kAnyField: return {"een veld van het formulier", "a field of the form"};
    case Wants::kOneOfFew: return {"een veld van type choice of reference zonder many",
                                   "a field of type choice or reference without many"};
    case Wants::kChosen:
      return {"een veld van type choice of reference zonder many, met filterable: true",
              "a field of type choice or reference without many, with filterable: true"};
    case Wants::kCoded: return {"een veld van type choice", "a field of type choice"};
    case Wants::kPlace: return {"een veld van type reference zonder many",
                                "a field of type reference without many"};
    case Wants::kPrevious:
      return {"een veld van type reference zonder many, naar het formulier zelf",
              "a field of type reference without many, to the form itself"};
    case Wants::kCondition: return {"een voorwaarde in FEEL", "a condition in FEEL"};
    case Wants::kDeadline: return {"een termijn van het proces", "a deadline of the process"};
    case Wants::kIndicator: return {"een indicator", "an indicator"};
    case Wants::kDimension: return {"een indeling van de indicator",
                                    "a dimension of the indicator"};
    case Wants::kModel: return {"een beslismodel", "a decision model"};
    case Wants::kDecision: return {"een beslissing van het model", "a decision of the model"};
    case Wants::kInput: return {"een invoer van het model", "an input of the model"};
    case Wants::kInterview: return {"een andere vragenlijst", "another interview"};
    case Wants::kForm: return {"een formulier", "a form"};
  }
  return {};
}

}  // namespace zicht::packs::internal
