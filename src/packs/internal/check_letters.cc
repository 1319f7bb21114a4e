// What the letters of a pack rest on: the form that keeps them, and the forms, fields and
// indicators that their sentences tell.
#include <algorithm>

#include "model/compile_rules.h"
#include "packs/internal/expressions.h"
#include "packs/internal/letters.h"

namespace zicht::packs::internal {
namespace {

using model::Field;
using model::FieldType;
using model::Form;
using model::LetterTemplate;

class LetterCheck {
 public:
  LetterCheck(const Draft& draft, const LetterTemplate& letter)
      : draft_(draft), letter_(letter), file_("letters/" + letter.id + ".yaml") {}

  void run() {
    draft_.check_source(file_, {"source"}, letter_.source);
    check_keeps();
    check_begin();
    for (std::size_t i = 0; i < letter_.sections.size(); ++i) {
      const model::LetterSectionRule& section = letter_.sections[i];
      const Path path = {"sections", std::to_string(i)};
      for (std::size_t at = 0; at < section.sentences.size(); ++at) {
        check_sentence(section.sentences[at], with(path, {"sentences", std::to_string(at)}));
      }
      for (std::size_t at = 0; at < section.tables.size(); ++at) {
        check_table(section.tables[at], with(path, {"tables", std::to_string(at)}));
      }
    }
  }

 private:
  static Path with(Path path, std::initializer_list<std::string> more) {
    path.insert(path.end(), more);
    return path;
  }

  const Form* find_form(const std::string& name, const Path& path) const {
    const Form* form = draft_.pack.find_form(name);
    if (form == nullptr && !name.empty()) {
      draft_.unknown_file("PK-0041", file_, path, "forms", name, ids_of(draft_.pack.forms));
    }
    return form;
  }

  void check_keeps() {
    const Form* form = find_form(letter_.keeps.form, {"keeps", "form"});
    if (form == nullptr) return;
    const auto refuse = [&](const char* key, LocalizedText why) {
      draft_.error("PK-0250", file_, {"keeps", key}, {{"form", form->id}, {"why", std::move(why)}});
    };
    const auto is_frozen = [](const Field& each) { return each.is_frozen(); };
    if (std::count_if(form->fields.begin(), form->fields.end(), is_frozen) != 1 ||
        model::letter_field(*form) == nullptr) {
      refuse("form", {"het heeft niet precies een veld van type figures, zonder indicators",
                      "it has not exactly one field of type figures, without indicators"});
    }
    if (is_of_persons(*form) || !form->process.by_field.empty()) {
      refuse("form", {"het gaat over personen, of het proces hangt van een veld af",
                      "it is about persons, or its process depends on a field"});
    }
    check_life(*form, refuse);
    const Field* title = find_field(*form, letter_.keeps.title, {"keeps", "title"});
    if (title != nullptr && (title->type != FieldType::kText || title->is_many)) {
      refuse("title", {"de titel is een tekst zonder many", "the title is a text without many"});
    }
    const Field* on = find_field(*form, letter_.keeps.on, {"keeps", "on"});
    if (on != nullptr && (on->type != FieldType::kDate || on->is_many)) {
      refuse("on",
             {"de peildatum is een date zonder many", "the reference day is a date without many"});
    }
    for (const Field& field : form->fields) {
      if (!field.is_always_required() || &field == title || &field == on) continue;
      refuse("form", {"het veld " + field.id + " is verplicht en niemand vult het",
                      "the field " + field.id + " is required and nobody fills it"});
    }
  }

  // A letter with a process says in which states it may be changed, and which step makes it final.
  template <class Refuse>
  void check_life(const Form& form, const Refuse& refuse) {
    const std::set<std::string>& open = letter_.keeps.open;
    const std::string& finish = letter_.keeps.finish;
    const model::Process* process = draft_.pack.find_process(form.process.process);
    if (form.process.process.empty()) {
      const LocalizedText why = {"het heeft geen proces", "it has no process"};
      if (!open.empty()) refuse("open", why);
      if (!finish.empty()) refuse("finish", why);
      return;
    }
    if (process == nullptr) return;  // told at the form
    if (open.empty() || finish.empty()) {
      refuse("form", {"het heeft een proces; noem open en finish",
                      "it has a process; name open and finish"});
      return;
    }
    for (const std::string& state : open) {
      const model::State* found = process->find_state(state);
      if (found != nullptr && found->is_fixed) {
        draft_.error("PK-0275", file_, {"keeps", "open"}, {{"state", state}});
      }
      if (found != nullptr) continue;
      draft_.unknown("PK-0046", file_, {"keeps", "open"}, state, ids_of(process->states));
    }
    if (!open.contains(process->start)) {
      refuse("open", {"een nieuwe brief staat in " + process->start + ", en dat is niet open",
                      "a new letter is in " + process->start + ", which is not open"});
    }
    const model::Transition* step = process->find_transition(finish);
    if (step == nullptr) {
      draft_.unknown("PK-0047", file_, {"keeps", "finish"}, finish, ids_of(process->transitions));
    } else if (step->is_automatic || !step->fields.empty() || step->to == "same" ||
               open.contains(step->to)) {
      refuse("finish", {"de stap vraagt velden, gaat vanzelf of laat de brief open",
                        "the step asks for fields, is automatic or leaves the letter open"});
    }
  }

  const Field* find_field(const Form& form, const std::string& name, const Path& path) const {
    const Field* field = form.find_field(name);
    if (field == nullptr && !name.empty()) {
      draft_.unknown("PK-0045", file_, path, name, ids_of(form.fields));
    }
    return field;
  }

  // A letter begins with a section, also where no other pack is at hand.
  void check_begin() const {
    if (letter_.sections.empty()) return;
    const model::LetterSectionRule& first = letter_.sections.front();
    const bool has_parts = !first.sentences.empty() || !first.tables.empty();
    const bool has_next = letter_.sections.size() > 1 && letter_.sections[1].level == 2;
    const bool is_bare = !has_parts && !has_next;
    const auto is_own_sentence = [&](const model::LetterSentence& each) {
      return letter_.is_own(each.each ? each.each->form : each.figure);
    };
    const auto is_own_table = [&](const model::LetterTableRule& each) {
      return letter_.is_own(each.each.form);
    };
    if (is_bare || std::any_of(first.sentences.begin(), first.sentences.end(), is_own_sentence) ||
        std::any_of(first.tables.begin(), first.tables.end(), is_own_table)) {
      return;
    }
    draft_.error("PK-0254", file_, {"sections", "0"},
                 {{"why", LocalizedText{"als eerste deel hoort hier iets van het eigen pakket",
                                        "as the first section something of the own pack "
                                        "belongs here"}}});
  }

  // Of another pack it is looked at when that pack happens to be at hand, as in check_desks.cc.
  const Form* find_form_of_rows(const std::string& name, const Path& path) const {
    if (letter_.is_own(name)) {
      const auto parts = model::split_full_id(name);
      return find_form(parts ? std::string(parts->second) : name, path);
    }
    const auto parts = model::split_full_id(name);
    const model::PackPtr pack = draft_.packs.active(parts->first);
    if (pack == nullptr) return nullptr;
    const Form* form = pack->find_form(parts->second);
    if (form == nullptr) {
      draft_.unknown("PK-0041", file_, path, name, ids_of(pack->forms));
    }
    return form;
  }

  // The form of the records; null when it cannot be told.
  const Form* check_rows(const model::LetterRows& rows, const Path& path) const {
    const Form* form = find_form_of_rows(rows.form, with(path, {"form"}));
    if (form == nullptr) return nullptr;
    if (model::is_untold(*form)) {
      draft_.error("PK-0253", file_, with(path, {"form"}), {{"form", form->id}});
    }
    if (!rows.where.empty()) check_where(rows.where, *form, with(path, {"where"}));
    const Field* order = find_field(*form, rows.order, with(path, {"order"}));
    if (order != nullptr && !order->is_sortable) {
      draft_.error("PK-0254", file_, with(path, {"order"}),
                   {{"why", LocalizedText{"het veld " + order->id + " is niet sortable",
                                          "the field " + order->id + " is not sortable"}}});
    }
    if (rows.latest) check_latest(*rows.latest, *form, with(path, {"latest"}));
    return form;
  }

  void check_latest(const model::LetterLatest& latest, const Form& form, const Path& path) const {
    const auto refuse = [&](const char* key, LocalizedText why) {
      draft_.error("PK-0254", file_, with(path, {key}), {{"why", std::move(why)}});
    };
    const Field* of = find_field(form, latest.of, with(path, {"of"}));
    if (of != nullptr && (of->is_many || of->is_frozen() || of->type == FieldType::kGroup)) {
      refuse("of", {"het veld " + of->id + " heeft niet een enkele waarde",
                    "the field " + of->id + " does not have a single value"});
    }
    if (latest.by.empty()) return;  // told by the reader
    const Field* by = model::field_named(draft_.packs, form, latest.by);
    if (by == nullptr) {
      draft_.unknown("PK-0251", file_, with(path, {"by"}), latest.by, told_of(form));
    } else if (by->is_many || (by->type != FieldType::kDate &&
                               by->type != FieldType::kUncertainDate)) {
      refuse("by", {"het veld " + latest.by + " is geen dag", "the field " + latest.by +
                                                                  " is no day"});
    }
  }

  // First as a database answers it, then as it is answered row by row.
  void check_where(const std::string& text, const Form& form, const Path& path) const {
    if (!draft_.check_where(file_, path, text, form)) return;
    const feel::Scope scope = model::names_of_rules(form, model::RuleOf::kFilter);
    model::Rule rule{text, {}, {}};
    static_cast<void>(ExpressionCheck(draft_, form, scope).compile_condition(rule, {file_, path}));
  }

  void check_text(const LocalizedText& text, const std::vector<std::string>& known,
                  const Path& path) const {
    for (const auto& [language, words] : {std::pair("nl", &text.nl), std::pair("en", &text.en)}) {
      for (const std::string& name : model::placeholders_in(*words)) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        draft_.unknown("PK-0251", file_, with(path, {language}), name, known);
      }
    }
  }

  std::vector<std::string> told_of(const Form& form) const {
    return model::names_told_of(draft_.packs, form);
  }

  void check_sentence(const model::LetterSentence& sentence, const Path& path) const {
    if (sentence.each) {
      const Form* form = check_rows(*sentence.each, with(path, {"each"}));
      if (form != nullptr) check_text(sentence.text, told_of(*form), with(path, {"text"}));
      if (sentence.none) check_text(*sentence.none, {}, with(path, {"none"}));
      return;
    }
    draft_.check_source(file_, with(path, {"source"}), sentence.source);
    std::vector<std::string> known;
    if (!sentence.figure.empty()) {
      check_figure(sentence.figure, with(path, {"figure"}));
      known.assign(model::kFigureWords.begin(), model::kFigureWords.end());
    }
    check_text(sentence.text, known, with(path, {"text"}));
  }

  void check_figure(const std::string& full, const Path& path) const {
    const auto parts = model::split_full_id(full);
    const std::string name(parts ? parts->second : full);
    const bool is_own = letter_.is_own(full);
    const model::PackPtr other = is_own ? nullptr : draft_.packs.active(parts->first);
    if (!is_own && other == nullptr) return;  // not at hand
    const model::Pack& pack = is_own ? draft_.pack : *other;
    const model::Indicator* indicator = pack.find_indicator(name);
    if (indicator == nullptr && !is_own) {
      draft_.unknown("PK-0227", file_, path, full, ids_of(pack.indicators));
    } else if (indicator == nullptr) {
      draft_.unknown_file("PK-0227", file_, path, "indicators", name, ids_of(pack.indicators));
    } else if (!indicator->protection.is_already_public) {
      draft_.error("PK-0252", file_, path, {{"indicator", name}});
    }
  }

  void check_table(const model::LetterTableRule& table, const Path& path) const {
    const Form* form = check_rows(table.each, with(path, {"each"}));
    if (form == nullptr) return;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      check_text(table.columns[i].text, told_of(*form),
                 with(path, {"columns", std::to_string(i), "text"}));
    }
  }

  const Draft& draft_;
  const LetterTemplate& letter_;
  const std::string file_;
};

}  // namespace

void check_letter(const Draft& draft, const LetterTemplate& letter) {
  LetterCheck(draft, letter).run();
}

bool has_letter_for(const Draft& draft, const Form& form) {
  return std::any_of(draft.trees.begin(), draft.trees.end(), [&](const auto& each) {
    const Node* keeps = each.first.starts_with("letters/") ? each.second.find("keeps") : nullptr;
    const Node* kept = keeps == nullptr ? nullptr : keeps->find("form");
    return kept != nullptr && kept->text == form.id;
  });
}

}  // namespace zicht::packs::internal
