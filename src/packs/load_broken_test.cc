// Broken packs: one small broken thing at a time in the sample pack, and the finding that must come
// out of it: its id, and the line, found as the first line with `at` in the broken text. Nothing
// else may be reported but what a case names under `also`: one mistake is not told twice.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "packs/load.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

struct Broken {
  const char* file;
  const char* from;        // this text, first occurrence ("" = the whole file) ...
  const char* to;          // ... becomes this
  const char* id;
  const char* at;          // on the first line with this; "" = the file as a whole
  const char* also = "";   // ids of findings that follow from it
  const char* in = "";     // the file of the finding, when it is another one
};

std::uint32_t line_of(const std::string& text, std::string_view needle) {
  if (needle.empty()) return 0;
  const std::size_t at = text.find(needle);
  REQUIRE_MESSAGE(at != std::string::npos, "not in the text: " << std::string(needle));
  return static_cast<std::uint32_t>(1 + std::count(text.begin(),
                                                   text.begin() + static_cast<long>(at), '\n'));
}

void check(const Broken& broken, Files files = testing::sample_files()) {
  CAPTURE(broken.file);
  CAPTURE(broken.id);
  CAPTURE(broken.to);
  std::string& text = files[broken.file];
  const std::string_view from = broken.from;
  if (from.empty()) {
    text = broken.to;
  } else {
    const std::size_t at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, "not in the sample: " << std::string(from));
    text.replace(at, from.size(), broken.to);
  }
  const LoadResult loaded = load(files, {});
  INFO(testing::listed(loaded.diagnostics));
  const std::string place = *broken.in == '\0' ? broken.file : broken.in;
  const std::uint32_t line = line_of(files[place], broken.at);
  bool is_found = false;
  std::set<std::string> others;
  for (const Diagnostic& d : loaded.diagnostics) {
    CHECK_FALSE(d.message.nl.empty());
    CHECK_FALSE(d.hint.en.empty());
    if (d.id == broken.id) {
      is_found |= d.file == place && d.line == line;
    } else {
      others.insert(d.id);
    }
  }
  CHECK(is_found);
  std::string also;
  for (const std::string& id : others) also += (also.empty() ? "" : " ") + id;
  CHECK(also == broken.also);
  CHECK((loaded.pack == nullptr) == has_errors(loaded.diagnostics));
}

// A file that stands outside the folders of a pack, and one that is not text.
const Broken kFiles[] = {
    {"forms/tool.yaml", "plural: {", "plural: [", "PK-0004", "plural"},
    {"forms/tool.yaml", "title: {nl: Gereedschap, en: Tool}", "\ttitle: x", "PK-0004", "\ttitle"},
    {"lists/kind.yaml", "  drill:", "  saw:", "PK-0005", "saw: {label: {nl: Boor"},
    {"lists/kind.yaml", "{nl: Zaag, en: Saw}", "*nothing", "PK-0004", "*nothing"},
    {"lists/kind.yaml", "{nl: Zaag, en: Saw}", "&own {nl: *own, en: Saw}", "PK-0006", "*own"},
    {"lists/kind.yaml", "{nl: Zaag, en: Saw}",
     "[[[[[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]]]]", "PK-0007", "[[[[["},
    {"lists/kind.yaml", "  drill: {", "  {a: b}: {", "PK-0008", "{a: b}"},
    {"lists/kind.yaml", "codes:", "---\ncodes:", "PK-0009", "---"},
    {"lists/kind.yaml", "nl: Zaag", "nl: !!binary Zaag", "PK-0010", "!!binary"},
    {"lists/kind.yaml", "", "- a\n- b\n", "PK-0012", "- a"},
    {"lists/kind.yaml", "", "\n", "PK-0012", "\n"},
    {"lists/kind.yaml", "list: kind", "list: kinds", "PK-0013", "list: kinds"},
    {"lists/kind.yaml", "nl: Zaag", "nl: Za\xFF", "PK-0003", ""},
    {"scripts/run.sh", "", "echo", "PK-0016", ""},
    {"forms/deep/tool.yaml", "", "form: tool", "PK-0016", ""},
};

const Broken kValues[] = {
    {"forms/tool.yaml", "plural:", "plurel:", "PK-0020", "plurel", "PK-0021"},
    {"forms/tool.yaml", "searchable: true}", "serchable: true}", "PK-0020", "serchable"},
    {"forms/tool.yaml", "audience: public\n", "", "PK-0021", "form: tool"},
    {"forms/tool.yaml", "required: true", "required: yes", "PK-0022", "required: yes"},
    {"forms/tool.yaml", "max: 80", "max: 0", "PK-0022", "max: 0"},
    {"forms/tool.yaml", "max: 250, scale: 3", "max: 2.5001, scale: 3", "PK-0022", "2.5001"},
    {"forms/tool.yaml", "retired: 2024-01-01", "retired: 2024-02-31", "PK-0022", "2024-02-31"},
    {"forms/tool.yaml", "{nl: Naam, en: Name}", "Naam", "PK-0022", "label: Naam"},
    {"forms/tool.yaml", "name: [name]", "name: name", "PK-0022", "name: name"},
    {"forms/tool.yaml", "access:", "access: [a]\nlinks_:", "PK-0022", "access: [a]", "PK-0020"},
    {"forms/tool.yaml", "retention: permanent", "retention: forever", "PK-0022", "forever"},
    {"forms/tool.yaml", "{type: text, label: {nl: Naam, en: Name}, hint",
     "{label: {nl: Naam, en: Name}, type: text, hint", "PK-0023", "name: {label"},
    {"forms/tool.yaml", "nl: Naam", "nl: ' '", "PK-0024", "nl: ' '"},
    {"forms/tool.yaml", "type: period", "type: duration", "PK-0030", "type: duration"},
    {"forms/tool.yaml", "sensitivity: secret", "sensitivity: secrets", "PK-0030", "secrets"},
    {"forms/tool.yaml", "subject: none", "subject: nobody", "PK-0030", "subject: nobody"},
    {"forms/tool.yaml", "visitor: [read, export]", "visitor: [read, reed]", "PK-0030", ", reed]"},
    {"forms/tool.yaml", "  manual:", "  Manual:", "PK-0031", "  Manual:"},
    {"forms/tool.yaml", "  manual:", "  manual__page:", "PK-0031", "manual__page"},
    {"lists/kind.yaml", "  saw:", "  Saw:", "PK-0031", "  Saw:"},
    {"forms/tool.yaml", "name: [name]", "name: [name, name]", "PK-0032", "name: [name, name]"},
    {"facts/tools.yaml", "- id: ladder-foot", "- id: long-ladder", "PK-0032",
     "  - id: long-ladder\n    from: 2024-02-01\n    fields: {"},
    {"tests/big-report.yaml", "name: publication before the wait is over is refused",
     "name: who decided may not publish", "PK-0032", "name: who decided may not publish\n"
     "    form: report\n    fields:\n      subject: Kapotte ladder\n      weight: heavy\n"
     "      received: {first: 2024-03-01, last: 2024-03-01}\n    from: 2024-03-01\n    steps:\n"
     "      - {do: send, as: keeper, by: anna, on: 2024-03-04}\n"
     "      - {do: decide, as: keeper, by: anna, on: 2024-03-11, fields: {outcome: Vervangen}}\n"
     "      - {do: publish, as: keeper, by: bram, on: 2024-03-25"},
    {"desks/overview.yaml", "id: reports", "id: tools", "PK-0032",
     "id: tools\n    title: {nl: Mel"},
    {"pack.yaml", "version: 1.0.0", "version: 1.0", "PK-0033", "version: 1.0"},
    {"pack.yaml", "url: https", "url: ftp", "PK-0034", "url: ftp"},
    {"pack.yaml", "  lender:", "  visitor: {title: {nl: a, en: b}, clearance: public, scope: all}\n"
     "  lender:", "PK-0035", "  visitor:"},
    {"pack.yaml", "status: live", "status: lively", "PK-0030", "status: lively"},
};

const Broken kNames[] = {
    {"forms/tool.yaml", "list: kind,", "list: kinds,", "PK-0040", "list: kinds"},
    {"forms/report.yaml", "form: tool, filt", "form: tools, filt", "PK-0041", "form: tools"},
    {"facts/tools.yaml", "form: tool", "form: tol", "PK-0041", "form: tol", "PK-0121"},
    {"tests/big-report.yaml", "form: report", "form: rapport", "PK-0041", "form: rapport"},
    {"desks/overview.yaml", "form: report", "form: reports", "PK-0041", "form: reports"},
    {"forms/report.yaml", "light: small-report", "light: smal-report", "PK-0042", "smal-report",
     "PK-0092"},
    {"forms/tool.yaml", "  auditor: [", "  auditer: [", "PK-0043", "auditer"},
    {"processes/small-report.yaml", "turn: lender", "turn: lendar", "PK-0043", "lendar"},
    {"processes/small-report.yaml", "roles: [lender,", "roles: [lendar,", "PK-0043", "lendar"},
    {"processes/big-report.yaml", "to: auditor", "to: auditer", "PK-0043", "auditer"},
    {"processes/big-report.yaml", "missed: {task: keeper}", "missed: {task: keep}", "PK-0043",
     "task: keep}"},
    {"processes/big-report.yaml", "regime: complaint-term", "regime: complaint", "PK-0044",
     "regime: complaint"},
    {"forms/tool.yaml", "name: [name]", "name: [title]", "PK-0045", "name: [title]"},
    {"forms/tool.yaml", "{field: belongs_to,", "{field: belongs,", "PK-0045", "{field: belongs,"},
    {"desks/overview.yaml", "columns: [name, kind", "columns: [naam, kind", "PK-0045", "naam"},
    {"processes/big-report.yaml", "from: [draft]", "from: [drafd]", "PK-0046", "drafd",
     "PK-0081"},
    {"processes/small-report.yaml", "start: open", "start: opened", "PK-0046", "start: opened"},
    {"processes/small-report.yaml", "runs_in: [open]", "runs_in: [opened]", "PK-0046", "opened",
     "PK-0093"},
    {"processes/big-report.yaml", "entered(decided)", "entered(decide)", "PK-0046",
     "entered(decide)"},
    {"processes/small-report.yaml", "met_by: [close]", "met_by: [closed]", "PK-0047",
     "met_by: [closed]"},
    {"processes/big-report.yaml", "four_eyes: [decide]", "four_eyes: [deside]", "PK-0047",
     "deside"},
    {"facts/reports.yaml", "do: close", "do: clos", "PK-0047", "do: clos"},
    {"processes/big-report.yaml", "suspends: react", "suspends: reaction", "PK-0048",
     "suspends: reaction"},
    {"processes/big-report.yaml", "{deadline: publication-wait, gate: hard}",
     "{deadline: wait, gate: hard}", "PK-0048", "deadline: wait"},
    {"desks/overview.yaml", "deadline: react", "deadline: agree", "PK-0048", "deadline: agree"},
    {"lists/kind.yaml", "source: house-rules", "source: house", "PK-0049", "source: house"},
    {"regimes/complaint-term.yaml", "source: house-rules", "source: house", "PK-0049",
     "source: house"},
    {"pack.yaml", "needs: []", "needs: [regions]", "PK-0050", "needs: [regions]"},
    {"pack.yaml", "needs: []", "needs: [sample]", "PK-0051", "needs: [sample]"},
    {"forms/report.yaml", "form: tool, filt", "form: other/tool, filt", "PK-0052", "other/tool"},
    {"forms/tool.yaml", "list: kind,", "list: other/kind,", "PK-0052", "other/kind"},
    {"forms/report.yaml", "{light: small", "{lite: small", "PK-0053", "lite"},
    {"facts/tools.yaml", "form: tool", "form: other/tool", "PK-0054", "other/tool", "PK-0121"},
};

const Broken kForms[] = {
    {"forms/tool.yaml", "basis:", "basis_:", "PK-0060", "form: tool", "PK-0020"},
    {"forms/tool.yaml", "{type: boolean, ", "{type: boolean, searchable: true, ", "PK-0061",
     "type: boolean", "PK-0023"},
    {"forms/tool.yaml", "many: true, max_items: 3", "max_items: 3", "PK-0061", "max_items: 3"},
    {"forms/tool.yaml", "many: true, max: 40", "many: true, sortable: true, max: 40", "PK-0061",
     "tags:", "PK-0023"},
    {"forms/tool.yaml", "label: {nl: Gekeurd op, en: Checked on}, many: true",
     "label: {nl: Gekeurd op, en: Checked on}, many: true, filterable: true", "PK-0061",
     "checks:"},
    {"forms/tool.yaml", "long: true, searchable: true", "long: true, filterable: true", "PK-0061",
     "story:"},
    {"forms/tool.yaml", "required: true, max: 100", "required: true, max: 100, filterable: true",
     "PK-0061", "max: 100"},
    {"forms/tool.yaml", "long: true, sensitivity: confidential}",
     "long: true, sensitivity: confidential, searchable: true}", "PK-0061", "quirk:"},
    {"forms/tool.yaml", "min: 1, max: 500", "min: 501, max: 500", "PK-0063", "min: 501"},
    {"forms/tool.yaml", "      kind: {type: choice, label: {nl: Soort, en: Kind}, list: kind}",
     "      kind: {type: group, label: {nl: Soort, en: Kind}, fields: {}}", "PK-0064",
     "kind: {type: group"},
    {"forms/tool.yaml", "name: [name]", "name: [owner]", "PK-0066", "name: [owner]"},
    {"forms/tool.yaml", "name: [name]", "name: [maker]", "PK-0066", "name: [maker]"},
    {"forms/tool.yaml", "name: [name]", "name: [quirk]", "PK-0066", "name: [quirk]"},
    {"forms/report.yaml", "by: weight", "by: subject", "PK-0067", "by: subject"},
    {"forms/tool.yaml", "{field: belongs_to,", "{field: kind,", "PK-0068", "{field: kind,"},
    {"forms/tool.yaml", "list: kind,", "list: region,", "PK-0071", "list: region"},
    {"forms/tool.yaml", "  shelf:", "  state:", "PK-0072", "  state:"},
    {"forms/tool.yaml", "  shelf:", "  made_first:", "PK-0072", "  made_first:"},
    {"forms/tool.yaml", "  shelf:", "  made_length:", "PK-0072", "  made_length:"},
};

const Broken kProcesses[] = {
    {"processes/small-report.yaml", "start: field(received)", "start: field(subject)", "PK-0080",
     "field(subject)"},
    {"processes/big-report.yaml", "    to: decided", "    to: same", "PK-0081", "  decided:"},
    {"processes/big-report.yaml", "term: P2W", "term: two weeks", "PK-0082", "two weeks"},
    {"processes/small-report.yaml", "    start: field(received)\n", "", "PK-0083",
     "    label: {nl: Afgesproken termijn"},
    {"processes/small-report.yaml", "start: field(received)", "start: received", "PK-0083",
     "start: received"},
    {"processes/small-report.yaml", "    missed: {transition: lapse}\n", "", "PK-0084",
     "  lapse:"},
    {"processes/small-report.yaml", "{outcome: required,", "{result: required,", "PK-0085",
     "{result:"},
    {"processes/small-report.yaml", "start: field(received)", "start: field(recieved)", "PK-0085",
     "field(recieved)"},
    {"processes/small-report.yaml", "roles: [lender, keeper]", "roles: [visitor, keeper]",
     "PK-0086", "visitor"},
    {"processes/small-report.yaml", "    roles: [lender, keeper]\n", "", "PK-0087",
     "    label: {nl: Afronden"},
    {"processes/small-report.yaml", "    automatic: true", "    roles: [keeper]\n"
     "    automatic: true", "PK-0088", "    roles: [keeper]\n    automatic"},
    {"processes/small-report.yaml", "    reason: required", "    reason: required\n"
     "    four_eyes: [lapse]", "PK-0089", "four_eyes: [lapse]"},
    {"processes/small-report.yaml", "missed: {transition: lapse}",
     "missed: {transition: lapse, task: keeper}", "PK-0090", "missed:"},
    {"processes/small-report.yaml", "states:\n", "states:\n  fact-withdrawn: {label: {nl: Weg, "
     "en: Gone}, meaning: ended}\n", "PK-0097", "  fact-withdrawn:", "PK-0081"},
    {"processes/small-report.yaml", "turn: lender, task", "task", "PK-0091",
     "  open: {label"},
    {"forms/report.yaml", "light: small-report", "light: big-report", "PK-0092",
     "process: small-report", "PK-0047", "processes/small-report.yaml"},
    {"processes/small-report.yaml", "runs_in: [open]", "runs_in: [open, closed]", "PK-0093",
     "missed:"},
    {"processes/small-report.yaml", "missed: {transition: lapse}", "missed: {transition: close}",
     "PK-0094", "missed:", "PK-0084"},
    {"processes/small-report.yaml", "term: field(term)", "term: field(subject)", "PK-0095",
     "term: field(subject)"},
    {"processes/big-report.yaml", "by: extension}", "by: subject}", "PK-0095", "by: subject"},
    {"processes/small-report.yaml", "    to: lapsed", "    to: open", "PK-0096", "  lapse:",
     "PK-0081"},
    {"processes/small-report.yaml", "    to: lapsed", "    to: same", "PK-0096", "  lapse:",
     "PK-0081"},
    {"regimes/complaint-term.yaml", "from: 1999-07-01,", "from: 1999-07-01, to: 1999-01-01,",
     "CA-0003", "to: 1999-01-01"},
    {"lists/region.yaml", "reason:", "note_:", "PK-0100", "verified", "PK-0020"},
    {"facts/guesses.yaml", "reason:", "note_:", "PK-0100", "verified", "PK-0020"},
    {"lists/kind.yaml", "to: 2020-01-01", "to: 2000-01-01", "PK-0101", "scythe"},
    {"desks/overview.yaml", "kind: terms", "kind: term", "PK-0030", "kind: term\n"},
    {"desks/overview.yaml", "from: received", "from: subject", "PK-0111", "from: subject"},
    {"desks/overview.yaml", "filters: [kind, also", "filters: [kind, story", "PK-0111", "story"},
    {"desks/overview.yaml", "amount: price", "amount: pieces", "PK-0111", "amount: pieces"},
    {"desks/overview.yaml", "form: tool\n    columns", "form: tool\n    where: 'price >'\n    "
     "columns", "FE-0001", "where:"},
    {"desks/overview.yaml", "form: tool\n    columns", "form: tool\n    where: prise > 3\n    "
     "columns", "FE-0002", "where:"},
    {"desks/overview.yaml", "form: tool\n    columns", "form: tool\n    where: price\n    "
     "columns", "FE-0051", "where:"},
    {"desks/overview.yaml", "form: tool\n    columns", "form: tool\n    where: lower case(name) = "
     "kind\n    columns", "FE-0050", "where:"},
    {"desks/overview.yaml", "form: tool\n    columns", "form: tool\n    where: lock_code = null\n"
     "    columns", "FE-0056", "where:"},
    {"desks/overview.yaml", "form: tool\n    columns", "form: tool\n    where: story = null\n    "
     "columns", "FE-0057", "where:"},
    {"desks/overview.yaml", "form: tool\n    columns", "form: tool\n    where: name = bought_on\n"
     "    columns", "FE-0052", "where:", "FE-0020"},
    {"desks/overview.yaml", "form: tool\n    columns", "form: tool\n    where: [a]\n    columns",
     "PK-0022", "where:"},
    {"desks/overview.yaml", "value: pieces", "value: name", "PK-0111", "value: name"},
};

const Broken kFacts[] = {
    {"facts/tools.yaml", "kind: ladder\n", "kind: stairs\n", "MO-0115", "kind: stairs"},
    {"facts/tools.yaml", "first: 1980-01-01", "first: 1990-01-01", "MO-0112", "made:"},
    {"facts/tools.yaml", "pieces: 2", "pieces: two", "MO-0104", "pieces: two"},
    {"facts/tools.yaml", "cost: 10", "cost: ten", "MO-0110", "cost: ten"},
    {"facts/tools.yaml", "name: Lange ladder\n      ", "", "MO-0103", "kind: ladder"},
    {"facts/tools.yaml", "lease:", "lent:", "MO-0102", "lent:"},
    {"facts/small-tools.csv", "hand-saw,2024-03-01", "hand-saw,2024-03-99", "PK-0022",
     "2024-03-99"},
    {"facts/small-tools.csv", ",saw,,1", ",sew,,1", "MO-0115", "sew"},
    {"facts/small-tools.csv", "saw;drill", "saw;saw", "MO-0121", "saw;saw"},
    {"facts/tools.yaml", "belongs_to: fact(long-ladder)", "belongs_to: fact(lang-ladder)",
     "PK-0121", "lang-ladder"},
    {"facts/small-tools.csv", ",,ladder", ",,steps", "PK-0121", "steps"},
    {"facts/tools.yaml", "belongs_to: fact(long-ladder)", "belongs_to: fact(loose-step)",
     "PK-0122", "loose-step"},
    {"facts/tools.yaml", "belongs_to: fact(long-ladder)", "belongs_to: fact(lost-saw)", "PK-0123",
     "lost-saw"},
    {"facts/reports.yaml", "do: close", "do: reopen", "PK-0124", "do: reopen", "PK-0135 PK-0136"},
    {"facts/reports.yaml", "on: 2024-03-20", "on: 2024-02-20", "PK-0125", "on: 2024-02-20"},
    {"facts/tools.yaml", "  - id: ladder-foot\n", "  - id: ladder-foot\n    steps: [{do: x, on: "
     "2024-02-02}]\n", "PK-0126", "steps:", "PK-0023"},
    {"facts/small-tools.yaml", "csv: small-tools.csv\n", "", "PK-0127", "facts: small-tools"},
    {"facts/small-tools.yaml", "csv: small-tools.csv", "csv: tiny-tools.csv", "PK-0128",
     "tiny-tools"},
    {"facts/small-tools.csv", "\"Zaag, klein\"", "Zaag \"klein\"", "PK-0129", "klein"},
    {"facts/small-tools.csv", "\"Zaag, klein\"", "\"Zaag, klein", "PK-0129", "Boor"},
    {"facts/small-tools.csv", "Boor \"\"Piet\"\"\"", "Boor", "PK-0129", "Boor"},
    {"facts/small-tools.csv", "id,from,name", "id,from,naam", "PK-0130", "naam", "MO-0103"},
    {"facts/small-tools.csv", "\"Zaag, klein\"", "Zaag, klein", "PK-0131", "Zaag"},
    {"facts/small-tools.csv", "id,from", "nr,from", "PK-0021", "nr,from", "PK-0130"},
    {"facts/small-tools.yaml", "'long-{value}'", "'long-ladder'", "PK-0132", "long-ladder"},
    {"facts/tools.yaml", "belongs_to: fact(long-ladder)", "belongs_to: long-ladder", "PK-0133",
     "belongs_to: long-ladder"},
    {"facts/reports.yaml", "outcome: Vastgezet, ", "", "PK-0134", "do: close"},
    {"facts/reports.yaml", "outcome: Vastgezet", "outcome: Vastgezet, term: P1M", "PK-0135",
     "do: close"},
    {"processes/small-report.yaml", "reason: none", "reason: required", "PK-0136",
     "do: close", "", "facts/reports.yaml"},
    {"facts/reports.yaml", "on: 2024-03-20, fields", "on: 2024-03-20, reason: because, fields",
     "PK-0137", "reason: because", "PK-0023"},
};

// In the probe pack, which has forms about persons.
const Broken kPersons[] = {
    {"forms/child.yaml", "subject: person\n", "subject: none\n", "PK-0073", "subject: none"},
    {"forms/note.yaml", "about: [child, other_children]\n", "", "PK-0073", "subject: person",
     "PK-0173"},
    {"forms/adult.yaml", "audience: internal", "audience: public", "PK-0074", "audience: public",
     "PK-0066"},
    {"forms/adult.yaml", "retention: P5Y", "retention: permanent", "PK-0075", "permanent"},
    {"forms/custody.yaml", "about: [child]", "about: [holder_]", "PK-0045", "about: [holder_]"},
    {"forms/assignment.yaml", "about: [child]", "about: [holder]", "PK-0170", "about: [holder]"},
    {"forms/team-assignment.yaml", "about: [child]", "about: [holder]", "PK-0076",
     "about: [holder]"},
    {"forms/child.yaml", "born: born_on", "born: call_name", "PK-0170", "born: call_name"},
    {"forms/note.yaml", "basis:", "born: happened_on\nbasis:", "PK-0077", "born: happened_on"},
    {"forms/custody.yaml", "kind: guardian", "kind: worker_", "PK-0078", "kind: worker_"},
    {"forms/child.yaml", "relation: [worker, team]", "relation: [boss]", "PK-0078", "boss"},
    {"forms/team.yaml", "members: staff\n", "", "PK-0079", "holder: holder", "",
     "forms/team-assignment.yaml"},
    {"forms/team.yaml", "members: staff", "members: name", "PK-0170", "members: name"},
    {"forms/custody.yaml", "until: until}", "until: child}", "PK-0170", "until: child}"},
    {"forms/custody.yaml", "access:", "access:\n  visitor: [read]", "PK-0171", "visitor: [read]"},
    {"forms/note.yaml", "purpose: [complaint]", "purpose: [curiosity]", "PK-0172", "curiosity"},
    {"forms/provider.yaml", "visitor: [read, export]", "planner: [{do: [read], relation: [self]}]",
     "PK-0173", "relation: [self]", "PK-0005 PK-0225"},
    {"forms/note.yaml", "special: [health]", "special: [healthy]", "PK-0030", "healthy"},
    {"forms/note.yaml", "{do: [read], purpose: [complaint]",
     "{do: [read, hand_over], purpose: [complaint]", "PK-0185", "hand_over"},
    {"forms/provider.yaml", "retention: permanent", "retention: permanent\n  special: [health]",
     "PK-0177", "special: [health]"},
    {"forms/note.yaml", "roles: [worker], hours", "roles: [visitor], hours", "PK-0175",
     "roles: [visitor]"},
    {"forms/note.yaml", "report: complaint-officer", "report: client", "PK-0176",
     "report: client"},
    {"forms/note.yaml", "report: complaint-officer", "report: nobody", "PK-0043",
     "report: nobody", "PK-0176"},
    {"forms/note.yaml", "clearance: internal", "clearance: secret", "PK-0174", "secret}"},
    {"forms/same-person.yaml", "as: other", "as: one", "PK-0178", "as: one"},
    {"forms/same-person.yaml", "about: [one, other]", "about: [one]", "PK-0178", "as: other"},
    {"forms/same-person.yaml", "process: same-person\n", "", "PK-0179", "identity:", "PK-0092"},
    {"forms/same-person.yaml", "linked: [linked]", "linked: [joined]", "PK-0046", "joined"},
    {"forms/same-person.yaml", "split: [split]", "split: [undone]", "PK-0180", "split: [undone]"},
    {"forms/same-person.yaml", "split: [split]", "split: [linked]", "PK-0180", "split: [linked]"},
    {"forms/child.yaml", "{from: 12, below: 16}", "{from: 16, below: 12}", "PK-0063", "from: 16"},
    {"pack.yaml", "  guardian: {title: {nl: Gezag", "  self: {title: {nl: Gezag", "PK-0036",
     "  self:", "PK-0078"},
};

TEST_CASE("load: a file whose name is no text is told") {
  Files files = testing::sample_files();
  files["forms/\xff.yaml"] = "form: x";
  const LoadResult loaded = load(files, {});
  CHECK(loaded.pack == nullptr);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].id == "PK-0003");
  CHECK(loaded.diagnostics[0].file == "forms%2F%FF.yaml");
}
TEST_CASE("load: a broken file is told with its line") {
  for (const Broken& broken : kFiles) check(broken);
}
TEST_CASE("load: a broken key or value is told with its line") {
  for (const Broken& broken : kValues) check(broken);
}
TEST_CASE("load: a name that exists nowhere is told with its line") {
  for (const Broken& broken : kNames) check(broken);
}
TEST_CASE("load: a form that cannot work is told with its line") {
  for (const Broken& broken : kForms) check(broken);
}
TEST_CASE("load: a process, list or desk that cannot work is told with its line") {
  for (const Broken& broken : kProcesses) check(broken);
}
TEST_CASE("load: what a form cannot say about persons is told with its line") {
  for (const Broken& broken : kPersons) {
    check(broken, testing::read_folder("tests/packs/probe"));
  }
}
TEST_CASE("load: a fact that its form refuses is told with its line") {
  for (const Broken& broken : kFacts) check(broken);
}

}  // namespace
}  // namespace zicht::packs
