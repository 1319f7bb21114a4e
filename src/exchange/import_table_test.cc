// Tables out of files: encodings and separators of CSV, cells of workbooks that this product and
// others write, and files that are wrong, hostile or too large. Workbooks are put together by hand
// here, but for one that the export writes.
#include "exchange/import_table.h"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <map>
#include <string>

#include "exchange/csv.h"
#include "exchange/internal/workbook.h"
#include "exchange/xlsx.h"

namespace zicht::exchange {
namespace {

using app::CellKind;
using app::ImportTable;

std::string error_of(std::string_view content, const app::TableWish& wish = {}) {
  const auto table = read_import_table(content, wish);
  return table ? "" : table.error().id;
}

ImportTable read(std::string_view content, const app::TableWish& wish = {}) {
  auto table = read_import_table(content, wish);
  REQUIRE_MESSAGE(table.has_value(), (table ? "" : describe(table.error())));
  return *std::move(table);
}

// "Naam,Waarde | 2: Súdwest,1 | ...": columns, then each row with its line.
std::string told(const ImportTable& table) {
  std::string all;
  for (const std::string& name : table.columns) all += (all.empty() ? "" : ",") + name;
  for (const app::ImportRow& row : table.rows) {
    all += " | " + std::to_string(row.line) + ":";
    bool is_first = true;
    for (const app::ImportCell& cell : row.cells) {
      constexpr std::array<const char*, 5> kMarks = {"", "#", "@", "?", "!"};
      all += (is_first ? " " : ",");
      all += kMarks[static_cast<std::size_t>(cell.kind)] + cell.text;
      is_first = false;
    }
  }
  return all;
}

std::string utf16(std::string_view ascii, bool is_little) {
  std::string out;
  for (const char c : ascii) {
    if (is_little) out += c;
    out += '\0';
    if (!is_little) out += c;
  }
  return out;
}

TEST_CASE("import table: each encoding gives the same table, and is told") {
  const std::string utf8 = "Naam;Waarde\nS\xC3\xBA" "dwest;1\n";
  CHECK(read(utf8).encoding == "utf-8");
  const std::string expected = "Naam,Waarde | 2: S\xC3\xBA" "dwest,1";
  CHECK(told(read(utf8)) == expected);
  CHECK(told(read("\xEF\xBB\xBF" + utf8)) == expected);
  const ImportTable western = read("Naam;Waarde\r\nS\xFA" "dwest;1\r\n");
  CHECK(western.encoding == "windows-1252");
  CHECK(told(western) == expected);
  CHECK(told(read("Naam;Waarde\n\x80 \x93x\x94;1\n")) ==
        "Naam,Waarde | 2: \xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D,1");
  for (const bool is_little : {true, false}) {
    const std::string text = utf16("Naam\tWaarde\nUtrecht\t1\n", is_little);
    const std::string mark = is_little ? "\xFF\xFE" : "\xFE\xFF";
    CHECK(told(read(mark + text)) == "Naam,Waarde | 2: Utrecht,1");
    CHECK(read(text).encoding == (is_little ? "utf-16le" : "utf-16be"));
  }
  CHECK(error_of("Naam;Waarde\nx\x81;1\n") == "EX-0070");
  CHECK(error_of("\xFF\xFEN") == "EX-0070");
  CHECK(error_of("\xFF\xFE" "a\0\x00\xD8;\0"
                 "b\0") == "EX-0070");
}

TEST_CASE("import table: separators, quotes, blank lines and a title above the names") {
  CHECK(read("a;b\n1;2\n").separator == ";");
  CHECK(read("a,b\n1,2\n").separator == ",");
  CHECK(read("a\tb\n1\t2\n").separator == "\t");
  CHECK(told(read("sep=;\r\na;b\r\n1;2\r\n")) == "a,b | 3: 1,2");
  CHECK(told(read("Bron: CBS\n\na;b\n\n\"x;\"\"y\"\"\nz\";2\n", {"", 3})) ==
        "a,b | 5: x;\"y\"\nz,2");
  CHECK(told(read("a;b\n=1+1;@x\n")) == "a,b | 2: =1+1,@x");
  CHECK(error_of("a;b\n", {"", 7}) == "EX-0066");
}

TEST_CASE("import table: a CSV that is wrong says what and where") {
  CHECK(error_of("") == "EX-0060");
  CHECK(error_of(std::string_view("\x7F" "ELF\x01\0\0\0", 8)) == "EX-0060");
  CHECK(error_of("a;a\n1;2\n") == "SA-0094");
  CHECK(error_of("a;\n1;2\n") == "SA-0095");
  CHECK(error_of("a;b\n1\n") == "SA-0096");
  CHECK(error_of("a;b\n\"1;2\n") == "SA-0097");
  CHECK(error_of("a;b\n" + std::string(90'000, 'x') + ";2\n") == "EX-0069");
  std::string many = "a\n";
  for (int i = 0; i <= 10'000; ++i) many += "1\n";
  CHECK(error_of(many) == "SA-0092");
  std::string wide = "a0";
  for (int i = 1; i <= 200; ++i) wide += ";a" + std::to_string(i);
  CHECK(error_of(wide + "\n") == "SA-0093");
}

// ---------------------------------------------------------------- workbooks

using Members = std::map<std::string, std::string>;

std::string zipped(const Members& members) {
  std::string out(std::size_t{1} << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  REQUIRE(archive_write_open_memory(writer, out.data(), out.size(), &used) == ARCHIVE_OK);
  for (const auto& [name, content] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    REQUIRE(archive_write_header(writer, entry) == ARCHIVE_OK);
    REQUIRE(archive_write_data(writer, content.data(), content.size()) ==
            static_cast<la_ssize_t>(content.size()));
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

constexpr const char* kRelations =
    R"(<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
       <Relationship Id="r2" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/>
       </Relationships>)";

// A book with two sheets, of which the first has these rows.
Members book(const std::string& rows) {
  return {{"[Content_Types].xml", "<Types/>"},
          {"xl/workbook.xml",
           R"(<workbook xmlns:r="r"><sheets><sheet name="Een" r:id="r1"/>
              <sheet name="Twee" r:id="r2"/></sheets></workbook>)"},
          {"xl/_rels/workbook.xml.rels", kRelations},
          {"xl/sharedStrings.xml",
           "<sst><si><t>Naam</t></si><si><r><t>Wa</t></r><r><t>arde</t></r></si>"
           "<si><t>Gouda</t><rPh><t>hau-da</t></rPh></si></sst>"},
          {"xl/styles.xml",
           R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode="d\-mm\-yyyy"/>
              <numFmt numFmtId="171" formatCode="&quot;dag&quot; 0.0"/></numFmts>
              <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
              <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/>
              <xf numFmtId="171"/></cellXfs></styleSheet>)"},
          {"xl/worksheets/sheet1.xml",
           "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
          {"xl/worksheets/sheet2.xml",
           "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>Los</t></is></c></row>"
           "<row r=\"2\"><c><v>7</v></c></row></sheetData></worksheet>"}};
}

const std::string kHeaderRow = R"(<row r="1"><c r="A1" t="s"><v>0</v></c>
    <c r="B1" t="s"><v>1</v></c></row>)";

std::string first_cell(const std::string& cell) {
  const auto table = read(zipped(book(
      kHeaderRow + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c>" + cell + "</row>")));
  REQUIRE(table.rows.size() == 1);
  return told(table).substr(std::string("Naam,Waarde | 2: Gouda,").size());
}

TEST_CASE("import table: cells of a workbook have the value that it shows") {
  CHECK(first_cell(R"(<c r="B2"><v>1234.5</v></c>)") == "#1234.5");
  CHECK(first_cell(R"(<c r="B2"><v>0.30000000000000004</v></c>)") == "#0.3");
  CHECK(first_cell(R"(<c r="B2"><v>1E-3</v></c>)") == "#0.001");
  CHECK(first_cell(R"(<c r="B2"><v>-2.50</v></c>)") == "#-2.5");
  CHECK(first_cell(R"(<c r="B2" s="1"><v>45657</v></c>)") == "@2024-12-31");
  CHECK(first_cell(R"(<c r="B2" s="2"><v>45657.75</v></c>)") == "@2024-12-31");
  CHECK(first_cell(R"(<c r="B2" s="1"><v>59</v></c>)") == "@1900-02-28");
  CHECK(first_cell(R"(<c r="B2" s="1"><v>61</v></c>)") == "@1900-03-01");
  CHECK(first_cell(R"(<c r="B2" s="3"><v>45657</v></c>)") == "#45657");
  CHECK(first_cell(R"(<c r="B2" t="b"><v>1</v></c>)") == "?true");
  CHECK(first_cell(R"(<c r="B2" t="str"><f>A2</f><v>=x</v></c>)") == "=x");
  CHECK(first_cell(R"(<c r="B2"><f>1+1</f><v>2</v></c>)") == "#2");
  CHECK(first_cell(R"(<c r="B2"><f>WEBSERVICE("http://x")</f></c>)") == "!");
  CHECK(first_cell(R"(<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>)") == "!");
  CHECK(first_cell(R"(<c r="B2" t="s"><v>99</v></c>)") == "!");
  CHECK(first_cell("") == "");
}

TEST_CASE("import table: a sheet is chosen by name, its names stand on a line of choice") {
  const std::string workbook = zipped(book(
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Titel</t></is></c></row>"
      "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"C3\" t=\"s\"><v>1</v></c></row>"));
  CHECK(told(read(workbook, {"Twee", 1})) == "Los | 2: #7");
  CHECK(read(workbook, {"Twee", 1}).sheets.size() == 2);
  CHECK(error_of(workbook) == "EX-0068");
  CHECK(error_of(workbook, {"Drie", 1}) == "EX-0065");
  CHECK(error_of(workbook, {"", 2}) == "EX-0066");
  CHECK(error_of(workbook, {"", 3}) == "EX-0068");
  CHECK(error_of(workbook, {"", 9}) == "EX-0066");
}

TEST_CASE("import table: a workbook that is broken or reaches outside is refused") {
  const auto with = [](const std::string& name, const std::string& content) {
    Members members = book(kHeaderRow);
    members[name] = content;
    return error_of(zipped(members));
  };
  const auto without = [](const std::string& name) {
    Members members = book(kHeaderRow);
    members.erase(name);
    return error_of(zipped(members));
  };
  CHECK(without("xl/workbook.xml") == "EX-0063");
  CHECK(without("xl/_rels/workbook.xml.rels") == "EX-0063");
  CHECK(without("xl/worksheets/sheet1.xml") == "EX-0063");
  CHECK(with("xl/sharedStrings.xml", "<sst><si><t>A</t></si><si><t> A </t></si></sst>") ==
        "EX-0067");
  CHECK(without("xl/sharedStrings.xml") == "EX-0066");
  CHECK(with("xl/worksheets/sheet1.xml", "<worksheet><sheetData>") == "EX-0063");
  CHECK(with("xl/worksheets/sheet1.xml",
             "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;"
             "</worksheet>") == "EX-0063");
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  CHECK(with("xl/worksheets/sheet1.xml", deep) == "EX-0063");
  CHECK(with("xl/_rels/workbook.xml.rels",
             R"(<Relationships><Relationship Id="r9" Type="x/externalLink" Target="e.xml"/>
                </Relationships>)") == "EX-0064");
  CHECK(error_of("PK\x03\x04 and then nothing") == "EX-0063");
  const std::string whole = zipped(book(kHeaderRow));
  for (std::size_t size = 4; size < whole.size(); size += 97) {
    CHECK(error_of(whole.substr(0, size)) != "");
  }
}

TEST_CASE("import table: a workbook that unpacks to far more than it is stops early") {
  Members members = book(kHeaderRow);
  members["xl/sharedStrings.xml"] = "<sst>" + std::string(std::size_t{60} << 20, ' ') + "</sst>";
  const std::string bomb = zipped(members);
  CHECK(bomb.size() < std::size_t{200} << 10);
  CHECK(error_of(bomb) == "EX-0061");
  Members parts = book(kHeaderRow);
  for (std::size_t i = 0; i <= internal::kMostParts; ++i) parts["x/" + std::to_string(i)] = "";
  CHECK(error_of(zipped(parts)) == "EX-0061");
}

TEST_CASE("import table: rows, columns and cells of a workbook have limits") {
  std::string rows = kHeaderRow;
  for (int i = 2; i <= 10'002; ++i) rows += "<row><c><v>1</v></c></row>";
  CHECK(error_of(zipped(book(rows))) == "EX-0062");
  CHECK(error_of(zipped(book(kHeaderRow + R"(<row r="2"><c r="GS2"><v>1</v></c></row>)"))) ==
        "EX-0062");
  CHECK(error_of(zipped(book(kHeaderRow + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>" +
                             std::string(90'000, 'x') + "</v></c></row>"))) == "EX-0069");
}

TEST_CASE("import table: what the export writes comes back, formulas made harmless") {
  const auto fill = [](app::TableSink& sink) {
    sink.begin("Lijst", {"Naam", "Dag", "Getal"});
    sink.row({std::string("=HYPERLINK(\"http://x\")"), Date::of(2024, 12, 31),
              app::NumberText{"12.50"}});
    return sink.finish();
  };
  CsvSink csv;
  const auto text = fill(csv);
  REQUIRE(text.has_value());
  CHECK(told(read(*text)) == "Naam,Dag,Getal | 2: '=HYPERLINK(\"http://x\"),2024-12-31,12.50");
  XlsxSink xlsx("/tmp");
  const auto workbook = fill(xlsx);
  REQUIRE(workbook.has_value());
  CHECK(told(read(*workbook)) ==
        "Naam,Dag,Getal | 2: =HYPERLINK(\"http://x\"),@2024-12-31,#12.5");
}

}  // namespace
}  // namespace zicht::exchange
