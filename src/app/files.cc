#include "app/files.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "app/file_types.h"
#include "app/internal/found_record.h"
#include "base/error_catalogue.h"
#include "base/ids.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::size_t kLongestName = 200;                     // code points
constexpr std::chrono::hours kWaitsFor{24};

// Characters that are not seen but change what is: marks that turn the direction round, of which
// "fdp.exe" looks like "exe.pdf", and blanks without width (U+200B..200F, U+2028..202E,
// U+2060..206F, U+FEFF). Requires: valid UTF-8.
bool has_invisible(std::string_view name) {
  for (std::size_t i = 0; i + 2 < name.size(); ++i) {
    const std::string_view two = name.substr(i, 2);
    const auto last = static_cast<unsigned char>(name[i + 2]);
    if (two == "\xE2\x80" && ((last >= 0x8B && last <= 0x8F) || (last >= 0xA8 && last <= 0xAE))) {
      return true;
    }
    if (two == "\xE2\x81" && last >= 0xA0 && last <= 0xAF) return true;
    if (two == "\xEF\xBB" && last == 0xBF) return true;
  }
  return false;
}

// A name as people write it: something before an ending, no folders, nothing invisible.
bool is_file_name(std::string_view name) {
  if (!check_text(name).has_value() || code_point_length(name) > kLongestName) return false;
  if (name.find_first_of("/\\\t\r\n") != std::string_view::npos) return false;
  if (has_invisible(name)) return false;
  return !name.empty() && name.front() != '.' && trim(name) == name;
}

std::string mebibytes(std::int64_t bytes) { return std::to_string(bytes >> 20); }

// Calls `visit` with every attachment of these fields and where it stands.
template <class Visit>
void each_attachment(const model::Form& form, const Json& fields, Visit visit) {
  if (!fields.is_object()) return;
  for (const model::Field& field : form.fields) {
    if (field.type != model::FieldType::kAttachment) continue;
    const Json* value = fields.get_object().if_contains(field.id);
    if (value == nullptr) continue;
    const std::string pointer = "/fields/" + field.id;
    if (!value->is_array()) {
      visit(field, *value, pointer);
      continue;
    }
    std::size_t index = 0;
    for (const Json& item : value->get_array()) {
      visit(field, item, pointer + "/" + std::to_string(index++));
    }
  }
}

// Requires: in the shape of attachment_fields, as validation leaves it.
FileMeta meta_of(const Json& value) {
  const json::object& parts = value.as_object();
  return {.id = std::string(parts.at("file").as_string()),
          .name = std::string(parts.at("name").as_string()),
          .type = std::string(parts.at("type").as_string()),
          .size = parts.at("size").as_int64()};
}

std::vector<FileMeta> files_in(const model::Form& form, const Json& fields) {
  std::vector<FileMeta> files;
  each_attachment(form, fields, [&](const model::Field&, const Json& value, const std::string&) {
    files.push_back(meta_of(value));
  });
  return files;
}

bool accepts(const model::Field& field, const std::string& media_type) {
  if (field.accept.empty()) return true;
  const FileType* type = find_file_type(media_type);
  return type != nullptr &&
         std::find(field.accept.begin(), field.accept.end(), type->kind) != field.accept.end();
}

}  // namespace

Result<FileMeta> FileService::upload(const Caller& caller, std::string_view name,
                                     std::string_view content) {
  if (!is_file_name(name)) return make_error("AP-0080");
  const auto size = static_cast<std::int64_t>(content.size());
  if (size == 0) return make_error("AP-0081");
  if (size > limits_.file_bytes) {
    return make_error("AP-0082", {{"limit", mebibytes(limits_.file_bytes)}});
  }
  ZICHT_TRY(waiting, ports_.files.waiting(caller.account));
  if (waiting.files >= limits_.waiting_files || waiting.bytes + size > limits_.waiting_bytes) {
    return make_error("AP-0084", {{"files", std::to_string(limits_.waiting_files)},
                                  {"limit", mebibytes(limits_.waiting_bytes)}});
  }
  ZICHT_TRY(media_type, ports_.inspector.media_type(content));
  const FileType* type = find_file_type(media_type);
  if (type == nullptr || !has_ending_of(name, *type)) {
    return make_error("AP-0083", {{"possible", std::string(all_endings())}});
  }
  ZICHT_CHECKED(ports_.inspector.scan(content));
  FileMeta file{.id = PublicId::random(ports_.rng).to_string(),
                .name = std::string(name),
                .type = std::move(media_type),
                .size = size};
  ZICHT_CHECKED(ports_.files.put_upload(file, caller.account, content));
  return file;
}

Result<FileService::Download> FileService::open(const Caller& caller, const std::string& record,
                                                const std::string& file,
                                                const model::AsOf& as_of) {
  constexpr const char* kAction = "file";
  auto found = internal::find_record(ports_.store, ports_.packs.rules(), caller, record, as_of);
  auto download = found ? open_in(*found, file) : Result<Download>(found.error());
  if (!download) {
    return internal::refused_look(ports_.reads, caller, kAction, record, download.error());
  }
  Look look(kAction);
  look.set_form(*found->form.form);
  look.add(*found->form.form, found->record);
  ZICHT_CHECKED(ports_.reads.note(caller, look));
  return download;
}

Result<FileService::Download> FileService::open_in(const internal::FoundRecord& found,
                                                   const std::string& file) {
  const model::Form& form = *found.form.form;
  const Json visible = visible_part(found.scope, form, found.record).fields;
  std::optional<FileMeta> meta;
  each_attachment(form, visible, [&](const model::Field&, const Json& value, const std::string&) {
    FileMeta found_meta = meta_of(value);
    if (found_meta.id == file) meta = std::move(found_meta);
  });
  if (!meta) return make_error("AP-0001");
  auto pieces = ports_.files.open(file, found.record.id);
  if (!pieces && pieces.error().code == Code::kNotFound) return make_error("AP-0001");
  if (!pieces) return pieces.error();
  return Download{*std::move(meta), *std::move(pieces)};
}

Result<std::int64_t> FileService::sweep() {
  const auto now = ports_.clock.now().microseconds_since_epoch();
  const std::chrono::microseconds waits = kWaitsFor;
  ZICHT_TRY(before, Instant::from_microseconds(now - waits.count()));
  return ports_.files.sweep(before);
}

std::vector<std::string> added_files(const model::Form& form, const Json& after,
                                     const Json& before) {
  const std::vector<FileMeta> known = files_in(form, before);
  std::vector<std::string> ids;
  each_attachment(form, after, [&](const model::Field&, const Json& value, const std::string&) {
    FileMeta meta = meta_of(value);
    if (std::find(known.begin(), known.end(), meta) == known.end()) {
      ids.push_back(std::move(meta.id));
    }
  });
  return ids;
}

Result<std::vector<Problem>> check_new_files(FileStore& files, const Caller& caller,
                                             const model::Form& form, const Json& fields,
                                             const Json& before) {
  struct Wanted {
    FileMeta meta;
    std::string pointer;
  };
  const std::vector<FileMeta> known = files_in(form, before);
  std::vector<Problem> problems;
  std::vector<Wanted> wanted;
  each_attachment(form, fields, [&](const model::Field& field, const Json& value,
                                    const std::string& pointer) {
    FileMeta meta = meta_of(value);
    if (std::find(known.begin(), known.end(), meta) != known.end()) return;
    if (!accepts(field, meta.type)) problems.push_back(make_problem("AP-0086", pointer));
    wanted.push_back({std::move(meta), pointer});
  });
  std::set<std::string> seen;
  for (const Wanted& each : wanted) {
    ZICHT_TRY(upload, files.upload(each.meta.id, caller.account));
    if (upload && *upload == each.meta && seen.insert(each.meta.id).second) continue;
    problems.push_back(make_problem("AP-0085", each.pointer));
  }
  return problems;
}

}  // namespace zicht::app
