// The file of a back-up: lines of JSON, of which the last says how many there are and their hash
// (docs/formats/backup.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/json.h"
#include "base/result.h"

namespace zicht::store {

// Written beside, under the name with ".part", and renamed by `finish`; removed without it. It
// gives way to the server that works beside it: what is written goes to the disk piece by piece, so
// that the journal never waits for a heap of it, and after each piece it rests as long as the piece
// took.
class BackupWriter {
 public:
  // Errors of all: ST-0090.
  static Result<std::unique_ptr<BackupWriter>> create(const std::string& path);
  ~BackupWriter();
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  Result<void> add(const Json& line);
  // Waits until file and name are safe on disk.
  Result<void> finish();

 private:
  explicit BackupWriter(std::string path) : path_(std::move(path)), part_(path_ + ".part") {}

  Result<void> put(std::string_view text);
  Result<void> write_out();
  void rest();
  Error failed() const;

  const std::string path_;
  const std::string part_;
  int file_ = -1;
  std::string buffer_;
  std::chrono::steady_clock::time_point piece_began_ = std::chrono::steady_clock::now();
  Hasher hasher_;
  std::int64_t lines_ = 0;
};

// Reads the lines but the last, which it checks.
class BackupReader {
 public:
  // Errors: ST-0090.
  static Result<std::unique_ptr<BackupReader>> open(const std::string& path);

  // Nothing at the end, when it is as it was written. Errors: ST-0091.
  Result<std::optional<Json>> next();

  const std::string& path() const { return path_; }
  Error damaged() const;

 private:
  explicit BackupReader(const std::string& path)
      : path_(path), stream_(path, std::ios::binary) {}

  Result<void> check_end(const Json& line);

  const std::string path_;
  std::ifstream stream_;
  Hasher hasher_;
  std::int64_t lines_ = 0;
};

// Bytes as JSON has them, and back.
std::string base64_of(std::string_view bytes);
std::optional<std::string> bytes_of_base64(std::string_view text);

}  // namespace zicht::store
