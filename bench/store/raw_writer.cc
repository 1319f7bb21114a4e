// The limit for POST: a program that writes the same rows as the server did for one record, into
// the same tables with the same indexes and triggers, in groups of the same size, and nothing else.
//
//     raw_writer sqlite FILE RECORD COUNT GROUP
//     raw_writer postgres CONNINFO RECORD COUNT GROUP
//
// It reads the rows of RECORD (its public id) from every table as a template, then writes COUNT
// copies with new ids, sequence numbers and hashes, straight through sqlite3 or libpq (prepared
// statements; on PostgreSQL in pipeline mode). Prints records per second. Run it on a copy.
#include <libpq-fe.h>
#include <sqlite3.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Value {
  enum Kind { kNull, kInteger, kText, kBlob } kind = kNull;
  long long integer = 0;
  std::string text;
};

// A row of the template with its table and column names.
struct Row {
  std::string table;
  std::vector<std::string> columns;
  std::vector<Value> values;
};

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "raw_writer: %s\n", why.c_str());
  std::exit(1);
}

// 0 when the text is no number.
long long number_in(std::string_view text) {
  long long number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// PostgreSQL's numbers for bigint, bytea and text; of a null the column itself decides.
Oid type_of(Value::Kind kind) {
  switch (kind) {
    case Value::kInteger:
      return 20;
    case Value::kBlob:
      return 17;
    case Value::kText:
      return 25;
    case Value::kNull:
      return 0;
  }
  return 0;
}

// What makes each copy its own: the record's id, its place in the journal, and what must be unique.
class Renamer {
 public:
  Renamer(std::string record, std::set<std::string> keys, long long seq, long long first_free_seq,
          long long first_free_chain)
      : record_(std::move(record)),
        keys_(std::move(keys)),
        seq_(seq),
        next_(first_free_seq),
        chain_(first_free_chain) {}

  void next() {
    ++next_;
    ++chain_;
    id_ = random_text(26);
  }

  Value renamed(const std::string& column, const Value& value) {
    Value copy = value;
    if (value.kind == Value::kText && value.text == record_) copy.text = id_;
    if (value.kind == Value::kText && keys_.contains(value.text)) copy.text += id_;
    if (value.kind == Value::kInteger && value.integer == seq_ && column != "version") {
      copy.integer = next_;
    }
    // Rows of a form are numbered four to a journal entry.
    if (column == "_row" || column == "row_id") copy.integer = value.integer + 4 * (next_ - seq_);
    if (column == "chain_no") copy.integer = chain_;
    if (column == "key_hash") copy.text = random_text(64);
    if (column == "hash" && value.kind == Value::kBlob) copy.text = random_text(32);
    return copy;
  }

 private:
  std::string random_text(std::size_t length) {
    std::string text(length, 'a');
    for (auto& c : text) c = "0123456789abcdefghjkmnpqrstvwxyz"[random_() % 32];
    return text;
  }

  std::string record_;
  std::set<std::string> keys_;  // of this record alone; a copy's are followed by its id
  long long seq_, next_, chain_;
  std::string id_;
  // Another seed each time: a second run must not repeat ids.
  std::mt19937_64 random_{
      static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count())};
};

std::string insert_sql(const Row& row, bool is_postgres) {
  std::string names, marks;
  for (std::size_t i = 0; i < row.columns.size(); ++i) {
    names += (i == 0 ? "" : ", ") + ("\"" + row.columns[i] + "\"");
    marks += (i == 0 ? "" : ", ") + (is_postgres ? "$" + std::to_string(i + 1) : "?");
  }
  return "insert into \"" + row.table + "\" (" + names + ") values (" + marks + ")";
}

// ------------------------------------------------------------------------------------ SQLite

class Sqlite {
 public:
  explicit Sqlite(const std::string& file) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) fail("cannot open " + file);
    run("pragma journal_mode = wal");
    run("pragma synchronous = full");
  }

  void run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      fail(sqlite3_errmsg(db_));
    }
  }

  std::vector<Row> rows(const std::string& sql, const std::string& table) {
    sqlite3_stmt* statement = prepared(sql);
    std::vector<Row> found;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      Row row{table, {}, {}};
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        row.columns.emplace_back(sqlite3_column_name(statement, i));
        row.values.push_back(value_of(statement, i));
      }
      found.push_back(std::move(row));
    }
    sqlite3_finalize(statement);
    return found;
  }

  std::vector<std::string> tables() {
    std::vector<std::string> names;
    for (const auto& row : rows("select name from sqlite_master where type = 'table'", "")) {
      names.push_back(row.values[0].text);
    }
    return names;
  }

  void prepare(const std::vector<Row>& rows) {
    for (const auto& row : rows) inserts_.push_back(prepared(insert_sql(row, false)));
  }

  void begin() { run("begin immediate"); }
  void commit() { run("commit"); }

  void insert(std::size_t index, const std::vector<Value>& values) {
    sqlite3_stmt* statement = inserts_[index];
    for (std::size_t i = 0; i < values.size(); ++i) {
      bind(statement, static_cast<int>(i) + 1, values[i]);
    }
    if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_errmsg(db_));
    sqlite3_reset(statement);
  }

 private:
  sqlite3_stmt* prepared(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      fail(sqlite3_errmsg(db_));
    }
    return statement;
  }

  static Value value_of(sqlite3_stmt* statement, int i) {
    Value value;
    const int type = sqlite3_column_type(statement, i);
    if (type == SQLITE_INTEGER) {
      value.kind = Value::kInteger;
      value.integer = sqlite3_column_int64(statement, i);
    } else if (type != SQLITE_NULL) {
      value.kind = type == SQLITE_BLOB ? Value::kBlob : Value::kText;
      value.text.assign(static_cast<const char*>(sqlite3_column_blob(statement, i)),
                        static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
    }
    return value;
  }

  static void bind(sqlite3_stmt* statement, int at, const Value& value) {
    const int size = static_cast<int>(value.text.size());
    if (value.kind == Value::kNull) sqlite3_bind_null(statement, at);
    if (value.kind == Value::kInteger) sqlite3_bind_int64(statement, at, value.integer);
    if (value.kind == Value::kText) {
      sqlite3_bind_text(statement, at, value.text.data(), size, SQLITE_TRANSIENT);
    }
    if (value.kind == Value::kBlob) {
      sqlite3_bind_blob(statement, at, value.text.data(), size, SQLITE_TRANSIENT);
    }
  }

  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> inserts_;
};

// -------------------------------------------------------------------------------- PostgreSQL

class Postgres {
 public:
  explicit Postgres(const std::string& conninfo) : db_(PQconnectdb(conninfo.c_str())) {
    if (PQstatus(db_) != CONNECTION_OK) fail(PQerrorMessage(db_));
  }

  std::vector<Row> rows(const std::string& sql, const std::string& table) {
    PGresult* result = PQexec(db_, sql.c_str());
    if (PQresultStatus(result) != PGRES_TUPLES_OK) fail(PQerrorMessage(db_));
    std::vector<Row> found;
    for (int r = 0; r < PQntuples(result); ++r) {
      Row row{table, {}, {}};
      for (int i = 0; i < PQnfields(result); ++i) {
        row.columns.emplace_back(PQfname(result, i));
        row.values.push_back(value_of(result, r, i));
      }
      found.push_back(std::move(row));
    }
    PQclear(result);
    return found;
  }

  std::vector<std::string> tables() {
    std::vector<std::string> names;
    for (const auto& row : rows("select tablename::text from pg_tables where schemaname = "
                                "current_schema()",
                                "")) {
      names.push_back(row.values[0].text);
    }
    return names;
  }

  void prepare(const std::vector<Row>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::vector<Oid> types;
      for (const auto& value : rows[i].values) {
        types.push_back(type_of(value.kind));
      }
      PGresult* result =
          PQprepare(db_, ("i" + std::to_string(i)).c_str(), insert_sql(rows[i], true).c_str(),
                    static_cast<int>(types.size()), types.data());
      if (PQresultStatus(result) != PGRES_COMMAND_OK) fail(PQerrorMessage(db_));
      PQclear(result);
    }
    PQenterPipelineMode(db_);
  }

  void begin() { send("begin"); }

  void commit() {
    send("commit");
    PQpipelineSync(db_);
    for (; pending_ > 0; --pending_) {
      PGresult* result = PQgetResult(db_);
      if (PQresultStatus(result) != PGRES_COMMAND_OK) fail(PQerrorMessage(db_));
      PQclear(result);
      PQgetResult(db_);
    }
    PQclear(PQgetResult(db_));  // the sync itself
  }

  void insert(std::size_t index, const std::vector<Value>& values) {
    std::vector<std::string> texts(values.size());
    std::vector<const char*> pointers(values.size());
    std::vector<int> lengths(values.size()), formats(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool is_number = values[i].kind == Value::kInteger;
      texts[i] = is_number ? std::to_string(values[i].integer) : values[i].text;
      pointers[i] = values[i].kind == Value::kNull ? nullptr : texts[i].c_str();
      lengths[i] = static_cast<int>(texts[i].size());
      formats[i] = values[i].kind == Value::kBlob ? 1 : 0;
    }
    if (PQsendQueryPrepared(db_, ("i" + std::to_string(index)).c_str(),
                            static_cast<int>(values.size()), pointers.data(), lengths.data(),
                            formats.data(), 0) != 1) {
      fail(PQerrorMessage(db_));
    }
    ++pending_;
  }

 private:
  void send(const char* sql) {
    if (PQsendQueryParams(db_, sql, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
      fail(PQerrorMessage(db_));
    }
    ++pending_;
  }

  static Value value_of(PGresult* result, int r, int i) {
    Value value;
    if (PQgetisnull(result, r, i) != 0) return value;
    const Oid type = PQftype(result, i);
    const char* text = PQgetvalue(result, r, i);
    if (type == 20 || type == 23 || type == 21) {
      value.kind = Value::kInteger;
      value.integer = number_in(text);
    } else if (type == 17) {
      value.kind = Value::kBlob;
      std::size_t size = 0;
      unsigned char* bytes = PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size);
      value.text.assign(reinterpret_cast<char*>(bytes), size);
      PQfreemem(bytes);
    } else {
      value.kind = Value::kText;
      value.text = text;
    }
    return value;
  }

  PGconn* db_;
  int pending_ = 0;
};

// -------------------------------------------------------------------------------------- both

template <class Db>
long long number(Db& db, const std::string& sql) {
  const auto rows = db.rows(sql, "");
  if (rows.empty() || rows[0].values.empty()) fail("no answer to " + sql);
  return rows[0].values[0].integer;
}

// Every row that the server wrote for the record: those that hold its id or its sequence number.
template <class Db>
std::vector<Row> template_rows(Db& db, const std::string& record, long long seq) {
  static const std::set<std::string> kNotPerRecord{"meta",        "form_columns", "leases",
                                                   "checkpoints", "credentials",  "sessions"};
  std::vector<Row> found;
  for (const auto& table : db.tables()) {
    if (kNotPerRecord.contains(table) || table.starts_with("sqlite_")) continue;
    const auto sample = db.rows("select * from \"" + table + "\" limit 1", table);
    if (sample.empty()) continue;
    std::string where;
    for (std::size_t i = 0; i < sample[0].columns.size(); ++i) {
      const std::string column = "\"" + sample[0].columns[i] + "\"";
      const std::string& name = sample[0].columns[i];
      if (name == "_row") {
        where += (where.empty() ? "" : " or ") + column + " = " + std::to_string(4 * seq);
      } else if (name == "record" || name == "subject" || name == "_record") {
        where += (where.empty() ? "" : " or ") + column + " = '" + record + "'";
      } else if (name == "created" || name == "_created" || name == "_record_key" ||
                 name == "seq") {
        where += (where.empty() ? "" : " or ") + column + " = " + std::to_string(seq);
      }
    }
    if (where.empty()) continue;
    for (auto& row : db.rows("select * from \"" + table + "\" where " + where, table)) {
      found.push_back(std::move(row));
    }
  }
  if (found.empty()) fail("no rows of record " + record);
  return found;
}

// The ids of the keys that were made for this record.
std::set<std::string> own_keys(const std::vector<Row>& rows) {
  std::set<std::string> keys;
  for (const auto& row : rows) {
    if (row.table != "data_keys" && row.table != "record_keys") continue;
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
      if (row.columns[i] == "key_id") keys.insert(row.values[i].text);
    }
  }
  return keys;
}

template <class Db>
void write_copies(Db& db, const std::string& record, long count, long group) {
  const long long seq = number(db, "select seq from journal where subject = '" + record + "'");
  const auto rows = template_rows(db, record, seq);
  Renamer renamer(record, own_keys(rows), seq,
                  number(db, "select max(seq) from journal") + 1'000'000,
                  number(db, "select max(chain_no) from journal") + 1'000'000);
  db.prepare(rows);
  const auto start = std::chrono::steady_clock::now();
  std::vector<Value> values;
  for (long done = 0; done < count;) {
    db.begin();
    for (long i = 0; i < group && done < count; ++i, ++done) {
      renamer.next();
      for (std::size_t r = 0; r < rows.size(); ++r) {
        values.clear();
        for (std::size_t c = 0; c < rows[r].columns.size(); ++c) {
          values.push_back(renamer.renamed(rows[r].columns[c], rows[r].values[c]));
        }
        db.insert(r, values);
      }
    }
    db.commit();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("{\"rows_per_record\": %zu, \"records_per_second\": %.0f}\n", rows.size(),
              static_cast<double>(count) / took.count());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) fail("usage: raw_writer sqlite|postgres PLACE RECORD COUNT GROUP");
  const std::string kind = argv[1];
  const long long count = number_in(argv[4]);
  const long long group = number_in(argv[5]);
  if (count < 1 || group < 1) fail("COUNT and GROUP are at least 1");
  if (kind == "sqlite") {
    Sqlite db(argv[2]);
    write_copies(db, argv[3], count, group);
  } else {
    Postgres db(argv[2]);
    write_copies(db, argv[3], count, group);
  }
  return 0;
}
