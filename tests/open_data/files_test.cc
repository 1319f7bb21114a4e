// The files of open data: whoever reads the CSV again has the same figures and the same rows.
// Method: the file is read by the CSV reader of stats, which shares nothing with the writer, and
// laid beside what the API tells of the same record, indicator or row.
#include <doctest/doctest.h>

#include "open_world.h"
#include "stats/csv.h"

namespace zicht::open_data {
namespace {

using app::testing::parsed;
using stats::CsvTable;

CsvTable table_of(const Result<app::ExportFile>& file) {
  REQUIRE_MESSAGE(file.has_value(), (file ? "" : describe(file.error())));
  CHECK(file->content_type == "text/csv; charset=utf-8; header=present");
  auto table = CsvTable::parse(file->content);
  REQUIRE_MESSAGE(table.has_value(), (table ? "" : describe(table.error())));
  return *std::move(table);
}

std::string cell(const CsvTable& table, std::size_t row, std::string_view column) {
  const auto at = table.column(column);
  REQUIRE(at.has_value());
  return std::string(table.text(row, *at));
}

std::string number_in(const Json& figure, std::string_view key) {
  const Json* number = figure.as_object().if_contains(key);
  return number != nullptr && number->is_string() ? std::string(number->as_string()) : "";
}

std::string count_in(const Json& figure, std::string_view key) {
  const Json* number = figure.as_object().if_contains(key);
  return number != nullptr && number->is_int64() ? std::to_string(number->as_int64()) : "";
}

void check_row(const CsvTable& table, std::size_t row, const Json& figure) {
  CAPTURE(row);
  CHECK(cell(table, row, "Getal") == number_in(figure, "number"));
  CHECK(cell(table, row, "Vorige editie") == number_in(figure, "before"));
  CHECK(cell(table, row, "Getelde rijen") == count_in(figure, "rows"));
  CHECK(cell(table, row, "Niet te bepalen") == count_in(figure, "undetermined"));
  const bool is_withheld = figure.as_object().contains("withheld");
  CHECK(cell(table, row, "Niet getoond") == (is_withheld ? "ja" : "nee"));
}

// Every number of it stands in the table, in the same order and with what belongs to it.
std::size_t check_indicator(const CsvTable& table, std::size_t row, const Json& indicator) {
  const auto check_names = [&] {
    CHECK(cell(table, row, "Indicator") == indicator.at("name").as_string().c_str());
    CHECK(cell(table, row, "Definitie") == indicator.at("definition").at("nl").as_string().c_str());
    CHECK(cell(table, row, "Eenheid") == indicator.at("unit").at("nl").as_string().c_str());
    const Json* days = indicator.as_object().if_contains("days");
    CHECK(cell(table, row, "Geteld vanaf") == (days == nullptr ? "" : number_in(*days, "first")));
    CHECK(cell(table, row, "Geteld tot en met") ==
          (days == nullptr ? "" : number_in(*days, "last")));
  };
  check_names();
  CHECK(cell(table, row, "Waarde") == "totaal");
  check_row(table, row++, indicator.at("total"));
  for (const Json& dimension : indicator.at("dimensions").as_array()) {
    for (const Json& value : dimension.at("values").as_array()) {
      check_names();
      CHECK(cell(table, row, "Indeling (code)") == dimension.at("id").as_string().c_str());
      CHECK(cell(table, row, "Waarde (code)") == number_in(value, "code"));
      check_row(table, row++, value);
    }
  }
  return row;
}

TEST_CASE("open data: the CSV of an edition has every figure of it, and what is withheld") {
  OpenWorld world;
  world.roofs(30, kFlatRoof);
  world.roofs(2, kRoundRoof);
  world.published("Eerder", "2026-01-30");
  const auto edition = world.published("Nu", "2026-01-31");
  const Json figures = world.read({}, edition.id).at("fields").at("figures");
  const CsvTable table = table_of(world.service.edition_file({}, edition.id, "figures", {}));
  std::size_t row = 0;
  for (const Json& indicator : figures.at("indicators").as_array()) {
    row = check_indicator(table, row, indicator);
  }
  CHECK(row == table.rows());
  CHECK(row > 10);
  bool has_withheld = false;
  for (row = 0; row < table.rows(); ++row) {
    CHECK(cell(table, row, "Peildatum") == "2026-01-31");
    CHECK(cell(table, row, "Gepubliceerd") == figures.at("released").as_string().c_str());
    has_withheld = has_withheld || cell(table, row, "Niet getoond") == "ja";
  }
  CHECK(has_withheld);
  const auto json = world.service.edition_file({}, edition.id, "figures", {.format = "json"});
  REQUIRE(json.has_value());
  CHECK(parsed(json->content) == figures);
  CHECK(json->file_name == "edition-2026-01-31.json");
}

TEST_CASE("open data: the CSV of an indicator has what the API counts now") {
  OpenWorld world;
  world.roofs(3, kFlatRoof);
  world.roofs(2, kRoundRoof);
  const auto told = world.indicators.read({}, {"indicators", "roofs"}, {});
  REQUIRE(told.has_value());
  const CsvTable table = table_of(world.service.indicator_file({"indicators", "roofs"}, {}));
  CHECK(check_indicator(table, 0, parsed(*told)) == table.rows());
  CHECK(cell(table, 0, "Getal") == "5");
  CHECK(cell(table, 0, "Gepubliceerd") == "");
}

TEST_CASE("open data: the CSV of an indicator says of which days it counts") {
  OpenWorld world;
  packs::Files files = packs::testing::replaced(
      packs::testing::read_folder("tests/packs/indicators"), "indicators/roofs.yaml", "measure:",
      "period: {field: laid_on, by: year, which: previous}\nmeasure:");
  files = packs::testing::replaced(std::move(files), "pack.yaml", "version: 1.0.0",
                                   "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  world.roofs(2, R"({"what":"dak","leaks":1,"laid_on":"2025-12-31"})");
  world.roofs(4, R"({"what":"dak","leaks":1,"laid_on":"2026-01-01"})");
  const auto told = world.indicators.read({}, {"indicators", "roofs"}, {});
  REQUIRE(told.has_value());
  const CsvTable table = table_of(world.service.indicator_file({"indicators", "roofs"}, {}));
  CHECK(check_indicator(table, 0, parsed(*told)) == table.rows());
  CHECK(cell(table, 0, "Getal") == "2");
  CHECK(cell(table, 0, "Geteld tot en met") == "2025-12-31");
}

TEST_CASE("open data: the CSV of a register has every row, its numbers as they are, no formulas") {
  OpenWorld world;
  const auto lender = world.lender();
  world.make(lender, "sample/tool",
             R"({"kind":"saw","name":"=1+1","pieces":7,"weight_kg":"-0.000","price":"1250.00"})");
  const auto second = world.make(
      lender, "sample/tool",
      R"({"kind":"saw","name":"a;b,\"c\"","story":"een\r\n\r\ntwee","weight_kg":"1.500"})");
  const auto file = world.service.register_file("sample/tool", {});
  const CsvTable table = table_of(file);
  REQUIRE(table.rows() == 2);  // no sentences under it
  CHECK(cell(table, 1, "Naam") == "'=1+1");
  CHECK(cell(table, 1, "Aantal delen") == "7");
  CHECK(cell(table, 1, "Nieuwprijs") == "1250.00");
  CHECK(cell(table, 0, "Naam") == "a;b,\"c\"");
  CHECK(cell(table, 0, "Verhaal") == "een\r\n\r\ntwee");
  const Json fields = world.read({}, second.id).at("fields");
  CHECK(cell(table, 0, "Gewicht in kg") == number_in(fields, "weight_kg"));
  CHECK(number_in(fields, "weight_kg") != "");
  const auto english =
      world.service.register_file("sample/tool", {.language = app::Language::kEnglish});
  REQUIRE(english.has_value());
  CHECK(english->content.starts_with("Name,"));
}

TEST_CASE("open data: what is not open is not handed out, and a draft only to who sees it") {
  OpenWorld world;
  world.roofs(30, kFlatRoof);
  const auto failure = [](const auto& outcome) { return OpenWorld::failure(outcome); };
  CHECK(failure(world.service.register_file("indicators/roof", {})) == "AP-0225");
  CHECK(failure(world.service.register_file("sample/loan", {})) == "AP-0225");
  CHECK(failure(world.service.register_file("sample/none", {})) == "AP-0225");
  CHECK(failure(world.service.register_file("indicators/edition", {})) == "AP-0225");
  CHECK(failure(world.service.register_file("sample/tool", {.format = "ods"})) == "AP-0076");
  CHECK(failure(world.service.indicator_file({"indicators", "leaks"}, {})) == "AP-0225");
  CHECK(failure(world.service.indicator_file({"none", "leaks"}, {})) == "AP-0225");
  const auto waiting = world.counted("Nog te controleren", "2026-01-30");
  CHECK(failure(world.service.edition_file({}, waiting.id, "figures", {})) != "");
  const CsvTable draft =
      table_of(world.service.edition_file(world.editor(), waiting.id, "figures", {}));
  CHECK(cell(draft, 0, "Gepubliceerd") == "concept");
  const auto edition = world.published("Nu", "2026-01-31");
  CHECK(failure(world.service.edition_file({}, edition.id, "title", {})) == "AP-0226");
  CHECK(failure(world.service.edition_file({}, edition.id, "counted", {})) == "AP-0226");
  CHECK(failure(world.service.edition_file({}, "none", "figures", {})) == "AP-0001");
  const auto empty = world.draft("Zonder cijfers");
  CHECK(failure(world.service.edition_file(world.editor(), empty.id, "figures", {})) == "AP-0226");
}

TEST_CASE("open data: without a writer of linked data there is no catalogue") {
  OpenWorld world;
  app::OpenDataService silent(
      {world.store, world.packs, world.real_records, world.indicators, world.clock, csv_sink, {}},
      {});
  CHECK(OpenWorld::failure(silent.catalogue(app::RdfFormat::kTurtle)) == "AP-0225");
}

}  // namespace
}  // namespace zicht::open_data
