#include "store/internal/sql_text.h"

#include <cstddef>

namespace zicht::store {

std::string number_placeholders(std::string_view sql, char sign) {
  std::string result(sql);
  char quote = 0;
  for (std::size_t at = 0; at + 1 < result.size(); ++at) {
    const char c = result[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '$' && result[at + 1] >= '1' && result[at + 1] <= '9') {
      result[at] = sign;
    }
  }
  return result;
}

}  // namespace zicht::store
