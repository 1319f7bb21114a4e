// Reports: the text of pages, held against what a screen reader, paper and a careless value need.
#include <doctest/doctest.h>

#include <limits>

#include "stats/report.h"

namespace zicht::stats {
namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_CASE("report: a page says its language and title, and asks nothing from outside") {
  const auto page = HtmlReport({.title = "Signalen", .notice = "Voorbeeldgegevens"}).html();
  CHECK(page.starts_with("<!DOCTYPE html>"));
  CHECK(has(page, "<html lang=\"nl\">"));
  CHECK(has(page, "<title>Signalen</title>"));
  CHECK(has(page, "<h1>Signalen</h1>\n<p class=\"warning\">Voorbeeldgegevens</p>"));
  for (const auto* part : {"<script", "http", "url(", "@import", "<link"}) CHECK(!has(page, part));
  CHECK(has(page, "prefers-color-scheme:dark"));
  CHECK(has(page, "@media print"));
}

TEST_CASE("report: no text becomes markup, wherever it stands") {
  const std::string evil = "<b onclick='x'>\"&\x01";
  HtmlReport report({.title = evil, .language = evil, .notice = evil});
  report.heading(evil);
  report.subheading(evil);
  report.paragraph(evil);
  report.warning(evil);
  report.table({.caption = evil, .columns = {evil}, .rows = {{evil, evil}}});
  report.chart({.title = evil,
                .label_heading = evil,
                .labels = {evil, evil},
                .series = {{evil, {1, 2}, SeriesShape::kLine}}});
  const auto page = report.html();
  CHECK(!has(page, "<b onclick"));
  CHECK(!has(page, "\x01"));
  CHECK(has(page, "&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;"));
}

TEST_CASE("report: a table has a caption, scopes and numbers to the right") {
  HtmlReport report({.title = "t"});
  report.table({.caption = "c", .columns = {"a", "b"}, .rows = {{"x", "1,5"}, {"y"}}});
  report.table({.caption = "leeg", .columns = {"a", "b"}, .rows = {}});
  const auto page = report.html();
  CHECK(has(page, ">c</caption>"));
  CHECK(has(page, "<th scope=\"col\">b</th>"));
  CHECK(has(page, "<th scope=\"row\">x</th><td class=\"number\">1,5</td>"));
  CHECK(has(page, "<th scope=\"row\">y</th><td></td>"));
  CHECK(has(page, "<td colspan=\"2\">Er zijn geen rijen.</td>"));
}

TEST_CASE("report: a chart has its numbers in a table beside it, with gaps empty") {
  const double gap = std::numeric_limits<double>::quiet_NaN();
  HtmlReport report({.title = "t"});
  report.chart({.title = "Reeks",
                .label_heading = "week",
                .labels = {"1", "2", "3"},
                .series = {{"aantal", {4, 0, 2}, SeriesShape::kBars},
                           {"verwacht", {1.5, gap, 2}, SeriesShape::kLine},
                           {"grens", {3, 3, 3}, SeriesShape::kDashes},
                           {"signaal", {4, gap, gap}, SeriesShape::kMarks}}});
  const auto page = report.html();
  CHECK(has(page, "role=\"img\" aria-labelledby=\"part-1\"><title id=\"part-1\">Reeks, van 1"));
  CHECK(count_of(page, "<rect class=\"bars\"") == 3);  // two values, and one in the legend
  CHECK(count_of(page, "<path class=\"marks\"") == 2);
  CHECK(has(page, "<th scope=\"row\">2</th><td class=\"number\">0</td><td></td>"));
  CHECK(count_of(page, "<li>") == 4);
}

TEST_CASE("report: a chart without a value is its table, one of equal values is drawn") {
  HtmlReport empty({.title = "t"});
  empty.chart({.title = "x", .label_heading = "w", .labels = {}, .series = {{"a", {}}}});
  CHECK(!has(empty.html(), "<svg"));
  CHECK(has(empty.html(), "Er zijn geen rijen."));
  HtmlReport zeros({.title = "t"});
  zeros.chart({.title = "x", .label_heading = "w", .labels = {"1"}, .series = {{"a", {0}}}});
  CHECK(has(zeros.html(), "<svg"));
  CHECK(!has(zeros.html(), "nan"));
}

TEST_CASE("report: numbers are written as people of the language read them") {
  CHECK(number_text(1234.5, 2, "nl") == "1234,5");
  CHECK(number_text(1234.5, 2, "en") == "1234.5");
  CHECK(number_text(10, 3, "nl") == "10");
  CHECK(number_text(-0.0001, 2, "nl") == "0");
  CHECK(number_text(2.5, 0, "nl") == "2");
  CHECK(number_text(std::numeric_limits<double>::infinity(), 2, "nl").empty());
}

}  // namespace
}  // namespace zicht::stats
