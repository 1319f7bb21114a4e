// The processing register and the pre-DPIA of the probe pack, by example: what a pack says stands
// in them, what it cannot know is named as such, and every form about persons has a row.
#include "app/processing_register.h"

#include <doctest/doctest.h>

#include "app/processing_service.h"
#include "app/testing/probe_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::ProbeWorld;
using testing::RecordWorld;

// The row of this form, or of the question that begins like this.
const std::vector<std::string>* row_of(const TextTable& table, const std::string& text) {
  for (const auto& row : table.rows) {
    if (row[1] == text) return &row;
  }
  return nullptr;
}
const std::vector<std::string>* row_beginning(const TextTable& table, const std::string& text) {
  for (const auto& row : table.rows) {
    if (row[0].starts_with(text)) return &row;
  }
  return nullptr;
}

std::vector<model::PackPtr> probe(ProbeWorld& world) {
  return {world.packs.rules()->packs.active("probe")};
}

TEST_CASE("register: each form about persons has a row with all that article 30 asks") {
  ProbeWorld world;
  const auto packs = probe(world);
  for (const Language language : {Language::kDutch, Language::kEnglish}) {
    const TextTable table = processing_table(ProcessingDocument::kRegister, packs, language);
    std::size_t about_persons = 0;
    for (const model::Form& form : packs[0]->forms) {
      CAPTURE(form.id);
      const auto* row = row_of(table, form.full_id());
      CHECK((row != nullptr) == form.is_about_persons());
      if (row == nullptr) continue;
      ++about_persons;
      CHECK(row->size() == table.headings.size());
      for (const std::string& cell : *row) CHECK_FALSE(cell.empty());
    }
    CHECK(table.rows.size() == about_persons);
  }
  const TextTable table = processing_table(ProcessingDocument::kRegister, packs,
                                           Language::kDutch);
  const auto& note = *row_of(table, "probe/note");
  CHECK(note[2] == "De aanbieder");
  CHECK(note[4] == "Verzonnen wet 4");
  CHECK(note[5] == "Kinderen");
  CHECK(note[6].find("vertrouwelijk: Wat er gebeurde, Brieven") != std::string::npos);
  CHECK(note[6].find("geheim: Zorg, Verslag") != std::string::npos);
  CHECK(note[7] == "gezondheid");
  CHECK(note[10] == "P15Y");
  CHECK(note[11].find("4 velden verzegeld") != std::string::npos);
  CHECK(note[11].find("noodtoegang") != std::string::npos);
  CHECK((*row_of(table, "probe/assignment"))[5] == "Kinderen, medewerkers");
  CHECK((*row_of(table, "probe/custody"))[7] == "geen genoemd");
  REQUIRE(table.notes.size() == 1);
  CHECK(table.notes[0].find("functionaris gegevensbescherming") != std::string::npos);
}

TEST_CASE("pre-DPIA: the nine criteria are asked, and what a pack cannot know stays open") {
  ProbeWorld world;
  const TextTable table =
      processing_table(ProcessingDocument::kPreDpia, probe(world), Language::kDutch);
  int criteria = 0;
  for (const auto& row : table.rows) {
    REQUIRE(row.size() == table.headings.size());
    if (row[0][0] >= '1' && row[0][0] <= '9') ++criteria;
  }
  CHECK(criteria == 9);
  const auto says = [&](const char* question) { return (*row_beginning(table, question))[2]; };
  const auto open = [&](const char* question) { return (*row_beginning(table, question))[3]; };
  CHECK(says("4. ").starts_with("Ja: "));
  CHECK(says("4. ").find("Notitie (gezondheid)") != std::string::npos);
  CHECK(says("7. ").starts_with("Ja: "));
  CHECK(says("5. ").starts_with("Niet uit het pakket op te maken."));
  CHECK(open("5. ").find("aantal mensen") != std::string::npos);
  CHECK(says("2. ").find("Geen stap gaat vanzelf.") != std::string::npos);
  CHECK(says("Uitkomst").starts_with("2 van de negen"));
  // A pack without persons asks nothing.
  CHECK(processing_table(ProcessingDocument::kPreDpia,
                         {world.packs.rules()->packs.active("sample")}, Language::kDutch)
            .rows.empty());
}

TEST_CASE("register: as Markdown and as a file, for who answers for it alone") {
  ProbeWorld world;
  const MakeTableSink make_sink = [&](std::string_view format, Language) {
    std::unique_ptr<TableSink> sink;
    if (format == "csv") sink = std::make_unique<testing::RecordingSink>(world.table);
    return sink;
  };
  const ProcessingService service(world.packs, make_sink);
  const Caller officer = RecordWorld::person("fg", "north", {"privacy-officer"});
  const auto exported = [&](const std::string& format) {
    return service.export_file(officer, "register", json::object{{"format", format}},
                               Language::kEnglish);
  };
  const auto markdown = exported("md");
  REQUIRE(markdown.has_value());
  CHECK(markdown->file_name == "register.md");
  CHECK(markdown->content.starts_with("# Processing register"));
  CHECK(markdown->content.find("\n## Trial file: Notes\n") != std::string::npos);
  CHECK(markdown->content.find("- **Controller**: The provider\n") != std::string::npos);
  const auto csv = exported("csv");
  REQUIRE(csv.has_value());
  CHECK(csv->content.find("Trial file: Notes|probe/note|The provider|") != std::string::npos);
  CHECK(world.failure(exported("pdf")) == "AP-0076");
  CHECK(world.failure(service.read(officer, "dpia", Language::kDutch)) == "AP-0006");
  for (const Caller& caller : {RecordWorld::visitor(), world.planner(), world.worker()}) {
    CHECK(world.failure(service.read(caller, "register", Language::kDutch)) == "AP-0002");
  }
  const auto read = service.read(RecordWorld::auditor(), "pre-dpia", Language::kDutch);
  REQUIRE(read.has_value());
  CHECK(parsed(*read).at("headings").as_array().size() == 4);
}

TEST_CASE("register: what would be markup in a text stays text") {
  const TextTable table{"A *b*", {"One", "Two"}, {{"x|y", "<b>\nz"}}, {"_n_"}};
  CHECK(to_markdown(table) ==
        "# A \\*b\\*\n\n## x\\|y\n\n- **Two**: \\<b\\> z\n\n\\_n\\_\n");
}

}  // namespace
}  // namespace zicht::app
