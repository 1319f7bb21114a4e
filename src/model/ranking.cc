#include "model/ranking.h"

#include <set>
#include <string>
#include <vector>

namespace zicht::model {
namespace {

constexpr std::string_view kRegion = "region";  // of Form::subject

bool is_number(const Field& field) {
  return field.type == FieldType::kInteger || field.type == FieldType::kDecimal ||
         field.type == FieldType::kMoney;
}

// Forms to which references lead, of groups too.
void add_targets(const std::vector<Field>& fields, std::vector<std::string>& targets) {
  for (const Field& field : fields) {
    if (field.type == FieldType::kReference) targets.push_back(field.form);
    add_targets(field.fields, targets);
  }
}

// Forms may refer to themselves and to each other: each is looked at once.
bool tells_of_region(const PackSet& packs, const Form& first) {
  if (first.subject == kRegion) return true;
  std::set<std::string> seen = {first.full_id()};
  std::vector<std::string> ahead;
  add_targets(first.fields, ahead);
  while (!ahead.empty()) {
    const std::string name = ahead.back();
    ahead.pop_back();
    if (!seen.insert(name).second) continue;
    const Form* form = packs.find_form(name);
    if (form == nullptr) continue;
    if (form->subject == kRegion) return true;
    add_targets(form->fields, ahead);
  }
  return false;
}

}  // namespace

bool ranks_regions(const PackSet& packs, const Form& form, const Field& field) {
  return is_number(field) && tells_of_region(packs, form);
}

}  // namespace zicht::model
