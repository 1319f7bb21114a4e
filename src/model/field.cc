#include "model/field.h"

#include "model/internal/names.h"
#include "model/rule.h"

namespace zicht::model {
namespace {

constexpr std::array<std::string_view, 16> kTypeNames = {
    "text",   "integer", "decimal",   "money", "boolean", "date",    "uncertain_date",
    "period", "choice",  "reference", "url",   "group",   "account", "organisation",
    "attachment", "figures"};
constexpr std::array<std::string_view, 4> kSensitivityNames = {"public", "internal",
                                                               "confidential", "secret"};
constexpr std::int64_t kDefaultTextLimit = 400;
constexpr std::int64_t kLongTextLimit = 20'000;

Field required_part(std::string id, FieldType type, LocalizedText label) {
  Field part;
  part.id = std::move(id);
  part.type = type;
  part.label = std::move(label);
  part.is_required = true;
  return part;
}

std::vector<Field> make_attachment_fields() {
  constexpr std::int64_t kLongestName = 200;
  constexpr std::int64_t kLargestFile = std::int64_t{1} << 40;
  Field name = required_part("name", FieldType::kText, {"Naam", "Name"});
  name.max = kLongestName;
  Field size = required_part("size", FieldType::kInteger, {"Grootte in bytes", "Size in bytes"});
  size.min = 1;
  size.max = kLargestFile;
  return {required_part("file", FieldType::kReference, {"Bestand", "File"}), std::move(name),
          required_part("type", FieldType::kText, {"Soort", "Type"}), std::move(size)};
}

}  // namespace

const std::vector<Field>& attachment_fields() {
  static const std::vector<Field> fields = make_attachment_fields();
  return fields;
}

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

bool Field::is_computed() const { return rules != nullptr && rules->computed; }

bool Field::is_always_required() const {
  return is_required && !retired && (rules == nullptr || !rules->show_if);
}

std::int64_t Field::text_limit() const {
  if (max) return *max;
  return is_long ? kLongTextLimit : kDefaultTextLimit;
}

}  // namespace zicht::model
