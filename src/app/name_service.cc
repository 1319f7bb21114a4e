#include "app/name_service.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "app/internal/body.h"
#include "app/internal/found_record.h"
#include "app/present/json_writer.h"
#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::size_t kMostNames = 20;

struct Name {
  std::string id, name, organisation;   // organisation: of an account
};

// Every word asked for begins a word of the name.
bool has_words(const std::string& name, const std::vector<std::string>& asked) {
  const std::vector<std::string> words = fold_for_search(name);
  return std::all_of(asked.begin(), asked.end(), [&](const std::string& start) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.starts_with(start); });
  });
}

Result<std::vector<Name>> accounts_of(Store& store, const model::Pack& pack) {
  ZICHT_TRY(accounts, store.accounts());
  std::vector<Name> names;
  for (Account& account : accounts) {
    if (!account.is_active || !account.subject.empty() || !works_in(account.roles, pack)) continue;
    names.push_back({std::move(account.id), std::move(account.name),
                     std::move(account.organisation)});
  }
  return names;
}

Result<std::vector<Name>> organisations_of(Store& store) {
  ZICHT_TRY(organisations, store.organisations());
  std::vector<Name> names;
  for (Organisation& each : organisations) {
    names.push_back({std::move(each.id), std::move(each.name), ""});
  }
  return names;
}

// The field, when names are chosen in it and the caller sees it.
const model::Field* find_name_field(const model::RowScope& scope, const model::Form& form,
                                    const std::string& id) {
  const model::Field* field = form.find_field(id);
  if (field == nullptr || !sees_field(scope, *field)) return nullptr;
  const bool has_names = field->type == model::FieldType::kAccount ||
                         field->type == model::FieldType::kOrganisation;
  return has_names ? field : nullptr;
}

}  // namespace

Result<std::string> NameService::search(const Caller& caller, const Json& request) {
  if (caller.is_visitor()) return make_error("AP-0004");
  const RulebookPtr rules = packs_.rules();
  internal::Body body(request, {"form", "field", "text"});
  const std::string form_name = body.text("form");
  const std::string field_name = body.text("field");
  const std::vector<std::string> asked = fold_for_search(body.text_if("text").value_or(""));
  ZICHT_CHECKED(body.check());
  const ActiveForm form = find_active_form(*rules, form_name);
  if (form.form == nullptr) return unknown_form(*rules, form_name);
  if (!may_fill_in(caller, *form.pack, *form.form)) return make_error("AP-0003");
  const model::RowScope scope = internal::writing_scope(*rules, caller, form_name);
  const model::Field* field = find_name_field(scope, *form.form, field_name);
  if (field == nullptr) body.add(make_problem("AP-0089", "/field"));
  ZICHT_CHECKED(body.check());
  const bool is_of_accounts = field->type == model::FieldType::kAccount;
  ZICHT_TRY(names, is_of_accounts ? accounts_of(store_, *form.pack) : organisations_of(store_));
  std::erase_if(names, [&](const Name& each) { return !has_words(each.name, asked); });
  std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  });
  names.resize(std::min(names.size(), kMostNames));
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const Name& each : names) {
    json.object().member("id", each.id).member("name", each.name);
    if (is_of_accounts) {
      json.key("organisation").object().member("id", each.organisation);
      json.member("name", organisations_.name_of(each.organisation)).end();
    }
    json.end();
  }
  json.end().end();
  return out;
}

}  // namespace zicht::app
