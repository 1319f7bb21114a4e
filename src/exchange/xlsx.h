// Writes a table as an Excel workbook (XLSX) with libxlsxwriter: one sheet, bold frozen headings,
// an autofilter, dates as dates, exact decimals as numbers where a double holds them and as text
// where it would not.
//
// Rows are streamed to a temporary file in the folder given (libxlsxwriter's constant memory mode),
// so memory does not grow with the table; finish() reads the file back and removes it. Not
// thread-safe. Errors: EX-0001 when the file cannot be made (disk full, no folder).
#pragma once

#include <memory>

#include "app/table_sink.h"

namespace zicht::exchange {

class XlsxSink final : public app::TableSink {
 public:
  // `folder` for the temporary file; must exist.
  explicit XlsxSink(std::string folder);
  ~XlsxSink() override;
  XlsxSink(const XlsxSink&) = delete;
  XlsxSink& operator=(const XlsxSink&) = delete;

  void begin(const std::string& title, const std::vector<std::string>& headings) override;
  void row(const std::vector<app::Cell>& cells) override;
  void note(const std::string& text) override;
  Result<std::string> finish() override;
  std::string content_type() const override {
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  std::string file_extension() const override { return "xlsx"; }

 private:
  struct Workbook;
  std::unique_ptr<Workbook> book_;
};

}  // namespace zicht::exchange
