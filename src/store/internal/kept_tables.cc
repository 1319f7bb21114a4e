#include "store/internal/kept_tables.h"

#include <algorithm>
#include <utility>

namespace zicht::store {
namespace {

struct Listed {
  BackupPart part;
  KeptTable table;
};

const std::vector<Listed>& listed() {
  static const std::vector<Listed> all{
      {BackupPart::kStore,
       kept_table("journal", "seq int, organisation text, chain_no int, recorded_at int, "
                             "actor text, purpose text, subject text, kind text, pack_hash text, "
                             "engine_version text, key_id text, sealed blob, hash blob")},
      {BackupPart::kStore, kept_table("checkpoints", "organisation text, chain_no int, hash text, "
                                                     "seq int, at text, signature text",
                                      2)},
      {BackupPart::kStore, kept_table("file_pieces", "file text, position int, sealed blob", 2)},
      {BackupPart::kKeys,
       kept_table("file_keys", "file text, record text, key_id text, wrapped blob")},
      {BackupPart::kKeys, kept_table("uploads", "file text, account text, created int, size int, "
                                                "complete int, meta blob, wrapped blob")},
      {BackupPart::kKeys, kept_table("data_keys", "key_id text, organisation text, "
                                                  "retention text, subject text, wrapped blob")},
      {BackupPart::kKeys,
       kept_table("record_keys", "key_id text, record text, person_key text, wrapped blob", 3)},
      {BackupPart::kStore,
       kept_table("outbox", "message text, kind text, event_id text, target text, form text, "
                            "record text, version int, event text, task_key text, role text, "
                            "happened int, due int, tries int, state int, error text")},
      {BackupPart::kKeys,
       kept_table("webhook_secrets", "webhook text, sealed text, previous text, replaced int")},
      {BackupPart::kKeys,
       kept_table("mail_preferences", "account text, wish text, language text, sealed text")},
      {BackupPart::kKeys,
       kept_table("credentials", "account text, password_hash text, totp_secret text, "
                                 "totp_confirmed int, last_totp_step int, failures int, "
                                 "locked_until int, must_change int")},
  };
  return all;
}

}  // namespace

std::vector<KeptTable> kept_tables(BackupPart part) {
  std::vector<KeptTable> tables;
  for (const Listed& each : listed()) {
    if (each.part == part) tables.push_back(each.table);
  }
  return tables;
}

const KeptTable* find_kept_table(std::string_view name) {
  const auto found = std::find_if(listed().begin(), listed().end(),
                                  [name](const Listed& each) { return each.table.name == name; });
  return found == listed().end() ? nullptr : &found->table;
}

KeptTable kept_table(std::string name, std::string_view columns, std::size_t key) {
  KeptTable table{.name = std::move(name), .columns = {}, .key = key};
  while (!columns.empty()) {
    const auto end = std::min(columns.find(", "), columns.size());
    const std::string_view one = columns.substr(0, end);
    const auto space = one.find(' ');
    table.columns.push_back(
        {std::string(one.substr(0, space)), std::string(one.substr(space + 1))});
    columns.remove_prefix(std::min(end + 2, columns.size()));
  }
  return table;
}

}  // namespace zicht::store
