// The PostgreSQL driver (15 or newer), over libpq.
//
//     ZICHT_TRY(database, open_postgres("host=/run/postgresql dbname=zicht"));
//     ZICHT_TRY(connection, database->connect(Access::kWrite));
//
// Statements are prepared on first use and always travel in pipeline mode: `queue` sends
// without waiting, `flush` and `query` wait once for everything sent before. Encrypting the
// connection is a matter of the connection string (sslmode=verify-full).
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/driver.h"

namespace zicht::store {

// `connection_string` as libpq reads it; a password belongs in a password file, not in it.
// Errors: unavailable when the server cannot be reached; failed_precondition when it is older
// than 15 or its database is not in UTF-8.
Result<std::unique_ptr<Database>> open_postgres(const std::string& connection_string);

}  // namespace zicht::store
