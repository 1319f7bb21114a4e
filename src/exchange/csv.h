// Writes a table as CSV: RFC 4180, comma, CRLF, UTF-8 without a byte order mark, headings first.
//
//     CsvSink sink;
//     sink.begin("Toezeggingen", {"Wat", "Termijn"});
//     sink.row({std::string("Brief sturen"), Date::of(2026, 3, 31)});
//     ZICHT_TRY(bytes, sink.finish());
//
// A text that a spreadsheet would run as a formula (it starts with = + - @, tab or return) gets an
// apostrophe in front (OWASP, CSV injection); numbers and dates stay as they are. Notes become rows
// of one cell after an empty row. Not thread-safe.
#pragma once

#include "app/table_sink.h"

namespace zicht::exchange {

class CsvSink final : public app::TableSink {
 public:
  void begin(const std::string& title, const std::vector<std::string>& headings) override;
  void row(const std::vector<app::Cell>& cells) override;
  void note(const std::string& text) override;
  Result<std::string> finish() override;
  std::string content_type() const override { return "text/csv; charset=utf-8; header=present"; }
  std::string file_extension() const override { return "csv"; }

 private:
  std::string out_;
  std::vector<std::string> notes_;
  std::size_t columns_ = 0;
};

}  // namespace zicht::exchange
