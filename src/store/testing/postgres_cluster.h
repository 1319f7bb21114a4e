// A private PostgreSQL for tests: made in a temporary folder on first use, reachable through a
// socket in that folder only, ended and removed when the program ends.
//
//     auto connection_string = PostgresCluster::shared().new_schema();
//
// Durability is off (fsync=off): it must be quick, not safe. Uses Debian's PostgreSQL 15; where
// that is absent, or does not start, it throws: a test that needs it then fails.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace zicht::store::testing {

class PostgresCluster {
 public:
  // The one cluster of this program. Throws std::runtime_error when it cannot be started.
  static PostgresCluster& shared();

  ~PostgresCluster();
  PostgresCluster(const PostgresCluster&) = delete;
  PostgresCluster& operator=(const PostgresCluster&) = delete;

  // The connection string of a new, empty schema.
  std::string new_schema();
  // The same for a role of its own with the name of the schema: it may make tables there, and
  // neither a schema nor anything elsewhere.
  std::string new_schema_of_plain_role();
  // Runs statements as an administrator, each by itself. Throws std::runtime_error when one fails.
  void administer(const std::vector<std::string>& statements) const;

  // All that it keeps on disk, its log included, after what an administrator can do to be rid of
  // old bytes: the samples of columns written anew, the log of changes begun anew and a checkpoint.
  // Throws std::runtime_error when that fails.
  std::string bytes_on_disk() const;

 private:
  PostgresCluster();

  std::string next_name();

  std::string folder_;
  pid_t server_ = 0;
  int schemas_ = 0;
};

}  // namespace zicht::store::testing
