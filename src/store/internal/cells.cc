#include "store/internal/cells.h"

#include "base/decimal.h"
#include "base/error_catalogue.h"

namespace zicht::store {
namespace {

Error shape_error(const model::Field& field) {
  return make_error("ST-0013", {{"field", field.id}});
}

Result<Cell> scaled(const model::Field& field, const Json& value, int scale) {
  if (!value.is_string()) return shape_error(field);
  const auto decimal = Decimal::parse(std::string_view(value.get_string()));
  if (!decimal.has_value()) return shape_error(field);
  const auto number = decimal->to_scaled(scale);
  if (!number.has_value()) return shape_error(field);
  return Cell(*number);
}

}  // namespace

Param param_of(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return Param(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return Param(*text);
  return Param();
}

std::vector<Param> params_of(const std::vector<Cell>& cells) {
  std::vector<Param> params;
  params.reserve(cells.size());
  for (const Cell& cell : cells) params.push_back(param_of(cell));
  return params;
}

Result<Cell> cell_of(const model::Field& field, const Json& value) {
  using model::FieldType;
  switch (field.type) {
    case FieldType::kInteger:
      if (!value.is_int64()) return shape_error(field);
      return Cell(value.get_int64());
    case FieldType::kDecimal:
      return scaled(field, value, field.scale);
    case FieldType::kMoney:
      return scaled(field, value, 2);
    case FieldType::kBoolean:
      if (!value.is_bool()) return shape_error(field);
      return Cell(std::int64_t{value.get_bool() ? 1 : 0});
    // An uncertain date only here when it is one of many: then it is kept whole, too.
    case FieldType::kUncertainDate:
    case FieldType::kGroup:
    case FieldType::kAttachment:
    case FieldType::kFigures: {
      ZICHT_TRY(text, canonical_json(value));
      return Cell(std::move(text));
    }
    default:
      break;
  }
  if (!value.is_string()) return shape_error(field);
  return Cell(std::string(value.get_string()));
}

}  // namespace zicht::store
