// Erasing a person: what goes, and the tombstones that are left.
//
//     ZICHT_TRY(plan, plan_erasure(connection, person));       inside the writer's transaction
//     ... append person.erased with to_payload(plan, order) ...
//     ZICHT_CHECKED(project_erasure(connection, forms, envelope, plan));
//     ZICHT_CHECKED(destroy_keys(connection, plan));           and what else is no projection
//
// The journal keeps sealed bytes whose key is gone. A tombstone is the row of the record in
// `records` without anything of its content, and a row in `erasures` that says when, by which
// entry and on whose decision; so references to its id do not break. The entry names the erased
// records and accounts, so that a rebuild, which cannot read them, makes the same tombstones. An
// account leaves one too, that nobody can sign in with: the journal names it as actor; and a
// hand-over the two organisations and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/retention_ports.h"
#include "base/json.h"
#include "base/result.h"
#include "model/entry.h"
#include "store/driver.h"
#include "store/internal/form_registry.h"
#include "store/internal/handover_rows.h"

namespace zicht::store {

using app::ErasedRecord;

// An account that is bound to the person: its name and login are the person's too.
struct ErasedAccount {
  std::string account, organisation;
};

struct ErasurePlan {
  std::string person, organisation;   // who keeps the record of the person
  std::vector<ErasedRecord> records;  // by id; of nobody else
  std::vector<ErasedAccount> accounts;  // by id
  std::vector<ErasedHandover> handovers;  // by id; of the file of the person
  std::vector<ErasedRecord> shared;   // by id; about somebody else too
};

struct ErasureOrder {
  std::string person;
  std::string actor;                  // the account of who decided it
  std::string reason;
  std::vector<std::string> keep;      // each record of ErasurePlan::shared
  // Only while the record of the person is as it was found to be, and nothing but it would go.
  std::optional<ErasedRecord> unchanged{};
};

// Errors: ST-0041 when the person was erased, ST-0043 when it is no person.
Result<ErasurePlan> plan_erasure(Connection& connection, const std::string& person);

Json to_json(const ErasedRecord& erased);

// The payload of person.erased, and back (without `shared`); also back from records.expired, which
// has no person.
// Errors: ST-0026 when it is not in the shape of the format.
Json to_payload(const ErasurePlan& plan, const ErasureOrder& order);
Result<ErasurePlan> erasure_from(const model::Envelope& envelope, const Json& payload);

// Puts tombstones in the place of the rows of the erased records.
Result<void> project_erasure(Connection& connection, const FormRegistry& forms,
                             const model::Envelope& envelope, const ErasurePlan& plan);

// Destroys the keys of the person and of its accounts, every wrap of the keys of its records with
// their files, and what is kept beside the journal: passwords, sessions, keys of requests, files
// that wait.
// Requires: a person.
Result<void> destroy_keys(Connection& connection, const ErasurePlan& plan);

// Destroys every wrap of the keys of records, and their files; forgets the keys of requests about
// them.
Result<void> destroy_record_keys(Connection& connection, const std::vector<ErasedRecord>& records);

}  // namespace zicht::store
