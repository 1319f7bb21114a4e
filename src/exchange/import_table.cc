#include "exchange/import_table.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "exchange/internal/import_columns.h"
#include "exchange/internal/workbook.h"
#include "stats/csv.h"

namespace zicht::exchange {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kLittleMark = "\xFF\xFE";
constexpr std::string_view kBigMark = "\xFE\xFF";
constexpr std::size_t kMostBytes = std::size_t{64} << 20;

struct Decoded {
  std::string text;
  std::string encoding;
};

// Strict: a byte that the encoding has no character for is an error, never a question mark.
Result<Decoded> converted(std::string_view content, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding, &status),
                                                                     ucnv_close);
  if (U_FAILURE(status)) return make_error("EX-0070");
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                      &status);
  const icu::UnicodeString text(content.data(), static_cast<std::int32_t>(content.size()),
                                converter.get(), status);
  if (U_FAILURE(status)) return make_error("EX-0070");
  Decoded decoded{"", encoding};
  text.toUTF8String(decoded.text);
  return decoded;
}

// Without a mark: UTF-16 has a zero in every other byte of plain letters.
const char* utf16_without_mark(std::string_view content) {
  const std::string_view start = content.substr(0, 4096);
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (start[i] == '\0') ++(i % 2 == 0 ? even : odd);
  }
  if (odd > start.size() / 4 && even == 0) return "utf-16le";
  if (even > start.size() / 4 && odd == 0) return "utf-16be";
  return nullptr;
}

bool has_control(std::string_view content) {
  return std::any_of(content.begin(), content.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\r' && c != '\n';
  });
}

Result<Decoded> decode(std::string_view content) {
  if (content.starts_with(kLittleMark)) return converted(content.substr(2), "utf-16le");
  if (content.starts_with(kBigMark)) return converted(content.substr(2), "utf-16be");
  if (const char* encoding = utf16_without_mark(content)) return converted(content, encoding);
  while (content.starts_with(kUtf8Mark)) content.remove_prefix(kUtf8Mark.size());
  if (has_control(content)) return make_error("EX-0060");
  if (is_valid_utf8(content)) return Decoded{std::string(content), "utf-8"};
  ZICHT_TRY(decoded, converted(content, "windows-1252"));
  // Five bytes have no character there; the library makes control characters of them.
  for (std::size_t i = 0; i + 1 < decoded.text.size(); ++i) {
    const auto next = static_cast<unsigned char>(decoded.text[i + 1]);
    if (decoded.text[i] == '\xC2' && next < 0xA0) return make_error("EX-0070");
  }
  return decoded;
}

// Takes off lines before the one with the names of the columns, and the line with which Excel is
// told the separator.
Result<std::string_view> from_header(std::string_view text, std::int64_t header_row) {
  for (std::int64_t line = 1; line < header_row; ++line) {
    const auto end = text.find_first_of("\r\n");
    if (end == std::string_view::npos) {
      return make_error("EX-0066", {{"line", std::to_string(header_row)}});
    }
    text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  return text;
}

Result<app::ImportTable> read_csv(std::string_view content, const app::TableWish& wish) {
  ZICHT_TRY(decoded, decode(content));
  const bool tells_separator = decoded.text.starts_with("sep=");
  const std::int64_t header_row =
      tells_separator && wish.header_row == 1 ? 2 : std::max<std::int64_t>(1, wish.header_row);
  ZICHT_TRY(text, from_header(decoded.text, header_row));
  ZICHT_TRY(csv, stats::CsvTable::parse(text, {.file = "CSV",
                                               .max_bytes = kMostBytes,
                                               .max_rows = app::kMostImportRows,
                                               .max_columns = app::kMostImportColumns}));
  app::ImportTable table;
  table.format = "csv";
  table.encoding = std::move(decoded.encoding);
  table.separator = std::string(1, csv.separator());
  for (const std::string& name : csv.columns()) table.columns.emplace_back(trim(name));
  ZICHT_CHECKED(internal::check_columns(table.columns, header_row));
  const auto before = static_cast<std::uint32_t>(header_row - 1);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    std::vector<app::ImportCell> cells(csv.columns().size());
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i].text = csv.text(row, i);
    const bool is_empty = std::all_of(cells.begin(), cells.end(),
                                      [](const auto& cell) { return trim(cell.text).empty(); });
    if (is_empty) continue;
    ZICHT_CHECKED(internal::add_row(table, csv.line(row) + before, std::move(cells)));
  }
  return table;
}

}  // namespace

Result<app::ImportTable> read_import_table(std::string_view content, const app::TableWish& wish) {
  if (content.empty() || content.size() > kMostBytes) return make_error("EX-0060");
  if (content.starts_with(kZip)) return internal::read_workbook(content, wish);
  return read_csv(content, wish);
}

}  // namespace zicht::exchange
