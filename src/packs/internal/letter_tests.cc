#include "packs/internal/letter_tests.h"

#include <algorithm>

#include "packs/internal/test_cases.h"
#include "packs/internal/values.h"
#include "packs/internal/yaml.h"
#include "packs/letters.h"

namespace zicht::packs {
namespace internal {
namespace {

constexpr std::string_view kFigure = "figure(", kSource = "source(";

class LetterTestReader {
 public:
  LetterTestReader(const Draft& draft, const Source& source, const Node& node)
      : draft_(draft),
        source_(source),
        map_(source, node, {"name", "letter", "as", "language", "records", "on", "expect"}) {}

  std::optional<LetterTest> read() {
    const std::string name = map_.text("letter");
    const auto parts = model::split_full_id(name);
    const model::Pack* pack = pack_named(parts ? parts->first : draft_.pack.id);
    auto letter = pack == nullptr ? std::nullopt : find_letter(*pack, parts ? parts->second : name);
    if (!letter) {
      wrong("letter", {"de brief " + name + " bestaat niet", "there is no letter " + name});
      return std::nullopt;
    }
    made_.letter = *std::move(letter);
    if (map_.has("language")) made_.language = map_.closed("language", {"nl", "en"});
    made_.role = map_.text("as");
    const auto roles = ids_of(pack->roles);
    if (!made_.role.empty() && std::find(roles.begin(), roles.end(), made_.role) == roles.end()) {
      wrong("as", {"de rol " + made_.role + " bestaat niet", "there is no role " + made_.role});
    }
    read_records();
    static_cast<void>(map_.need("on"));
    made_.on = map_.date_if("on").value_or(Date::max());
    read_expectation();
    return std::move(made_);
  }

 private:
  void wrong(const char* key, LocalizedText why) const {
    const Node* place = map_.find(key);
    wrong(place == nullptr ? map_.node() : *place, std::move(why));
  }

  void wrong(const Node& node, LocalizedText why) const {
    source_.error("PK-0260", node.place, {{"why", std::move(why)}});
  }

  // Itself or one at hand, which lives as long as the draft; null: neither.
  const model::Pack* pack_named(std::string_view name) const {
    return name == draft_.pack.id ? &draft_.pack : draft_.packs.active(name).get();
  }

  // Of the pack of the test, or "pack/form" of one at hand; null: it is not there.
  const model::Form* form_named(const std::string& name) const {
    const auto parts = model::split_full_id(name);
    const model::Pack* pack = pack_named(parts ? parts->first : draft_.pack.id);
    return pack == nullptr ? nullptr : pack->find_form(parts ? parts->second : name);
  }

  // In this case: two of them may give a record the same name.
  std::string id_of(const std::string& name) const {
    return stand_in_id(draft_.pack.id + "/letter-test/" + name);
  }

  void read_records() {
    const Node* records = map_.need("records");
    if (records == nullptr || !expect_sequence(source_, *records, "records")) return;
    for (const Node& item : records->items) {
      if (expect_map(source_, item, "records")) read_record(item);
    }
    for (LetterTestRecord& record : made_.records) {
      record.fields = with_references(
          record.fields, *form_named(record.form),
          [&](const model::Field&, std::string_view text) {
            const std::string fact = fact_of(text);
            const std::string name = fact.substr(fact.find('/') + 1);
            return is_known(name) ? id_of(name) : fact.empty() ? fact : stand_in_id(fact);
          });
    }
  }

  bool is_known(const std::string& name) const {
    return std::any_of(made_.records.begin(), made_.records.end(),
                       [&](const LetterTestRecord& each) { return each.name == name; });
  }

  void read_record(const Node& node) {
    const MapReader map(source_, node, {"id", "form", "state", "fields"});
    LetterTestRecord record;
    record.name = map.text("id");
    record.id = id_of(record.name);
    const std::string name = map.text("form");
    record.state = map.text_or("state");
    const Node* fields = map.need("fields");
    const model::Form* form = form_named(name);
    if (form == nullptr || fields == nullptr || is_known(record.name)) {
      wrong(node, {"een dossier heeft een eigen id, een formulier dat er is en velden",
                   "a record has an id of its own, a form that is there and fields"});
      return;
    }
    record.form = form->full_id();
    record.fields = json_of_fields(*fields, *form, draft_.pack.id);
    made_.records.push_back(std::move(record));
  }

  void read_expectation() {
    const Node* expect = map_.need("expect");
    if (expect == nullptr || !expect_map(source_, *expect, "expect")) return;
    const auto parts = parts_of(made_.letter);
    for (const Member& member : expect->members) {
      if (std::find(parts.begin(), parts.end(), member.key) == parts.end()) {
        wrong(member.value, {"de brief heeft geen deel " + member.key,
                             "the letter has no part " + member.key});
        continue;
      }
      std::vector<ToldPart>& told = made_.expected[member.key];
      if (member.value.is_scalar() && member.value.text == "none") continue;
      if (!expect_sequence(source_, member.value, member.key)) continue;
      for (const Node& item : member.value.items) {
        if (expect_map(source_, item, member.key)) told.push_back(read_told(item));
      }
    }
  }

  static std::vector<std::string> parts_of(const model::LetterTemplate& letter) {
    std::vector<std::string> parts;
    for (const model::LetterSectionRule& section : letter.sections) {
      for (const std::string& id : ids_of(section.sentences)) parts.push_back(id);
      for (const std::string& id : ids_of(section.tables)) parts.push_back(id);
    }
    return parts;
  }

  ToldPart read_told(const Node& node) {
    const MapReader map(source_, node, {"text", "from"});
    ToldPart told{map.text("text"), map.texts_or_none("from")};
    for (const std::string& from : told.from) {
      if (is_known(from) || from.starts_with(kFigure) || from.starts_with(kSource)) continue;
      wrong(node, {"er is geen dossier " + from + " in deze test",
                   "there is no record " + from + " in this test"});
    }
    return told;
  }

  const Draft& draft_;
  const Source& source_;
  const MapReader map_;
  LetterTest made_;
};

}  // namespace

std::optional<LetterTest> read_letter_test(const Draft& draft, const Source& source,
                                           const Node& node) {
  return LetterTestReader(draft, source, node).read();
}

}  // namespace internal

std::vector<LetterTest> letter_tests_of(const model::PackPtr& pack, const model::PackSet& packs) {
  std::vector<LetterTest> tests;
  internal::Report unheard;  // it was checked when the pack was loaded
  std::map<std::string, internal::Node> trees;
  const internal::Draft draft{*pack, trees, packs, unheard};
  for (const auto& [path, text] : pack->files) {
    constexpr std::string_view kFolder = "tests/", kEnding = ".yaml";
    if (!path.starts_with(kFolder) || !path.ends_with(kEnding)) continue;
    const auto tree = internal::parse_yaml(text, path, unheard);
    if (!tree) continue;
    const std::string stem =
        path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size());
    for (internal::TestCase& test :
         internal::read_test_cases(draft, {path, unheard}, *tree, stem)) {
      if (!test.about_letter) continue;
      test.about_letter->name = test.name;
      test.about_letter->file = path;
      test.about_letter->line = test.place.line;
      tests.push_back(*std::move(test.about_letter));
    }
  }
  return tests;
}

}  // namespace zicht::packs
