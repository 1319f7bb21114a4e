#include "exchange/xlsx.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/check.h"
#include "base/error_catalogue.h"

namespace zicht::exchange {
namespace {

constexpr std::size_t kSheetNameLimit = 31;    // Excel's own
constexpr std::size_t kCellTextLimit = 32767;  // Excel's own, in UTF-16 units
constexpr std::size_t kExactDigits = 15;       // a double holds these

// Excel refuses these in a sheet's name.
std::string sheet_name(const std::string& title) {
  std::string name;
  for (const char c : title) {
    if (name.size() < kSheetNameLimit && std::string_view("[]:*?/\\'").find(c) == std::string::npos)
      name += c;
  }
  // A cut in the middle of a code point would make the name invalid UTF-8.
  while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0x80U) != 0) name.pop_back();
  return name.empty() ? "Zicht" : name;
}

std::size_t digit_count(const std::string& digits) {
  std::size_t count = 0;
  for (const char c : digits) count += c >= '0' && c <= '9' ? 1 : 0;
  return count;
}

std::string shortened(const std::string& text) {
  if (text.size() <= kCellTextLimit) return text;
  std::size_t end = kCellTextLimit - 4;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

std::string temporary_path(const std::string& folder) {
  static std::atomic<unsigned> counter{0};
  return folder + "/zicht-export-" + std::to_string(getpid()) + "-" +
         std::to_string(counter.fetch_add(1)) + ".xlsx";
}

}  // namespace

struct XlsxSink::Workbook {
  std::string folder;
  std::string path;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_format* heading = nullptr;
  lxw_format* date = nullptr;
  lxw_row_t next_row = 0;
  lxw_col_t columns = 0;
  std::vector<std::string> notes;
  bool is_broken = false;

  void write(lxw_col_t column, const app::Cell& cell);
  void write_text(lxw_col_t column, const std::string& text, lxw_format* format);
};

void XlsxSink::Workbook::write_text(lxw_col_t column, const std::string& text, lxw_format* format) {
  if (worksheet_write_string(sheet, next_row, column, shortened(text).c_str(), format) !=
      LXW_NO_ERROR) {
    is_broken = true;
  }
}

void XlsxSink::Workbook::write(lxw_col_t column, const app::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    if (!text->empty()) write_text(column, *text, nullptr);
  } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    worksheet_write_number(sheet, next_row, column, static_cast<double>(*whole), nullptr);
  } else if (const auto* number = std::get_if<app::NumberText>(&cell)) {
    if (digit_count(number->digits) > kExactDigits)
      return write_text(column, number->digits, nullptr);
    worksheet_write_number(sheet, next_row, column, std::strtod(number->digits.c_str(), nullptr),
                           nullptr);
  } else if (const auto* day = std::get_if<Date>(&cell)) {
    // Excel's calendar begins in 1900; earlier days stay readable as text.
    if (day->year() < 1900) return write_text(column, day->to_string(), nullptr);
    lxw_datetime when{day->year(), day->month(), day->day(), 0, 0, 0};
    worksheet_write_datetime(sheet, next_row, column, &when, date);
  }
}

XlsxSink::XlsxSink(std::string folder) : book_(std::make_unique<Workbook>()) {
  book_->folder = std::move(folder);
}

XlsxSink::~XlsxSink() {
  if (book_->book != nullptr) workbook_close(book_->book);
  if (!book_->path.empty()) std::remove(book_->path.c_str());
}

void XlsxSink::begin(const std::string& title, const std::vector<std::string>& headings) {
  ZICHT_CHECK(book_->columns == 0 && !headings.empty(), "begin once, with columns");
  book_->path = temporary_path(book_->folder);
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = const_cast<char*>(book_->folder.c_str());
  book_->book = workbook_new_opt(book_->path.c_str(), &options);
  book_->columns = static_cast<lxw_col_t>(headings.size());
  if (book_->book == nullptr) return;
  book_->sheet = workbook_add_worksheet(book_->book, sheet_name(title).c_str());
  book_->heading = workbook_add_format(book_->book);
  format_set_bold(book_->heading);
  book_->date = workbook_add_format(book_->book);
  format_set_num_format(book_->date, "yyyy-mm-dd");
  worksheet_freeze_panes(book_->sheet, 1, 0);
  worksheet_set_column(book_->sheet, 0, static_cast<lxw_col_t>(book_->columns - 1), 24, nullptr);
  for (lxw_col_t i = 0; i < book_->columns; ++i) {
    book_->write_text(i, headings[i], book_->heading);
  }
  book_->next_row = 1;
}

void XlsxSink::row(const std::vector<app::Cell>& cells) {
  ZICHT_CHECK(cells.size() == book_->columns, "a row has as many cells as there are headings");
  if (book_->sheet == nullptr) return;
  for (lxw_col_t i = 0; i < book_->columns; ++i) book_->write(i, cells[i]);
  ++book_->next_row;
}

void XlsxSink::note(const std::string& text) { book_->notes.push_back(text); }

Result<std::string> XlsxSink::finish() {
  if (book_->book == nullptr || book_->sheet == nullptr) return make_error("EX-0001");
  worksheet_autofilter(book_->sheet, 0, 0, book_->next_row - 1,
                       static_cast<lxw_col_t>(book_->columns - 1));
  ++book_->next_row;
  for (const auto& note : book_->notes) {
    book_->write_text(0, note, nullptr);
    ++book_->next_row;
  }
  const lxw_error closed = workbook_close(book_->book);
  book_->book = nullptr;
  if (closed != LXW_NO_ERROR || book_->is_broken) return make_error("EX-0001");
  std::ifstream file(book_->path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) return make_error("EX-0001");
  return std::move(bytes).str();
}

}  // namespace zicht::exchange
