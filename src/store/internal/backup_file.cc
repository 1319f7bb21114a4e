#include "store/internal/backup_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <thread>
#include <utility>

#include "base/error_catalogue.h"
#include "store/files.h"

namespace zicht::store {
namespace {

constexpr std::size_t kBufferBytes = 1 << 19;
// The longest line is a pack with all its files.
constexpr std::size_t kLineBytes = std::size_t{256} << 20;
constexpr std::chrono::seconds kLongestRest{1};
constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;

Error file_error(const char* id, const std::string& path) {
  return make_error(id, {{"file", path}});
}

}  // namespace

Result<std::unique_ptr<BackupWriter>> BackupWriter::create(const std::string& path) {
  std::unique_ptr<BackupWriter> writer(new BackupWriter(path));
  writer->file_ =
      ::open(writer->part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (writer->file_ < 0) return writer->failed();
  return writer;
}

BackupWriter::~BackupWriter() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(part_.c_str());
}

Error BackupWriter::failed() const { return file_error("ST-0090", path_); }

Result<void> BackupWriter::add(const Json& line) {
  ++lines_;
  ZICHT_TRY(text, canonical_json(line));
  text += '\n';
  hasher_.add(text);
  return put(text);
}

Result<void> BackupWriter::put(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() < kBufferBytes) return {};
  ZICHT_CHECKED(write_out());
  if (::fdatasync(file_) != 0) return failed();
  rest();
  return {};
}

void BackupWriter::rest() {
  const auto took = std::chrono::steady_clock::now() - piece_began_;
  // tidy-allow: it gives way to other processes, and nothing here could be signalled
  std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(took, kLongestRest));
  piece_began_ = std::chrono::steady_clock::now();
}

Result<void> BackupWriter::write_out() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written <= 0) return failed();
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

Result<void> BackupWriter::finish() {
  const json::object end{{"lines", lines_}, {"hash", hasher_.finish().to_string()}};
  ZICHT_TRY(text, canonical_json(end));
  ZICHT_CHECKED(put(text + "\n"));
  ZICHT_CHECKED(write_out());
  if (::fsync(file_) != 0) return failed();
  ::close(std::exchange(file_, -1));
  const std::string folder = std::filesystem::path(path_).parent_path().string();
  const bool is_named =
      machine_files().rename(part_, path_, Files::Existing::kKeep) &&
      machine_files().sync_folder(folder.empty() ? "." : folder);
  if (is_named) return {};
  ::unlink(part_.c_str());
  return failed();
}

Result<std::unique_ptr<BackupReader>> BackupReader::open(const std::string& path) {
  std::unique_ptr<BackupReader> reader(new BackupReader(path));
  if (!reader->stream_.is_open()) return file_error("ST-0090", path);
  return reader;
}

Error BackupReader::damaged() const { return file_error("ST-0091", path_); }

Result<std::optional<Json>> BackupReader::next() {
  std::string text;
  if (!std::getline(stream_, text) || stream_.eof()) return damaged();
  auto line = parse_json(text, {.max_bytes = kLineBytes});
  if (!line.has_value() || !(line->is_object() || line->is_array())) return damaged();
  if (line->is_object() && line->get_object().contains("hash")) {
    ZICHT_CHECKED(check_end(*line));
    return std::optional<Json>();
  }
  ++lines_;
  hasher_.add(text).add("\n");
  return std::optional<Json>(*std::move(line));
}

// The last line says what the others are, and nothing comes after it.
Result<void> BackupReader::check_end(const Json& line) {
  const json::object& end = line.get_object();
  const Json* lines = end.if_contains("lines");
  const Json* hash = end.if_contains("hash");
  const bool is_whole = lines != nullptr && lines->is_int64() && lines->get_int64() == lines_ &&
                        hash->is_string() &&
                        std::string_view(hash->get_string()) == hasher_.finish().to_string();
  if (!is_whole || stream_.peek() != std::ifstream::traits_type::eof()) return damaged();
  return {};
}

std::string base64_of(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // the zero at its end
  return text;
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  const bool is_whole =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr, kVariant) == 0;
  if (!is_whole) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

}  // namespace zicht::store
