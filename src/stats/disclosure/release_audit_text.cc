// How an audit of a release is told: as JSON and in words.
#include <algorithm>
#include <array>

#include "stats/disclosure/release_audit.h"

namespace zicht::stats {
namespace {

constexpr std::size_t kToldOfOneKind = 20;

struct KindText {
  FindingKind kind;
  std::string_view name, nl, en;
};

constexpr std::array<KindText, 8> kKinds{
    {{FindingKind::kAltered, "altered",
      "het bestand voor publicatie klopt niet met de tabel en de methode",
      "the published file is not what the table and the method give"},
     {FindingKind::kShown, "shown", "een gevoelige cel staat er gewoon in",
      "a sensitive cell is shown"},
     {FindingKind::kInterval, "interval", "een verborgen cel is te nauwkeurig te schatten",
      "a hidden cell can be estimated too closely"},
     {FindingKind::kSingleton, "singleton",
      "wie alleen in een cel zit, kan een andere cel uitrekenen",
      "somebody who is alone in a cell can work out another"},
     {FindingKind::kSum, "sum", "de som van een paar verborgen cellen is uit te rekenen",
      "the sum of a few hidden cells can be worked out"},
     {FindingKind::kDifference, "difference",
      "twee gebieden die overlappen, zonderen een kleine groep af",
      "two regions that overlap set a small group apart"},
     {FindingKind::kChange, "change", "het verschil tussen twee uitgaven is een kleine groep",
      "the difference between two editions is a small group"},
     {FindingKind::kUndecided, "undecided",
      "niet te beoordelen: gegevens spreken elkaar tegen, of zijn op twee manieren beschermd",
      "cannot be judged: data contradict each other, or are protected in two ways"}}};

struct DetailText {
  std::string_view name, nl, en;
};

constexpr std::array<DetailText, 7> kDetails{
    {{"missing", "de cel ontbreekt", "the cell is missing"},
     {"extra", "de cel staat niet in de tabel", "the table does not have the cell"},
     {"twice", "de cel staat er twee keer", "the cell stands twice"},
     {"value", "de waarde is een andere dan mag", "the value is another than it may be"},
     {"hidden_value", "verborgen, maar er staat een waarde", "hidden, but there is a value"},
     {"status", "de status is onbekend of past niet bij de methode",
      "the status is unknown or does not fit the method"},
     {"column", "deze kolom hoort niet naar buiten", "this column should not go out"}}};

std::string cell_text(const FoundCell& cell) {
  std::string text = cell.edition + " / " + cell.table;
  for (const auto& [column, code] : cell.codes) {
    text += (text.size() == cell.edition.size() + cell.table.size() + 3 ? ": " : ", ") + column;
    if (!code.empty()) text += "=" + code;
  }
  return text;
}

Json cell_json(const FoundCell& cell) {
  json::object codes;
  for (const auto& [column, code] : cell.codes) codes[column] = code;
  return json::object{{"edition", cell.edition}, {"table", cell.table}, {"codes", codes}};
}

std::string finding_text(const Finding& finding, bool is_dutch) {
  std::string text = "    ";
  for (std::size_t i = 0; i < finding.cells.size(); ++i) {
    text += (i > 0 ? "  ~  " : "") + cell_text(finding.cells[i]);
  }
  for (const DetailText& detail : kDetails) {
    if (detail.name == finding.detail) {
      text += " (" + std::string(is_dutch ? detail.nl : detail.en) + ")";
    }
  }
  if (finding.is_exact && finding.kind != FindingKind::kShown) {
    text += is_dutch ? " (precies bekend)" : " (known precisely)";
  }
  return text + "\n";
}

}  // namespace

std::string_view finding_name(FindingKind kind) {
  return kKinds[static_cast<std::size_t>(kind)].name;
}

bool ReleaseAudit::has(FindingKind kind) const {
  return std::ranges::any_of(findings_, [kind](const Finding& one) { return one.kind == kind; });
}

Json ReleaseAudit::to_json() const {
  json::object counts;
  for (const KindText& kind : kKinds) {
    std::int64_t count = 0;
    for (const Finding& finding : findings_) count += finding.kind == kind.kind ? 1 : 0;
    counts[kind.name] = count;
  }
  json::array findings;
  for (const Finding& finding : findings_) {
    json::array cells;
    for (const FoundCell& cell : finding.cells) cells.push_back(cell_json(cell));
    findings.push_back(json::object{{"kind", finding_name(finding.kind)},
                                    {"detail", finding.detail},
                                    {"exact", finding.is_exact},
                                    {"cells", std::move(cells)}});
  }
  json::array not_judged;
  for (const std::string& name : not_judged_) not_judged.emplace_back(name);
  return json::object{{"version", 1},
                      {"title", title_},
                      {"edition", edition_},
                      {"clean", is_clean()},
                      {"cells", static_cast<std::int64_t>(cells_)},
                      {"sensitive", static_cast<std::int64_t>(sensitive_)},
                      {"not_judged", std::move(not_judged)},
                      {"counts", std::move(counts)},
                      {"findings", std::move(findings)}};
}

std::string ReleaseAudit::text(std::string_view language) const {
  const bool is_dutch = language == "nl";
  const std::string size = std::to_string(cells_);
  const std::string sensitive = std::to_string(sensitive_);
  std::string text = title_ + ", " + edition_ + ": ";
  if (is_dutch) {
    text += is_clean() ? "geen bezwaar gevonden" : "niet publiceren";
    text += ". " + size + " cellen, waarvan " + sensitive + " gevoelig.\n";
  } else {
    text += is_clean() ? "nothing against it was found" : "do not publish";
    text += ". " + size + " cells, " + sensitive + " of them sensitive.\n";
  }
  for (const std::string& name : not_judged_) {
    text += is_dutch ? "Tabel ‘" + name +
                           "’ heeft ruis door celsleutels of telt niet op: alleen nullen en vorm "
                           "zijn bekeken, geen marges.\n"
                     : "Table ‘" + name +
                           "’ has noise by cell keys or does not add up: only zeros and shape were "
                           "looked at, no ranges.\n";
  }
  for (const KindText& kind : kKinds) {
    std::string told;
    std::size_t count = 0;
    for (const Finding& finding : findings_) {
      if (finding.kind != kind.kind) continue;
      if (++count <= kToldOfOneKind) told += finding_text(finding, is_dutch);
    }
    if (count == 0) continue;
    text +=
        "\n" + std::to_string(count) + " x " + std::string(is_dutch ? kind.nl : kind.en) + ":\n";
    text += told;
    if (count > kToldOfOneKind)
      text += is_dutch ? "    … (alle: --json)\n" : "    … (all: --json)\n";
  }
  return text;
}

}  // namespace zicht::stats
