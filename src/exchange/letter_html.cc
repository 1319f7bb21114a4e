#include "exchange/letter_html.h"

#include <fmt/format.h>

#include "exchange/internal/letter_words.h"

namespace zicht::exchange {
namespace {

using internal::escaped;

constexpr std::string_view kStyle =
    "body{font:1rem/1.6 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "caption{text-align:left;font-weight:bold}ol{overflow-wrap:anywhere}"
    ".open{font-weight:bold;border:1px dashed}"
    "@media (prefers-color-scheme:dark){body{background:#161616;color:#f2f2f2}a{color:#9cc9ff}}"
    "@media print{body{margin:0;max-width:none;background:#fff;color:#000}a{color:#000}}";

class Page {
 public:
  explicit Page(const app::Letter& letter) : letter_(letter), words_(letter) {}

  std::string make() {
    body_ = fmt::format("<h1>{}</h1>\n<p>{}</p>\n", escaped(letter_.title),
                        escaped(words_.on(letter_)));
    for (const app::LetterSection& section : letter_.sections) add(section);
    if (!notes_.empty())
      body_ += fmt::format("<h2>{}</h2>\n<ol>\n{}</ol>\n", words_.sources(), notes_);
    return fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title>"
        "<meta name=\"viewport\" content=\"width=device-width\"><style>{}</style></head>\n"
        "<body><main>\n{}</main></body>\n</html>\n",
        letter_.language, escaped(letter_.title), kStyle, body_);
  }

 private:
  void add(const app::LetterSection& section) {
    const int level = section.level + 1;
    body_ += fmt::format("<h{0}>{1}</h{0}>\n", level, escaped(section.heading));
    for (const app::Sentence& sentence : section.sentences) {
      const std::string note = sentence.edited_by.empty() ? "" : words_.edited(sentence);
      body_ += fmt::format("<p>{}{}</p>\n", escaped(sentence.text), mark(sentence.sources, note));
    }
    for (const app::LetterTable& table : section.tables) add(table);
  }

  void add(const app::LetterTable& table) {
    body_ += fmt::format("<table><caption>{}{}</caption><thead><tr>", escaped(table.caption),
                         mark(table.sources, ""));
    for (const std::string& heading : table.headings)
      body_ += fmt::format("<th scope=\"col\">{}</th>", escaped(heading));
    body_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      body_ += "<tr>";
      for (const std::string& cell : row) body_ += fmt::format("<td>{}</td>", escaped(cell));
      body_ += "</tr>\n";
    }
    body_ += "</tbody></table>\n";
  }

  // What follows a sentence: the number of its note, or that it has no source.
  std::string mark(const std::vector<app::LetterSource>& sources, const std::string& note) {
    std::string made;
    if (sources.empty()) made = fmt::format(" <span class=\"open\">{}</span>", words_.no_source());
    const std::string text = internal::told(sources, letter_);
    if (text.empty() && note.empty()) return made;
    const std::string between = text.empty() || note.empty() ? "" : ". ";
    ++count_;
    notes_ += fmt::format("<li id=\"n{0}\">{1} <a href=\"#r{0}\">&uarr; {0}</a></li>\n", count_,
                          escaped(text + between + note));
    return made + fmt::format(" <sup><a id=\"r{0}\" href=\"#n{0}\">{0}</a></sup>", count_);
  }

  const app::Letter& letter_;
  const internal::LetterWords words_;
  std::string body_, notes_;
  int count_ = 0;
};

}  // namespace

std::string letter_html(const app::Letter& letter) { return Page(letter).make(); }

}  // namespace zicht::exchange
