#include "app/journal_service.h"

#include <map>

#include "app/present/json_writer.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

constexpr std::size_t kPage = 100;

bool may_see_journal(const Caller& caller) {
  return caller.has_builtin(model::kAuditor) || caller.has_builtin(model::kAdministrator);
}

Result<std::map<std::string, std::string>> names_of_accounts(Store& store) {
  ZICHT_TRY(accounts, store.accounts());
  std::map<std::string, std::string> names;
  for (const Account& account : accounts) names.emplace(account.id, account.name);
  return names;
}

}  // namespace

Result<std::string> journal_page(Store& store, const Caller& caller,
                                 std::optional<std::int64_t> before_seq) {
  if (!may_see_journal(caller)) return make_error("AP-0002");
  // One more than a page shows whether there is a next one.
  ZICHT_TRY(envelopes, store.envelopes(before_seq, kPage + 1));
  ZICHT_TRY(names, names_of_accounts(store));
  const bool has_next = envelopes.size() > kPage;
  if (has_next) envelopes.pop_back();
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const model::Envelope& each : envelopes) {
    json.object().key("seq").number(each.seq).member("organisation", each.organisation);
    json.key("chain_no").number(each.chain_no);
    json.member("recorded_at", each.recorded_at.to_string()).member("actor", each.actor);
    const auto name = names.find(each.actor);
    if (name != names.end()) json.member("actor_name", name->second);
    json.member("purpose", each.purpose).member("subject", each.subject).member("kind", each.kind);
    json.member_if("pack_hash", each.pack_hash).member("engine_version", each.engine_version);
    json.member("hash", each.hash).end();
  }
  json.end();
  if (has_next) json.key("next").number(envelopes.back().seq);
  json.end();
  return out;
}

Result<std::string> journal_verification(Store& store, const Caller& caller) {
  if (!may_see_journal(caller)) return make_error("AP-0002");
  ZICHT_TRY(last, store.last_verification());
  std::string out;
  JsonWriter json(out);
  json.object().key("verified");
  if (last) {
    json.value(*last);
  } else {
    json.null();
  }
  json.end();
  return out;
}

}  // namespace zicht::app
