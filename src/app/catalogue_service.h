// The metadata that drives the web, the JSON Schemas and the desks, as each caller may see them.
//
// Documents are made once per (rulebook, set of roles) and shared. Thread-safe, does not block.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>

#include "app/access.h"
#include "app/answer.h"
#include "app/files.h"
#include "app/packs_service.h"

namespace zicht::app {

class CatalogueService {
 public:
  CatalogueService(const PacksService& packs, const FileLimits& limits)
      : packs_(packs), largest_file_(limits.file_bytes) {}

  // From now on the catalogue says that this is a demonstration, also to visitors. Call it before
  // the first request.
  void tell_demo() { is_demo_ = true; }

  // GET /v1/catalogue: all active packs, how large a file may be, and whether this is a demo.
  [[nodiscard]] SharedDocument catalogue(const Caller& caller);
  // ...?pack=&hash=: one stored version, for records judged by it. Errors: AP-0005 unknown.
  [[nodiscard]] Result<std::string> catalogue_of(const Caller& caller, const std::string& pack,
                                                 const std::string& hash);
  // JSON Schema of the fields that the caller may see. Errors: AP-0003.
  [[nodiscard]] Result<std::string> schema(const Caller& caller, const std::string& full_form);

  // {"items": [{id, pack, title, lead, order}]} and one desk with its readable blocks.
  // Errors: AP-0006 unknown or not for this caller.
  [[nodiscard]] std::string desks(const Caller& caller);
  [[nodiscard]] Result<std::string> desk(const Caller& caller, const std::string& pack,
                                         const std::string& desk);

 private:
  std::string document(const std::vector<model::PackPtr>& shown, const model::PackSet& packs,
                       const Caller& caller) const;

  const PacksService& packs_;
  const std::int64_t largest_file_;     // bytes
  std::atomic<bool> is_demo_ = false;
  std::mutex mutex_;
  std::string cached_for_;              // rulebook id
  std::map<std::string, SharedDocument> by_roles_;
};

}  // namespace zicht::app
