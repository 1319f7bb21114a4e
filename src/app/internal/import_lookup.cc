#include "app/internal/import_lookup.h"

#include <boost/json/serialize.hpp>

#include "app/internal/import_values.h"
#include "base/error_catalogue.h"

namespace zicht::app::internal {
namespace {

using model::FieldType;

constexpr std::int64_t kReadAtOnce = 200;  // records

// A fixed value by which the store can choose rows.
bool is_filter(const model::Field& field) {
  return field.is_filterable && !field.is_many &&
         (field.type == FieldType::kChoice || field.type == FieldType::kReference);
}

std::string plain(const Json& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

}  // namespace

std::string key_part(const model::Field& field, const Json& value) {
  if (field.type == FieldType::kUncertainDate && value.is_object()) {
    const json::object& window = value.get_object();
    const Json *first = window.if_contains("first"), *last = window.if_contains("last");
    if (first != nullptr && last != nullptr) return plain(*first) + ".." + plain(*last);
  }
  if (field.type == FieldType::kText && value.is_string()) {
    return folded(std::string_view(value.get_string()));
  }
  return plain(value);
}

Result<std::vector<model::Record>> all_records(const Comparison& with, const model::Form& form,
                                               const json::object& fixed) {
  std::vector<model::Record> all;
  model::Query query;
  query.form = form.full_id();
  query.limit = kReadAtOnce;
  query.scope = read_scope(with.rules, with.caller, query.form);
  if (query.scope == model::no_scope()) return all;
  for (const auto& member : fixed) {
    const model::Field* field = form.find_field(member.key());
    if (field == nullptr || !is_filter(*field) || !sees_field(query.scope, *field)) continue;
    query.filters.push_back({field->id, {member.value()}, {}, {}});
  }
  do {
    ZICHT_TRY(page, with.store.page(query));
    for (model::Record& record : page.records) {
      if (record.state == model::kFactWithdrawn) continue;
      if (all.size() >= with.most) {
        return make_error("AP-0309", {{"limit", std::to_string(with.most)}});
      }
      all.push_back(std::move(record));
    }
    query.cursor = std::move(page.next);
  } while (!query.cursor.empty());
  return all;
}

Result<const NamedRecords::ByName*> NamedRecords::names_of(const std::string& form,
                                                           const std::string& match) {
  const std::string name = form + kBetweenParts + match;
  if (const auto known = known_.find(name); known != known_.end()) return &known->second;
  ByName names;
  const ActiveForm target = find_active_form(with_.rules, form);
  if (target.form != nullptr && !target.form->is_about_persons()) {
    const model::RowScope scope = read_scope(with_.rules, with_.caller, form);
    ZICHT_TRY(records, all_records(with_, *target.form));
    const model::Field* field = target.form->find_field(match);
    for (model::Record& record : records) {
      const model::Record seen =
          visible_part(scope.in_row(record.organisation, {}, record.id), *target.form, record);
      const Json* value =
          field == nullptr ? nullptr : seen.fields.as_object().if_contains(field->id);
      if (field != nullptr && value == nullptr) continue;
      names[folded(value == nullptr ? seen.title : plain(*value))].push_back(record.id);
    }
  }
  return &known_.emplace(name, std::move(names)).first->second;
}

Result<const std::vector<std::string>*> NamedRecords::find(const std::string& form,
                                                           const std::string& match,
                                                           const std::string& name) {
  ZICHT_TRY(names, names_of(form, match));
  const auto found = names->find(folded(name));
  return found == names->end() ? nullptr : &found->second;
}

}  // namespace zicht::app::internal
