#include "targets.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace zicht::fuzz {

std::span<const Target> targets() {
  static constexpr std::array kAll = std::to_array<Target>({
      {"api", api},
      {"backup", backup},
      {"checkpoints", checkpoints},
      {"config", config},
      {"csv", csv},
      {"cursor", cursor},
      {"dmn", dmn},
      {"escrow", escrow},
      {"feel", feel},
      {"fields", fields},
      {"json", json},
      {"pack", pack},
      {"payload", payload},
      {"request", request},
      {"retention", retention},
      {"table", table},
      {"upload", upload},
      {"vague", vague},
      {"values", values},
      {"where", where},
  });
  return kAll;
}

namespace {

std::string_view current_input;

// Its beginning, in the shape of a string in C++.
void print_input() {
  constexpr std::size_t kMost = 1000;
  std::fprintf(stderr, "fuzz: the input, of %zu bytes, was \"", current_input.size());
  for (const char each : current_input.substr(0, kMost)) {
    const auto byte = static_cast<unsigned char>(each);
    const bool is_plain = byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
    std::fprintf(stderr, is_plain ? "%c" : "\\%03o", byte);
  }
  std::fputs("\"\n", stderr);
}

}  // namespace

void run(const Target& target, std::string_view input) {
  current_input = input;
  target.run(input);
  current_input = {};
}

void must(bool holds, std::string_view promise) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: broken promise: %.*s\n", static_cast<int>(promise.size()),
               promise.data());
  print_input();
  std::abort();
}

std::string_view take_line(std::string_view& input) {
  const std::size_t end = input.find('\n');
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  return line;
}

}  // namespace zicht::fuzz
