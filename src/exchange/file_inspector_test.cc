// What kind of file a content is, by the first bytes of real files; archives that unpack to too
// much, made here with libarchive; and a scanner over a real socket that answers as clamd does.
#include "exchange/file_inspector.h"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <utility>
#include <vector>

#include "app/file_types.h"

namespace zicht::exchange {
namespace {

std::unique_ptr<FileInspector> inspector(InspectorOptions options = {}) {
  auto made = FileInspector::create(std::move(options));
  REQUIRE(made.has_value());
  return *std::move(made);
}

std::string type_of(std::string_view content) {
  const auto type = inspector()->media_type(content);
  return type ? *type : std::string(type.error().id);
}

// A zip of these members.
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members) {
  std::vector<char> buffer(std::size_t{4} << 20);
  std::size_t used = 0;
  archive* out = archive_write_new();
  archive_write_set_format_zip(out);
  archive_write_open_memory(out, buffer.data(), buffer.size(), &used);
  for (const auto& [name, content] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(out, entry);
    archive_write_data(out, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(out);
  archive_write_free(out);
  return {buffer.data(), used};
}

TEST_CASE("inspector: the content says what a file is") {
  CHECK(type_of("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<>>\nendobj\n") == "application/pdf");
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x02\0\0\0", 29);
  CHECK(type_of(png) == "image/png");
  CHECK(type_of("Beste ouders,\nmorgen is er geen les.\n") == "text/plain");
  CHECK(type_of("naam;bedrag\nAnna;12\n") == "text/plain");
}

TEST_CASE("inspector: what can run is not told as what it pretends to be") {
  std::string program("MZ\x90\0\3\0\0\0\4\0\0\0\xFF\xFF\0\0\xB8\0\0\0\0\0\0\0\x40\0", 26);
  program.resize(128, '\0');
  program[0x3c] = 0x40;
  program.replace(0x40, 4, std::string("PE\0\0", 4));
  CHECK(type_of(program) != "application/pdf");
  CHECK(type_of(program) != "text/plain");
  std::string elf("\x7F" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3E\0\1\0\0\0", 24);
  elf.resize(128, '\0');
  CHECK(app::find_file_type(type_of(elf)) == nullptr);
  CHECK(app::find_file_type(type_of(program)) == nullptr);
  CHECK(app::find_file_type(type_of("#!/bin/sh\nrm -rf /\n")) == nullptr);
  CHECK(type_of("#!/bin/sh\nrm -rf /\n") == "text/x-shellscript");
  CHECK(type_of("<!DOCTYPE html><html><script>alert(1)</script></html>") == "text/html");
  CHECK(type_of("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>") ==
        "image/svg+xml");
}

TEST_CASE("inspector: an Office file is told by its parts, with macros it is an archive") {
  const std::string types = "<Types/>";
  CHECK(type_of(zip_of({{"[Content_Types].xml", types}, {"word/document.xml", "<w/>"}})) ==
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  CHECK(type_of(zip_of({{"[Content_Types].xml", types}, {"xl/workbook.xml", "<x/>"}})) ==
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  CHECK(type_of(zip_of({{"[Content_Types].xml", types},
                        {"word/document.xml", "<w/>"},
                        {"word/vbaProject.bin", "macro"}})) == "application/zip");
  CHECK(type_of(zip_of({{"run.exe", "MZ"}})) == "application/zip");
}

TEST_CASE("inspector: an archive that unpacks to far more than it is is refused, a cut one too") {
  const std::string bomb = zip_of({{"[Content_Types].xml", "<Types/>"},
                                   {"word/document.xml", std::string(std::size_t{64} << 20, 'a')}});
  CHECK(bomb.size() < (std::size_t{1} << 20));
  CHECK(type_of(bomb) == "EX-0051");
  CHECK(type_of(std::string_view(bomb).substr(0, bomb.size() / 2)) == "EX-0050");
  const auto many = inspector({.most_members = 2});
  const auto refused = many->media_type(zip_of({{"a", "1"}, {"b", "2"}, {"c", "3"}}));
  CHECK(refused.error().id == "EX-0051");
}

int listen_at(const std::string& path) {
  const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy_n(path.c_str(), path.size(), address.sun_path);
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(listener, 4) == 0);
  return listener;
}

// Answers one connection: reads a whole INSTREAM, or hangs up at once, and says `answer`.
class Clamd {
 public:
  explicit Clamd(std::string answer) : answer_(std::move(answer)) {
    char folder[] = "/tmp/zicht-clamd-XXXXXX";
    REQUIRE(::mkdtemp(folder) != nullptr);
    folder_ = folder;
    listener_ = listen_at(path());
    thread_ = std::thread([this] { serve(); });
  }
  ~Clamd() {
    thread_.join();
    ::close(listener_);
    ::unlink(path().c_str());
    ::rmdir(folder_.c_str());
  }
  std::string path() const { return folder_ + "/clamd"; }
  const std::string& received() const { return received_; }

 private:
  void serve() {
    const int peer = ::accept(listener_, nullptr, nullptr);
    char block[4096];
    const std::string end(4, '\0');
    while (!(received_.size() > 14 && received_.ends_with(end))) {
      const auto got = ::recv(peer, block, sizeof block, 0);
      if (got <= 0) break;
      received_.append(block, static_cast<std::size_t>(got));
    }
    if (!answer_.empty()) ::send(peer, answer_.data(), answer_.size() + 1, MSG_NOSIGNAL);
    ::close(peer);
  }

  std::string answer_, folder_, received_;
  int listener_ = -1;
  std::thread thread_;
};

std::string scanned(const std::string& answer, std::string* received = nullptr) {
  std::string id;
  Clamd clamd(answer);
  {
    const auto outcome = inspector({.clamd_socket = clamd.path(), .clamd_timeout_seconds = 5})
                             ->scan("een brief");
    id = outcome ? "" : std::string(outcome.error().id);
  }
  if (received != nullptr) *received = clamd.received();
  return id;
}

TEST_CASE("inspector: the scanner lets through what is clean and refuses what it knows") {
  CHECK(scanned("stream: OK") == "");
  CHECK(scanned("stream: Win.Test.EICAR_HDB-1 FOUND") == "EX-0052");
  CHECK(scanned("INSTREAM size limit exceeded. ERROR") == "EX-0053");
  CHECK(scanned("") == "EX-0053");
}

// Accepts what the kernel accepts and reads nothing: a scanner that hangs.
class HangingClamd {
 public:
  HangingClamd() {
    char folder[] = "/tmp/zicht-clamd-XXXXXX";
    REQUIRE(::mkdtemp(folder) != nullptr);
    folder_ = folder;
    listener_ = listen_at(path());
  }
  ~HangingClamd() {
    ::close(listener_);
    ::unlink(path().c_str());
    ::rmdir(folder_.c_str());
  }
  std::string path() const { return folder_ + "/clamd"; }

 private:
  std::string folder_;
  int listener_ = -1;
};

TEST_CASE("inspector: a scanner that hangs lets nothing through, and is not waited for") {
  const HangingClamd clamd;
  const auto quick = inspector({.clamd_socket = clamd.path(), .clamd_timeout_seconds = 1});
  // Nobody answers; and nobody reads, so that sending stops half way.
  CHECK(quick->scan("een brief").error().id == "EX-0053");
  CHECK(quick->scan(std::string(std::size_t{4} << 20, 'a')).error().id == "EX-0053");
}

TEST_CASE("inspector: without descriptions of file types there is no inspector") {
  CHECK(FileInspector::create({.descriptions = "/nowhere/magic.mgc"}).error().id == "EX-0054");
}

TEST_CASE("inspector: the scanner is sent blocks behind their length") {
  CHECK(inspector()->scan("anything").has_value());
  const auto absent = inspector({.clamd_socket = "/nowhere/clamd"})->scan("x");
  CHECK(absent.error().id == "EX-0053");
  std::string received;
  scanned("stream: OK", &received);
  CHECK(received == std::string("zINSTREAM\0\0\0\0\x09" "een brief\0\0\0\0", 27));
}

}  // namespace
}  // namespace zicht::exchange
