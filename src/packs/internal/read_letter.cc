#include <set>

#include "packs/internal/letters.h"
#include "packs/internal/readers.h"

namespace zicht::packs::internal {
namespace {

using model::LetterRows;
using model::LetterSentence;

constexpr std::size_t kMostSections = 50;
constexpr std::size_t kMostParts = 50;  // sentences, or tables, of a section
constexpr std::size_t kMostColumns = 12;

class LetterReader {
 public:
  LetterReader(const Source& source, model::LetterTemplate& made) : source_(source), made_(made) {}

  void read_sections(const Node& node) {
    if (!expect_sequence(source_, node, "sections")) return;
    check_count(node, kMostSections);
    for (const Node& item : node.items) {
      if (expect_map(source_, item, "sections")) made_.sections.push_back(section(item));
    }
  }

 private:
  void check_count(const Node& node, std::size_t most) {
    if (node.items.size() <= most) return;
    source_.error("PK-0014", node.place,
                  {{"what", LocalizedText{"delen van een brief", "parts of a letter"}},
                   {"limit", std::to_string(most)}});
  }

  model::LetterSectionRule section(const Node& node) {
    const MapReader map(source_, node, {"heading", "level", "sentences", "tables"});
    model::LetterSectionRule made;
    made.heading = map.localized("heading");
    made.level = static_cast<int>(map.integer_if("level", 1, 2).value_or(1));
    if (made_.sections.empty() && made.level != 1) {
      wrong(*map.find("level"),
            {"het eerste deel is van niveau 1", "the first section is of level 1"});
    }
    each_of(map, "sentences", [&](const Node& item) { made.sentences.push_back(sentence(item)); });
    each_of(map, "tables", [&](const Node& item) { made.tables.push_back(table(item)); });
    return made;
  }

  template <class Read>
  void each_of(const MapReader& map, const char* key, const Read& read) {
    const Node* list = map.find(key);
    if (list == nullptr || !expect_sequence(source_, *list, key)) return;
    check_count(*list, kMostParts);
    for (const Node& item : list->items) {
      if (expect_map(source_, item, key)) read(item);
    }
  }

  std::string id_of(const MapReader& map) {
    std::string id = map.text("id");
    if (id.empty()) return id;
    const Place& place = map.find("id")->place;
    if (check_id(source_, place, id, IdKind::kKebab) && !ids_.insert(id).second) {
      source_.error("PK-0032", place, {{"id", id}});
    }
    return id;
  }

  LetterSentence sentence(const Node& node) {
    const MapReader map(source_, node, {"id", "each", "figure", "source", "text", "none"});
    LetterSentence made;
    made.id = id_of(map);
    if (map.has("each")) made.each = rows(*map.find("each"));
    made.figure = map.text_or("figure");
    made.source = map.text_or("source");
    made.text = map.localized("text");
    made.none = map.localized_if("none");
    if (map.has("each") + map.has("figure") + map.has("source") != 1) {
      wrong(node, {"een zin heeft each, figure of source, en maar een daarvan",
                   "a sentence has each, figure or source, and one of them only"});
    }
    if (made.none && !made.each) {
      wrong(*map.find("none"), {"none hoort bij each", "none belongs to each"});
    }
    return made;
  }

  LetterRows rows(const Node& node) {
    LetterRows made;
    if (!expect_map(source_, node, "each")) return made;
    const MapReader map(source_, node, {"form", "where", "order", "descending", "latest"});
    made.form = map.text("form");
    made.where = map.text_or("where");
    made.order = map.text_or("order");
    made.is_descending = map.boolean_or("descending", false);
    if (const Node* latest = map.find("latest")) made.latest = latest_of(*latest);
    if (made.is_descending && made.order.empty()) {
      wrong(*map.find("descending"), {"descending hoort bij order", "descending belongs to order"});
    }
    return made;
  }

  model::LetterLatest latest_of(const Node& node) {
    model::LetterLatest made;
    if (!expect_map(source_, node, "latest")) return made;
    const MapReader map(source_, node, {"of", "by"});
    made.of = map.text_or("of");
    made.by = map.text("by");
    return made;
  }

  model::LetterTableRule table(const Node& node) {
    const MapReader map(source_, node, {"id", "caption", "each", "columns"});
    model::LetterTableRule made;
    made.id = id_of(map);
    made.caption = map.localized("caption");
    if (const Node* each = map.need("each")) made.each = rows(*each);
    const Node* columns = map.need("columns");
    if (columns == nullptr || !expect_sequence(source_, *columns, "columns")) return made;
    check_count(*columns, kMostColumns);
    for (const Node& item : columns->items) {
      if (!expect_map(source_, item, "columns")) continue;
      const MapReader column(source_, item, {"heading", "text"});
      made.columns.push_back({column.localized("heading"), column.localized("text")});
    }
    if (made.columns.empty()) {
      wrong(*columns, {"een tabel heeft kolommen", "a table has columns"});
    }
    return made;
  }

  void wrong(const Node& node, LocalizedText why) {
    source_.error("PK-0254", node.place, {{"why", std::move(why)}});
  }

  const Source& source_;
  model::LetterTemplate& made_;
  std::set<std::string> ids_;
};

}  // namespace

model::LetterTemplate read_letter(const Source& source, const Node& node, const std::string& stem,
                                  const std::string& pack) {
  const MapReader map(source, node, {"letter", "title", "source", "keeps", "sections"});
  model::LetterTemplate made;
  made.id = read_file_id(source, map, "letter", stem);
  made.pack = pack;
  made.title = map.localized("title");
  made.source = map.text("source");
  const Node* keeps = map.need("keeps");
  if (keeps != nullptr && expect_map(source, *keeps, "keeps")) {
    const MapReader place(source, *keeps, {"form", "title", "on", "open", "finish"});
    made.keeps = {place.text("form"), place.text("title"), place.text("on"), {}, {}};
    for (std::string& state : place.texts_or_none("open")) made.keeps.open.insert(std::move(state));
    made.keeps.finish = place.text_or("finish");
  }
  if (const Node* sections = map.need("sections")) {
    LetterReader(source, made).read_sections(*sections);
    if (sections->is_sequence() && sections->items.empty()) {
      source.error("PK-0254", sections->place,
                   {{"why", LocalizedText{"een brief heeft een deel", "a letter has a section"}}});
    }
  }
  return made;
}

}  // namespace zicht::packs::internal
