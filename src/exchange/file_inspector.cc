#include "exchange/file_inspector.h"

#include <archive.h>
#include <archive_entry.h>
#include <magic.h>

#include <algorithm>
#include <array>

#include "base/error_catalogue.h"
#include "exchange/internal/clamd.h"

namespace zicht::exchange {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::int64_t kAlwaysAllowed = std::int64_t{1} << 20;

// An Office file says what it is in its first member: OpenDocument by a file `mimetype`, stored
// first and plain; Office Open XML by the folder of its parts.
std::string office_type(std::string_view content) {
  struct Part {
    std::string_view folder, type;
  };
  constexpr std::string_view kMimetype = "mimetypeapplication/vnd.oasis.opendocument.";
  constexpr std::string_view kOpenXml = "application/vnd.openxmlformats-officedocument.";
  constexpr std::array<Part, 3> kParts = {
      {{"word/document.xml", "wordprocessingml.document"},
       {"xl/workbook.xml", "spreadsheetml.sheet"},
       {"ppt/presentation.xml", "presentationml.presentation"}}};
  const auto mimetype = content.substr(0, 200).find(kMimetype);
  if (mimetype != std::string_view::npos) {
    const std::string_view rest = content.substr(mimetype + kMimetype.size(), 40);
    for (const std::string_view kind : {"text", "spreadsheet", "presentation"}) {
      const bool ends = rest.size() > kind.size() && (rest[kind.size()] < 'a' ||
                                                      rest[kind.size()] > 'z') &&
                        rest[kind.size()] != '-';
      if (rest.starts_with(kind) && ends) {
        return "application/vnd.oasis.opendocument." + std::string(kind);
      }
    }
    return {};
  }
  if (content.find("[Content_Types].xml") == std::string_view::npos) return {};
  // Macros make it another type, which is not taken.
  if (content.find("vbaProject.bin") != std::string_view::npos) return {};
  for (const Part& part : kParts) {
    if (content.find(part.folder) != std::string_view::npos) {
      return std::string(kOpenXml) + std::string(part.type);
    }
  }
  return {};
}

struct CloseArchive {
  void operator()(archive* opened) const { archive_read_free(opened); }
};

}  // namespace

struct FileInspector::Magic {
  magic_t cookie = nullptr;
  ~Magic() {
    if (cookie != nullptr) magic_close(cookie);
  }
};

Result<std::unique_ptr<FileInspector>> FileInspector::create(InspectorOptions options) {
  std::unique_ptr<FileInspector> made(new FileInspector(std::move(options)));
  made->magic_ = std::make_unique<Magic>();
  made->magic_->cookie = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS);
  const std::string& file = made->options_.descriptions;
  if (made->magic_->cookie == nullptr ||
      magic_load(made->magic_->cookie, file.empty() ? nullptr : file.c_str()) != 0) {
    return make_error("EX-0054");
  }
  return made;
}

FileInspector::FileInspector(InspectorOptions options) : options_(std::move(options)) {}
FileInspector::~FileInspector() = default;

Result<std::string> FileInspector::media_type(std::string_view content) {
  if (content.starts_with(kZip)) {
    ZICHT_CHECKED(check_archive(content));
    std::string type = office_type(content);
    return type.empty() ? std::string("application/zip") : type;
  }
  const std::lock_guard lock(mutex_);
  const char* found = magic_buffer(magic_->cookie, content.data(), content.size());
  if (found == nullptr) return make_error("EX-0050");
  const std::string_view type = found;
  // Mail and tables are text here: their endings tell them apart.
  if (type == "message/rfc822" || type == "text/csv" || type == "application/csv") {
    return std::string("text/plain");
  }
  return std::string(type);
}

// Unpacks into nothing, to see how much it is. Encrypted members cannot be looked at by anybody
// here, and are refused like what cannot be read.
Result<void> FileInspector::check_archive(std::string_view content) const {
  const std::unique_ptr<archive, CloseArchive> opened(archive_read_new());
  archive_read_support_format_zip_seekable(opened.get());
  if (archive_read_open_memory(opened.get(), content.data(), content.size()) != ARCHIVE_OK) {
    return make_error("EX-0050");
  }
  const auto packed = static_cast<std::int64_t>(content.size());
  const std::int64_t most = std::min(options_.most_unpacked,
                                     std::max(kAlwaysAllowed, packed * options_.most_times));
  std::int64_t unpacked = 0, members = 0;
  archive_entry* entry = nullptr;
  for (int status = ARCHIVE_OK; (status = archive_read_next_header(opened.get(), &entry)) !=
                                ARCHIVE_EOF;) {
    if (status < ARCHIVE_WARN) return make_error("EX-0050");
    if (++members > options_.most_members) return make_error("EX-0051");
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    while ((status = archive_read_data_block(opened.get(), &block, &size, &offset)) == ARCHIVE_OK) {
      unpacked += static_cast<std::int64_t>(size);
      if (unpacked > most) return make_error("EX-0051");
    }
    if (status != ARCHIVE_EOF) return make_error("EX-0050");
  }
  return {};
}

Result<void> FileInspector::scan(std::string_view content) {
  if (options_.clamd_socket.empty()) return {};
  return internal::scan_with_clamd(options_.clamd_socket, options_.clamd_timeout_seconds, content);
}

}  // namespace zicht::exchange
