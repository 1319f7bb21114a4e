#include "store/backup.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

#include "base/error_catalogue.h"
#include "store/files.h"
#include "store/internal/backup_file.h"
#include "store/internal/cells.h"
#include "store/internal/data_keys.h"
#include "store/internal/kept_tables.h"
#include "store/internal/master_key.h"
#include "store/internal/meta.h"
#include "store/internal/projector.h"
#include "store/internal/schema.h"
#include "store/journal.h"
#include "store/keys.h"
#include "store/sql_read_log.h"

namespace zicht::store {
namespace {

constexpr std::string_view kParts[] = {"store", "keys"};

std::string_view name_of(BackupPart part) { return kParts[static_cast<std::size_t>(part)]; }

// ---------------------------------------------------------------------------------- writing

json::object header_of(const BackupStamp& stamp, BackupPart part, std::int64_t format) {
  return {{"zicht_backup", 1},
          {"part", name_of(part)},
          {"id", stamp.id},
          {"at", stamp.at.to_string()},
          {"store_format", format},
          {"engine_version", stamp.engine_version}};
}

json::object line_of(const KeptTable& table) {
  json::array columns;
  for (const KeptColumn& each : table.columns) columns.emplace_back(each.name + " " + each.type);
  return {{"table", table.name}, {"columns", std::move(columns)}};
}

std::string names_of(const KeptTable& table) {
  std::string names;
  for (const KeptColumn& each : table.columns) names += (names.empty() ? "" : ", ") + each.name;
  return names;
}

Json value_of(const Rows& rows, int column, const std::string& type) {
  if (rows.is_null(column)) return nullptr;
  if (type == "int") return rows.integer(column);
  return type == "blob" ? Json(base64_of(rows.text(column))) : Json(rows.text(column));
}

// "a, b" of the columns of the key.
std::string key_of(const KeptTable& table) {
  std::string names;
  for (std::size_t at = 0; at < table.key; ++at) {
    names += (at == 0 ? "" : ", ") + table.columns[at].name;
  }
  return names;
}

std::string placeholders(std::size_t count) {
  std::string text;
  for (std::size_t at = 1; at <= count; ++at) text += (at == 1 ? "$" : ", $") + std::to_string(at);
  return text;
}

Cell cell_at(const Rows& rows, std::size_t at, const KeptColumn& column) {
  const int place = static_cast<int>(at);
  return column.type == "int" ? Cell(rows.integer(place)) : Cell(std::string(rows.text(place)));
}

// A piece at a time, by the key: a table of files does not fit in memory.
Result<std::int64_t> write_table(Connection& connection, const KeptTable& table,
                                 BackupWriter& out) {
  constexpr std::int64_t kAtATime = 200;
  ZICHT_CHECKED(out.add(line_of(table)));
  const std::string key = key_of(table);
  const std::string read = "select " + names_of(table) + " from " + table.name;
  const std::string order = " order by " + key + " limit " + std::to_string(kAtATime);
  const std::string next =
      read + " where (" + key + ") > (" + placeholders(table.key) + ")" + order;
  std::vector<Cell> last;
  for (std::int64_t written = 0;;) {
    const std::vector<Param> after = params_of(last);
    ZICHT_TRY(rows, connection.query(last.empty() ? read + order : next, Params(after)));
    std::int64_t count = 0;
    while (rows.next()) {
      json::array row;
      for (std::size_t at = 0; at < table.columns.size(); ++at) {
        row.push_back(value_of(rows, static_cast<int>(at), table.columns[at].type));
      }
      last.clear();
      for (std::size_t at = 0; at < table.key; ++at) {
        last.push_back(cell_at(rows, at, table.columns[at]));
      }
      ++count;
      ZICHT_CHECKED(out.add(row));
    }
    ZICHT_CHECKED(rows.status());
    written += count;
    if (count < kAtATime) return written;
  }
}

Result<void> write_file(const SideFile& file, BackupWriter& out) {
  const auto content = machine_files().read(file.path);
  if (!content) return make_error("ST-0090", {{"file", file.path}});
  if (!content->is_present) return {};
  return out.add(json::object{{"file", file.name}, {"bytes", base64_of(content->bytes)}});
}

std::vector<SideFile> files_in(const std::string& folder) {
  std::vector<SideFile> files;
  std::error_code code;
  for (const auto& entry : std::filesystem::directory_iterator(folder, code)) {
    if (entry.is_regular_file(code)) {
      files.push_back({entry.path().filename().string(), entry.path().string()});
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SideFile& a, const SideFile& b) { return a.name < b.name; });
  return files;
}

// A read connection inside a transaction: one state of the database.
Result<std::unique_ptr<Connection>> reader_of(Database& database) {
  ZICHT_TRY(connection, database.connect(Access::kRead));
  ZICHT_CHECKED(connection->begin(Access::kRead));
  return connection;
}

Result<void> write_store_part(Connection& store, Connection& read_log, const BackupEnds& source,
                              BackupWriter& out, BackupSummary& summary) {
  for (const KeptTable& table : kept_tables(BackupPart::kStore)) {
    ZICHT_TRY(rows, write_table(store, table, out));
    if (table.name == "journal") summary.entries = rows;
    summary.rows += rows;
  }
  ZICHT_TRY(tables, read_log_tables(read_log));
  for (const KeptTable& table : tables) {
    ZICHT_TRY(rows, write_table(read_log, table, out));
    summary.rows += rows;
  }
  for (const SideFile& file : source.side_files) ZICHT_CHECKED(write_file(file, out));
  return {};
}

Result<void> write_keys_part(Connection& store, const BackupEnds& source, BackupWriter& out,
                             BackupSummary& summary) {
  for (const KeptTable& table : kept_tables(BackupPart::kKeys)) {
    ZICHT_TRY(rows, write_table(store, table, out));
    summary.rows += rows;
  }
  for (const SideFile& file : files_in(source.keys_folder)) ZICHT_CHECKED(write_file(file, out));
  return {};
}

// ---------------------------------------------------------------------------------- reading

std::string_view text_in(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  return value->get_string();
}

std::int64_t number_in(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

// A back-up with keys that do not open it would be none. Errors: those of KeyFolder::open.
Result<void> check_keys(Connection& store, const BackupEnds& source) {
  ZICHT_TRY(known, known_master(store));
  ZICHT_CHECKED(KeyFolder::open({.folder = source.keys_folder,
                                 .credential = source.master_credential},
                                known));
  return {};
}

struct Header {
  std::string id;                     // of the back-up that the file is a part of
  std::int64_t format = 0;            // of the store that it was made of
};

Result<Header> read_header(BackupReader& reader, BackupPart part) {
  ZICHT_TRY(line, reader.next());
  const json::object* header = line ? line->if_object() : nullptr;
  if (header == nullptr || text_in(*header, "part") != name_of(part)) return reader.damaged();
  const std::int64_t format = number_in(*header, "store_format");
  const bool is_known = format >= kOldestFormat && format <= kStoreFormat;
  if (number_in(*header, "zicht_backup") != 1 || !is_known) {
    return make_error("ST-0092", {{"file", reader.path()}});
  }
  return Header{.id = std::string(text_in(*header, "id")), .format = format};
}

// The id of the back-up. Errors: ST-0091, ST-0092.
Result<std::string> check_file(const std::string& path, BackupPart part) {
  ZICHT_TRY(reader, BackupReader::open(path));
  ZICHT_TRY(header, read_header(*reader, part));
  while (true) {
    ZICHT_TRY(line, reader->next());
    if (!line) return header.id;
  }
}

// What a line of a back-up makes of a table.
class TableLoader {
 public:
  TableLoader(Connection& connection, KeptTable table)
      : connection_(connection), table_(std::move(table)) {
    sql_ = "insert into " + table_.name + " (" + names_of(table_) + ") values (" +
           placeholders(table_.columns.size()) + ")";
  }

  // False when the row is none of this table.
  Result<bool> add(const json::array& row) {
    if (row.size() != table_.columns.size()) return false;
    std::vector<Cell> cells;
    std::vector<Param> params;
    for (std::size_t at = 0; at < row.size(); ++at) {
      auto cell = cell_of(row[at], table_.columns[at].type);
      if (!cell) return false;
      cells.push_back(*std::move(cell));
    }
    for (std::size_t at = 0; at < row.size(); ++at) {
      const auto* text = std::get_if<std::string>(&cells[at]);
      const bool is_blob = table_.columns[at].type == "blob";
      params.push_back(is_blob && text != nullptr ? Param::blob(*text) : param_of(cells[at]));
    }
    ZICHT_CHECKED(connection_.queue(sql_, params));
    return true;
  }

 private:
  static std::optional<Cell> cell_of(const Json& value, const std::string& type) {
    if (value.is_null()) return Cell();
    if (type == "int") {
      return value.is_int64() ? std::optional(Cell(value.get_int64())) : std::nullopt;
    }
    if (!value.is_string()) return std::nullopt;
    if (type == "text") return Cell(std::string(value.get_string()));
    auto bytes = bytes_of_base64(std::string_view(value.get_string()));
    return bytes ? std::optional(Cell(*std::move(bytes))) : std::nullopt;
  }

  Connection& connection_;
  KeptTable table_;
  std::string sql_;
};

// Puts the lines of one part where they belong.
class PartLoader {
 public:
  using FindTable = std::function<Result<std::optional<TableLoader>>(const json::object& line)>;
  using TakeFile = std::function<Result<void>(std::string_view name, std::string_view bytes)>;

  PartLoader(FindTable find_table, TakeFile take_file)
      : find_table_(std::move(find_table)), take_file_(std::move(take_file)) {}

  // Gives the number of rows.
  Result<std::int64_t> load(BackupReader& reader) {
    std::int64_t rows = 0;
    while (true) {
      ZICHT_TRY(line, reader.next());
      if (!line) return rows;
      if (const json::array* row = line->if_array()) {
        ZICHT_TRY(is_taken, table_ ? table_->add(*row) : Result<bool>(false));
        if (!is_taken) return reader.damaged();
        ++rows;
      } else {
        ZICHT_TRY(is_known, take(line->get_object()));
        if (!is_known) return make_error("ST-0092", {{"file", reader.path()}});
      }
    }
  }

 private:
  Result<bool> take(const json::object& line) {
    if (line.contains("table")) {
      ZICHT_TRY(table, find_table_(line));
      table_.reset();
      if (table) table_.emplace(*std::move(table));
      return table_.has_value();
    }
    const auto bytes = bytes_of_base64(text_in(line, "bytes"));
    const std::string_view name = text_in(line, "file");
    // A name is no way out of the folder.
    if (!bytes || name.empty() || name.find('/') != std::string_view::npos || name[0] == '.') {
      return false;
    }
    ZICHT_CHECKED(take_file_(name, *bytes));
    return true;
  }

  FindTable find_table_;
  TakeFile take_file_;
  std::optional<TableLoader> table_;
};

Result<void> check_empty(Connection& connection) {
  ZICHT_TRY(rows, connection.query("select 1 from journal limit 1"));
  if (rows.next()) return make_error("ST-0094");
  return rows.status();
}

Result<void> put_file(const std::string& path, std::string_view bytes) {
  if (replace_file(machine_files(), path, bytes, 0600, Files::Existing::kKeep)) return {};
  return make_error("ST-0090", {{"file", path}});
}

PartLoader::FindTable tables_of(Connection& store, Connection* read_log) {
  return [&store, read_log](const json::object& line) -> Result<std::optional<TableLoader>> {
    const std::string_view name = text_in(line, "table");
    if (const KeptTable* table = find_kept_table(name)) {
      const bool is_same = line == line_of(*table);
      return is_same ? std::optional<TableLoader>(std::in_place, store, *table) : std::nullopt;
    }
    if (read_log == nullptr) return std::optional<TableLoader>();
    ZICHT_TRY(table, make_read_log_table(*read_log, name));
    if (!table || line != line_of(*table)) return std::optional<TableLoader>();
    return std::optional<TableLoader>(std::in_place, *read_log, *table);
  };
}

Result<std::int64_t> load_keys_part(const std::string& path, Connection& store,
                                    const BackupEnds& target) {
  ZICHT_TRY(reader, BackupReader::open(path));
  ZICHT_CHECKED(read_header(*reader, BackupPart::kKeys));
  if (!make_folders(machine_files(), target.keys_folder)) {
    return make_error("ST-0090", {{"file", target.keys_folder}});
  }
  return PartLoader(tables_of(store, nullptr),
                    [&target](std::string_view name, std::string_view bytes) {
                      return put_file(target.keys_folder + "/" + std::string(name), bytes);
                    })
      .load(*reader);
}

// What an older format kept otherwise is put right when the store is opened, by the same steps as
// in a store that stayed where it was.
Result<std::int64_t> load_store_part(const std::string& path, Connection& store,
                                     Connection& read_log, const BackupEnds& target) {
  ZICHT_TRY(reader, BackupReader::open(path));
  ZICHT_TRY(header, read_header(*reader, BackupPart::kStore));
  ZICHT_CHECKED(set_meta_number(store, kFormat, header.format));
  const auto take_file = [&target](std::string_view name, std::string_view bytes) -> Result<void> {
    for (const SideFile& file : target.side_files) {
      if (file.name != name) continue;
      const auto present = machine_files().read(file.path);
      return present && present->is_present ? Result<void>() : put_file(file.path, bytes);
    }
    return {};
  };
  return PartLoader(tables_of(store, &read_log), take_file).load(*reader);
}

// Which packs there are, without which nothing else can be derived.
Result<void> derive_packs(Connection& connection, DataKeys& keys) {
  std::vector<SealedEntry> entries;
  {
    ZICHT_TRY(rows, connection.query("select " + std::string(kJournalColumns) +
                                         " from journal where kind in ($1, $2) order by seq",
                                     {model::kPackStored, model::kPackActivated}));
    while (rows.next()) {
      ZICHT_TRY(entry, read_entry(rows));
      entries.push_back(std::move(entry));
    }
    ZICHT_CHECKED(rows.status());
  }
  for (const SealedEntry& entry : entries) {
    ZICHT_TRY(text, open_payload(connection, keys, entry));
    ZICHT_TRY(payload, parse_json(text));
    ZICHT_CHECKED(project_entry(connection, entry.envelope, payload));
  }
  return {};
}

Result<std::int64_t> count_entries(Connection& connection) {
  ZICHT_TRY(rows, connection.query("select count(*) from journal"));
  const std::int64_t count = rows.next() ? rows.integer(0) : 0;
  ZICHT_CHECKED(rows.status());
  return count;
}

Result<BackupSummary> load_all(const BackupFiles& files, const BackupEnds& target,
                               Connection& store, Connection& read_log, Rng& rng) {
  BackupSummary summary;
  ZICHT_TRY(of_keys, load_keys_part(files.keys, store, target));
  ZICHT_TRY(of_store, load_store_part(files.store, store, read_log, target));
  summary.rows = of_keys + of_store;
  const KeyPlaces places{.folder = target.keys_folder, .credential = target.master_credential};
  ZICHT_TRY(folder, KeyFolder::open(places, {}));
  KeyRing ring(std::move(folder), places);
  DataKeys keys(ring, rng);
  ZICHT_CHECKED(derive_packs(store, keys));
  ZICHT_CHECKED(note_absent_projections(store));
  ZICHT_CHECKED(JournalWriter::continue_numbers(store));
  ZICHT_TRY(entries, count_entries(store));
  summary.entries = entries;
  return summary;
}

}  // namespace

Result<BackupSummary> write_backup(const BackupEnds& source, const BackupStamp& stamp,
                                   const BackupFiles& files) {
  ZICHT_TRY(store, reader_of(source.store));
  std::unique_ptr<Connection> apart;
  if (&source.read_log != &source.store) {
    ZICHT_TRY(made, reader_of(source.read_log));
    apart = std::move(made);
  }
  ZICHT_CHECKED(check_format(*store));
  BackupSummary summary;
  ZICHT_TRY(format, store_format(*store));
  ZICHT_CHECKED(check_keys(*store, source));
  ZICHT_TRY(keys, BackupWriter::create(files.keys));
  ZICHT_CHECKED(keys->add(header_of(stamp, BackupPart::kKeys, format)));
  ZICHT_CHECKED(write_keys_part(*store, source, *keys, summary));
  // Nor may they have been replaced while they were read.
  ZICHT_CHECKED(check_keys(*store, source));
  ZICHT_TRY(out, BackupWriter::create(files.store));
  ZICHT_CHECKED(out->add(header_of(stamp, BackupPart::kStore, format)));
  ZICHT_CHECKED(write_store_part(*store, apart ? *apart : *store, source, *out, summary));
  store->rollback();
  if (apart) apart->rollback();
  ZICHT_CHECKED(keys->finish());
  auto finished = out->finish();
  if (!finished.has_value()) {
    std::filesystem::remove(files.keys);
    return finished.error();
  }
  return summary;
}

Result<void> check_backup(const BackupFiles& files) {
  ZICHT_TRY(store, check_file(files.store, BackupPart::kStore));
  ZICHT_TRY(keys, check_file(files.keys, BackupPart::kKeys));
  if (store != keys) return make_error("ST-0093");
  return {};
}

Result<BackupSummary> load_backup(const BackupFiles& files, const BackupEnds& target, Rng& rng) {
  ZICHT_CHECKED(check_backup(files));
  ZICHT_TRY(store, target.store.connect(Access::kWrite));
  ZICHT_CHECKED(create_schema(*store));
  ZICHT_CHECKED(check_empty(*store));
  std::unique_ptr<Connection> apart;
  if (&target.read_log != &target.store) {
    ZICHT_TRY(made, target.read_log.connect(Access::kWrite));
    apart = std::move(made);
  }
  ZICHT_CHECKED(store->begin(Access::kWrite));
  if (apart) ZICHT_CHECKED(apart->begin(Access::kWrite));
  ZICHT_CHECKED(store->expect_bulk());
  Connection& read_log = apart ? *apart : *store;
  auto summary = load_all(files, target, *store, read_log, rng);
  if (summary.has_value() && apart) {
    const auto committed = apart->commit();
    if (!committed.has_value()) summary = committed.error();
  }
  if (summary.has_value()) {
    const auto committed = store->commit();
    if (!committed.has_value()) summary = committed.error();
  }
  if (!summary.has_value()) {
    store->rollback();
    if (apart) apart->rollback();
  }
  return summary;
}

}  // namespace zicht::store
