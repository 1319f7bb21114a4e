#include "exchange/letter_odt.h"

#include <fmt/format.h>

#include "exchange/internal/letter_words.h"
#include "exchange/internal/stored_zip.h"

namespace zicht::exchange {
namespace {

using internal::escaped;

constexpr std::string_view kType = "application/vnd.oasis.opendocument.text";

constexpr std::string_view kNamespaces =
    R"(xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" )"
    R"(xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" )"
    R"(xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" )"
    R"(xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" )"
    R"(xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" )"
    R"(xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" )"
    R"(xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3")";

constexpr std::string_view kManifest =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" )"
    R"(manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" )"
    R"(manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
)";

std::string xml(std::string_view root, const std::string& inside) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:{0} {1}>{2}</office:{0}>\n", root,
      kNamespaces, inside);
}

std::string paragraph_style(std::string_view name, std::string_view shown, std::string_view more,
                            std::string_view text) {
  return fmt::format(
      R"(<style:style style:name="{}" style:display-name="{}" style:family="paragraph" )"
      R"(style:parent-style-name="Standard" style:class="text"{}>)"
      R"(<style:paragraph-properties fo:margin-top="0.15cm" fo:margin-bottom="0.15cm"/>)"
      R"(<style:text-properties {}/></style:style>)",
      name, shown, more, text);
}

std::string styles_xml(const app::Letter& letter) {
  const bool is_dutch = letter.language != "en";
  std::string made = fmt::format(
      R"(<office:styles><style:default-style style:family="paragraph"><style:text-properties )"
      R"(fo:font-size="11pt" fo:language="{}" fo:country="{}"/></style:default-style>)"
      R"(<style:style style:name="Standard" style:family="paragraph" style:class="text"/>)",
      is_dutch ? "nl" : "en", is_dutch ? "NL" : "GB");
  const std::string_view bold = R"(fo:font-weight="bold" fo:font-size="{}")";
  for (int level = 1; level <= 3; ++level) {
    made += paragraph_style(
        fmt::format("Heading_20_{}", level), fmt::format("Heading {}", level),
        fmt::format(R"( style:default-outline-level="{}" style:next-style-name="Standard")", level),
        fmt::format(fmt::runtime(bold), level == 1   ? "18pt"
                                        : level == 2 ? "14pt"
                                                     : "12pt"));
  }
  made += paragraph_style("Table_20_Heading", "Table Heading", "", R"(fo:font-weight="bold")");
  made += paragraph_style("Table_20_Contents", "Table Contents", "", R"(fo:font-size="10pt")");
  made += paragraph_style("Caption", "Caption", "", R"(fo:font-weight="bold")");
  made += paragraph_style("Footnote", "Footnote", "", R"(fo:font-size="9pt")");
  made +=
      "</office:styles><office:automatic-styles><style:page-layout style:name=\"a4\">"
      "<style:page-layout-properties fo:page-width=\"21cm\" fo:page-height=\"29.7cm\" "
      "fo:margin=\"2cm\"/></style:page-layout></office:automatic-styles>"
      "<office:master-styles><style:master-page style:name=\"Standard\" "
      "style:page-layout-name=\"a4\"/></office:master-styles>";
  return xml("document-styles", made);
}

std::string meta_xml(const app::Letter& letter) {
  return xml(
      "document-meta",
      fmt::format("<office:meta><meta:generator>Zicht</meta:generator><dc:title>{}</dc:title>"
                  "<dc:language>{}</dc:language></office:meta>",
                  escaped(letter.title), letter.language == "en" ? "en-GB" : "nl-NL"));
}

class Content {
 public:
  explicit Content(const app::Letter& letter) : letter_(letter), words_(letter) {}

  std::string make() {
    heading(1, letter_.title);
    paragraph("Standard", escaped(words_.on(letter_)));
    for (const app::LetterSection& section : letter_.sections) add(section);
    return xml("document-content",
               "<office:automatic-styles><style:style style:name=\"cell\" "
               "style:family=\"table-cell\"><style:table-cell-properties fo:padding=\"0.1cm\" "
               "fo:border=\"0.5pt solid #767676\"/></style:style></office:automatic-styles>"
               "<office:body><office:text>" +
                   body_ + "</office:text></office:body>");
  }

 private:
  void heading(int level, const std::string& text) {
    body_ += fmt::format(
        R"(<text:h text:style-name="Heading_20_{0}" text:outline-level="{0}">{1}</text:h>)", level,
        escaped(text));
  }

  void paragraph(std::string_view style, const std::string& inside) {
    body_ += fmt::format(R"(<text:p text:style-name="{}">{}</text:p>)", style, inside);
  }

  void add(const app::LetterSection& section) {
    heading(section.level + 1, section.heading);
    for (const app::Sentence& sentence : section.sentences) {
      const std::string note = sentence.edited_by.empty() ? "" : words_.edited(sentence);
      paragraph("Standard", escaped(sentence.text) + mark(sentence.sources, note));
    }
    for (const app::LetterTable& table : section.tables) add(table);
  }

  void add(const app::LetterTable& table) {
    paragraph("Caption", escaped(table.caption) + mark(table.sources, ""));
    body_ += fmt::format(
        R"(<table:table table:name="{}"><table:table-column table:number-columns-repeated="{}"/>)"
        "<table:table-header-rows>",
        escaped(table.id), table.headings.size());
    row(table.headings, "Table_20_Heading");
    body_ += "</table:table-header-rows>";
    for (const auto& cells : table.rows) row(cells, "Table_20_Contents");
    body_ += "</table:table>";
  }

  void row(const std::vector<std::string>& cells, std::string_view style) {
    body_ += "<table:table-row>";
    for (const std::string& cell : cells) {
      body_ += R"(<table:table-cell table:style-name="cell" office:value-type="string">)";
      paragraph(style, escaped(cell));
      body_ += "</table:table-cell>";
    }
    body_ += "</table:table-row>";
  }

  std::string mark(const std::vector<app::LetterSource>& sources, const std::string& note) {
    const std::string made = sources.empty() ? " " + words_.no_source() : "";
    const std::string text = internal::told(sources, letter_);
    if (text.empty() && note.empty()) return made;
    const std::string between = text.empty() || note.empty() ? "" : ". ";
    ++count_;
    return made + fmt::format(R"(<text:note text:id="ftn{0}" text:note-class="footnote">)"
                              "<text:note-citation>{0}</text:note-citation><text:note-body>"
                              R"(<text:p text:style-name="Footnote">{1}</text:p></text:note-body>)"
                              "</text:note>",
                              count_, escaped(text + between + note));
  }

  const app::Letter& letter_;
  const internal::LetterWords words_;
  std::string body_;
  int count_ = 0;
};

}  // namespace

std::string letter_odt(const app::Letter& letter) {
  internal::StoredZip zip;
  zip.add("mimetype", kType);
  zip.add("META-INF/manifest.xml", kManifest);
  zip.add("content.xml", Content(letter).make());
  zip.add("styles.xml", styles_xml(letter));
  zip.add("meta.xml", meta_xml(letter));
  return zip.finish();
}

}  // namespace zicht::exchange
