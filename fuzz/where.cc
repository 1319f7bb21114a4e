#include "model/where.h"

#include "store/internal/predicate_sql.h"
#include "targets.h"

namespace zicht::fuzz {
namespace {

model::Field filterable(std::string_view id, model::FieldType type) {
  model::Field field;
  field.id = id;
  field.type = type;
  field.is_filterable = true;
  return field;
}

// A field of each type that a filter treats in its own way, and two that none may name.
model::Form filtered_form() {
  using model::FieldType;
  model::Form form;
  form.id = "row";
  form.process.process = "life";
  form.fields = {filterable("n", FieldType::kInteger),
                 filterable("rate", FieldType::kDecimal),
                 filterable("amount", FieldType::kMoney),
                 filterable("flag", FieldType::kBoolean),
                 filterable("what", FieldType::kText),
                 filterable("made", FieldType::kDate),
                 filterable("due", FieldType::kUncertainDate),
                 filterable("term", FieldType::kPeriod),
                 filterable("labels", FieldType::kText),
                 filterable("note", FieldType::kText),
                 filterable("secret", FieldType::kText)};
  for (model::Field& field : form.fields) {
    if (field.id == "n") field.min = -100, field.max = 100;
    if (field.id == "rate") field.scale = 3;
    if (field.id == "labels") field.is_many = true;
    if (field.id == "note") field.is_filterable = false;
    if (field.id == "secret") field.sensitivity = model::Sensitivity::kSecret;
  }
  return form;
}

// What is accepted can be asked of a database, whole and in parts.
void check_rendered(const store::FormTable& table, const zicht::feel::Predicate& predicate) {
  must(zicht::feel::depth_of(predicate) <= zicht::feel::kMaxFilterDepth,
       "a filter is no deeper than a database reads");
  must(store::check_columns(table, predicate).has_value(), "a filter names columns alone");
  store::SqlBuilder whole;
  store::render(table, predicate, whole);
  must(!whole.sql().empty(), "a filter is a condition");
  for (const store::Condition& condition : store::conditions_of(table, predicate)) {
    store::SqlBuilder part;
    store::render(condition, part);
    must(!part.sql().empty(), "each part of a filter is a condition");
  }
}

}  // namespace

void where(std::string_view input) {
  static const model::Form form = filtered_form();
  static const store::FormTable table("fuzz/row", form.fields, true);
  // A year with and one without 29 February.
  for (const Date today : {Date::of(2024, 2, 29), Date::of(2026, 3, 31)}) {
    const zicht::feel::Pushed read = model::read_where(input, form, today);
    for (const zicht::feel::Finding& finding : read.findings) {
      must(finding.span.begin <= finding.span.end, "a finding has a place");
      must(!zicht::feel::to_diagnostic(finding, input).message.nl.empty(), "a finding has a text");
    }
    must(read.predicate.has_value() != zicht::feel::has_errors(read.findings),
         "a text is a filter, or told what is wrong");
    if (read.predicate) check_rendered(table, *read.predicate);
  }
}

}  // namespace zicht::fuzz
