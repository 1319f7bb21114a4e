#include "http/static_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "base/error_catalogue.h"
#include "base/hash.h"
#include "http/compress.h"
#include "http/problem.h"
#include "http/security_headers.h"
#include "http/target.h"

namespace zicht::http {
namespace {

constexpr std::string_view kIndex = "/index.html";
constexpr std::string_view kEmbedPrefix = "/embed/";

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kContentTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".pdf", "application/pdf"},
}};

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (stream.bad()) return std::nullopt;
  return text;
}

bool is_hidden(const std::filesystem::path& relative) {
  return std::any_of(relative.begin(), relative.end(), [](const std::filesystem::path& part) {
    return part.native().starts_with('.');
  });
}

bool is_worth_packing(std::string_view content_type) {
  return content_type.starts_with("text/") || content_type.ends_with("json") ||
         content_type.ends_with("xml") || content_type.ends_with("wasm");
}

Error unreadable(const std::filesystem::path& path) {
  return make_error("HT-0014", {{"path", path.string()}});
}

// What no file name of ours has: a step up, an empty name, a slash that was encoded.
bool is_odd_segment(std::string_view segment) {
  return segment == "." || segment == ".." || segment.find_first_of("/\\") != segment.npos;
}

bool matches_etag(const Request& request, std::string_view etag) {
  const auto known = request.header("If-None-Match");
  return known && (*known == "*" || known->find(etag) != std::string_view::npos);
}

}  // namespace

std::string_view content_type_of(std::string_view file_name) {
  for (const auto& [extension, type] : kContentTypes) {
    if (file_name.ends_with(extension)) return type;
  }
  return "application/octet-stream";
}

bool is_hashed_name(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view stem = file_name.substr(0, dot);
  constexpr std::size_t kHashLength = 8;
  if (stem.size() < kHashLength + 2 || stem[stem.size() - kHashLength - 1] != '-') return false;
  const std::string_view hash = stem.substr(stem.size() - kHashLength);
  const bool is_clean = std::all_of(hash.begin(), hash.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  // A plain word such as `some-document.pdf` is no hash: those mix in capitals or digits.
  return is_clean && hash.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != hash.npos;
}

Result<StaticFiles> StaticFiles::load(const std::filesystem::path& folder) {
  StaticFiles loaded;
  std::error_code ec;
  auto entry = std::filesystem::recursive_directory_iterator(folder, ec);
  if (ec) return unreadable(folder);
  for (; entry != std::filesystem::recursive_directory_iterator(); entry.increment(ec)) {
    if (ec) return unreadable(folder);
    const auto relative = entry->path().lexically_relative(folder);
    if (!entry->is_regular_file(ec) || entry->is_symlink(ec)) continue;
    if (is_hidden(relative) || relative.extension() == ".gz") continue;
    auto text = read_file(entry->path());
    if (!text) return unreadable(entry->path());
    const std::string name = "/" + relative.generic_string();
    File& file = loaded.files_[name];
    file.content_type = content_type_of(name);
    file.etag = "\"" + hash_of(*text).to_string().substr(0, 32) + "\"";
    file.is_immutable = is_hashed_name(name);
    auto packed = read_file(entry->path().string() + ".gz");
    if (!packed && is_worth_packing(file.content_type)) packed = gzip(*text);
    if (packed && packed->size() < text->size()) {
      file.packed = std::make_shared<const std::string>(std::move(*packed));
    }
    file.plain = std::make_shared<const std::string>(std::move(*text));
  }
  if (loaded.find(std::string(kIndex)) == nullptr) return unreadable(folder / "index.html");
  return loaded;
}

const StaticFiles::File* StaticFiles::find(const std::string& path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

Response StaticFiles::serve(const Request& request) const {
  const auto segments = decode_segments(request.path);
  const bool is_odd = std::any_of(segments.begin(), segments.end(), is_odd_segment);
  std::string path;
  for (const std::string& segment : segments) path.append("/").append(segment);
  const File* file = is_odd ? nullptr : find(path);
  const bool names_a_file = segments.back().find('.') != std::string::npos;
  if (file == nullptr && !is_odd && !names_a_file && !is_api_path(request.path)) {
    file = find(std::string(kIndex));
  }
  if (file == nullptr) return problem_response(make_error("HT-0007"), request, 404);

  Response response;
  response.cacheable = true;
  response.embeddable = request.path.starts_with(kEmbedPrefix);
  response.with("ETag", file->etag);
  response.with("Cache-Control",
                file->is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file->packed) response.with("Vary", "Accept-Encoding");
  if (matches_etag(request, file->etag)) {
    response.status = 304;
    return response;
  }
  response.content_type = file->content_type;
  const auto accepted = request.header("Accept-Encoding");
  const bool is_packed = file->packed && accepted && accepts_gzip(*accepted);
  if (is_packed) response.with("Content-Encoding", "gzip");
  response.body = is_packed ? file->packed : file->plain;
  return response;
}

}  // namespace zicht::http
