// app's FileInspector: what kind of file a content is (libmagic), whether it unpacks to too much
// (libarchive), and whether ClamAV knows a virus in it.
//
//     const auto inspector = exchange::FileInspector::create({.clamd_socket = "/run/clamav/..."});
//
// The content decides, never the name. Office files are archives: they are unpacked here into
// nothing, only to count, so that nobody else meets a bomb. Without a socket there is no scanning;
// with one that does not answer nothing is let through.
// Thread-safe: the library is used by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "app/files.h"

namespace zicht::exchange {

struct InspectorOptions {
  std::string clamd_socket = {};                       // unix socket of clamd; empty: no scanning
  std::string descriptions = {};                       // of file types; empty: the system's
  int clamd_timeout_seconds = 30;
  std::int64_t most_unpacked = std::int64_t{512} << 20;   // bytes
  std::int64_t most_times = 200;                          // unpacked to packed, above 1 MiB
  std::int64_t most_members = 20'000;
};

class FileInspector final : public app::FileInspector {
 public:
  // Errors: EX-0054 when libmagic has no descriptions of file types.
  static Result<std::unique_ptr<FileInspector>> create(InspectorOptions options);
  ~FileInspector() override;

  Result<std::string> media_type(std::string_view content) override;
  Result<void> scan(std::string_view content) override;

 private:
  explicit FileInspector(InspectorOptions options);
  Result<void> check_archive(std::string_view content) const;

  struct Magic;
  const InspectorOptions options_;
  std::mutex mutex_;
  std::unique_ptr<Magic> magic_;   // guarded by mutex_
};

}  // namespace zicht::exchange
