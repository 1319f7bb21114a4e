#include "exchange/csv.h"

#include "base/check.h"
#include "base/csv_text.h"

namespace zicht::exchange {
namespace {

struct CellText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return csv_quoted(csv_safe(text)); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(const app::NumberText& number) const { return number.digits; }
  std::string operator()(Date date) const { return date.to_string(); }
};

}  // namespace

void CsvSink::begin(const std::string&, const std::vector<std::string>& headings) {
  ZICHT_CHECK(columns_ == 0 && !headings.empty(), "begin once, with columns");
  columns_ = headings.size();
  row({headings.begin(), headings.end()});
}

void CsvSink::row(const std::vector<app::Cell>& cells) {
  ZICHT_CHECK(cells.size() == columns_, "a row has as many cells as there are headings");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out_ += ',';
    out_ += std::visit(CellText{}, cells[i]);
  }
  out_ += "\r\n";
}

void CsvSink::note(const std::string& text) { notes_.push_back(text); }

Result<std::string> CsvSink::finish() {
  if (!notes_.empty()) out_ += "\r\n";
  for (const auto& note : notes_) out_ += csv_quoted(csv_safe(note)) + "\r\n";
  return std::move(out_);
}

}  // namespace zicht::exchange
