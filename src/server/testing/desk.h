// A folder with an installation to be, and the commands of `zicht` run in it as a person would:
// words in; exit code, what is said and what is left on disk out.
//
//     const Desk zicht;
//     CHECK(zicht({"init"}).code == kGood);      with --data in the folder
//     const Desk other(PostgresCluster::shared().new_schema());    its store is there
//     CHECK(has(zicht({"erase"}).complained, "SV-0023"));
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>

#include "server/commands.h"
#include "server/config.h"
#include "server/folder.h"
#include "store/testing/postgres_cluster.h"

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
    config.data = folder + "/data";
  }
  // With its store in PostgreSQL, by a configuration file that commands get too.
  explicit Desk(const std::string& postgres) : Desk() {
    config.store = StoreKind::kPostgres;
    config.postgres = postgres;
    REQUIRE(write_file(config_file(), "store = postgres\npostgres = " + postgres + "\n", false)
                .has_value());
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

  Run operator()(const Words& words) const { return plain(placed(words)); }

  // The words with where the installation is.
  Words placed(Words words) const {
    words.insert(words.end(), {"--data", config.data});
    if (is_postgres()) words.insert(words.end(), {"--config", config_file()});
    return words;
  }

  bool is_postgres() const { return config.store == StoreKind::kPostgres; }
  std::string config_file() const { return folder + "/zicht.conf"; }

  std::string folder;
  Config config;                        // as the commands read it
};

// A new one with its store in the same kind of database.
inline Desk another(const Desk& desk) {
  if (!desk.is_postgres()) return Desk();
  return Desk(store::testing::PostgresCluster::shared().new_schema());
}

// Runs `test` at a desk with a store in SQLite, and at one with a store in PostgreSQL.
inline void on_both(const std::function<void(const Desk&)>& test) {
  {
    const Desk zicht;
    test(zicht);
  }
  const Desk zicht(store::testing::PostgresCluster::shared().new_schema());
  test(zicht);
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace zicht::server::testing
