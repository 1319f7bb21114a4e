#include "app/file_types.h"

#include <algorithm>
#include <array>
#include <string>

namespace zicht::app {
namespace {

constexpr std::array<FileType, 21> kTypes = {{
    {"application/pdf", "document", "pdf"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document", "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "document", "xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "document",
     "pptx"},
    {"application/vnd.oasis.opendocument.text", "document", "odt"},
    {"application/vnd.oasis.opendocument.spreadsheet", "document", "ods"},
    {"application/vnd.oasis.opendocument.presentation", "document", "odp"},
    {"text/rtf", "document", "rtf"},
    {"image/jpeg", "image", "jpg jpeg"},
    {"image/png", "image", "png"},
    {"image/gif", "image", "gif"},
    {"image/webp", "image", "webp"},
    {"image/tiff", "image", "tif tiff"},
    {"image/heic", "image", "heic heif"},
    {"audio/mpeg", "audio", "mp3"},
    {"audio/x-wav", "audio", "wav"},
    {"audio/x-m4a", "audio", "m4a"},
    {"audio/ogg", "audio", "ogg oga"},
    {"video/mp4", "video", "mp4"},
    {"video/webm", "video", "webm"},
    {"text/plain", "text", "txt csv eml md"},
}};

std::string lower_ending(std::string_view name) {
  const auto dot = name.rfind('.');
  std::string ending(dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1));
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return ending;
}

// Calls `visit` with each of the type's endings until it says true; then true.
template <class Visit>
bool any_ending(const FileType& type, Visit visit) {
  std::string_view rest = type.endings;
  while (!rest.empty()) {
    const auto blank = std::min(rest.find(' '), rest.size());
    if (visit(rest.substr(0, blank))) return true;
    rest.remove_prefix(std::min(blank + 1, rest.size()));
  }
  return false;
}

std::string joined_endings() {
  std::string all;
  for (const std::string& ending : endings_of({})) all += (all.empty() ? "" : ", ") + ending;
  return all;
}

}  // namespace

const FileType* find_file_type(std::string_view media_type) {
  const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const FileType& type) {
    return type.media_type == media_type;
  });
  return found == kTypes.end() ? nullptr : &*found;
}

bool has_ending_of(std::string_view name, const FileType& type) {
  const std::string ending = lower_ending(name);
  if (ending.empty()) return false;
  return any_ending(type, [&](std::string_view each) { return each == ending; });
}

std::vector<std::string> endings_of(const std::vector<std::string>& kinds) {
  std::vector<std::string> all;
  for (const FileType& type : kTypes) {
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), type.kind) == kinds.end()) continue;
    any_ending(type, [&](std::string_view ending) {
      all.emplace_back(ending);
      return false;
    });
  }
  return all;
}

std::string_view all_endings() {
  static const std::string all = joined_endings();
  return all;
}

}  // namespace zicht::app
