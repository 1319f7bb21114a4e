#include "model/field.h"

#include "model/internal/names.h"

namespace zicht::model {
namespace {

constexpr std::array<std::string_view, 14> kTypeNames = {
    "text",   "integer", "decimal",   "money", "boolean", "date",    "uncertain_date",
    "period", "choice",  "reference", "url",   "group",   "account", "organisation"};
constexpr std::array<std::string_view, 4> kSensitivityNames = {"public", "internal",
                                                               "confidential", "secret"};
constexpr std::int64_t kDefaultTextLimit = 400;
constexpr std::int64_t kLongTextLimit = 20'000;

}  // namespace

std::string_view name_of(FieldType type) { return internal::name_in(kTypeNames, type); }

std::optional<FieldType> find_field_type(std::string_view name) {
  return internal::find_in<FieldType>(kTypeNames, name);
}

std::string_view name_of(Sensitivity sensitivity) {
  return internal::name_in(kSensitivityNames, sensitivity);
}

std::optional<Sensitivity> find_sensitivity(std::string_view name) {
  return internal::find_in<Sensitivity>(kSensitivityNames, name);
}

std::int64_t Field::text_limit() const {
  if (max) return *max;
  return is_long ? kLongTextLimit : kDefaultTextLimit;
}

}  // namespace zicht::model
