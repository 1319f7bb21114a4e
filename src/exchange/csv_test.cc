// CsvSink by table: cells in, bytes out; and back through a small strict RFC 4180 reader.
#include "exchange/csv.h"

#include <doctest/doctest.h>

namespace zicht::exchange {
namespace {

std::string one_row(const std::vector<app::Cell>& cells) {
  CsvSink sink;
  sink.begin("t", std::vector<std::string>(cells.size(), "k"));
  sink.row(cells);
  const std::string all = *sink.finish();
  return all.substr(all.find("\r\n") + 2);
}

void check(const app::Cell& cell, const std::string& expected) {
  CHECK(one_row({cell}) == expected + "\r\n");
}

// Strict reader of one document; the oracle for quoting.
std::vector<std::vector<std::string>> read(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      rows.back().back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      ++i;
      rows.emplace_back(1);
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

}  // namespace

TEST_CASE("csv: cells are written by their kind") {
  check(std::monostate{}, "");
  check(std::string("Almere"), "Almere");
  check(std::int64_t{-12}, "-12");
  check(app::NumberText{"1250.00"}, "1250.00");
  check(Date::of(2025, 1, 31), "2025-01-31");
}

TEST_CASE("csv: separators, quotes, line ends and edge spaces are quoted") {
  check(std::string("a,b"), "\"a,b\"");
  check(std::string("a \"b\""), "\"a \"\"b\"\"\"");
  check(std::string("a\nb"), "\"a\nb\"");
  check(std::string(" a"), "\" a\"");
}

TEST_CASE("csv: a text that a spreadsheet would run is made harmless") {
  for (const std::string start : {"=", "+", "-", "@", "\t"}) {
    check(start + "1", "'" + start + "1");
  }
}

TEST_CASE("csv: whatever was written reads back the same") {
  const std::vector<std::string> texts{"x", "a,b", "\"", "x\r\n", "é \"ü\",", "  ", "regel\neen"};
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      CHECK(read(one_row({a, b})) == std::vector<std::vector<std::string>>{{a, b}});
    }
  }
}

TEST_CASE("csv: notes stand under the table after an empty row") {
  CsvSink sink;
  sink.begin("t", {"k"});
  sink.note("Peildatum, 1 mei");
  CHECK(*sink.finish() == "k\r\n\r\n\"Peildatum, 1 mei\"\r\n");
}

}  // namespace zicht::exchange
