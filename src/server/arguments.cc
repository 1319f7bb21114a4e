#include "server/arguments.h"

#include <algorithm>

#include "base/error_catalogue.h"

namespace zicht::server {
namespace {

std::string listed(const std::set<std::string>& options, const std::set<std::string>& flags) {
  std::string names;
  for (const auto* group : {&options, &flags}) {
    for (const auto& name : *group) names += (names.empty() ? "--" : ", --") + name;
  }
  return names.empty() ? "-" : names;
}

}  // namespace

std::string Arguments::option(const std::string& name, const std::string& otherwise) const {
  const auto found = options.find(name);
  return found == options.end() ? otherwise : found->second;
}

Result<Arguments> parse_arguments(const std::vector<std::string>& words,
                                  const std::set<std::string>& options,
                                  const std::set<std::string>& flags) {
  Arguments parsed;
  bool only_words = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (only_words || !words[i].starts_with("--")) {
      parsed.words.push_back(words[i]);
      continue;
    }
    if (words[i] == "--") {
      only_words = true;
      continue;
    }
    const auto equals = words[i].find('=');
    const std::string name = words[i].substr(2, equals == std::string::npos ? equals : equals - 2);
    if (flags.contains(name) && equals == std::string::npos) {
      parsed.flags.insert(name);
    } else if (!options.contains(name)) {
      return make_error("SV-0020", {{"option", "--" + name}, {"known", listed(options, flags)}});
    } else if (equals != std::string::npos) {
      parsed.options[name] = words[i].substr(equals + 1);
    } else if (i + 1 == words.size()) {
      return make_error("SV-0021", {{"option", "--" + name}});
    } else {
      parsed.options[name] = words[++i];
    }
  }
  return parsed;
}

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (start <= text.size()) {
    const auto end = std::min(text.find(',', start), text.size());
    if (end > start) parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

}  // namespace zicht::server
