// Open data over the packs sample and indicators, with a store in memory and the real writers of
// files; people of those packs, and editions in every state.
#pragma once

#include <memory>
#include <string>

#include "app/open_data_service.h"
#include "app/testing/record_world.h"
#include "exchange/csv.h"
#include "exchange/rdf.h"

namespace zicht::open_data {

inline std::unique_ptr<app::TableSink> csv_sink(std::string_view format, app::Language) {
  if (format != "csv") return nullptr;
  return std::make_unique<exchange::CsvSink>();
}

struct OpenWorld : app::testing::RecordWorld {
  explicit OpenWorld(app::OpenDataOptions told = {}) : options(std::move(told)) {
    REQUIRE_FALSE(
        packs.activate({packs::testing::read_folder("tests/packs/indicators")}, "system").error);
  }

  static app::Caller editor(const char* name = "eva") {
    return person(name, "north", {"indicators/editor"});
  }
  void roofs(int count, const char* fields) {
    const auto roofer = person("kim", "north", {"indicators/keeper"});
    for (int i = 0; i < count; ++i) make(roofer, "indicators/roof", fields);
  }
  app::Document draft(const std::string& title) {
    return make(editor(), "indicators/edition", R"({"title":")" + title + R"("})");
  }
  app::Document counted(const std::string& title, const std::string& day) {
    app::Document edition = draft(title);
    REQUIRE(step(editor(), edition, "count", R"({"reference_day":")" + day + R"("})") == "");
    return edition;
  }
  app::Document published(const std::string& title, const std::string& day) {
    app::Document edition = counted(title, day);
    REQUIRE(step(editor("ed"), edition, "publish") == "");
    return edition;
  }

  std::string catalogue(app::RdfFormat format) {
    const auto made = service.catalogue(format);
    REQUIRE(made.has_value());
    return *made->json;
  }

  app::OpenDataOptions options;
  app::IndicatorsService indicators{{store, packs, clock, places}};
  app::RecordService real_records{
      {store, packs, organisations, feed, clock, rng, csv_sink, reads, file_store, places}};
  app::OpenDataService service{
      {store, packs, real_records, indicators, clock, csv_sink, exchange::rdf_text}, options};
};

inline constexpr const char* kFlatRoof =
    R"({"what":"dak","shape":"flat","is_green":true,"leaks":1,"surface":"10"})";
inline constexpr const char* kRoundRoof =
    R"({"what":"dak","shape":"round","is_green":false,"leaks":2,"surface":"10"})";

}  // namespace zicht::open_data
