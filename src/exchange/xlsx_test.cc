// XlsxSink by example: the workbook is unzipped with the system's own `unzip -p` where present,
// else its zip directory is read; what is asserted is what a spreadsheet shows.
#include "exchange/xlsx.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace zicht::exchange {
namespace {

std::string folder() { return std::filesystem::temp_directory_path().string(); }

// A part of the workbook, through python3's zipfile (python3 is in tools/packages.txt).
std::string part(const std::string& workbook, const std::string& name) {
  const std::string path = folder() + "/zicht-xlsx-test.xlsx";
  std::ofstream(path, std::ios::binary) << workbook;
  const std::string command = "python3 -c \"import zipfile,sys;sys.stdout.write(zipfile.ZipFile('" +
                              path + "').read('" + name + "').decode())\"";
  // tidy-allow: the command is fixed but for a path of our own
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text(1 << 16, '\0');
  text.resize(fread(text.data(), 1, text.size(), pipe));
  CHECK(pclose(pipe) == 0);
  std::filesystem::remove(path);
  return text;
}

std::string sheet_with(const std::vector<app::Cell>& cells) {
  XlsxSink sink(folder());
  sink.begin("Toezeggingen", std::vector<std::string>(cells.size(), "Kop"));
  sink.row(cells);
  return part(*sink.finish(), "xl/worksheets/sheet1.xml");
}

void check(const app::Cell& cell, const std::string& expected_xml) {
  const std::string sheet = sheet_with({cell});
  CAPTURE(sheet);
  CHECK(sheet.find(expected_xml) != std::string::npos);
}

}  // namespace

TEST_CASE("xlsx: cells are written by their kind") {
  check(std::string("=1+1"), "<t>=1+1</t>");
  check(std::int64_t{42}, "<v>42</v>");
  check(app::NumberText{"1250.5"}, "<v>1250.5</v>");
  check(Date::of(2025, 1, 31), "<v>45688</v>");
}

TEST_CASE("xlsx: a number that a double cannot hold stays exact as text") {
  check(app::NumberText{"12345678901234567.89"}, "<t>12345678901234567.89</t>");
}

TEST_CASE("xlsx: a date before Excel's calendar stays readable") {
  check(Date::of(1815, 3, 30), "<t>1815-03-30</t>");
}

TEST_CASE("xlsx: the sheet's name loses what Excel refuses and keeps to 31 characters") {
  XlsxSink sink(folder());
  sink.begin("[Toezicht]: maatregelen/interventies van het jaar é", {"Kop"});
  const std::string book = part(*sink.finish(), "xl/workbook.xml");
  CHECK(book.find("sheet name=\"Toezicht maatregelen") != std::string::npos);
}

TEST_CASE("xlsx: a folder that is not there is an error that says so") {
  XlsxSink sink("/nonexistent-folder");
  sink.begin("t", {"Kop"});
  const auto result = sink.finish();
  REQUIRE(!result.has_value());
  CHECK(result.error().id == "EX-0001");
}

TEST_CASE("xlsx: an export that is given up leaves no file behind") {
  const auto count = [] {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
      files += entry.path().filename().string().starts_with("zicht-export-") ? 1 : 0;
    }
    return files;
  };
  const int before = count();
  {
    XlsxSink sink(folder());
    sink.begin("t", {"Kop"});
  }
  CHECK(count() == before);
}

}  // namespace zicht::exchange
