#include "server/retention.h"

#include <algorithm>

#include "targets.h"

namespace zicht::fuzz {

void retention(std::string_view input) {
  const auto list = server::parse_list(input);
  if (!list) return;
  const auto lines = 1 + std::count(input.begin(), input.end(), '\n');
  must(static_cast<std::ptrdiff_t>(list->size()) <= lines, "a line lists one record");
}

}  // namespace zicht::fuzz
