// A folder with an installation to be, and the commands of `zicht` run in it as a person would:
// words in; exit code, what is said and what is left on disk out.
//
//     const Desk zicht;
//     CHECK(zicht({"init"}).code == kGood);      with --data in the folder
//     CHECK(has(zicht({"erase"}).complained, "SV-0023"));
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "server/commands.h"
#include "server/folder.h"

namespace zicht::server::testing {

// Sends one stream to a file for as long as it lives.
class Caught {
 public:
  Caught(std::FILE* stream, std::string path) : stream_(stream), path_(std::move(path)) {
    std::fflush(stream_);
    kept_ = dup(fileno(stream_));
    const int file = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    dup2(file, fileno(stream_));
    close(file);
  }
  ~Caught() {
    std::fflush(stream_);
    dup2(kept_, fileno(stream_));
    close(kept_);
  }
  Caught(const Caught&) = delete;
  Caught& operator=(const Caught&) = delete;

 private:
  std::FILE* stream_;
  std::string path_;
  int kept_ = -1;
};

struct Run {
  int code = 0;
  std::string said;
  std::string complained;
};

// A folder with an installation to be; commands run with --data in it.
struct Desk {
  Desk() {
    std::string pattern = std::filesystem::temp_directory_path() / "zicht-command-XXXXXX";
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder = pattern;
  }
  ~Desk() { std::filesystem::remove_all(folder); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  Run plain(const Words& words) const {
    Run run;
    {
      const Caught out(stdout, folder + "/out");
      const Caught err(stderr, folder + "/err");
      run.code = run_command(words);
    }
    run.said = *read_file(folder + "/out");
    run.complained = *read_file(folder + "/err");
    return run;
  }

  Run operator()(Words words) const {
    words.insert(words.end(), {"--data", folder + "/data"});
    return plain(words);
  }

  std::string folder;
};

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace zicht::server::testing
