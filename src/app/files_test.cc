// Files of records: what is taken and refused, who may get one back, and what is swept away. With
// files in memory, an inspector that knows a few signatures, and the probe pack's note.
#include "app/files.h"

#include <doctest/doctest.h>

#include "app/file_types.h"
#include "app/testing/probe_world.h"

namespace zicht::app {
namespace {

using testing::FakeFileStore;
using testing::FakeInspector;
using testing::parsed;
using testing::ProbeWorld;
using testing::RecordWorld;
using testing::with;

constexpr std::int64_t kHour = std::int64_t{3600} * 1000000;

struct FileWorld : RecordWorld {
  FakeInspector inspector;
  FileService service{{store, file_store, inspector, packs, clock, rng, reads},
                      {.file_bytes = 100, .waiting_bytes = 150, .waiting_files = 4}};
  Caller keeper = RecordWorld::keeper();

  std::string error_of(std::string_view name, std::string_view content) {
    const auto file = service.upload(keeper, name, content);
    return file ? "" : std::string(file.error().id);
  }
  FileMeta pdf(std::string_view name = "brief.pdf") {
    auto file = service.upload(keeper, name, "%PDF-1.7 een brief");
    REQUIRE(file.has_value());
    return *file;
  }
};

std::string value_of(const FileMeta& file) {
  return R"({"file":")" + file.id + R"(","name":")" + file.name + R"(","type":")" + file.type +
         R"(","size":)" + std::to_string(file.size) + "}";
}

std::string report_body(const std::string& attachment) {
  return R"({"form":"sample/tool","fields":{"name":"Ladder","kind":"saw","photo":)" + attachment +
         R"(},"reason":""})";
}

std::string content_of(FileService::Download& download) {
  std::string all, piece;
  while (true) {
    const auto more = download.pieces(piece);
    REQUIRE(more.has_value());
    if (!*more) return all;
    all += piece;
  }
}

TEST_CASE("files: a name, an empty, a large or a strange file is refused with its reason") {
  FileWorld world;
  CHECK(world.error_of("", "x") == "AP-0080");
  CHECK(world.error_of("../brief.pdf", "%PDF") == "AP-0080");
  CHECK(world.error_of("C:\\map\\brief.pdf", "%PDF") == "AP-0080");
  CHECK(world.error_of("brief\r\n.pdf", "%PDF") == "AP-0080");
  CHECK(world.error_of("fdp.\xE2\x80\xAE" "exe.pdf", "%PDF") == "AP-0080");  // turned
  CHECK(world.error_of("brief\xE2\x80\x8B.pdf", "%PDF") == "AP-0080");
  CHECK(world.error_of("brief\xFF.pdf", "%PDF") == "AP-0080");
  CHECK(world.error_of(".htaccess", "x") == "AP-0080");
  CHECK(world.error_of(std::string(201, 'a'), "x") == "AP-0080");
  CHECK(world.error_of("leeg.txt", "") == "AP-0081");
  CHECK(world.error_of("groot.txt", std::string(101, 'a')) == "AP-0082");
  CHECK(world.error_of("brief.pdf", "MZ program") == "AP-0083");
  CHECK(world.error_of("brief.pdf", "just words") == "AP-0083");
  CHECK(world.error_of("brief.pdf.exe", "%PDF") == "AP-0083");
  CHECK(world.error_of("brief.exe", "%PDF") == "AP-0083");
  CHECK(world.error_of("brief.txt", "a virus") == "EX-0052");
  CHECK(world.file_store.kept.empty());
  CHECK(world.error_of("Brief aan de ouders.PDF", "%PDF") == "");
}

TEST_CASE("files: what waits is bounded per account") {
  FileWorld world;
  CHECK(world.error_of("een.txt", std::string(90, 'a')) == "");
  CHECK(world.error_of("twee.txt", std::string(70, 'a')) == "AP-0084");
  CHECK(world.error_of("twee.txt", std::string(57, 'a')) == "");
  CHECK(world.error_of("drie.txt", "a") == "");
  CHECK(world.error_of("vier.txt", "a") == "");
  CHECK(world.error_of("vijf.txt", "a") == "AP-0084");  // there is room, but four wait
  world.keeper.account = "someone-else";
  CHECK(world.error_of("vijf.txt", "a") == "");
}

TEST_CASE("files: a record takes an upload, and who sees the field gets the content") {
  FileWorld world;
  const FileMeta file = world.pdf();
  const auto made = world.records.create(world.keeper, parsed(report_body(value_of(file))), {});
  REQUIRE(made.has_value());
  CHECK_FALSE(world.file_store.kept.at(file.id).record.empty());
  auto download = world.service.open(world.keeper, made->document.id, file.id, {});
  REQUIRE(download.has_value());
  CHECK(download->meta == file);
  CHECK(content_of(*download) == "%PDF-1.7 een brief");
  const auto hidden = world.service.open(RecordWorld::visitor(), made->document.id, file.id, {});
  REQUIRE_FALSE(hidden.has_value());
  CHECK(hidden.error().id == "AP-0001");
  const auto unknown = world.service.open(world.keeper, made->document.id, made->document.id, {});
  CHECK(unknown.error().id == "AP-0001");
}

TEST_CASE("files: nobody takes another's upload, one twice, or one under another name") {
  FileWorld world;
  const FileMeta file = world.pdf();
  const auto problem_of = [&](const Caller& caller, const FileMeta& claimed) {
    const auto made = world.records.create(caller, parsed(report_body(value_of(claimed))), {});
    if (made) return std::string();
    return made.error().problems.empty() ? std::string(made.error().id)
                                         : std::string(made.error().problems.front().id);
  };
  Caller other = world.keeper;
  other.account = "someone-else";
  CHECK(problem_of(other, file) == "AP-0085");
  FileMeta renamed = file;
  renamed.name = "factuur.pdf";
  CHECK(problem_of(world.keeper, renamed) == "AP-0085");
  CHECK(problem_of(world.keeper, file) == "");
  CHECK(problem_of(world.keeper, file) == "AP-0085");
  auto text = world.service.upload(world.keeper, "a.txt", "words");
  REQUIRE(text.has_value());
  CHECK(problem_of(world.keeper, *text) == "AP-0086");
}

// A note about a person with two letters that its readers see and a report that few do.
struct PersonFiles : ProbeWorld {
  FakeInspector inspector;
  FileService service{{store, file_store, inspector, packs, clock, rng, reads}, {}};
  FileMeta letter, report;
  std::string record;

  PersonFiles() {
    Caller both = worker();
    both.roles.emplace_back("probe/psychologist");
    letter = *service.upload(both, "brief.txt", "Beste Anna");
    report = *service.upload(both, "verslag.pdf", "%PDF-1.7 verslag");
    const std::string fields = R"({"child":")" + young + R"(","happened_on":"2026-01-20",)" +
                               R"("letters":[)" + value_of(letter) + R"(],"report":)" +
                               value_of(report) + "}";
    record = make(both, "probe/note", fields).id;
    read_log.clear();
  }
  // What came of it, and what the read log has of it: "content | action form persons".
  std::string got(const Caller& caller, const std::string& file) {
    read_log.clear();
    auto download = service.open(caller, record, file, {});
    const auto entries = read_log.entries();
    std::string text = download ? content_of(*download) : std::string(download.error().id);
    for (const ReadEntry& entry : entries) {
      text += " | " + entry.action + " " + entry.form + (entry.is_refused ? "refused" : "");
      for (const std::string& subject : entry.subjects) text += subject == young ? " young" : " ?";
    }
    return text;
  }
};

TEST_CASE("files: a download is noted before a piece can be had, a refused one too") {
  PersonFiles world;
  CHECK(world.got(world.worker(), world.letter.id) == "Beste Anna | file probe/note young");
  CHECK(world.got(RecordWorld::visitor(), world.letter.id) == "AP-0001");  // never noted
  CHECK(world.got(world.mate(), world.letter.id) == "AP-0001 | file refused young");
  // A file that is not there and one that may not be seen leave the same.
  CHECK(world.got(world.worker(), world.report.id) == "AP-0001 | file refused young");
  CHECK(world.got(world.worker(), std::string(26, '9')) == "AP-0001 | file refused young");
  world.read_log.fail(make_error("ST-0008"));
  CHECK(world.got(world.worker(), world.letter.id) == "ST-0008");
  CHECK(world.got(world.worker(), world.report.id) == "ST-0008");
}

TEST_CASE("files: purpose and sensitivity of the field decide who gets a file") {
  PersonFiles world;
  const auto outcome = [&](const Caller& caller, const FileMeta& file) {
    const std::string text = world.got(caller, file.id);
    return text.substr(0, text.find(" |"));
  };
  CHECK(outcome(with(world.worker(), ""), world.letter) == "AP-0001");
  CHECK(outcome(with(world.worker(), "probe/complaint"), world.letter) == "AP-0001");
  CHECK(outcome(world.worker(), world.letter) == "Beste Anna");
  CHECK(outcome(world.worker(), world.report) == "AP-0001");
  // Reads notes for complaints, but no letters in them.
  const Caller officer = with(world.officer(), "probe/complaint");
  CHECK(world.records.read(officer, world.record, {}).has_value());
  CHECK(outcome(officer, world.letter) == "AP-0001");
  Caller both = world.worker();
  both.roles.emplace_back("probe/psychologist");
  CHECK(outcome(both, world.report) == "%PDF-1.7 verslag");
}

TEST_CASE("files: a field takes no more files than its form says") {
  PersonFiles world;
  std::string letters;
  for (int i = 0; i < 4; ++i) {
    const auto file = world.service.upload(world.worker(), "brief.txt", "woorden");
    letters += (i == 0 ? "" : ",") + value_of(*file);
  }
  const std::string fields = R"({"fields":{"child":")" + world.young +
                             R"(","happened_on":"2026-01-20","letters":[)" + letters +
                             R"(]},"form":"probe/note"})";
  const auto made = world.records.create(world.worker(), parsed(fields), {});
  REQUIRE_FALSE(made.has_value());
  REQUIRE(made.error().problems.size() == 1);
  CHECK(made.error().problems.front().id == "MO-0119");
}

TEST_CASE("files: what no record took within a day is swept away") {
  FileWorld world;
  const FileMeta kept = world.pdf("een.pdf");
  REQUIRE(world.records.create(world.keeper, parsed(report_body(value_of(kept))), {}).has_value());
  world.pdf("twee.pdf");
  world.clock.advance_microseconds(kHour * 23);
  CHECK(world.service.sweep() == 0);
  world.clock.advance_microseconds(kHour * 2);
  CHECK(world.service.sweep() == 1);
  CHECK(world.file_store.kept.size() == 1);
}

TEST_CASE("files: types are told by content and endings, programs have none") {
  CHECK(find_file_type("application/x-dosexec") == nullptr);
  CHECK(find_file_type("text/html") == nullptr);
  CHECK(find_file_type("image/svg+xml") == nullptr);
  const FileType* photo = find_file_type("image/jpeg");
  REQUIRE(photo != nullptr);
  CHECK(photo->kind == "image");
  CHECK(has_ending_of("Foto.JPEG", *photo));
  CHECK_FALSE(has_ending_of("jpeg", *photo));
  CHECK_FALSE(has_ending_of("foto.jpeg.exe", *photo));
  CHECK(all_endings().find("docx") != std::string_view::npos);
}

}  // namespace
}  // namespace zicht::app
