#include "packs/internal/csv.h"

#include "base/text.h"

namespace zicht::packs::internal {
namespace {

// Walks the text once; knows where it stands in lines and code points.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return text_[at_]; }
  Place place() const { return {line_, column_}; }
  bool at_line_end() const {
    return at_end() || peek() == '\n' || (peek() == '\r' && text_.substr(at_, 2) == "\r\n");
  }

  char take() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      column_ = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++column_;
    }
    return c;
  }

  void skip_line_end() {
    if (!at_end() && peek() == '\r') take();
    if (!at_end()) take();
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
};

class CsvParser {
 public:
  CsvParser(std::string_view text, const std::string& file, Report& report)
      : scanner_(text), file_(file), report_(report) {}

  std::vector<CsvRow> rows() {
    std::vector<CsvRow> rows;
    while (!scanner_.at_end() && !is_broken_) {
      if (scanner_.at_line_end()) {
        scanner_.skip_line_end();
        continue;
      }
      if (rows.size() > kMaxCsvRows) {
        too_many({"rijen", "rows"}, kMaxCsvRows);
        break;
      }
      const Place place = scanner_.place();
      CsvRow row = read_row();
      if (is_broken_) break;  // where cells end is not known any more
      if (rows.empty() && row.size() > kMaxCsvColumns) {
        too_many({"kolommen", "columns"}, kMaxCsvColumns);
        break;
      }
      if (!rows.empty() && row.size() != rows.front().size()) {
        report_.error("PK-0131", file_, place,
                      {{"cells", std::to_string(row.size())},
                       {"columns", std::to_string(rows.front().size())}});
        continue;
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  void too_many(const LocalizedText& what, std::size_t limit) {
    report_.error("PK-0014", file_, scanner_.place(),
                  {{"what", what}, {"limit", std::to_string(limit)}});
  }

  CsvRow read_row() {
    CsvRow row;
    while (true) {
      row.push_back(read_cell());
      if (scanner_.at_line_end()) break;
      scanner_.take();  // the comma
    }
    scanner_.skip_line_end();
    return row;
  }

  Cell read_cell() {
    Cell cell{{}, scanner_.place()};
    if (!scanner_.at_end() && scanner_.peek() == '"') {
      read_quoted(cell);
    }
    while (!scanner_.at_line_end() && scanner_.peek() != ',') {
      if (scanner_.peek() == '"') stray_quote(scanner_.place());
      cell.text += scanner_.take();
    }
    return cell;
  }

  void read_quoted(Cell& cell) {
    scanner_.take();
    while (!scanner_.at_end()) {
      const char c = scanner_.take();
      if (c != '"') {
        cell.text += c;
      } else if (!scanner_.at_end() && scanner_.peek() == '"') {
        cell.text += scanner_.take();
      } else {
        return;
      }
    }
    stray_quote(cell.place);
  }

  void stray_quote(const Place& place) {
    if (!is_broken_) report_.error("PK-0129", file_, place);
    is_broken_ = true;
  }

  Scanner scanner_;
  const std::string& file_;
  Report& report_;
  bool is_broken_ = false;
};

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text, const std::string& file, Report& report) {
  if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
    report.error("PK-0003", file, {});
    return {};
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return CsvParser(text, file, report).rows();
}

}  // namespace zicht::packs::internal
