#include "app/overall_search.h"

#include <algorithm>

#include "app/internal/body.h"
#include "app/present/json_writer.h"
#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::app {
namespace {

// Of each register; the page of a register itself goes on from there.
constexpr std::int64_t kRowsOfRegister = 6;

const LocalizedText kWords = {"een of meer woorden", "one or more words"};

bool can_be_searched(const Caller& caller, const model::Pack& pack, const model::Form& form) {
  if (!may(caller, pack, form, model::Action::kRead)) return false;
  const model::RowScope scope = scope_of(caller, pack, form);
  return std::any_of(form.fields.begin(), form.fields.end(), [&](const model::Field& field) {
    return field.is_searchable && sees_field(scope, field);
  });
}

// A register that closes itself to this caller is left out; a store that is away is not.
bool is_closed(const Error& error) {
  return error.code == Code::kPermissionDenied || error.code == Code::kNotFound;
}

Result<bool> has_rows(const std::string& page) {
  ZICHT_TRY(json, parse_json(page));
  return !json.at("items").as_array().empty();
}

}  // namespace

Result<std::string> search_everywhere(RecordService& records, const PacksService& packs,
                                      const Caller& caller, const Json& request) {
  internal::Body body(request, {"text"});
  const std::string text = body.text("text");
  if (body.is_sound() && fold_for_search(text).empty()) {
    body.add(make_problem("AP-0022", "/text", {{"expected", kWords}}));
  }
  ZICHT_CHECKED(body.check());
  std::string out;
  JsonWriter json(out);
  json.object().key("groups").array();
  for (const model::PackPtr& pack : packs.rules()->packs.all_active()) {
    for (const model::Form& form : pack->forms) {
      if (!can_be_searched(caller, *pack, form)) continue;
      auto page = records.search(caller, json::object{{"form", form.full_id()},
                                                      {"text", text},
                                                      {"limit", kRowsOfRegister}});
      if (!page && is_closed(page.error())) continue;
      if (!page) return page.error();
      ZICHT_TRY(is_found, has_rows(*page));
      if (is_found) json.object().member("form", form.full_id()).key("page").raw(*page).end();
    }
  }
  json.end().end();
  return out;
}

}  // namespace zicht::app
