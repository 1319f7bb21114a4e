#include "model/where.h"

#include <algorithm>

#include "base/time_zone.h"
#include "model/feel_values.h"
#include "model/internal/shape.h"
#include "model/query.h"

namespace zicht::model {
namespace {

using feel::RowField;

RowField row_field(const Field& field) {
  RowField made{.name = field.id, .type = feel_type_of(field)};
  if (field.type == FieldType::kDecimal) made.scale = field.scale;
  if (field.type == FieldType::kMoney) made.scale = 2;
  const bool is_integer = field.type == FieldType::kInteger;
  // Decimals have 18 digits at most (internal/shape.h).
  const std::int64_t most = is_integer ? internal::kMaxInteger : 999'999'999'999'999'999;
  if (made.type == feel::Type::number()) {
    made.min = field.min.value_or(-most);
    made.max = field.max.value_or(most);
  }
  if (field.sensitivity >= Sensitivity::kConfidential) {
    made.refusal = RowField::Refusal::kSealed;
  } else if (!field.is_filterable) {
    made.refusal = RowField::Refusal::kNotFilterable;
  } else if (field.is_many && field.is_computed()) {
    // Absent it is a missing fact to the rules of the form (feel_values.h), and no row says which.
    made.refusal = RowField::Refusal::kUnknownWhenEmpty;
  }
  return made;
}

}  // namespace

std::vector<RowField> row_fields(const Form& form, const MayName& may_name) {
  std::vector<RowField> fields;
  for (const Field& field : form.fields) {
    if (!may_name || may_name(field)) fields.push_back(row_field(field));
  }
  const auto add_text = [&fields](std::string_view name) {
    fields.push_back({.name = std::string(name), .type = feel::Type::string()});
  };
  if (!form.process.process.empty() || !form.process.by_code.empty()) {
    add_text(kColumnState);
    add_text(kColumnTurn);
  }
  add_text(kColumnOrganisation);
  return fields;
}

feel::Pushed read_where(std::string_view text, const Form& form, Date today,
                        const MayName& may_name) {
  const feel::Environment environment{.zones = &system_time_zones(),
                                      .today = feel::Value::date(feel::date_of(today))};
  return feel::push_down(text, row_fields(form, may_name), environment);
}

feel::Pushed check_where(std::string_view text, const Form& form) {
  return read_where(text, form, Date::of(2025, 1, 1));
}

}  // namespace zicht::model
