// The words after `zicht <command>`: positional words, and options `--name value` or `--flag`.
//
//     const auto arguments = parse_arguments({"--today", "2026-01-31", "packs/a"}, {"today"}, {});
//
// Unknown options are errors that name the known ones (SV-0020); a missing value too (SV-0021).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace zicht::server {

struct Arguments {
  std::vector<std::string> words;
  std::map<std::string, std::string> options;  // with a value
  std::set<std::string> flags;

  [[nodiscard]] std::string option(const std::string& name,
                                   const std::string& otherwise = "") const;
  [[nodiscard]] bool has(const std::string& flag) const { return flags.contains(flag); }
};

// `--` ends the options. `--name=value` is the same as `--name value`.
[[nodiscard]] Result<Arguments> parse_arguments(const std::vector<std::string>& words,
                                                const std::set<std::string>& options,
                                                const std::set<std::string>& flags);

// The parts of a value such as `a,b,c`, without the empty ones.
[[nodiscard]] std::vector<std::string> split_list(const std::string& text);

}  // namespace zicht::server
