#include "store/testing/postgres_cluster.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace zicht::store::testing {
namespace {

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";
constexpr const char* kUser = "postgres";

[[noreturn]] void give_up(const std::string& why) {
  throw std::runtime_error("private PostgreSQL: " + why +
                           " (Debian package postgresql-15, see ./run setup)");
}

// PostgreSQL refuses to run as root.
void become_postgres() {
  if (geteuid() != 0) return;
  const passwd* user = getpwnam(kUser);
  if (user == nullptr || setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 ||
      setuid(user->pw_uid) != 0) {
    _exit(126);
  }
}

pid_t start(const std::string& folder, const std::vector<std::string>& command) {
  // The programs look for each other beside their own path, so they are called by it.
  const std::string program = kPrograms + command.front();
  if (access(program.c_str(), X_OK) != 0) give_up(program + " is absent");
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.front() = const_cast<char*>(program.c_str());
  words.push_back(nullptr);
  const std::string log = folder + "/log";
  const pid_t child = fork();
  if (child != 0) return child;
  become_postgres();
  if (chdir("/") != 0) _exit(126);  // the folder of the tests may be closed to that user
  // Also ends when the tests are killed.
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  execv(program.c_str(), words.data());
  _exit(127);
}

std::string socket_of(const std::string& folder, const std::string& user = kUser) {
  return "host=" + folder + " user=" + user + " dbname=postgres";
}

std::string in_schema(const std::string& socket, const std::string& schema) {
  return socket + " options='-c search_path=" + schema + "'";
}

// Runs statements one by one, each in a transaction of its own.
void run_all(const std::string& folder, const std::vector<std::string>& statements) {
  PGconn* connection = PQconnectdb(socket_of(folder).c_str());
  bool is_good = true;
  for (const std::string& statement : statements) {
    PGresult* result = PQexec(connection, statement.c_str());
    const auto status = PQresultStatus(result);
    is_good = is_good && (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
    PQclear(result);
  }
  PQfinish(connection);
  if (!is_good) give_up("a statement of the administrator fails");
}

bool answers(const std::string& connection_string) {
  return PQping(connection_string.c_str()) == PQPING_OK;
}

}  // namespace

PostgresCluster& PostgresCluster::shared() {
  static PostgresCluster cluster;
  return cluster;
}

PostgresCluster::PostgresCluster() {
  std::string name = std::filesystem::temp_directory_path() / "zicht-postgres-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) give_up("cannot make a folder");
  folder_ = name;
  if (geteuid() == 0) {
    const passwd* user = getpwnam(kUser);
    if (user == nullptr) give_up("there is no user postgres");
    if (chown(name.c_str(), user->pw_uid, user->pw_gid) != 0) give_up("cannot chown");
  }
  const std::string data = folder_ + "/data";
  int status = 0;
  const pid_t initdb = start(folder_, {"initdb", "-D", data, "-U", kUser, "-A", "trust",
                                       "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"});
  waitpid(initdb, &status, 0);
  if (status != 0) give_up("initdb failed; see " + folder_ + "/log");
  server_ = start(folder_, {"postgres", "-D", data, "-k", folder_, "-c", "listen_addresses=",
                            "-c", "fsync=off", "-c", "shared_buffers=128MB", "-c",
                            "max_wal_size=2GB", "-c", "wal_recycle=off", "-c",
                            "log_error_verbosity=terse", "-c", "deadlock_timeout=50ms"});
  for (int tries = 0; tries < 600; ++tries) {
    if (answers(socket_of(folder_))) return;
    if (waitpid(server_, &status, WNOHANG) != 0) break;
    // tidy-allow: the server is another process, which tells nobody that it is ready
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  give_up("the server does not start; see " + folder_ + "/log");
}

PostgresCluster::~PostgresCluster() {
  kill(server_, SIGQUIT);
  waitpid(server_, nullptr, 0);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string PostgresCluster::new_schema() {
  const std::string name = next_name();
  administer({"create schema " + name});
  return in_schema(socket_of(folder_), name);
}

std::string PostgresCluster::new_schema_of_plain_role() {
  const std::string name = next_name();
  administer({"create role " + name + " login", "create schema " + name,
              "grant usage, create on schema " + name + " to " + name});
  return in_schema(socket_of(folder_, name), name);
}

void PostgresCluster::administer(const std::vector<std::string>& statements) const {
  run_all(folder_, statements);
}

std::string PostgresCluster::next_name() { return "test_" + std::to_string(++schemas_); }

std::string PostgresCluster::bytes_on_disk() const {
  administer({"vacuum full pg_catalog.pg_statistic", "select pg_switch_wal()", "checkpoint",
              "select pg_switch_wal()", "checkpoint"});
  std::string bytes;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder_)) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(in), {});
  }
  return bytes;
}

}  // namespace zicht::store::testing
