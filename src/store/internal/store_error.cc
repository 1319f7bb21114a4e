#include "store/internal/store_error.h"

#include <string>

#include "base/error_catalogue.h"

namespace zicht::store {

Error store_error(Failure failure, std::string_view detail) {
  const Arguments arguments{{"detail", std::string(detail)}};
  switch (failure) {
    case Failure::kUnique:
      return make_error("ST-0001", arguments);
    case Failure::kRefused:
      return make_error("ST-0002", arguments);
    case Failure::kRetry:
      return make_error("ST-0003", arguments);
    case Failure::kUnreachable:
      return make_error("ST-0004", arguments);
    case Failure::kFull:
      return make_error("ST-0005", arguments);
    case Failure::kReadOnly:
      return make_error("ST-0071", arguments);
    case Failure::kDisk:
      return make_error("ST-0072", arguments);
    case Failure::kTooLong:
      return make_error("ST-0073");
    case Failure::kInternal:
      break;
  }
  return make_error("ST-0006", arguments);
}

}  // namespace zicht::store
