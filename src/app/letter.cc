#include "app/letter.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>

#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

Error wrong(const std::string& where, LocalizedText what) {
  return make_error("AP-0250", {{"where", where.empty() ? "/" : where}, {"what", std::move(what)}});
}

// Objects of a letter, each with the place where it stands.
class Part {
 public:
  Part(const json::object& object, std::string where) : object_(object), where_(std::move(where)) {}

  static Result<Part> of(const Json& value, const std::string& where) {
    if (const auto* object = value.if_object()) return Part(*object, where);
    return wrong(where, {"hier hoort een object", "an object belongs here"});
  }

  [[nodiscard]] std::string at(std::string_view key) const {
    return where_ + "/" + std::string(key);
  }
  [[nodiscard]] const std::string& where() const { return where_; }

  Result<void> check_keys(std::initializer_list<std::string_view> known) const {
    for (const auto& member : object_) {
      const std::string_view key(member.key().data(), member.key().size());
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      std::string names;
      for (const auto name : known) names += (names.empty() ? "" : ", ") + std::string(name);
      return wrong(at(key), {"bekend zijn " + names, "known are " + names});
    }
    return {};
  }

  Result<std::string> text_or(std::string_view key) const {
    const Json* value = object_.if_contains(key);
    if (value == nullptr || value->is_null()) return std::string();
    if (value->is_int64()) return std::to_string(value->get_int64());
    if (value->is_string()) return std::string(value->get_string());
    return wrong(at(key), {"hier hoort een tekst", "a text belongs here"});
  }

  Result<std::string> text(std::string_view key) const {
    ZICHT_TRY(found, text_or(key));
    if (!found.empty()) return found;
    return wrong(at(key), {"deze tekst ontbreekt", "this text is missing"});
  }

  Result<json::array> list_or(std::string_view key) const {
    const Json* value = object_.if_contains(key);
    if (value == nullptr || value->is_null()) return json::array();
    if (const auto* list = value->if_array()) return *list;
    return wrong(at(key), {"hier hoort een lijst", "a list belongs here"});
  }

  // Each item of a list read by `read(value, where)`.
  template <class Item, class Read>
  Result<std::vector<Item>> items(std::string_view key, const Read& read) const {
    ZICHT_TRY(list, list_or(key));
    std::vector<Item> made;
    for (const Json& value : list) {
      ZICHT_TRY(item, read(value, at(key) + "/" + std::to_string(made.size())));
      made.push_back(std::move(item));
    }
    return made;
  }

 private:
  const json::object& object_;
  std::string where_;
};

Result<std::optional<Date>> day_in(const Part& part, std::string_view key) {
  ZICHT_TRY(text, part.text_or(key));
  if (text.empty()) return std::optional<Date>();
  if (const auto day = Date::parse(text)) return std::optional<Date>(*day);
  return wrong(part.at(key), {"schrijf een dag als 2026-01-31", "write a day such as 2026-01-31"});
}

Result<SourceKind> kind_in(const Part& part) {
  ZICHT_TRY(name, part.text("kind"));
  for (const auto kind : {SourceKind::kRecord, SourceKind::kIndicator, SourceKind::kText}) {
    if (name_of(kind) == name) return kind;
  }
  return wrong(part.at("kind"),
               {"kies record, indicator of text", "choose record, indicator or text"});
}

Result<LetterSource> source_of(const Json& value, const std::string& where) {
  ZICHT_TRY(part, Part::of(value, where));
  ZICHT_CHECKED(part.check_keys({"kind", "ref", "version", "title", "on"}));
  LetterSource source;
  ZICHT_TRY(kind, kind_in(part));
  source.kind = kind;
  ZICHT_TRY(ref, part.text("ref"));
  source.ref = std::move(ref);
  ZICHT_TRY(version, part.text_or("version"));
  source.version = std::move(version);
  ZICHT_TRY(title, part.text_or("title"));
  source.title = std::move(title);
  ZICHT_TRY(on, day_in(part, "on"));
  source.on = on;
  const bool is_figure = kind == SourceKind::kIndicator;
  if (is_figure && !source.on)
    return wrong(part.at("on"), {"een cijfer heeft een peildatum", "a figure has a reference day"});
  if (!is_figure && source.version.empty())
    return wrong(part.at("version"),
                 {"noem de versie die is gelezen", "name the version that was read"});
  return source;
}

Result<std::string> cell_of(const Json& value, const std::string& where) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_int64()) return std::to_string(value.get_int64());
  return wrong(where, {"een cel is een tekst", "a cell is a text"});
}

Result<std::vector<std::string>> row_of(const Json& value, const std::string& where) {
  const auto* cells = value.if_array();
  if (cells == nullptr) return wrong(where, {"een rij is een lijst", "a row is a list"});
  std::vector<std::string> row;
  for (const Json& cell : *cells) {
    ZICHT_TRY(text, cell_of(cell, where + "/" + std::to_string(row.size())));
    row.push_back(std::move(text));
  }
  return row;
}

Result<Sentence> sentence_of(const Json& value, const std::string& where) {
  ZICHT_TRY(part, Part::of(value, where));
  ZICHT_CHECKED(part.check_keys({"id", "text", "sources", "edited_by", "was"}));
  Sentence sentence;
  ZICHT_TRY(id, part.text("id"));
  sentence.id = std::move(id);
  ZICHT_TRY(text, part.text("text"));
  sentence.text = std::move(text);
  ZICHT_TRY(sources, part.items<LetterSource>("sources", source_of));
  sentence.sources = std::move(sources);
  ZICHT_TRY(by, part.text_or("edited_by"));
  sentence.edited_by = std::move(by);
  ZICHT_TRY(was, part.text_or("was"));
  sentence.was = std::move(was);
  return sentence;
}

Result<LetterTable> table_of(const Json& value, const std::string& where) {
  ZICHT_TRY(part, Part::of(value, where));
  ZICHT_CHECKED(part.check_keys({"id", "caption", "headings", "rows", "sources"}));
  LetterTable table;
  ZICHT_TRY(id, part.text("id"));
  table.id = std::move(id);
  ZICHT_TRY(caption, part.text("caption"));
  table.caption = std::move(caption);
  ZICHT_TRY(headings, part.items<std::string>("headings", cell_of));
  table.headings = std::move(headings);
  if (table.headings.empty())
    return wrong(part.at("headings"), {"een tabel heeft koppen", "a table has headings"});
  ZICHT_TRY(rows, part.items<std::vector<std::string>>("rows", row_of));
  table.rows = std::move(rows);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (table.rows[i].size() == table.headings.size()) continue;
    return wrong(part.at("rows") + "/" + std::to_string(i),
                 {"een rij heeft evenveel cellen als er koppen zijn",
                  "a row has as many cells as there are headings"});
  }
  ZICHT_TRY(sources, part.items<LetterSource>("sources", source_of));
  table.sources = std::move(sources);
  return table;
}

Result<LetterSection> section_of(const Json& value, const std::string& where) {
  ZICHT_TRY(part, Part::of(value, where));
  ZICHT_CHECKED(part.check_keys({"heading", "level", "sentences", "tables"}));
  LetterSection section;
  ZICHT_TRY(heading, part.text("heading"));
  section.heading = std::move(heading);
  ZICHT_TRY(level, part.text_or("level"));
  if (level != "" && level != "1" && level != "2")
    return wrong(part.at("level"), {"kies 1 of 2", "choose 1 or 2"});
  section.level = level == "2" ? 2 : 1;
  ZICHT_TRY(sentences, part.items<Sentence>("sentences", sentence_of));
  section.sentences = std::move(sentences);
  ZICHT_TRY(tables, part.items<LetterTable>("tables", table_of));
  section.tables = std::move(tables);
  return section;
}

// A sentence, or a table as one text.
struct Told {
  std::string id, text;
  const std::vector<LetterSource>* sources = nullptr;
};

std::string text_of(const LetterTable& table) {
  std::string text = table.caption;
  const auto add = [&text](const std::vector<std::string>& row) {
    text += "\n";
    for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : " | ") + row[i];
  };
  add(table.headings);
  for (const auto& row : table.rows) add(row);
  return text;
}

std::vector<Told> all_told(const Letter& letter) {
  std::vector<Told> all;
  for (const LetterSection& section : letter.sections) {
    for (const Sentence& sentence : section.sentences)
      all.push_back({sentence.id, sentence.text, &sentence.sources});
    for (const LetterTable& table : section.tables)
      all.push_back({table.id, text_of(table), &table.sources});
  }
  return all;
}

Result<void> check_letter(const Letter& letter) {
  if (letter.language != "nl" && letter.language != "en")
    return wrong("/language", {"kies nl of en", "choose nl or en"});
  if (letter.sections.empty())
    return wrong("/sections", {"een brief heeft een deel", "a letter has a section"});
  if (letter.sections.front().level != 1)
    return wrong("/sections/0/level",
                 {"het eerste deel is van niveau 1", "the first section is of level 1"});
  std::set<std::string> ids;
  const auto all = all_told(letter);
  if (all.size() > kMostSentences)
    return wrong("/sections", {"een brief heeft ten hoogste 5000 zinnen en tabellen",
                               "a letter has at most 5000 sentences and tables"});
  for (const Told& told : all) {
    if (ids.insert(told.id).second) continue;
    return wrong("/sections", {"twee keer id " + told.id, "twice the id " + told.id});
  }
  return {};
}

std::map<std::string, const Told*> by_id(const std::vector<Told>& all) {
  std::map<std::string, const Told*> found;
  for (const Told& told : all) found.emplace(told.id, &told);
  return found;
}

json::array json_of(const std::vector<LetterSource>& sources) {
  json::array made;
  for (const LetterSource& source : sources) made.push_back(to_json(source));
  return made;
}

json::object json_of(const Sentence& sentence) {
  json::object made{{"id", sentence.id}, {"text", sentence.text}};
  if (!sentence.sources.empty()) made["sources"] = json_of(sentence.sources);
  if (!sentence.edited_by.empty()) made["edited_by"] = sentence.edited_by;
  if (!sentence.was.empty()) made["was"] = sentence.was;
  return made;
}

json::array json_of(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

json::object json_of(const LetterTable& table) {
  json::object made{
      {"id", table.id}, {"caption", table.caption}, {"headings", json_of(table.headings)}};
  json::array rows;
  for (const auto& row : table.rows) rows.push_back(json_of(row));
  made["rows"] = std::move(rows);
  if (!table.sources.empty()) made["sources"] = json_of(table.sources);
  return made;
}

}  // namespace

json::object to_json(const LetterSource& source) {
  json::object made{{"kind", name_of(source.kind)}, {"ref", source.ref}};
  if (!source.version.empty()) made["version"] = source.version;
  if (!source.title.empty()) made["title"] = source.title;
  if (source.on) made["on"] = source.on->to_string();
  return made;
}

json::object to_json(const Letter& letter) {
  json::array sections;
  for (const LetterSection& section : letter.sections) {
    json::array sentences, tables;
    for (const Sentence& sentence : section.sentences) sentences.push_back(json_of(sentence));
    for (const LetterTable& table : section.tables) tables.push_back(json_of(table));
    sections.push_back(json::object{{"heading", section.heading},
                                    {"level", section.level},
                                    {"sentences", std::move(sentences)},
                                    {"tables", std::move(tables)}});
  }
  return {{"letter", letter.title},
          {"language", letter.language},
          {"on", letter.on.to_string()},
          {"sections", std::move(sections)}};
}

std::string_view name_of(SourceKind kind) {
  switch (kind) {
    case SourceKind::kRecord:
      return "record";
    case SourceKind::kIndicator:
      return "indicator";
    case SourceKind::kText:
      return "text";
  }
  return {};
}

std::string_view name_of(LetterChangeKind kind) {
  switch (kind) {
    case LetterChangeKind::kAdded:
      return "added";
    case LetterChangeKind::kChanged:
      return "changed";
    case LetterChangeKind::kSourceChanged:
      return "source_changed";
    case LetterChangeKind::kGone:
      return "gone";
  }
  return {};
}

Result<Letter> Letter::from_json(const Json& value) {
  ZICHT_TRY(part, Part::of(value, ""));
  ZICHT_CHECKED(part.check_keys({"letter", "language", "on", "sections"}));
  Letter letter;
  ZICHT_TRY(title, part.text("letter"));
  letter.title = std::move(title);
  ZICHT_TRY(language, part.text("language"));
  letter.language = std::move(language);
  ZICHT_TRY(on, day_in(part, "on"));
  if (!on) return wrong("/on", {"een brief heeft een peildatum", "a letter has a reference day"});
  letter.on = *on;
  ZICHT_TRY(sections, part.items<LetterSection>("sections", section_of));
  letter.sections = std::move(sections);
  ZICHT_CHECKED(check_letter(letter));
  return letter;
}

Result<void> check_has_sources(const Letter& letter) {
  Error error = make_error("AP-0251");
  for (const LetterSection& section : letter.sections) {
    std::size_t number = 0;
    const auto check = [&](const auto& one) {
      ++number;
      if (!one.sources.empty()) return;
      error.problems.push_back(make_problem(
          "AP-0252", one.id, {{"number", std::to_string(number)}, {"heading", section.heading}}));
    };
    std::for_each(section.sentences.begin(), section.sentences.end(), check);
    std::for_each(section.tables.begin(), section.tables.end(), check);
  }
  if (error.problems.empty()) return {};
  return error;
}

std::vector<LetterChange> compare(const Letter& before, const Letter& after) {
  const auto old = all_told(before), now = all_told(after);
  const auto old_by_id = by_id(old), now_by_id = by_id(now);
  std::vector<LetterChange> changes;
  for (const Told& told : now) {
    const auto found = old_by_id.find(told.id);
    if (found == old_by_id.end()) {
      changes.push_back({LetterChangeKind::kAdded, told.id, "", told.text});
    } else if (found->second->text != told.text) {
      changes.push_back({LetterChangeKind::kChanged, told.id, found->second->text, told.text});
    } else if (*found->second->sources != *told.sources) {
      changes.push_back({LetterChangeKind::kSourceChanged, told.id, told.text, told.text});
    }
  }
  for (const Told& told : old) {
    if (!now_by_id.contains(told.id))
      changes.push_back({LetterChangeKind::kGone, told.id, told.text, ""});
  }
  return changes;
}

json::object to_json(const LetterChange& change) {
  return {{"change", name_of(change.kind)},
          {"id", change.id},
          {"before", change.before},
          {"after", change.after}};
}

std::string told(const LetterSource& source, std::string_view language) {
  const bool is_dutch = language != "en";
  std::string text = source.title.empty() ? source.ref : source.title + " (" + source.ref + ")";
  if (!source.version.empty()) text += (is_dutch ? ", versie " : ", version ") + source.version;
  if (source.on) text += (is_dutch ? ", peildatum " : ", reference day ") + source.on->to_string();
  return text;
}

}  // namespace zicht::app
