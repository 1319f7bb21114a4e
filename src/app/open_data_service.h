// Open data: what everybody may see, described as DCAT-AP-NL asks and handed out as files.
//
//     ZICHT_TRY(catalogue, open_data.catalogue(RdfFormat::kTurtle));
//     ZICHT_TRY(file, open_data.register_file("bottlenecks/bottleneck", {.format = "csv"}));
//
// A register, a published edition and an indicator are open data where a visitor may read and take
// them and they say nothing of persons; nobody has to list them. Whoever is signed in is told the
// same as a visitor, but for the file of an edition, which is theirs to read before it is public.
// Shapes: docs/formats/open-data.md; decision 0050. Thread-safe; reads block on the store.
#pragma once

#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/answer.h"
#include "app/indicators_service.h"
#include "app/rdf.h"
#include "app/record_service.h"

namespace zicht::app {

// What an installation says of itself.
struct OpenDataOptions {
  std::string base;                 // "https://zicht.example.nl"; empty: addresses begin with /
  std::string publisher = "Zicht";  // who publishes, as people know them
  std::string publisher_address;    // that names them for machines; empty: a page of Zicht
  std::string contact_email;        // empty: the page about open data
  std::string licence = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl";
  std::vector<std::string> themes = {"SOCI"};  // codes of kDataThemes
};

// Themes of data of the European Union (EU Vocabularies, Data theme); the last part of its address.
struct DataTheme {
  std::string_view code, nl, en;
};
inline constexpr std::array<DataTheme, 13> kDataThemes = {
    {{"AGRI", "Landbouw, visserij, bosbouw en voeding",
      "Agriculture, fisheries, forestry and food"},
     {"ECON", "Economie en financiën", "Economy and finance"},
     {"EDUC", "Onderwijs, cultuur en sport", "Education, culture and sport"},
     {"ENER", "Energie", "Energy"},
     {"ENVI", "Milieu", "Environment"},
     {"GOVE", "Overheid en publieke sector", "Government and public sector"},
     {"HEAL", "Gezondheid", "Health"},
     {"INTR", "Internationale vraagstukken", "International issues"},
     {"JUST", "Justitie, rechtsstelsel en openbare veiligheid",
      "Justice, legal system and public safety"},
     {"REGI", "Regio's en steden", "Regions and cities"},
     {"SOCI", "Bevolking en samenleving", "Population and society"},
     {"TECH", "Wetenschap en technologie", "Science and technology"},
     {"TRAN", "Vervoer", "Transport"}}};

class OpenDataService {
 public:
  struct Ports {
    Store& store;
    PacksService& packs;
    RecordService& records;
    IndicatorsService& indicators;
    const Clock& clock;
    MakeTableSink make_sink;
    WriteRdf write_rdf;  // empty: there is no catalogue (AP-0225)
  };
  OpenDataService(Ports ports, OpenDataOptions options)
      : ports_(std::move(ports)), options_(std::move(options)) {}

  // What there is, described. Made anew when packs change, and every ten seconds at most: when it
  // is made tells nothing of what was written. While one caller makes it, others get the one
  // before. Errors: AP-0225, those of the store.
  [[nodiscard]] Result<SharedDocument> catalogue(RdfFormat format);

  struct Wanted {
    std::string format = "csv";  // or "xlsx"; "json" where figures are meant
    Language language = Language::kDutch;
  };
  // The rows of a register ("pack/form") that everybody may see. Errors: AP-0225 it is no open
  // data, AP-0076, those of RecordService::export_rows.
  [[nodiscard]] Result<ExportFile> register_file(const std::string& form, const Wanted& wanted);
  // The figures of an edition as they were frozen. Errors: AP-0001, AP-0226 they are not there for
  // this caller, AP-0076.
  [[nodiscard]] Result<ExportFile> edition_file(const Caller& caller, const std::string& record,
                                                const std::string& field, const Wanted& wanted);
  // The figures of an indicator as they are now. Errors: AP-0225, AP-0076, those of
  // IndicatorsService::read.
  [[nodiscard]] Result<ExportFile> indicator_file(const IndicatorName& name, const Wanted& wanted);

 private:
  class Turn;

  Result<RdfGraph> graph(const Rulebook& rules) const;
  // In its turn.
  Result<SharedDocument> make_catalogue(const Rulebook& rules, Instant now, RdfFormat format);

  const Ports ports_;
  const OpenDataOptions options_;
  std::mutex mutex_;
  std::condition_variable is_done_;
  // All guarded by mutex_; the store is read without it.
  bool is_being_made_ = false;
  std::string made_for_;  // rulebook id
  std::optional<Instant> made_at_;
  std::array<SharedDocument, 2> made_;  // by RdfFormat
};

}  // namespace zicht::app
