#include <memory>

#include "exchange/file_inspector.h"
#include "targets.h"

namespace zicht::fuzz {

void upload(std::string_view input) {
  static const std::unique_ptr<exchange::FileInspector> inspector = [] {
    auto made = exchange::FileInspector::create({.most_unpacked = std::int64_t{8} << 20});
    must(made.has_value(), "libmagic has its descriptions");
    return *std::move(made);
  }();
  const auto type = inspector->media_type(input);
  if (!type) return;  // what libmagic cannot tell is not let through
  must(type->find('/') != std::string::npos, "every content has a media type");
  static_cast<void>(inspector->scan(input));
}

}  // namespace zicht::fuzz
