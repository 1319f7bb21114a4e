#include "app/catalogue_service.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "app/present/catalogue_json.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "model/json_schema.h"

namespace zicht::app {
namespace {

// Callers with the same roles in the same kind of organisation get the same metadata.
std::string key_of(const Caller& caller) {
  if (caller.is_visitor()) return "";
  std::vector<std::string> roles = caller.roles;
  std::sort(roles.begin(), roles.end());
  std::string key = "signed-in";
  for (const std::string& role : roles) key += "\n" + role;
  return key + "\n" + caller.purpose;
}

void write_desks(JsonWriter& json, const model::Pack& pack, const model::PackSet& packs,
                 const Caller& caller) {
  json.key("desks").object();
  for (const model::Desk& desk : pack.desks) {
    if (!sees_desk(desk, pack, caller)) continue;
    const auto blocks = readable_blocks(desk, packs, caller);
    if (blocks.empty()) continue;
    json.key(desk.id);
    write_desk(json, desk, blocks);
  }
  json.end();
}

}  // namespace

std::string CatalogueService::document(const std::vector<model::PackPtr>& shown,
                                       const model::PackSet& packs, const Caller& caller) const {
  std::string out;
  out.reserve(64 * 1024);
  JsonWriter json(out);
  json.object().key("packs").array();
  for (const model::PackPtr& pack : shown) {
    json.object();
    write_pack_metadata(json, *pack, caller);
    write_desks(json, *pack, packs, caller);
    json.end();
  }
  json.end().key("file_bytes").number(largest_file_);
  if (is_demo_) json.key("demo").boolean(true);
  json.end();
  return out;
}

SharedDocument CatalogueService::catalogue(const Caller& caller) {
  const RulebookPtr rules = packs_.rules();
  const std::string key = key_of(caller);
  {
    const std::lock_guard lock(mutex_);
    if (cached_for_ != rules->id) by_roles_.clear();
    cached_for_ = rules->id;
    const auto found = by_roles_.find(key);
    if (found != by_roles_.end()) return found->second;
  }
  auto text = std::make_shared<const std::string>(
      document(rules->packs.all_active(), rules->packs, caller));
  SharedDocument made{text, hash_of(*text).to_string().substr(0, 32)};
  const std::lock_guard lock(mutex_);
  if (cached_for_ == rules->id) by_roles_.insert_or_assign(key, made);
  return made;
}

Result<std::string> CatalogueService::catalogue_of(const Caller& caller, const std::string& pack,
                                                   const std::string& hash) {
  const RulebookPtr rules = packs_.rules();
  const model::PackPtr version = rules->packs.version(hash);
  if (version == nullptr || version->id != pack) return make_error("AP-0005");
  return document({version}, rules->packs, caller);
}

Result<std::string> CatalogueService::schema(const Caller& caller, const std::string& full_form) {
  const RulebookPtr rules = packs_.rules();
  const ActiveForm form = find_active_form(*rules, full_form);
  if (form.form == nullptr || (!may(caller, *form.pack, *form.form, model::Action::kRead) &&
                               !may(caller, *form.pack, *form.form, model::Action::kCreate))) {
    return make_error("AP-0003");
  }
  const auto sees = [&](model::Action action) {
    return scope_of(caller, *form.pack, *form.form, action).highest();
  };
  model::RowScope scope;
  scope.clearance = std::max(sees(model::Action::kRead), sees(model::Action::kCreate));
  const model::Form visible = visible_form(scope, *form.form);
  return json::serialize(model::json_schema(visible, rules->packs, model::Sensitivity::kSecret));
}

std::string CatalogueService::desks(const Caller& caller) {
  const RulebookPtr rules = packs_.rules();
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const model::PackPtr& pack : rules->packs.all_active()) {
    for (const model::Desk& desk : pack->desks) {
      if (!sees_desk(desk, *pack, caller)) continue;
      if (readable_blocks(desk, rules->packs, caller).empty()) continue;
      json.object().member("id", desk.id).member("pack", pack->id).member("title", desk.title);
      json.member("lead", desk.lead).key("order").number(desk.order).end();
    }
  }
  json.end().end();
  return out;
}

Result<std::string> CatalogueService::desk(const Caller& caller, const std::string& pack,
                                           const std::string& desk) {
  const RulebookPtr rules = packs_.rules();
  const model::PackPtr active = rules->packs.active(pack);
  if (active == nullptr) return make_error("AP-0006");
  for (const model::Desk& each : active->desks) {
    if (each.id != desk) continue;
    if (!sees_desk(each, *active, caller)) break;
    std::string out;
    JsonWriter json(out);
    write_desk(json, each, readable_blocks(each, rules->packs, caller));
    return out;
  }
  return make_error("AP-0006");
}

}  // namespace zicht::app
