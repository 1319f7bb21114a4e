// Reading pack folders and writing files, on a real temporary folder.
#include "server/folder.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

namespace zicht::server {
namespace {

namespace fs = std::filesystem;

struct TemporaryFolder {
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "zicht-folder-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path = pattern;
  }
  ~TemporaryFolder() { fs::remove_all(path); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  void put(const std::string& name, const std::string& text) const {
    fs::create_directories((fs::path(path) / name).parent_path());
    REQUIRE(write_file(path + "/" + name, text, false).has_value());
  }
  std::string path;
};

}  // namespace

TEST_CASE("folder: a pack's YAML and CSV are read with their relative paths, the rest is left") {
  const TemporaryFolder folder;
  folder.put("pack.yaml", "pack: a\n");
  folder.put("forms/b.yaml", "form: b\n");
  folder.put("facts/c.csv", "id\n");
  folder.put("forms/b.yaml~", "old");
  folder.put(".git/config.yaml", "hidden");
  fs::create_symlink("/etc/passwd", folder.path + "/forms/link.yaml");
  const auto files = read_pack_folder(folder.path);
  REQUIRE(files.has_value());
  CHECK(*files == std::map<std::string, std::string>{{"facts/c.csv", "id\n"},
                                                     {"forms/b.yaml", "form: b\n"},
                                                     {"pack.yaml", "pack: a\n"}});
}

TEST_CASE("folder: packs are found in a folder of packs, or the folder is one") {
  const TemporaryFolder folder;
  folder.put("b/pack.yaml", "x");
  folder.put("a/pack.yaml", "x");
  folder.put("c/readme.txt", "x");
  CHECK(*find_pack_folders(folder.path) ==
        std::vector<std::string>{folder.path + "/a", folder.path + "/b"});
  CHECK(*find_pack_folders(folder.path + "/a") == std::vector<std::string>{folder.path + "/a"});
  CHECK(find_pack_folders(folder.path + "/c").error().id == "SV-0030");
  CHECK(read_pack_folder(folder.path + "/nothing").error().id == "SV-0030");
}

TEST_CASE("folder: more than a pack may hold is refused before it is read") {
  const TemporaryFolder folder;
  folder.put("big.yaml", "");
  fs::resize_file(folder.path + "/big.yaml", (32U << 20) + 1);
  CHECK(read_pack_folder(folder.path).error().id == "SV-0032");
}

TEST_CASE("folder: a secret file is for its owner only and a failed write leaves the old text") {
  const TemporaryFolder folder;
  REQUIRE(write_file(folder.path + "/key", "s", true).has_value());
  CHECK(fs::status(folder.path + "/key").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(write_file(folder.path + "/no/key", "s", true).error().id == "SV-0031");
  CHECK(*read_file(folder.path + "/key") == "s");
  CHECK(read_file(folder.path).error().id == "SV-0030");
}

TEST_CASE("folder: new files are written all of them or none, and never over others") {
  const TemporaryFolder folder;
  const std::string a = folder.path + "/a.csv";
  const std::string b = folder.path + "/b.html";
  const auto id = [](const Result<void>& done) { return done ? std::string() : done.error().id; };
  const auto count = [&] {
    return std::distance(fs::directory_iterator(folder.path), fs::directory_iterator());
  };
  CHECK(id(write_new_files({{a, "1"}, {folder.path + "/none/b.html", "2"}})) == "SV-0031");
  CHECK(count() == 0);
  // The same name twice: the second cannot have it, and the first is taken back.
  CHECK(id(write_new_files({{a, "1"}, {a, "2"}})) == "SV-0084");
  CHECK(count() == 0);
  REQUIRE(write_new_files({{a, "1"}}).has_value());
  CHECK(id(write_new_files({{b, "2"}, {a, "3"}})) == "SV-0084");
  CHECK(id(require_new({"", b, a})) == "SV-0084");
  CHECK(count() == 1);
  CHECK(*read_file(a) == "1");
}

TEST_CASE("folder: a secret that others may read is not used") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/secret";
  REQUIRE(write_file(path, "word\nsecond line\n", true).has_value());
  CHECK(*read_secret(path) == "word");
  fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
  CHECK(read_secret(path).error().id == "SV-0033");
  CHECK(read_secret(folder.path + "/none").error().id == "SV-0030");
}

}  // namespace zicht::server
