#include "app/packs_service.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <functional>
#include <set>

#include "app/engine_entries.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "packs/load.h"
#include "packs/register.h"

namespace zicht::app {
namespace {

Json both(const LocalizedText& text) { return json::object{{"nl", text.nl}, {"en", text.en}}; }

// Puts the pack's name before the file, so that several packs can be told apart.
void take_diagnostics(std::vector<Diagnostic>& all, std::vector<Diagnostic> some,
                      const std::string& pack) {
  for (auto& diagnostic : some) {
    diagnostic.file = pack + "/" + diagnostic.file;
    all.push_back(std::move(diagnostic));
  }
}

std::string id_of(const std::vector<Store::Activation>& activations, const Json& calendar) {
  Hasher hasher;
  for (const auto& activation : activations) {
    hasher.add(std::to_string(activation.seq)).add(activation.hash);
  }
  hasher.add(json::serialize(calendar));
  return hasher.finish().to_string();
}

// Reads stored versions in the order in which they became active, each with what it needed then.
class Replay {
 public:
  explicit Replay(const std::vector<Store::StoredPack>& stored) {
    for (const auto& version : stored) by_hash_[version.hash] = &version;
  }

  void activate(const std::string& hash) {
    if (read(hash) != nullptr) packs_.activate(hash);
  }

  void read_rest() {
    for (const auto& [hash, version] : by_hash_) read(hash);
  }

  // Takes out of force what an activation after it replaced by a version that cannot be read.
  std::vector<UnreadablePack> deactivate_unreadable(
      const std::vector<Store::Activation>& activations) {
    std::map<std::string, std::string> last;
    for (const auto& activation : activations) last[activation.pack] = activation.hash;
    std::vector<UnreadablePack> unreadable;
    for (const auto& [pack, hash] : last) {
      const auto active = packs_.active(pack);
      if (active != nullptr && active->hash == hash) continue;
      const auto stored = by_hash_.find(hash);
      UnreadablePack one{pack, stored == by_hash_.end() ? "" : stored->second->version, hash,
                         {}, active};
      take_diagnostics(one.diagnostics, std::move(why_[hash]), pack);
      unreadable.push_back(std::move(one));
    }
    for (const auto& one : unreadable) packs_.deactivate(one.pack);
    return unreadable;
  }

  model::PackSet take() { return std::move(packs_); }

 private:
  model::PackPtr read(const std::string& hash) {
    if (auto known = packs_.version(hash)) return known;
    const auto found = by_hash_.find(hash);
    if (found == by_hash_.end()) return nullptr;
    auto loaded = packs::load(found->second->files, packs_);
    if (loaded.pack != nullptr) {
      packs_.add(loaded.pack);
    } else {
      why_[hash] = std::move(loaded.diagnostics);
    }
    return loaded.pack;
  }

  std::map<std::string, std::vector<Diagnostic>> why_;  // by hash: what could not be read
  std::map<std::string, const Store::StoredPack*> by_hash_;
  model::PackSet packs_;
};

// Packs given together, needed ones first; those in a circle stay in the order given.
std::vector<const PackFiles*> in_order_of_need(const std::vector<PackFiles>& packs) {
  std::map<std::string, const PackFiles*> by_name;
  std::vector<std::pair<std::string, const PackFiles*>> named;
  for (const auto& files : packs) {
    const std::string name = packs::name_of(files);
    by_name[name] = &files;
    named.emplace_back(name, &files);
  }
  std::vector<const PackFiles*> ordered;
  std::set<std::string> visited;
  const std::function<void(const std::string&, const PackFiles*)> visit =
      [&](const std::string& name, const PackFiles* files) {
        if (!visited.insert(name).second) return;
        for (const auto& need : packs::needs_of(*files)) {
          const auto found = by_name.find(need);
          if (found != by_name.end()) visit(need, found->second);
        }
        ordered.push_back(files);
      };
  for (const auto& [name, files] : named) visit(name, files);
  return ordered;
}

// Everything checked that can be checked before anything is stored.
struct Plan {
  std::vector<model::PackPtr> changed;
  model::PackSet packs;
  Activation outcome;
};

bool says_identity(const model::PackSet& packs) {
  const auto active = packs.all_active();
  return std::any_of(active.begin(), active.end(), [](const model::PackPtr& pack) {
    return std::any_of(pack->forms.begin(), pack->forms.end(),
                       [](const model::Form& form) { return form.identity.has_value(); });
  });
}

bool has_only_good(const std::vector<Diagnostic>& diagnostics) { return !has_errors(diagnostics); }

// A version number that did not grow must be mended, but no record would become unreadable.
bool breaks_records(const packs::PackDiff& difference) {
  return std::any_of(difference.breaking.begin(), difference.breaking.end(),
                     [](const Diagnostic& one) { return one.id != "PK-0201"; });
}

Plan make_plan(const Rulebook& rules, const std::vector<PackFiles>& packs) {
  Plan plan;
  plan.packs = rules.packs;
  bool is_breaking = false;
  for (const auto* files : in_order_of_need(packs)) {
    const std::string name = packs::name_of(*files);
    auto loaded = packs::load(*files, plan.packs);
    take_diagnostics(plan.outcome.diagnostics, std::move(loaded.diagnostics), name);
    if (loaded.pack == nullptr) continue;
    const auto active = plan.packs.active(loaded.pack->id);
    if (active != nullptr && active->hash == loaded.pack->hash) continue;
    const auto* unreadable = find_unreadable(rules, loaded.pack->id);
    const auto before =
        active == nullptr && unreadable != nullptr ? unreadable->last_readable : active;
    if (before != nullptr) {
      auto difference = packs::diff(*before, *loaded.pack);
      is_breaking = is_breaking || breaks_records(difference);
      plan.outcome.changes[name] = std::move(difference.changes);
      take_diagnostics(plan.outcome.diagnostics, std::move(difference.breaking), name);
    }
    plan.packs.add(loaded.pack);
    plan.packs.activate(loaded.pack->hash);
    plan.changed.push_back(loaded.pack);
  }
  if (is_breaking) {
    plan.outcome.error = make_error("AP-0031");
  } else if (!has_only_good(plan.outcome.diagnostics)) {
    plan.outcome.error = make_error("AP-0030");
  }
  return plan;
}

std::string told(const model::Pack& pack) { return pack.id + " " + pack.version + " " + pack.hash; }

Json files_payload(const PackFiles& files) {
  json::object texts;
  for (const auto& [path, text] : files) texts[path] = text;
  return texts;
}

Unit activation_unit(const model::Pack& pack, bool is_stored, const std::string& actor) {
  Unit unit;
  unit.actor = actor;
  unit.purpose = kPurposeOperate;
  if (!is_stored) {
    unit.entries.push_back(engine_entry(model::kPackStored, pack.id, pack.hash, actor,
                                        json::object{{"pack", pack.id},
                                                     {"version", pack.version},
                                                     {"hash", pack.hash},
                                                     {"files", files_payload(pack.files)}}));
  }
  unit.entries.push_back(engine_entry(model::kPackActivated, pack.id, pack.hash, actor,
                                      json::object{{"pack", pack.id}, {"hash", pack.hash}}));
  return unit;
}

bool may_read_versions(const Caller& caller) {
  return caller.has_builtin(model::kAdministrator) || caller.has_builtin(model::kAuditor);
}

Json source_json(const model::Source& source) {
  json::object out{{"id", source.id}, {"title", both(source.title)}, {"kind", source.kind}};
  if (!source.reference.empty()) out["reference"] = source.reference;
  if (!source.url.empty()) out["url"] = source.url;
  if (source.date) out["date"] = source.date->to_string();
  return out;
}

Json pack_json(const model::Pack& pack, const std::string& since) {
  json::array sources;
  for (const auto& source : pack.sources) sources.push_back(source_json(source));
  return json::object{{"name", pack.id},
                      {"title", both(pack.title)},
                      {"description", both(pack.description)},
                      {"version", pack.version},
                      {"hash", pack.hash},
                      {"status", pack.status},
                      {"since", since},
                      {"needs", json::array(pack.needs.begin(), pack.needs.end())},
                      {"sources", std::move(sources)},
                      {"register", packs::processing_register(pack)}};
}

}  // namespace

PacksService::PacksService(Store& store, ChangeFeed& feed)
    : store_(store), feed_(feed), rules_(std::make_shared<const Rulebook>()) {}

Result<void> PacksService::reload() {
  const std::lock_guard lock(reloading_);
  ZICHT_TRY(activations, store_.activations());
  ZICHT_TRY(stored, store_.stored_packs());
  ZICHT_TRY(configured, store_.calendar_configuration());
  const Json payload = configured ? *configured : calendar_payload({});
  ZICHT_TRY(calendar, calendar_from_payload(payload));
  Replay replay(stored);
  for (const auto& activation : activations) replay.activate(activation.hash);
  replay.read_rest();
  auto rules = std::make_shared<Rulebook>();
  rules->unreadable = replay.deactivate_unreadable(activations);
  rules->packs = replay.take();
  rules->calendar = std::move(calendar);
  rules->id = id_of(activations, payload);
  rules->says_identity = says_identity(rules->packs);
  for (const auto& version : stored) {
    const auto pack = rules->packs.version(version.hash);
    if (pack != nullptr) ZICHT_CHECKED(store_.prepare_forms(*pack));
  }
  rules_.store(std::move(rules));
  return {};
}

Result<bool> PacksService::reload_if_changed() {
  ZICHT_TRY(activations, store_.activations());
  ZICHT_TRY(configured, store_.calendar_configuration());
  const Json payload = configured ? *configured : calendar_payload({});
  if (id_of(activations, payload) == rules()->id) return false;
  ZICHT_CHECKED(reload());
  feed_.packs_changed();
  return true;
}

Activation PacksService::activate(const std::vector<PackFiles>& packs, const std::string& actor) {
  const std::lock_guard lock(activating_);
  // Another process may have activated something that this one has not seen yet.
  if (const auto seen = reload(); !seen) return {seen.error(), {}, {}, {}};
  const auto before = rules();
  Plan plan = make_plan(*before, packs);
  if (plan.outcome.error) return std::move(plan.outcome);
  for (const auto& pack : plan.changed) {
    const bool is_stored = before->packs.version(pack->hash) != nullptr;
    auto written = store_.prepare_forms(*pack);
    if (written) {
      const auto receipt = store_.append_and_wait(activation_unit(*pack, is_stored, actor));
      if (!receipt) written = receipt.error();
    }
    if (!written) {
      plan.outcome.error = written.error();
      break;
    }
    plan.outcome.activated.push_back(told(*pack));
  }
  if (plan.outcome.activated.empty()) return std::move(plan.outcome);
  if (const auto reloaded = reload(); !reloaded) plan.outcome.error = reloaded.error();
  feed_.packs_changed();
  return std::move(plan.outcome);
}

Activation PacksService::rehearse(const std::vector<PackFiles>& packs) const {
  Plan plan = make_plan(*rules(), packs);
  if (!plan.outcome.error) {
    for (const auto& pack : plan.changed) plan.outcome.activated.push_back(told(*pack));
  }
  return std::move(plan.outcome);
}

Result<void> PacksService::configure_calendar(const Json& configuration, const std::string& actor) {
  ZICHT_TRY(calendar, calendar_from_payload(configuration));
  Unit unit;
  unit.actor = actor;
  unit.purpose = kPurposeOperate;
  unit.entries.push_back(engine_entry(model::kCalendarConfigured, "", "", actor,
                                      calendar_payload(calendar.configuration())));
  ZICHT_TRY(receipt, store_.append_and_wait(std::move(unit)));
  ZICHT_CHECK(receipt.seq > 0, "a written unit has a place in the journal");
  return reload();
}

Result<std::string> PacksService::list() const {
  ZICHT_TRY(activations, store_.activations());
  std::map<std::string, std::string> since;
  for (const auto& activation : activations) since[activation.hash] = activation.at.to_string();
  json::array items;
  for (const auto& pack : rules()->packs.all_active()) {
    items.push_back(pack_json(*pack, since[pack->hash]));
  }
  return json::serialize(json::object{{"items", std::move(items)}});
}

Result<std::string> PacksService::versions(const Caller& caller, const std::string& pack) const {
  if (!may_read_versions(caller)) return make_error("AP-0002");
  ZICHT_TRY(stored, store_.stored_packs());
  ZICHT_TRY(activations, store_.activations());
  json::array items;
  for (const auto& version : stored) {
    if (version.pack != pack) continue;
    json::array times;
    for (const auto& activation : activations) {
      if (activation.hash == version.hash) times.push_back(Json(activation.at.to_string()));
    }
    items.push_back(json::object{
        {"version", version.version}, {"hash", version.hash}, {"activated", std::move(times)}});
  }
  if (items.empty()) return make_error("AP-0005");
  return json::serialize(json::object{{"items", std::move(items)}});
}

Result<std::string> PacksService::files(const Caller& caller, const std::string& pack,
                                        const std::string& hash) const {
  if (!may_read_versions(caller)) return make_error("AP-0002");
  ZICHT_TRY(stored, store_.stored_packs());
  const auto found = std::find_if(stored.begin(), stored.end(), [&](const auto& version) {
    return version.pack == pack && version.hash == hash;
  });
  if (found == stored.end()) return make_error("AP-0005");
  return json::serialize(json::object{{"pack", pack},
                                      {"version", found->version},
                                      {"hash", hash},
                                      {"files", files_payload(found->files)}});
}

}  // namespace zicht::app
