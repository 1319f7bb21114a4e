#include "server/config.h"

#include "base/error.h"
#include "targets.h"

namespace zicht::fuzz {

void config(std::string_view input) {
  const server::ConfigResult read = server::parse_config(input, "zicht.conf");
  if (has_errors(read.diagnostics)) return;
  const std::string text = server::render_config(read.config);
  const server::ConfigResult again = server::parse_config(text, "zicht.conf");
  must(!has_errors(again.diagnostics), "what a configuration says of itself is a configuration");
  must(server::render_config(again.config) == text, "and the same one");
}

}  // namespace zicht::fuzz
