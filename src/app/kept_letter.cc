#include "app/kept_letter.h"

#include <algorithm>

#include "app/internal/text_in.h"
#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::app {
namespace {

using internal::text_in;

constexpr std::string_view kOwn = "own/";
constexpr std::size_t kMostEdits = 500;
constexpr std::size_t kLongestSentence = 4'000;  // code points

Error unreadable(const std::string& why) { return make_error("AP-0272", {{"why", why}}); }

Error wrong(LocalizedText what) { return make_error("AP-0264", {{"what", std::move(what)}}); }

std::set<std::string> texts_in(const json::object& object, std::string_view key) {
  std::set<std::string> made;
  const Json* value = object.if_contains(key);
  if (value == nullptr || !value->is_array()) return made;
  for (const Json& item : value->get_array()) {
    if (item.is_string()) made.emplace(item.get_string());
  }
  return made;
}

json::array json_of(const std::set<std::string>& texts) {
  json::array made;
  for (const std::string& text : texts) made.emplace_back(text);
  return made;
}

// ---------------------------------------------------------------- edits

class Editor {
 public:
  Editor(KeptLetter& kept, const Editing& editing) : kept_(kept), editing_(editing) {}

  Result<void> apply(const Json& edit) {
    const json::object* object = edit.if_object();
    const std::string what = object == nullptr ? "" : text_in(*object, "do");
    if (what == "reword") return reword(*object);
    if (what == "add") return add(*object);
    if (what == "source") return set_source(*object);
    if (what == "leave_out") return leave_out(*object);
    if (what == "put_back") return put_back(*object);
    return wrong({"kies bij do: reword, add, source, leave_out of put_back",
                  "choose at do: reword, add, source, leave_out or put_back"});
  }

 private:
  struct Found {
    LetterSection* section = nullptr;
    std::size_t at = 0;
  };

  static Result<std::string> words_in(const json::object& edit) {
    const std::string text(trim(text_in(edit, "text")));
    if (!text.empty() && code_point_length(text) <= kLongestSentence) return text;
    return wrong({"een zin heeft 1 tot 4000 tekens", "a sentence has 1 to 4000 characters"});
  }

  Result<Found> sentence_in(const json::object& edit, std::string_view key) {
    const std::string id = text_in(edit, key);
    for (LetterSection& section : kept_.letter.sections) {
      for (std::size_t at = 0; at < section.sentences.size(); ++at) {
        if (section.sentences[at].id == id) return Found{&section, at};
      }
    }
    return make_error("AP-0263", {{"id", id}});
  }

  Result<void> reword(const json::object& edit) {
    ZICHT_TRY(found, sentence_in(edit, "id"));
    ZICHT_TRY(text, words_in(edit));
    Sentence& sentence = found.section->sentences[found.at];
    if (text == sentence.text) return {};
    if (sentence.was.empty() && !is_own(sentence.id)) sentence.was = sentence.text;
    sentence.text = text;
    sentence.edited_by = editing_.account;
    if (text != sentence.was) return {};
    sentence.was.clear();
    sentence.edited_by.clear();
    return {};
  }

  Result<LetterSection*> section_in(const json::object& edit) {
    const Json* index = edit.if_contains("section");
    const auto count = static_cast<std::int64_t>(kept_.letter.sections.size());
    if (index == nullptr || !index->is_int64() || index->get_int64() < 0 ||
        index->get_int64() >= count) {
      return wrong({"section is het nummer van een deel, vanaf 0",
                    "section is the number of a section, from 0"});
    }
    return &kept_.letter.sections[static_cast<std::size_t>(index->get_int64())];
  }

  Result<void> add(const json::object& edit) {
    Sentence made;
    ZICHT_TRY(text, words_in(edit));
    made.text = std::move(text);
    made.id = std::string(kOwn) + editing_.make_id();
    made.edited_by = editing_.account;
    if (const Json* source = edit.if_contains("source")) {
      ZICHT_TRY(read, editing_.source_of(*source));
      made.sources.push_back(std::move(read));
    }
    if (edit.contains("after")) {
      ZICHT_TRY(found, sentence_in(edit, "after"));
      auto& sentences = found.section->sentences;
      sentences.insert(sentences.begin() + static_cast<std::ptrdiff_t>(found.at) + 1,
                       std::move(made));
    } else {
      ZICHT_TRY(section, section_in(edit));
      section->sentences.push_back(std::move(made));
    }
    return check_size();
  }

  Result<void> check_size() const {
    std::size_t count = 0;
    for (const LetterSection& section : kept_.letter.sections) {
      count += section.sentences.size() + section.tables.size();
    }
    if (count <= kMostSentences) return {};
    return wrong({"een brief heeft ten hoogste 5000 zinnen en tabellen",
                  "a letter has at most 5000 sentences and tables"});
  }

  // What the template says where a sentence comes from stays so.
  Result<void> set_source(const json::object& edit) {
    ZICHT_TRY(found, sentence_in(edit, "id"));
    Sentence& sentence = found.section->sentences[found.at];
    if (!is_own(sentence.id)) {
      return wrong({"deze zin heeft haar bron uit het sjabloon",
                    "this sentence has its source from the template"});
    }
    const Json* source = edit.if_contains("source");
    if (source == nullptr) return wrong({"source ontbreekt", "source is missing"});
    ZICHT_TRY(read, editing_.source_of(*source));
    sentence.sources = {std::move(read)};
    return {};
  }

  Result<void> leave_out(const json::object& edit) {
    const std::string id = text_in(edit, "id");
    for (LetterSection& section : kept_.letter.sections) {
      const auto is_it = [&id](const auto& each) { return each.id == id; };
      if (std::erase_if(section.sentences, is_it) + std::erase_if(section.tables, is_it) == 0) {
        continue;
      }
      if (!is_own(id)) kept_.left_out.insert(id);
      return {};
    }
    return make_error("AP-0263", {{"id", id}});
  }

  Result<void> put_back(const json::object& edit) {
    const std::string id = text_in(edit, "id");
    if (kept_.left_out.erase(id) > 0) return {};
    return make_error("AP-0263", {{"id", id}});
  }

  KeptLetter& kept_;
  const Editing& editing_;
};

// ---------------------------------------------------------------- filling again

// Words of people over those of the template.
void keep_words(const Letter& before, Letter& fresh) {
  std::map<std::string, const Sentence*> edited;
  for (const LetterSection& section : before.sections) {
    for (const Sentence& sentence : section.sentences) {
      if (!sentence.edited_by.empty()) edited.emplace(sentence.id, &sentence);
    }
  }
  for (LetterSection& section : fresh.sections) {
    for (Sentence& sentence : section.sentences) {
      const auto found = edited.find(sentence.id);
      if (found == edited.end() || found->second->text == sentence.text) continue;
      sentence.was = std::exchange(sentence.text, found->second->text);
      sentence.edited_by = found->second->edited_by;
    }
  }
}

// Behind the sentence that it followed, else at the end of its section.
void put_own(const Sentence& own, const std::string& after, LetterSection& section) {
  auto& sentences = section.sentences;
  const auto found = std::find_if(sentences.begin(), sentences.end(),
                                  [&](const Sentence& each) { return each.id == after; });
  sentences.insert(found == sentences.end() ? found : found + 1, own);
}

// The same section of the fresh letter: a part of another pack may have come or gone before it.
LetterSection& section_of(const Letter& before, std::size_t at, Letter& fresh) {
  const std::string& heading = before.sections[at].heading;
  const auto is_same = [&](const LetterSection& each) { return each.heading == heading; };
  if (at < fresh.sections.size() && is_same(fresh.sections[at])) return fresh.sections[at];
  const auto found = std::find_if(fresh.sections.begin(), fresh.sections.end(), is_same);
  if (found != fresh.sections.end()) return *found;
  return fresh.sections[std::min(at, fresh.sections.size() - 1)];
}

void keep_own(const Letter& before, Letter& fresh) {
  for (std::size_t i = 0; i < before.sections.size(); ++i) {
    LetterSection& section = section_of(before, i, fresh);
    std::string previous;
    for (const Sentence& sentence : before.sections[i].sentences) {
      if (is_own(sentence.id)) put_own(sentence, previous, section);
      previous = sentence.id;
    }
  }
}

}  // namespace

bool is_own(std::string_view sentence_id) { return sentence_id.starts_with(kOwn); }

Result<KeptLetter> KeptLetter::from_json(const Json& value) {
  const json::object* object = value.if_object();
  const Json* letter = object == nullptr ? nullptr : object->if_contains("letter");
  if (letter == nullptr) return unreadable("letter");
  KeptLetter kept;
  auto read = Letter::from_json(*letter);
  if (!read) return unreadable(read.error().message.en);
  kept.letter = *std::move(read);
  kept.letter_template = text_in(*object, "template");
  kept.left_out = texts_in(*object, "left_out");
  kept.named = texts_in(*object, "named");
  if (const Json* reach = object->if_contains("reach"); reach != nullptr && reach->is_object()) {
    for (const auto& member : reach->get_object()) {
      const auto level = member.value().is_string()
                             ? model::find_sensitivity(member.value().get_string())
                             : std::nullopt;
      if (!level) return unreadable("reach");
      kept.reach.emplace(std::string(member.key()), *level);
    }
  }
  const std::string final_at = text_in(*object, "final_at");
  if (final_at.empty()) return kept;
  const auto at = Instant::parse(final_at);
  if (!at) return unreadable("final_at");
  kept.final_at = *at;
  kept.final_by = text_in(*object, "final_by");
  return kept;
}

json::object KeptLetter::to_json() const {
  json::object made{{"template", letter_template},
                    {"letter", app::to_json(letter)},
                    {"left_out", json_of(left_out)},
                    {"named", json_of(named)}};
  json::object levels;
  for (const auto& [form, level] : reach) levels[form] = model::name_of(level);
  made["reach"] = std::move(levels);
  if (final_at) {
    made["final_at"] = final_at->to_string();
    made["final_by"] = final_by;
  }
  return made;
}

std::set<std::string> KeptLetter::records() const {
  std::set<std::string> ids = named;
  const auto add = [&ids](const std::vector<LetterSource>& sources) {
    for (const LetterSource& source : sources) {
      if (source.kind == SourceKind::kRecord) ids.insert(source.ref);
    }
  };
  for (const LetterSection& section : letter.sections) {
    for (const Sentence& sentence : section.sentences) add(sentence.sources);
    for (const LetterTable& table : section.tables) add(table.sources);
  }
  return ids;
}

Result<void> apply_edits(KeptLetter& kept, const Json& edits, const Editing& editing) {
  const json::array* list = edits.if_array();
  if (list == nullptr || list->size() > kMostEdits) {
    return wrong({"edits is een lijst van ten hoogste 500 wijzigingen",
                  "edits is a list of at most 500 changes"});
  }
  Editor editor(kept, editing);
  for (const Json& edit : *list) ZICHT_CHECKED(editor.apply(edit));
  return {};
}

Letter refilled(const KeptLetter& kept, Letter fresh) {
  keep_words(kept.letter, fresh);
  keep_own(kept.letter, fresh);
  return fresh;
}

}  // namespace zicht::app
