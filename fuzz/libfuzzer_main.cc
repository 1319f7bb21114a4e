// The entry of libFuzzer: one program per target, whose name the build gives.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "targets.h"

#ifndef ZICHT_FUZZ_TARGET
#error "built with the name of a target"
#endif

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* text = reinterpret_cast<const char*>(data);
  zicht::fuzz::ZICHT_FUZZ_TARGET(std::string_view(size == 0 ? "" : text, size));
  return 0;
}
