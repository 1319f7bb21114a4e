// My work: the tasks of the roles that somebody holds, due first.
#pragma once

#include <string>

#include "app/access.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "app/read_recorder.h"

namespace zicht::app {

// Thread-safe; blocks on the store.
class TaskService {
 public:
  TaskService(Store& store, const PacksService& packs, const Clock& clock, ReadRecorder& reads)
      : store_(store), packs_(packs), clock_(clock), reads_(reads) {}

  // Body {"limit"?, "cursor"?}; answer as in api.md. `count_hint` counts at most 99.
  // Errors: AP-0004 for a visitor, AP-0020.
  [[nodiscard]] Result<std::string> search(const Caller& caller, const Json& body);

 private:
  Result<std::int64_t> counted(TaskQuery query, const TaskPage& page);

  Store& store_;
  const PacksService& packs_;
  const Clock& clock_;
  ReadRecorder& reads_;
};

}  // namespace zicht::app
