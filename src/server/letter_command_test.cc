// zicht letter as a person runs it, with LibreOffice and with programs that behave badly in its
// place; what a PDF is tagged with is told by poppler and qpdf.
#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <sstream>

#include "server/office_worker.h"
#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

constexpr const char* kLetter = "docs/handboek/voorbeelden/voortgangsbrief.yaml";

std::string output_of(const std::string& command) {
  struct Close {
    void operator()(std::FILE* file) const { pclose(file); }
  };
  const std::unique_ptr<std::FILE, Close> pipe(popen(command.c_str(), "r"));
  REQUIRE(pipe != nullptr);
  std::string text;
  std::array<char, 4096> block{};
  std::size_t got = 0;
  while ((got = std::fread(block.data(), 1, block.size(), pipe.get())) > 0)
    text.append(block.data(), got);
  return text;
}

bool is_installed(const char* program) {
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (std::filesystem::exists(folder + "/" + program)) return true;
  }
  return false;
}

// Whether a test cannot run here; told, and counted by doctest as skipped. Asked before the tests
// begin, so without its checks.
bool lacks(std::initializer_list<const char*> programs) {
  for (const char* program : programs) {
    if (is_installed(program)) continue;
    std::fprintf(stderr, "skipped: %s is not installed\n", program);
    return true;
  }
  return false;
}

// A program in place of soffice.
std::string program(const Desk& desk, const std::string& script) {
  const std::string path = desk.folder + "/office";
  REQUIRE(write_file(path, "#!/bin/sh\n" + script + "\n", false));
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}

// The folders of work that are left behind.
std::size_t left_behind() {
  std::size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::temp_directory_path())) {
    if (entry.path().filename().string().starts_with("zicht-letter-")) ++count;
  }
  return count;
}

std::string error_of(const OfficeOptions& options) {
  const auto made = OfficeWorker(options).make_pdf("no document");
  REQUIRE_FALSE(made.has_value());
  return made.error().id;
}

TEST_CASE("command letter: makes a page and a text document, over nothing that is there") {
  const Desk zicht;
  const std::string page = zicht.folder + "/brief.html", text = zicht.folder + "/brief.odt";
  CHECK(zicht({"letter", "make", kLetter, "--to", page, "--final"}).code == kGood);
  CHECK(zicht({"letter", "make", kLetter, "--to", text}).code == kGood);
  CHECK(has(*read_file(page), "Termijn voorbij, uitkomst onbekend"));
  CHECK(has(*read_file(text), "opendocument.text"));
  CHECK(has(zicht({"letter", "make", kLetter, "--to", page}).complained, "SV-0084"));
  CHECK(has(zicht({"letter", "make", kLetter, "--to", zicht.folder + "/brief.doc"}).complained,
            "AP-0253"));
  CHECK(zicht({"letter", "make", kLetter}).code == kUsage);
  CHECK(has(zicht({"letter", "make", zicht.folder + "/none", "--to", "x.odt"}).complained,
            "SV-0030"));
}

TEST_CASE("command letter: refuses to be final without sources, and compares versions") {
  const Desk zicht;
  const std::string other = zicht.folder + "/letter.yaml", page = zicht.folder + "/brief.html";
  std::string text = *read_file(kLetter);
  const std::string words = "Toezegging A is nagekomen op 1 maart 2026.";
  text.replace(text.find(words), words.size(), "Toezegging A is nagekomen.");
  text += "  - heading: Meer\n    sentences: [{id: los, text: Los.}]\n";
  REQUIRE(write_file(other, text, false));
  const auto refused = zicht({"letter", "make", other, "--to", page, "--final"});
  CHECK(refused.code == kBad);
  CHECK(has(refused.complained, "AP-0251"));
  CHECK(has(refused.complained, "los"));
  CHECK_FALSE(exists(page));
  CHECK(zicht({"letter", "make", other, "--to", page}).code == kGood);
  const auto told = zicht({"letter", "compare", kLetter, other});
  CHECK(has(told.said, "- " + words));
  CHECK(has(told.said, "+ Toezegging A is nagekomen."));
  CHECK(has(told.said, "+ Los."));
  CHECK(has(zicht({"letter", "compare", kLetter, other, "--json"}).said, R"("change":"added")"));
}

TEST_CASE("office worker: tells what went wrong and leaves nothing behind") {
  const Desk zicht;
  const std::size_t before = left_behind();
  CHECK(error_of({.program = zicht.folder + "/none"}) == "SV-0090");
  CHECK(error_of({.program = "no-such-office-program"}) == "SV-0090");
  const std::string pdf = zicht.folder + "/brief.pdf";
  const auto told =
      zicht({"letter", "make", kLetter, "--to", pdf, "--office", zicht.folder + "/none"});
  CHECK(has(told.complained, "libreoffice-writer-nogui"));
  CHECK_FALSE(exists(pdf));
  CHECK(error_of({.program = program(zicht, "exit 3")}) == "SV-0092");
  CHECK(error_of({.program = program(zicht, "kill -SEGV $$")}) == "SV-0092");
  CHECK(error_of({.program = program(zicht, "exit 0")}) == "SV-0092");
  const std::string made = "mkdir out; echo nonsense > out/letter.pdf";
  CHECK(error_of({.program = program(zicht, made)}) == "SV-0092");
  const std::string large = "mkdir out; exec head -c 2000000 /dev/zero > out/letter.pdf";
  CHECK(error_of({.program = program(zicht, large), .most_bytes = 1'000'000}) == "SV-0092");
  const auto start = std::chrono::steady_clock::now();
  CHECK(error_of({.program = program(zicht, "sleep 60 & sleep 60"),
                  .time = std::chrono::seconds(1)}) == "SV-0091");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  CHECK(left_behind() == before);
}

TEST_CASE("office worker: its program and limits are those of the configuration, or it is told") {
  const Desk zicht;
  Config config;
  CHECK(office_options(config).program == "soffice");
  CHECK(office_options(config).time == std::chrono::seconds(60));
  const std::string path = program(zicht, "exit 0");
  config = parse_config("office_program = " + path + "\noffice_seconds = 5\noffice_file_mib = 2\n",
                        "zicht.conf")
               .config;
  const OfficeOptions options = office_options(config);
  CHECK(options.program == path);
  CHECK(options.time == std::chrono::seconds(5));
  CHECK(options.most_bytes == std::uint64_t{2} << 20);
  CHECK(OfficeWorker(options).check_program().has_value());
  // What cannot even be looked at is no program.
  std::filesystem::create_symlink("loop", zicht.folder + "/loop");
  CHECK(error_of({.program = zicht.folder + "/loop"}) == "SV-0090");
  // A server does not begin with a program that is not there.
  REQUIRE(zicht({"init"}).code == kGood);
  const std::string wrong = "office_program = " + zicht.folder + "/none\n";
  REQUIRE(write_file(zicht.config_file(), wrong, false));
  const auto told = zicht({"serve", "--port", "0", "--config", zicht.config_file()});
  CHECK(told.code == kBad);
  CHECK(has(told.complained, "SV-0100"));
  // A name without its folder would be another program for another user.
  for (const char* line :
       {"office_program = soffice", "office_seconds = 0", "office_file_mib = x"}) {
    CAPTURE(line);
    CHECK(parse_config(line, "zicht.conf").diagnostics.at(0).id == "SV-0004");
  }
}

TEST_CASE("office worker: a PDF is tagged, with title, language, headings and scopes" *
          doctest::skip(lacks({"soffice", "pdfinfo", "qpdf"}))) {
  const Desk zicht;
  const std::string pdf = zicht.folder + "/brief.pdf";
  const auto told = zicht({"letter", "make", kLetter, "--to", pdf, "--final"});
  REQUIRE_MESSAGE(told.code == kGood, told.complained);
  const std::string about = output_of("pdfinfo " + pdf);
  CHECK(has(about, "Title:           Voortgangsbrief: wat is gezegd"));
  CHECK(has(about, "Tagged:          yes"));
  const std::string inside = output_of("qpdf --qdf --object-streams=disable " + pdf + " -");
  CHECK(has(inside, "/Lang (nl-NL)"));
  for (const char* tag : {"/S /H1", "/S /H2", "/S /H3", "/S /TH", "/S /TD", "/Scope /Column"})
    CHECK_MESSAGE(has(inside, tag), tag);
  // One for each of three sentences, and one for the table.
  std::size_t notes = 0;
  for (auto at = inside.find("/S /Note"); at != std::string::npos;
       at = inside.find("/S /Note", at + 1))
    ++notes;
  CHECK(notes == 4);
}

}  // namespace
}  // namespace zicht::server
