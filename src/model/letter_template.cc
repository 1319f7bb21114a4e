#include "model/letter_template.h"

#include <algorithm>

namespace zicht::model {

const Field* letter_field(const Form& form) {
  const auto is_counted = [&form](const Field& counted) {
    return std::any_of(form.fields.begin(), form.fields.end(), [&](const Field& field) {
      return field.edition && field.edition->counted == counted.id;
    });
  };
  const auto found = std::find_if(form.fields.begin(), form.fields.end(), [&](const Field& field) {
    return field.is_frozen() && !field.edition && !is_counted(field);
  });
  return found == form.fields.end() ? nullptr : &*found;
}

std::vector<std::string> placeholders_in(std::string_view text) {
  std::vector<std::string> names;
  static_cast<void>(with_values(text, [&](std::string_view name) {
    names.emplace_back(name);
    return std::string();
  }));
  return names;
}

}  // namespace zicht::model
