// A database that notes the statements that change it: what a raw program would have to run.
//
// Only statements that are queued are noted; those are all writes of the store.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/driver.h"
#include "store/internal/cells.h"
#include "store/internal/forwarding_connection.h"

namespace zicht::store::testing {

struct RecordedStatement {
  std::string sql;
  std::vector<Cell> values;
  std::vector<bool> is_blob;
};

// Per unit, in order. Read it only while nothing is written.
struct Recording {
  std::vector<std::vector<RecordedStatement>> units;
};

// Parameters of a recorded statement; valid as long as it is.
std::vector<Param> params_of(const std::vector<Cell>& values, const std::vector<bool>& is_blob);

class RecordingDatabase final : public ForwardingDatabase {
 public:
  // Both must outlive this.
  RecordingDatabase(Database& inner, Recording& recording)
      : ForwardingDatabase(inner), recording_(recording) {}

  Result<std::unique_ptr<Connection>> connect(Access access) override;

  // What is queued from now on belongs to a new unit.
  void start_unit() { recording_.units.emplace_back(); }

 private:
  Recording& recording_;
};

}  // namespace zicht::store::testing
