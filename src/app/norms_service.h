// The norms of a pack, to read: what they ask, where that is written, and by which rule.
//
//     ZICHT_TRY(page, norms.list("supervision"));
//
// What they say of a record is told with it (RecordService::norms). What a pack says is public.
// Thread-safe, does not block.
#pragma once

#include <string>

#include "app/packs_service.h"

namespace zicht::app {

class NormsService {
 public:
  explicit NormsService(const PacksService& packs) : packs_(packs) {}

  // "NormList" in docs/formats/api.md: by framework, in the order of the pack. Errors: AP-0200 no
  // such pack, AP-0032 one that cannot be read.
  [[nodiscard]] Result<std::string> list(const std::string& pack) const;

 private:
  const PacksService& packs_;
};

}  // namespace zicht::app
