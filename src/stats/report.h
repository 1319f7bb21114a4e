// HtmlReport: one self-contained page for people, with tables and small charts.
//
//     HtmlReport report({.title = "Signalen van week 12", .language = "nl"});
//     report.heading("Wat opvalt");
//     report.paragraph("Drie reeksen kregen meer meldingen dan verwacht.");
//     report.table({.caption = "Signalen", .columns = {"Reeks", "Aantal"}, .rows = {{"a", "7"}}});
//     report.chart({.title = "Reeks a", .labels = weeks, .series = {{"Aantal", counts}}});
//     write(report.html());
//
// The page holds everything it needs: no script, no font, no address outside. It has a language, a
// title, headings in order, tables with caption and scopes, a chart always with a table of the same
// numbers beside it, prints on paper, and follows the dark mode of the reader. Series differ by
// shape and dashes as well as by colour. All text is escaped, so that data cannot become markup.
// It does not judge, translate or round beyond what is said below. Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zicht::stats {

struct ReportHead {
  std::string title;
  std::string language = "nl";  // BCP 47
  std::string notice{};         // stands below the title on the page, such as "Voorbeeldgegevens"
};

struct ReportTable {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // the first cell of a row is its header
};

enum class SeriesShape { kBars, kLine, kDashes, kMarks };

struct ChartSeries {
  std::string name;
  std::vector<double> values;  // one for each label; NaN or infinite: a gap, an empty cell
  SeriesShape shape = SeriesShape::kBars;
};

struct Chart {
  std::string title;
  std::string label_heading;        // what the labels are, such as "week"
  std::vector<std::string> labels;  // along the bottom, in order
  std::vector<ChartSeries> series;
};

class HtmlReport {
 public:
  explicit HtmlReport(ReportHead head);

  void heading(std::string_view text);     // of the sections below the title
  void subheading(std::string_view text);  // within a section
  void paragraph(std::string_view text);
  void warning(std::string_view text);  // a paragraph that stands out, also without colour

  // Rows that are too short are filled with empty cells. A table without rows says so.
  void table(const ReportTable& table);

  // From zero, or from the lowest value where that is negative. A chart without a finite value is
  // its table alone. Requires: as many values in each series as there are labels.
  void chart(const Chart& chart);

  // The whole page, UTF-8.
  [[nodiscard]] std::string html() const;

 private:
  [[nodiscard]] std::string identifier();

  ReportHead head_;
  std::string body_;
  int last_identifier_ = 0;
};

// As people read a number in `language`: at most `decimals` behind the sign, no zeros at the end, a
// decimal comma unless the language is English; empty where it is not finite.
[[nodiscard]] std::string number_text(double value, int decimals, std::string_view language);

// With & < > " ' as entities, and without what HTML forbids (control characters).
[[nodiscard]] std::string html_escaped(std::string_view text);

}  // namespace zicht::stats
