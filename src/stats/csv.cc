#include "stats/csv.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "base/check.h"
#include "base/csv_text.h"
#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::stats {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Semicolon or tab where the first line has more of them outside quotation marks than commas.
char separator_of(std::string_view text) {
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  std::size_t tabs = 0;
  bool is_quoted = false;
  for (const char c : text.substr(0, std::size_t{1} << 20)) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '\n' || c == '\r') break;
    commas += c == ',' ? 1 : 0;
    semicolons += c == ';' ? 1 : 0;
    tabs += c == '\t' ? 1 : 0;
  }
  if (tabs > commas && tabs > semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}

std::optional<double> finite_number(std::string_view digits) {
  double value = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string_view without_mark(std::string_view text) {
  while (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 20;
  std::string all;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) {
    all += (i > 0 ? ", " : "") + names[i];
  }
  return names.size() > kShown ? all + ", …" : all;
}

}  // namespace

// Feeds the library line by line, so that every row knows where it begins.
class CsvReader {
 public:
  CsvReader(std::string_view text, const CsvOptions& options) : text_(text), options_(options) {
    table_.file_ = options.file;
    table_.separator_ = separator_of(text);
    table_.bytes_.reserve(text.size());
    ZICHT_CHECK(csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) == 0, "the parser starts");
    csv_set_delim(&parser_, static_cast<unsigned char>(table_.separator_));
  }
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;
  ~CsvReader() { csv_free(&parser_); }

  Result<CsvTable> read() {
    while (at_ < text_.size() && !error_) feed(next_piece());
    if (!error_ && csv_fini(&parser_, on_field, on_row, this) != 0) fail_quote();
    if (error_) return *std::move(error_);
    if (table_.columns_.empty()) return make_error("SA-0090", {{"file", options_.file}});
    return std::move(table_);
  }

 private:
  // Up to and with the end of a line; a long line in pieces, so that too many columns end early.
  std::string_view next_piece() {
    constexpr std::size_t kPiece = std::size_t{64} << 10;
    std::string_view piece = text_.substr(at_, kPiece);
    if (const auto end = piece.find_first_of("\r\n"); end != std::string_view::npos) {
      const bool is_pair = text_.substr(at_ + end, 2) == "\r\n";
      piece = text_.substr(at_, end + (is_pair ? 2 : 1));
    }
    at_ += piece.size();
    return piece;
  }

  void feed(std::string_view piece) {
    if (fields_ == 0 && !in_field()) begin_ = line_;
    if (csv_parse(&parser_, piece.data(), piece.size(), on_field, on_row, this) != piece.size()) {
      fail_quote();
    }
    if (piece.ends_with('\n') || piece.ends_with('\r')) ++line_;
  }

  // A quoted field goes on over the end of a line: the library's states 2 and 3.
  [[nodiscard]] bool in_field() const { return parser_.pstate >= 2; }

  void fail_quote() {
    if (!error_) {
      error_ = make_error("SA-0097", {{"file", options_.file}, {"line", std::to_string(begin_)}});
    }
  }

  static void on_field(void* data, std::size_t size, void* self) {
    static_cast<CsvReader*>(self)->field({static_cast<const char*>(data), size});
  }
  static void on_row(int /*end*/, void* self) { static_cast<CsvReader*>(self)->row(); }

  void field(std::string_view text) {
    if (error_) return;
    ++fields_;
    if (!has_header_) {
      if (fields_ > options_.max_columns) {
        error_ = make_error(
            "SA-0093", {{"file", options_.file}, {"limit", std::to_string(options_.max_columns)}});
        return;
      }
      table_.columns_.emplace_back(fields_ == 1 ? without_mark(text) : text);
    } else if (fields_ <= table_.columns_.size()) {
      table_.bytes_ += text;
      table_.ends_.push_back(table_.bytes_.size());
    }
  }

  void row() {
    if (error_) return;
    if (!has_header_) {
      has_header_ = true;
      check_columns();
    } else if (fields_ != table_.columns_.size()) {
      error_ = make_error("SA-0096", {{"file", options_.file},
                                      {"line", std::to_string(begin_)},
                                      {"fields", std::to_string(fields_)},
                                      {"columns", std::to_string(table_.columns_.size())}});
    } else if (table_.lines_.size() == options_.max_rows) {
      error_ = make_error("SA-0092", {{"file", options_.file},
                                      {"limit", fmt::format("{}", options_.max_rows)},
                                      {"what", LocalizedText{"rijen", "rows"}}});
    } else {
      table_.lines_.push_back(begin_);
    }
    fields_ = 0;
    begin_ = line_ + 1;
  }

  void check_columns() {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < table_.columns_.size() && !error_; ++i) {
      const std::string& name = table_.columns_[i];
      if (trim(name).empty()) {
        error_ =
            make_error("SA-0095", {{"file", options_.file}, {"number", std::to_string(i + 1)}});
      } else if (!seen.insert(name).second) {
        error_ = make_error("SA-0094", {{"file", options_.file}, {"column", name}});
      }
    }
  }

  std::string_view text_;
  const CsvOptions& options_;
  csv_parser parser_{};
  CsvTable table_;
  std::optional<Error> error_;
  std::size_t at_ = 0;
  std::size_t fields_ = 0;  // of the row that is being read
  std::uint32_t line_ = 1;
  std::uint32_t begin_ = 1;
  bool has_header_ = false;
};

Result<CsvTable> CsvTable::parse(std::string_view text, const CsvOptions& options) {
  if (text.size() > options.max_bytes) {
    return make_error("SA-0092", {{"file", options.file},
                                  {"limit", fmt::format("{}", options.max_bytes)},
                                  {"what", LocalizedText{"bytes", "bytes"}}});
  }
  if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
    return make_error("SA-0091", {{"file", options.file}});
  }
  return CsvReader(without_mark(text), options).read();
}

std::optional<std::size_t> CsvTable::find_column(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

Result<std::size_t> CsvTable::column(std::string_view name) const {
  if (const auto found = find_column(name)) return *found;
  return make_error(
      "SA-0098", {{"file", file_}, {"column", std::string(name)}, {"columns", joined(columns_)}});
}

std::string_view CsvTable::text(std::size_t row, std::size_t column) const {
  const std::size_t i = row * columns_.size() + column;
  ZICHT_CHECK(column < columns_.size() && i < ends_.size(), "row and column exist");
  const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
  return std::string_view(bytes_).substr(begin, ends_[i] - begin);
}

Result<std::optional<double>> CsvTable::number(std::size_t row, std::size_t column) const {
  const std::string_view written = trim(text(row, column));
  if (written.empty()) return std::optional<double>();
  std::string digits(written);
  if (separator_ == ';') std::replace(digits.begin(), digits.end(), ',', '.');
  const auto value = finite_number(digits);
  if (value) return value;
  return make_error(
      "SA-0099",
      {{"file", file_}, {"line", std::to_string(line(row))}, {"column", columns_[column]}});
}

void append_csv_row(std::string& out, const std::vector<std::string>& fields) {
  bool is_first = true;
  for (const std::string& field : fields) {
    if (!is_first) out += ',';
    is_first = false;
    out += csv_quoted(finite_number(field) ? field : csv_safe(field));
  }
  if (fields.size() == 1 && fields[0].empty()) out += "\"\"";  // not a blank line
  out += "\r\n";
}

}  // namespace zicht::stats
