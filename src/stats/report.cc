#include "stats/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"

namespace zicht::stats {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#767676;--soft:#f0f0f0;
--one:#1f5f8b;--two:#a13d00;--three:#4b4b4b;--four:#8a1046}
@media (prefers-color-scheme:dark){:root{--ink:#ededed;--paper:#161616;--line:#8f8f8f;
--soft:#262626;--one:#7cc0ee;--two:#ffb07a;--three:#c8c8c8;--four:#ff9cc5}}
body{font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:75rem;margin:0 auto;padding:1rem}
h1,h2,h3{line-height:1.2}
p{max-width:45rem}
.warning{border:2px solid var(--ink);padding:.5rem 1rem}
.scroll{overflow:auto;max-height:24rem}
.scroll:focus-visible{outline:3px solid var(--one)}
table{border-collapse:collapse;margin:0 0 1rem}
caption{text-align:left;font-weight:bold;padding:.25rem 0}
th,td{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}
thead th{background:var(--soft)}
td.number{text-align:right;font-variant-numeric:tabular-nums}
figure{margin:1rem 0;display:flex;flex-wrap:wrap;gap:1rem}
figure>div{flex:1 1 20rem;min-width:0}
svg{width:100%;height:auto}
svg text{fill:var(--ink);font:12px system-ui,sans-serif}
.axis{stroke:var(--line);fill:none}
.legend{list-style:none;padding:0}
.legend svg{width:2.5rem;height:1rem;vertical-align:middle;margin-right:.5rem}
.s0{--c:var(--one)}.s1{--c:var(--two)}.s2{--c:var(--three)}.s3{--c:var(--four)}
.bars{fill:var(--c)}
.line{stroke:var(--c);fill:none;stroke-width:2}
.dashes{stroke:var(--c);fill:none;stroke-width:2;stroke-dasharray:6 4}
.marks{stroke:var(--c);fill:var(--paper);stroke-width:2}
@media print{body{max-width:none;padding:0}.scroll{max-height:none;overflow:visible}
figure{break-inside:avoid}thead{display:table-header-group}tr{break-inside:avoid}}
)";

struct Words {
  std::string_view nothing, from, to;
};

Words words_of(std::string_view language) {
  if (language.starts_with("en")) return {"There are no rows.", "from", "to"};
  return {"Er zijn geen rijen.", "van", "tot en met"};
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '-' || c == '%';
  });
}

// Where values and labels lie on the drawing, in its own units.
struct Plane {
  static constexpr double kWidth = 640, kHeight = 300, kLeft = 56, kRight = 8, kTop = 12,
                          kBottom = 32;
  double lowest = 0, highest = 1;
  std::size_t labels = 1;

  [[nodiscard]] double y(double value) const {
    return kTop + (highest - value) / (highest - lowest) * (kHeight - kTop - kBottom);
  }
  [[nodiscard]] double step() const {
    return (kWidth - kLeft - kRight) / static_cast<double>(labels);
  }
  [[nodiscard]] double x(std::size_t label) const {
    return kLeft + step() * (static_cast<double>(label) + 0.5);
  }
};

// 1, 2 or 5 times a power of ten, so that at most six lines of the grid cover the range.
double grid_step(double range) {
  const double rough = range / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough) return factor * power;
  }
  return 10 * power;
}

std::string bars(const Plane& plane, const ChartSeries& series) {
  std::string out;
  const double width = std::max(1.0, plane.step() * 0.8);
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    const double value = series.values[i];
    if (!std::isfinite(value) || value == 0) continue;
    const double top = plane.y(std::max(value, 0.0));
    const double bottom = plane.y(std::min(value, 0.0));
    out +=
        fmt::format(R"(<rect class="bars" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>)",
                    plane.x(i) - width / 2, top, width, bottom - top);
  }
  return out;
}

std::string marks(const Plane& plane, const ChartSeries& series) {
  std::string out;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    if (!std::isfinite(series.values[i])) continue;
    out += fmt::format(R"(<path class="marks" d="M{:.1f} {:.1f}l6 10h-12z"/>)", plane.x(i),
                       plane.y(series.values[i]) - 5);
  }
  return out;
}

std::string line(const Plane& plane, const ChartSeries& series, std::string_view style) {
  std::string path;
  bool is_open = false;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    const bool is_there = std::isfinite(series.values[i]);
    // A value between two gaps is still seen: as a line to itself.
    if (is_there && !is_open)
      path += fmt::format("M{:.1f} {:.1f}h.1", plane.x(i), plane.y(series.values[i]));
    if (is_there && is_open)
      path += fmt::format("L{:.1f} {:.1f}", plane.x(i), plane.y(series.values[i]));
    is_open = is_there;
  }
  return fmt::format(R"(<path class="{}" d="{}"/>)", style, path);
}

std::string drawn(const Plane& plane, const ChartSeries& series, std::size_t place) {
  std::string out = fmt::format(R"(<g class="s{}">)", place % 4);
  if (series.shape == SeriesShape::kBars) out += bars(plane, series);
  if (series.shape == SeriesShape::kMarks) out += marks(plane, series);
  if (series.shape == SeriesShape::kLine) out += line(plane, series, "line");
  if (series.shape == SeriesShape::kDashes) out += line(plane, series, "dashes");
  return out + "</g>";
}

std::string sample(SeriesShape shape, std::size_t place) {
  static constexpr std::array<std::string_view, 4> kSamples = {
      R"(<rect class="bars" x="12" y="2" width="16" height="12"/>)",
      R"(<path class="line" d="M0 8h40"/>)", R"(<path class="dashes" d="M0 8h40"/>)",
      R"(<path class="marks" d="M20 3l6 10h-12z"/>)"};
  return fmt::format(R"(<svg class="s{}" viewBox="0 0 40 16" aria-hidden="true">{}</svg>)",
                     place % 4, kSamples[static_cast<std::size_t>(shape)]);
}

// Nothing where there is no finite value.
bool fit(Plane& plane, const Chart& chart) {
  bool is_any = false;
  double lowest = 0, highest = 0;
  for (const auto& series : chart.series) {
    for (const double value : series.values) {
      if (!std::isfinite(value)) continue;
      is_any = true;
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
  }
  if (highest <= lowest) highest = lowest + 1;
  plane = {.lowest = lowest,
           .highest = highest,
           .labels = std::max<std::size_t>(1, chart.labels.size())};
  return is_any;
}

std::string grid(const Plane& plane, std::string_view language) {
  std::string out;
  const double step = grid_step(plane.highest - plane.lowest);
  for (double value = std::ceil(plane.lowest / step) * step; value <= plane.highest + step * 1e-9;
       value += step) {
    const double y = plane.y(value);
    out += fmt::format(R"(<path class="axis" d="M{:.0f} {:.1f}H{:.0f}"/>)", Plane::kLeft, y,
                       Plane::kWidth - Plane::kRight);
    out += fmt::format(R"(<text x="{:.0f}" y="{:.1f}" text-anchor="end">{}</text>)",
                       Plane::kLeft - 6, y + 4, number_text(value + 0.0, 6, language));
  }
  return out;
}

// The first, the last and some labels between, so that they do not touch.
std::string label_row(const Plane& plane, const std::vector<std::string>& labels) {
  std::size_t longest = 1;
  for (const auto& label : labels) longest = std::max(longest, label.size());
  const double needed = 8.0 * static_cast<double>(longest) + 8;
  const auto every =
      static_cast<std::size_t>(std::max(1.0, std::ceil(needed / std::max(1e-9, plane.step()))));
  std::string out;
  for (std::size_t i = 0; i < labels.size(); i += every) {
    out += fmt::format(R"(<text x="{:.1f}" y="{:.0f}" text-anchor="middle">{}</text>)", plane.x(i),
                       Plane::kHeight - 10, html_escaped(labels[i]));
  }
  return out;
}

// What the drawing says in one sentence, for who does not see it.
std::string described(const Chart& chart, std::string_view language) {
  const Words words = words_of(language);
  std::string out = chart.title;
  if (!chart.labels.empty())
    out += fmt::format(", {} {} {} {}", words.from, chart.labels.front(), words.to,
                       chart.labels.back());
  for (const auto& series : chart.series) out += "; " + series.name;
  return out;
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\'') {
      out += "&#39;";
    } else if (code >= 0x20 || c == '\n' || c == '\t') {
      if (code != 0x7F) out += c;
    }
  }
  return out;
}

std::string number_text(double value, int decimals, std::string_view language) {
  if (!std::isfinite(value)) return {};
  std::string out = fmt::format("{:.{}f}", value, std::max(0, decimals));
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
  }
  if (out == "-0") out = "0";
  if (!language.starts_with("en")) std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

HtmlReport::HtmlReport(ReportHead head) : head_(std::move(head)) {}

std::string HtmlReport::identifier() { return fmt::format("part-{}", ++last_identifier_); }

void HtmlReport::heading(std::string_view text) {
  body_ += "<h2>" + html_escaped(text) + "</h2>\n";
}

void HtmlReport::subheading(std::string_view text) {
  body_ += "<h3>" + html_escaped(text) + "</h3>\n";
}

void HtmlReport::paragraph(std::string_view text) {
  body_ += "<p>" + html_escaped(text) + "</p>\n";
}

void HtmlReport::warning(std::string_view text) {
  body_ += "<p class=\"warning\">" + html_escaped(text) + "</p>\n";
}

void HtmlReport::table(const ReportTable& table) {
  const std::string id = identifier();
  body_ += fmt::format(
      R"(<div class="scroll" role="region" tabindex="0" aria-labelledby="{}"><table>)", id);
  body_ +=
      fmt::format(R"(<caption id="{}">{}</caption><thead><tr>)", id, html_escaped(table.caption));
  for (const auto& column : table.columns)
    body_ += R"(<th scope="col">)" + html_escaped(column) + "</th>";
  body_ += "</tr></thead>\n<tbody>";
  if (table.rows.empty())
    body_ += fmt::format("<tr><td colspan=\"{}\">{}</td></tr>",
                         std::max<std::size_t>(1, table.columns.size()),
                         words_of(head_.language).nothing);
  for (const auto& row : table.rows) {
    body_ += "<tr>";
    for (std::size_t i = 0; i < std::max(row.size(), table.columns.size()); ++i) {
      const std::string cell = i < row.size() ? row[i] : "";
      if (i == 0)
        body_ += R"(<th scope="row">)" + html_escaped(cell) + "</th>";
      else
        body_ +=
            (is_number(cell) ? R"(<td class="number">)" : "<td>") + html_escaped(cell) + "</td>";
    }
    body_ += "</tr>\n";
  }
  body_ += "</tbody></table></div>\n";
}

void HtmlReport::chart(const Chart& chart) {
  ReportTable numbers{.caption = chart.title, .columns = {chart.label_heading}, .rows = {}};
  for (const auto& label : chart.labels) numbers.rows.push_back({label});
  for (const auto& series : chart.series) {
    ZICHT_CHECK(series.values.size() == chart.labels.size(), "a series has a value for each label");
    numbers.columns.push_back(series.name);
    for (std::size_t i = 0; i < series.values.size(); ++i)
      numbers.rows[i].push_back(number_text(series.values[i], 3, head_.language));
  }
  Plane plane;
  if (!fit(plane, chart)) return table(numbers);

  const std::string id = identifier();
  body_ += "<figure><div>";
  body_ += fmt::format(R"(<svg viewBox="0 0 {:.0f} {:.0f}" role="img" aria-labelledby="{}">)",
                       Plane::kWidth, Plane::kHeight, id);
  body_ += fmt::format(R"(<title id="{}">{}</title>)", id,
                       html_escaped(described(chart, head_.language)));
  body_ += grid(plane, head_.language) + label_row(plane, chart.labels);
  for (std::size_t i = 0; i < chart.series.size(); ++i) body_ += drawn(plane, chart.series[i], i);
  body_ += "</svg><ul class=\"legend\">";
  for (std::size_t i = 0; i < chart.series.size(); ++i)
    body_ +=
        "<li>" + sample(chart.series[i].shape, i) + html_escaped(chart.series[i].name) + "</li>";
  body_ += "</ul></div><div>\n";
  table(numbers);
  body_ += "</div></figure>\n";
}

std::string HtmlReport::html() const {
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + html_escaped(head_.language) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<title>" +
                    html_escaped(head_.title) + "</title>\n<style>";
  out += kStyle;
  out += "</style>\n</head>\n<body>\n<main>\n<h1>" + html_escaped(head_.title) + "</h1>\n";
  if (!head_.notice.empty()) out += "<p class=\"warning\">" + html_escaped(head_.notice) + "</p>\n";
  return out + body_ + "</main>\n</body>\n</html>\n";
}

}  // namespace zicht::stats
