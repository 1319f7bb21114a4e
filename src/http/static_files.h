// Serves the files of the web interface from memory.
//
//   auto files = StaticFiles::load("web/dist");
//   router.set_fallback([files = *files](const Request& request) { return files.serve(request); });
//
// The folder is read once, at the start; a request is looked up in what was read and never touches
// the file system. So no request, however encoded, reaches a file outside the folder. A folder
// that changes is read again by a restart.
//
// `index.html` answers every path that names no file and no /v1 address, because the web interface
// does its own routing; a path whose last segment looks like a file (`x.js`) is 404 instead. Names
// with a content hash (`app-D3kf92Lx.js`) may be cached for ever, everything else is asked again.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace zicht::http {

class StaticFiles {
 public:
  // Reads every regular file below `folder`; links, hidden files and ready-made `.gz` copies are
  // not served under their own name. A `.gz` beside a file is used for those who accept gzip;
  // text without one is compressed here.
  // Errors: HT-0014 when the folder or a file cannot be read, or there is no index.html.
  static Result<StaticFiles> load(const std::filesystem::path& folder);

  // The answer to a GET or HEAD. Requires: parse_target accepted the path.
  Response serve(const Request& request) const;

  std::size_t size() const { return files_.size(); }

 private:
  struct File {
    std::string content_type;
    std::string etag;
    SharedText plain;
    SharedText packed;  // gzip; null when it does not pay
    bool is_immutable = false;
  };
  const File* find(const std::string& path) const;

  std::map<std::string, File, std::less<>> files_;  // by path with a leading slash
};

// "text/html; charset=utf-8" for "index.html"; application/octet-stream for what is not known.
std::string_view content_type_of(std::string_view file_name);

// True for a name that holds a content hash as the build of the web interface makes them:
// a dash, at least eight of [A-Za-z0-9_-], the extension.
bool is_hashed_name(std::string_view file_name);

}  // namespace zicht::http
