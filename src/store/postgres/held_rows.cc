#include "store/postgres/held_rows.h"

#include <algorithm>

namespace zicht::store {
namespace {

using std::string_view_literals::operator""sv;

// The signature, no flags, no further header.
constexpr std::string_view kHeader = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"sv;
constexpr std::string_view kTrailer = "\377\377"sv;
constexpr std::uint32_t kNull = 0xFFFFFFFF;

void put_big_endian(std::uint64_t value, int bytes, std::string& out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>((value >> shift) & 0xFF);
  }
}

std::uint32_t big_endian(const char* bytes) {
  std::uint32_t value = 0;
  for (int at = 0; at < 4; ++at) value = (value << 8) | static_cast<unsigned char>(bytes[at]);
  return value;
}

// "($3, $4)" for two columns from 3 on.
std::string placeholders(std::size_t columns, std::size_t first) {
  std::string text = "($" + std::to_string(first);
  for (std::size_t at = 1; at < columns; ++at) text += ", $" + std::to_string(first + at);
  return text + ")";
}

}  // namespace

std::optional<HeldRows> HeldRows::for_statement(std::string_view insert_sql) {
  constexpr std::string_view kInsert = "insert into ", kValues = ") values ";
  const auto open = insert_sql.find(" (");
  const auto close = insert_sql.find(kValues);
  if (!insert_sql.starts_with(kInsert) || open == std::string_view::npos ||
      close == std::string_view::npos || close < open) {
    return std::nullopt;
  }
  const auto table = insert_sql.substr(kInsert.size(), open - kInsert.size());
  const auto columns = insert_sql.substr(open + 2, close - open - 2);
  HeldRows rows(table, columns);
  if (insert_sql.substr(close + kValues.size()) != placeholders(rows.columns_, 1)) {
    return std::nullopt;
  }
  return rows;
}

HeldRows::HeldRows(std::string_view table, std::string_view columns)
    : columns_(1 + static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ','))) {
  const std::string into = std::string(table) + " (" + std::string(columns) + ")";
  copy_sql_ = "copy " + into + " from stdin with (format binary)";
  insert_ = "insert into " + into + " values ";
}

std::string HeldRows::insert_sql(std::size_t count) const {
  std::string sql = insert_;
  for (std::size_t row = 0; row < count; ++row) {
    if (row > 0) sql += ", ";
    sql += placeholders(columns_, 1 + row * columns_);
  }
  return sql;
}

void HeldRows::add(Params params) {
  put_big_endian(params.size(), 2, rows_);
  for (const Param& param : params) {
    switch (param.kind()) {
      case Param::Kind::kNull:
        put_big_endian(kNull, 4, rows_);
        break;
      case Param::Kind::kInt:
        put_big_endian(8, 4, rows_);
        put_big_endian(static_cast<std::uint64_t>(param.integer()), 8, rows_);
        break;
      case Param::Kind::kText:
      case Param::Kind::kBlob:
        put_big_endian(param.text().size(), 4, rows_);
        rows_ += param.text();
        break;
    }
  }
  ends_.push_back(rows_.size());
}

void HeldRows::clear() {
  rows_.clear();
  ends_.clear();
}

std::string HeldRows::copy_data() const {
  std::string data;
  data.reserve(kHeader.size() + rows_.size() + kTrailer.size());
  return data.append(kHeader).append(rows_).append(kTrailer);
}

HeldValues HeldRows::values_of(std::size_t first, std::size_t count) const {
  HeldValues found;
  const char* at = rows_.data() + (first == 0 ? 0 : ends_[first - 1]);
  for (std::size_t row = 0; row < count; ++row) {
    at += 2;  // the number of columns
    for (std::size_t column = 0; column < columns_; ++column) {
      const auto length = big_endian(at);
      at += 4;
      const bool is_null = length == kNull;
      found.values.push_back(is_null ? nullptr : at);
      found.lengths.push_back(is_null ? 0 : static_cast<int>(length));
      found.formats.push_back(1);
      if (!is_null) at += length;
    }
  }
  return found;
}

}  // namespace zicht::store
