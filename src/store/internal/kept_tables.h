// The tables that no rebuild makes again, for back-ups.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/driver.h"

namespace zicht::store {

struct KeptColumn {
  std::string name;
  std::string type;  // "int", "text" or "blob"
};

struct KeptTable {
  std::string name;
  std::vector<KeptColumn> columns;
  std::size_t key = 1;  // how many of the first columns are never the same in two rows
};

enum class BackupPart { kStore, kKeys };

// Tables of the store that belong in one part. Left out: leases, sessions, the numbers of formats,
// which a restored store has of its own.
std::vector<KeptTable> kept_tables(BackupPart part);

// The table with this name, in either part; null when there is none.
const KeptTable* find_kept_table(std::string_view name);

// "seq int, organisation text" as a table, with so many columns as its key.
KeptTable kept_table(std::string name, std::string_view columns, std::size_t key = 1);

}  // namespace zicht::store
