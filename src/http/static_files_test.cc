// Files of the web interface: what is found, cached, packed and refused. Method: a folder made for
// the test with a secret beside it, asked for with every trick to climb out.
#include "http/static_files.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "http/compress.h"
#include "http/target.h"

using namespace zicht::http;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() : root_(fs::temp_directory_path() / ("zicht_static_" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    write("secret.txt", "secret");
    write("dist/index.html", "<!doctype html><title>Zicht</title>");
    write("dist/.hidden", "hidden");
    write("dist/assets/app-D3kf92Lx.js", std::string(5000, 'j'));
    write("dist/assets/plain-document.css", "a{}");
    write("dist/assets/pic.png", "\x89PNG");
    fs::create_symlink(root_ / "secret.txt", root_ / "dist" / "link.txt");
  }
  ~Folder() { fs::remove_all(root_); }
  fs::path dist() const { return root_ / "dist"; }

 private:
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  fs::path root_;
};

Response ask(const StaticFiles& files, const std::string& target,
             const std::vector<std::pair<std::string, std::string>>& headers = {}) {
  Request request;
  REQUIRE_FALSE(parse_target(target, request).has_value());
  for (const auto& [name, value] : headers) request.headers.add(name, value);
  return files.serve(request);
}

}  // namespace

TEST_CASE("files: each has its type, hashed names are cached for ever, others asked again") {
  const Folder folder;
  auto files = StaticFiles::load(folder.dist());
  REQUIRE(files.has_value());
  CHECK(files->size() == 4);
  const Response script = ask(*files, "/assets/app-D3kf92Lx.js");
  CHECK(script.content_type == "text/javascript; charset=utf-8");
  CHECK(script.header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(script.text().size() == 5000);
  const Response style = ask(*files, "/assets/plain-document.css");
  CHECK(style.header("Cache-Control") == "no-cache");
  CHECK(ask(*files, "/assets/pic.png").content_type == "image/png");
}

TEST_CASE("files: pages of the web interface get index.html, missing files and API paths 404") {
  const Folder folder;
  auto files = StaticFiles::load(folder.dist());
  REQUIRE(files.has_value());
  for (const char* page : {"/", "/desks/promise", "/records/42?tab=history", "/mijn%20werk"}) {
    CAPTURE(page);
    CHECK(ask(*files, page).text().find("<title>Zicht") != std::string::npos);
    CHECK_FALSE(ask(*files, page).embeddable);
  }
  CHECK(ask(*files, "/embed/desk").embeddable);
  for (const char* missing : {"/assets/old-AAAAAAAA.js", "/robots.txt", "/v1/x", "/v1"}) {
    CAPTURE(missing);
    CHECK(ask(*files, missing).status == 404);
  }
}

TEST_CASE("files: nothing outside the folder, hidden or behind a link is reached") {
  const Folder folder;
  auto files = StaticFiles::load(folder.dist());
  REQUIRE(files.has_value());
  for (const char* path :
       {"/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt",
        "/assets/../../secret.txt", "/assets/..%5c..%5csecret.txt", "/./index.html", "/link.txt",
        "/.hidden", "/assets%2fapp-D3kf92Lx.js", "//secret.txt", "/..", "/../.."}) {
    CAPTURE(path);
    const Response response = ask(*files, path);
    CHECK(response.status == 404);
    CHECK(response.text() != "secret");
  }
}

TEST_CASE("files: a known ETag gives 304, an accepted gzip the packed bytes") {
  const Folder folder;
  auto files = StaticFiles::load(folder.dist());
  REQUIRE(files.has_value());
  const std::string path = "/assets/app-D3kf92Lx.js";
  const std::string etag(ask(*files, path).header("ETag").value_or(""));
  CHECK(etag.size() == 34);
  CHECK(ask(*files, path, {{"If-None-Match", etag}}).status == 304);
  CHECK(ask(*files, path, {{"If-None-Match", "\"other\""}}).status == 200);
  const Response packed = ask(*files, path, {{"Accept-Encoding", "br, gzip"}});
  CHECK(packed.header("Content-Encoding") == "gzip");
  CHECK(packed.header("Vary") == "Accept-Encoding");
  CHECK(packed.text().size() < 200);
}

TEST_CASE("files: a folder that is not there or has no index.html is refused with its name") {
  CHECK(StaticFiles::load("/nonexistent/dist").error().id == "HT-0014");
  const Folder folder;
  fs::remove(folder.dist() / "index.html");
  CHECK(StaticFiles::load(folder.dist()).error().message.en.find("index.html") !=
        std::string::npos);
}

TEST_CASE("compress: gzip is used where it is accepted and pays") {
  for (const char* header : {"gzip", "br, GZIP", "gzip;q=0.5", "*", "deflate, *;q=0.1"}) {
    CAPTURE(header);
    CHECK(accepts_gzip(header));
  }
  for (const char* header : {"", "br", "gzip;q=0", "gzip; q=0.0", "*;q=0", "x-gzip"}) {
    CAPTURE(header);
    CHECK_FALSE(accepts_gzip(header));
  }
  Request request;
  request.headers.add("Accept-Encoding", "gzip");
  Response small = json_response(200, "{}");
  compress_if_useful(request, small);
  CHECK_FALSE(small.header("Content-Encoding").has_value());
  Response large = json_response(200, "\"" + std::string(5000, 'x') + "\"");
  compress_if_useful(request, large);
  CHECK(large.header("Content-Encoding") == "gzip");
  CHECK(large.text().size() < 200);
  CHECK(large.text().substr(0, 2) == "\x1f\x8b");
}
