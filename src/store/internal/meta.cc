#include "store/internal/meta.h"

#include "base/json.h"

namespace zicht::store {

Result<std::int64_t> meta_number(Connection& connection, const std::string& name) {
  ZICHT_TRY(rows, connection.query("select value from meta where name = $1", {name}));
  std::int64_t number = 0;
  if (rows.next()) {
    ZICHT_TRY(value, parse_json(rows.text(0)));
    if (value.is_int64()) number = value.get_int64();
  }
  ZICHT_CHECKED(rows.status());
  return number;
}

Result<void> set_meta_number(Connection& connection, const std::string& name,
                             std::int64_t value) {
  return connection.queue("insert into meta (name, value) values ($1, $2) "
                          "on conflict (name) do update set value = excluded.value",
                          {name, std::to_string(value)});
}

}  // namespace zicht::store
