// Letters as HTML and OpenDocument text: each sentence with its sources, no text becomes markup.
#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <map>
#include <memory>

#include "exchange/letter_html.h"
#include "exchange/letter_odt.h"

namespace zicht::exchange {
namespace {

using app::Letter;
using app::LetterSource;
using app::SourceKind;

Letter sample() {
  const LetterSource record{SourceKind::kRecord, "p/f/a", "3", "Wat <is> gezegd", {}};
  const LetterSource figure{SourceKind::kIndicator, "p/i", "", "Aantal", Date::of(2026, 1, 1)};
  Letter letter;
  letter.title = "Brief & <meer>";
  letter.language = "nl";
  letter.on = Date::of(2026, 1, 31);
  letter.sections.push_back({"Deel \"een\"",
                             1,
                             {{"a", "Een < twee.", {record}, "J. Jansen", "Een."},
                              {"b", std::string("Los\x01."), {}, "", ""}},
                             {{"t", "Cijfers", {"Wat", "Hoeveel"}, {{"A", "1"}}, {figure}}}});
  letter.sections.push_back({"Deel twee", 2, {}, {}});
  return letter;
}

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// name -> content, in a reader that is not ours.
std::map<std::string, std::string> members_of(const std::string& zip) {
  struct Close {
    void operator()(archive* opened) const { archive_read_free(opened); }
  };
  const std::unique_ptr<archive, Close> opened(archive_read_new());
  archive_read_support_format_zip_seekable(opened.get());
  REQUIRE(archive_read_open_memory(opened.get(), zip.data(), zip.size()) == ARCHIVE_OK);
  std::map<std::string, std::string> members;
  archive_entry* entry = nullptr;
  while (archive_read_next_header(opened.get(), &entry) == ARCHIVE_OK) {
    std::string content(static_cast<std::size_t>(archive_entry_size(entry)), '\0');
    const auto read = archive_read_data(opened.get(), content.data(), content.size());
    REQUIRE(read == static_cast<la_ssize_t>(content.size()));
    members.emplace(archive_entry_pathname(entry), std::move(content));
  }
  return members;
}

TEST_CASE("letter as HTML: every sentence leads to its sources") {
  const std::string page = letter_html(sample());
  CHECK(count(page, "<html lang=\"nl\">") == 1);
  CHECK(count(page, "<h1>Brief &amp; &lt;meer&gt;</h1>") == 1);
  CHECK(count(page, "<h2>Deel &quot;een&quot;</h2>") == 1);
  CHECK(count(page, "<h3>Deel twee</h3>") == 1);
  CHECK(count(page, "<th scope=\"col\">") == 2);
  CHECK(count(page, "<sup><a id=\"r") == 2);
  CHECK(count(page,
              "<li id=\"n1\">Wat &lt;is&gt; gezegd (p/f/a), versie 3. Bewerkt door J. Jansen") ==
        1);
  CHECK(count(page, "Aantal (p/i), peildatum 2026-01-01") == 1);
  CHECK(count(page, "<span class=\"open\">[zonder bron]</span>") == 1);
  CHECK(count(page, "\x01") == 0);
}

TEST_CASE("letter as ODT: headings, language, heading rows and a footnote per sentence") {
  const std::string odt = letter_odt(sample());
  CHECK(odt == letter_odt(sample()));
  CHECK(odt.substr(30, 47) == "mimetypeapplication/vnd.oasis.opendocument.text");
  const auto members = members_of(odt);
  REQUIRE(members.size() == 5);
  const std::string& content = members.at("content.xml");
  CHECK(count(content, "text:outline-level=\"1\">Brief &amp; &lt;meer&gt;</text:h>") == 1);
  CHECK(count(content, "text:outline-level=\"2\"") == 1);
  CHECK(count(content, "text:outline-level=\"3\"") == 1);
  CHECK(count(content, "<text:note ") == 2);
  CHECK(count(content, "Wat &lt;is&gt; gezegd (p/f/a), versie 3. Bewerkt door J. Jansen") == 1);
  CHECK(count(content, "[zonder bron]") == 1);
  CHECK(count(content, "<table:table-header-rows>") == 1);
  CHECK(count(content, "<table:table-row>") == 2);
  CHECK(count(content, "\x01") == 0);
  CHECK(count(members.at("styles.xml"), R"(fo:language="nl" fo:country="NL")") == 1);
  CHECK(count(members.at("meta.xml"), "<dc:title>Brief &amp; &lt;meer&gt;</dc:title>") == 1);
  Letter english = sample();
  english.language = "en";
  CHECK(count(members_of(letter_odt(english)).at("styles.xml"), R"(fo:language="en")") == 1);
  CHECK(count(letter_html(english), "[without source]") == 1);
}

}  // namespace
}  // namespace zicht::exchange
