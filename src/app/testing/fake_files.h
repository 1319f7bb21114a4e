// Files in memory: the rules of FileStore without sealing; an inspector that knows two signatures.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "app/files.h"
#include "base/error_catalogue.h"

namespace zicht::app::testing {

class FakeFileStore final : public FileStore {
 public:
  struct Kept {
    FileMeta meta;
    std::string account, record, content;   // record empty: waits
    Instant at;
  };

  explicit FakeFileStore(const Clock& clock) : clock_(clock) {}

  Result<void> put_upload(const FileMeta& file, const std::string& account,
                          std::string_view content) override {
    kept[file.id] = {file, account, "", std::string(content), clock_.now()};
    return {};
  }
  Result<std::optional<FileMeta>> upload(const std::string& file,
                                         const std::string& account) override {
    const auto found = kept.find(file);
    const bool is_waiting = found != kept.end() && found->second.account == account &&
                            found->second.record.empty();
    return is_waiting ? std::optional(found->second.meta) : std::nullopt;
  }
  // Waits for this account, or is the record's.
  bool is_free_for(const std::string& file, const std::string& account,
                   const std::string& record) const {
    const auto found = kept.find(file);
    if (found == kept.end()) return false;
    const Kept& it = found->second;
    return it.record == record || (it.record.empty() && it.account == account);
  }
  Result<Waiting> waiting(const std::string& account) override {
    Waiting all;
    for (const auto& [id, file] : kept) {
      if (file.account != account || !file.record.empty()) continue;
      ++all.files;
      all.bytes += file.meta.size;
    }
    return all;
  }
  Result<FilePieces> open(const std::string& file, const std::string& record) override {
    const auto found = kept.find(file);
    if (found == kept.end() || found->second.record != record) return make_error("ST-0060");
    return FilePieces([content = found->second.content, is_done = false](
                          std::string& piece) mutable -> Result<bool> {
      piece = is_done ? "" : content;
      return !std::exchange(is_done, true);
    });
  }
  Result<FilePieces> open_upload(const std::string& file, const std::string& account) override {
    ZICHT_TRY(waiting, upload(file, account));
    if (!waiting) return make_error("ST-0060");
    return open(file, "");
  }
  Result<std::int64_t> sweep(Instant before) override {
    return static_cast<std::int64_t>(std::erase_if(kept, [&](const auto& each) {
      return each.second.record.empty() && each.second.at < before;
    }));
  }

  std::map<std::string, Kept> kept;

 private:
  const Clock& clock_;
};

class FakeInspector final : public FileInspector {
 public:
  Result<std::string> media_type(std::string_view content) override {
    if (content.starts_with("%PDF")) return std::string("application/pdf");
    if (content.starts_with("MZ")) return std::string("application/x-dosexec");
    return std::string("text/plain");
  }
  Result<void> scan(std::string_view content) override {
    if (content.find("virus") != std::string_view::npos) return make_error("EX-0052");
    return {};
  }
};

}  // namespace zicht::app::testing
