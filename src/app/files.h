// Files that people add to records: what the use cases need from outside, and the use cases.
//
//     ZICHT_TRY(file, files.upload(caller, "brief.pdf", bytes));       // kept apart, sealed
//     ... the record is written with {"file": file.id, "name", "type", "size"} in its field ...
//     ZICHT_TRY(download, files.open(caller, record, file.id, {}));    // who sees the field may
//
// An upload belongs to who made it until a record takes it, in the same transaction as the entry
// of the journal; what no record takes within a day is swept away. The content decides about the
// type, not the name; what can run in a browser or on a computer is refused.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/access.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "app/read_recorder.h"
#include "base/rng.h"

namespace zicht::app {

namespace internal {
struct FoundRecord;
}

struct FileMeta {
  std::string id;                       // public id
  std::string name;                     // as the person called it, without folders
  std::string type;                     // media type, by content
  std::int64_t size = 0;                // bytes

  bool operator==(const FileMeta&) const = default;
};

// The content piece by piece; false at the end. One call at a time. Errors: unavailable, and
// ST-0062 when a piece was changed or removed.
using FilePieces = std::function<Result<bool>(std::string& piece)>;

// Keeps contents, sealed with a key per file. Thread-safe; blocks.
class FileStore {
 public:
  virtual ~FileStore() = default;

  // Keeps an upload of this account. Errors: unavailable, resource_exhausted.
  [[nodiscard]] virtual Result<void> put_upload(const FileMeta& file, const std::string& account,
                                                std::string_view content) = 0;
  // What an account uploaded and no record took yet; absent: nothing of that id.
  [[nodiscard]] virtual Result<std::optional<FileMeta>> upload(const std::string& file,
                                                               const std::string& account) = 0;
  // How much an account has uploaded that no record took yet.
  struct Waiting {
    std::int64_t files = 0, bytes = 0;
  };
  [[nodiscard]] virtual Result<Waiting> waiting(const std::string& account) = 0;
  // The content of a file of a record. Errors: ST-0060 when the record has no such file or its key
  // was destroyed.
  [[nodiscard]] virtual Result<FilePieces> open(const std::string& file,
                                                const std::string& record) = 0;
  // The content of an upload of this account that no record took yet. Errors: ST-0060 when there is
  // none.
  [[nodiscard]] virtual Result<FilePieces> open_upload(const std::string& file,
                                                       const std::string& account) = 0;
  // Removes uploads from before that moment that no record took; gives how many.
  [[nodiscard]] virtual Result<std::int64_t> sweep(Instant before) = 0;
};

// Looks at a content. Thread-safe; blocks.
class FileInspector {
 public:
  virtual ~FileInspector() = default;
  // The media type by content ("application/pdf"). Errors: EX-0050 when it cannot be told, EX-0051
  // for an archive that unpacks to far more than it is.
  [[nodiscard]] virtual Result<std::string> media_type(std::string_view content) = 0;
  // Errors: EX-0052 when a virus was found, EX-0053 when the scanner should answer and does not.
  [[nodiscard]] virtual Result<void> scan(std::string_view content) = 0;
};

struct FileLimits {
  std::int64_t file_bytes = std::int64_t{25} << 20;      // one file
  std::int64_t waiting_bytes = std::int64_t{250} << 20;  // uploads of an account that wait
  std::int64_t waiting_files = 100;                      // and how many they may be
};

class FileService {
 public:
  struct Ports {
    Store& store;
    FileStore& files;
    FileInspector& inspector;
    PacksService& packs;
    const Clock& clock;
    Rng& rng;
    ReadRecorder& reads;
  };
  FileService(Ports ports, FileLimits limits) : ports_(ports), limits_(limits) {}

  // Errors: AP-0080 (name), AP-0081 (empty), AP-0082 (too large), AP-0083 (a kind that is not
  // taken, or name and content disagree), AP-0084 (too much waiting), those of the inspector.
  // Requires: the caller is signed in.
  [[nodiscard]] Result<FileMeta> upload(const Caller& caller, std::string_view name,
                                        std::string_view content);

  struct Download {
    FileMeta meta;
    FilePieces pieces;
  };
  // A file that stands in a field which the caller sees, at that moment. The read log has the look,
  // also a refused one, before a piece can be had. Errors: AP-0001; those of the log, and then
  // there are no pieces.
  [[nodiscard]] Result<Download> open(const Caller& caller, const std::string& record,
                                      const std::string& file, const model::AsOf& as_of);

  // For the scheduler: uploads older than a day. Gives how many were removed.
  [[nodiscard]] Result<std::int64_t> sweep();

 private:
  Result<Download> open_in(const internal::FoundRecord& found, const std::string& file);

  Ports ports_;
  FileLimits limits_;
};

// Ids in the attachments of `after` that `before` has not. Requires: `after` is validated; `before`
// is so too, or no object.
[[nodiscard]] std::vector<std::string> added_files(const model::Form& form, const Json& after,
                                                   const Json& before);

// A problem for each attachment that was not there before and that this account did not upload, or
// whose particulars differ from what was uploaded (AP-0085), and for a kind that the field does
// not accept (AP-0086).
[[nodiscard]] Result<std::vector<Problem>> check_new_files(FileStore& files, const Caller& caller,
                                                           const model::Form& form,
                                                           const Json& fields,
                                                           const Json& before);

}  // namespace zicht::app
