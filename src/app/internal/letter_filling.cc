#include "app/internal/letter_filling.h"

#include <algorithm>

#include "app/internal/found_record.h"
#include "app/internal/indicator_count.h"
#include "app/present/field_text.h"
#include "base/error_catalogue.h"
#include "model/where.h"

namespace zicht::app::internal {
namespace {

using model::Field;
using model::Form;
using model::LetterRows;
using model::Sensitivity;

constexpr std::int64_t kRecordsAtOnce = 200;
constexpr std::chrono::milliseconds kTimeOfFigure{5'000};

// The records of a part, in order, with the names that its sentences may tell.
struct Rows {
  ActiveForm form;
  std::vector<model::Record> records;
  References references;
};

class Filler {
 public:
  Filler(const FillingPorts& ports, const Caller& caller, const Rulebook& rules,
         const model::PackPtr& pack, const model::LetterTemplate& letter, const LetterWish& wish)
      : ports_(ports), caller_(caller), rules_(rules), pack_(pack), letter_(letter), wish_(wish) {}

  Result<FilledLetter> fill() {
    ZICHT_TRY(turn, ports_.places.take(caller_.is_visitor()));
    Letter& made = filled_.letter;
    made.title = words(letter_.title);
    made.language = wish_.language == Language::kDutch ? "nl" : "en";
    made.on = wish_.on;
    for (const model::LetterSectionRule& rule : letter_.sections) {
      ZICHT_TRY(section, section_of(rule));
      made.sections.push_back(std::move(section));
    }
    return std::move(filled_);
  }

 private:
  const std::string& words(const LocalizedText& text) const {
    return in_language(text, wish_.language);
  }

  std::string unknown() const { return in_language({"niet bekend", "not known"}, wish_.language); }

  [[nodiscard]] bool is_left_out(const std::string& id) const {
    return wish_.left_out.contains(id);
  }

  Result<LetterSection> section_of(const model::LetterSectionRule& rule) {
    LetterSection made{words(rule.heading), rule.level, {}, {}};
    for (const model::LetterSentence& sentence : rule.sentences) {
      ZICHT_CHECKED(add_sentences(sentence, made));
    }
    for (const model::LetterTableRule& table : rule.tables) {
      if (is_left_out(table.id)) continue;
      ZICHT_TRY(read, table_of(table));
      if (!read.rows.empty()) made.tables.push_back(std::move(read));
    }
    return made;
  }

  void add(Sentence sentence, LetterSection& section) const {
    if (!is_left_out(sentence.id)) section.sentences.push_back(std::move(sentence));
  }

  Result<void> add_sentences(const model::LetterSentence& rule, LetterSection& section) {
    if (rule.each) return add_each(rule, section);
    if (!rule.figure.empty()) return add_figure(rule, section);
    add({rule.id, words(rule.text), {text_source(rule.source)}, "", ""}, section);
    return {};
  }

  LetterSource text_source(const std::string& id) const {
    LetterSource source{SourceKind::kText, pack_->id + "/" + id, pack_->version, "", {}};
    for (const model::Source& each : pack_->sources) {
      if (each.id == id) source.title = words(each.title);
    }
    return source;
  }

  // ---------------------------------------------------------------- records

  Result<void> add_each(const model::LetterSentence& rule, LetterSection& section) {
    const std::string& text = words(rule.text);
    ZICHT_TRY(rows, read_rows(*rule.each, rule.id, model::placeholders_in(text)));
    for (const model::Record& record : rows.records) {
      add({rule.id + "/" + record.id, text_of(text, rows, record), {source_of(record)}, "", ""},
          section);
    }
    if (rows.records.empty() && rule.none) {
      add({rule.id, words(*rule.none), {text_source(letter_.source)}, "", ""}, section);
    }
    return {};
  }

  Result<LetterTable> table_of(const model::LetterTableRule& rule) {
    LetterTable made{rule.id, words(rule.caption), {}, {}, {}};
    std::vector<std::string> names;
    for (const model::LetterColumn& column : rule.columns) {
      made.headings.push_back(words(column.heading));
      for (std::string& name : model::placeholders_in(words(column.text))) {
        names.push_back(std::move(name));
      }
    }
    ZICHT_TRY(rows, read_rows(rule.each, rule.id, names));
    for (const model::Record& record : rows.records) {
      std::vector<std::string> cells;
      for (const model::LetterColumn& column : rule.columns) {
        cells.push_back(text_of(words(column.text), rows, record));
      }
      made.rows.push_back(std::move(cells));
      made.sources.push_back(source_of(record));
    }
    return made;
  }

  // Only the rows in which each of these fields is seen.
  Result<void> narrow(const Form& form, const std::vector<std::string>& names,
                      model::RowScope& scope) {
    Sensitivity& reach = filled_.reach[form.full_id()];
    for (const std::string& name : names) {
      const Field* field = form.find_field(name);
      if (field == nullptr) continue;
      if (!sees_field(scope, *field)) return make_error("AP-0261");
      scope.narrow(sensitivity_of(*field));
      reach = std::max(reach, sensitivity_of(*field));
    }
    return {};
  }

  Result<Rows> read_rows(const LetterRows& rule, const std::string& part,
                         std::vector<std::string> names) {
    Rows rows{{pack_, pack_->find_form(rule.form)}, {}, {}};
    const Form& form = *rows.form.form;
    if (!may(caller_, *pack_, form, model::Action::kRead)) return make_error("AP-0261");
    model::Query query;
    query.form = form.full_id();
    query.scope = scope_of(caller_, *pack_, form);
    query.limit = kRecordsAtOnce;
    if (!rule.where.empty()) {
      // A field that the caller does not see is an unknown name.
      feel::Pushed where = model::read_where(
          rule.where, form, wish_.on, [&](const Field& f) { return sees_field(query.scope, f); });
      if (!where.predicate) return make_error("AP-0261");
      names.insert(names.end(), where.fields.begin(), where.fields.end());
      query.where = std::make_shared<const feel::Predicate>(*std::move(where.predicate));
    }
    if (!rule.order.empty()) {
      query.sort = model::Sort{rule.order, false};
      names.push_back(rule.order);
    }
    // Each source is told by its title.
    names.insert(names.end(), form.name.begin(), form.name.end());
    ZICHT_CHECKED(narrow(form, names, query.scope));
    ZICHT_CHECKED(read_pages(query, part, rows.records));
    ZICHT_CHECKED(name_references(names, rows));
    return rows;
  }

  Result<void> read_pages(model::Query& query, const std::string& part,
                          std::vector<model::Record>& records) const {
    do {
      ZICHT_TRY(page, ports_.store.page(query));
      for (model::Record& record : page.records) records.push_back(std::move(record));
      if (static_cast<std::int64_t>(records.size()) > kMostRecordsOfPart) {
        return make_error("AP-0266",
                          {{"part", part}, {"limit", std::to_string(kMostRecordsOfPart)}});
      }
      query.cursor = page.next;
    } while (!query.cursor.empty());
    return {};
  }

  Result<void> name_references(const std::vector<std::string>& names, Rows& rows) {
    std::set<std::string> records, organisations;
    for (const std::string& name : names) {
      const Field* field = rows.form.form->find_field(name);
      if (field == nullptr) continue;
      const bool is_record = field->type == model::FieldType::kReference;
      if (!is_record && field->type != model::FieldType::kOrganisation) continue;
      for (const model::Record& record : rows.records) {
        for (std::string& id : model::texts_in(record.fields, name)) {
          (is_record ? records : organisations).insert(std::move(id));
        }
      }
    }
    ZICHT_TRY(references, visible_references(ports_.store, rules_, caller_, records));
    for (const auto& [id, reference] : references) filled_.named.insert(id);
    for (const std::string& id : organisations) {
      references.insert_or_assign(id, RecordReference{ports_.organisations.name_of(id), ""});
    }
    rows.references = std::move(references);
    return {};
  }

  std::string text_of(const std::string& text, const Rows& rows,
                      const model::Record& record) const {
    return model::with_values(
        text, [&](std::string_view name) { return value_of(name, rows, record); }, unknown());
  }

  std::string value_of(std::string_view name, const Rows& rows, const model::Record& record) const {
    const Field* field = rows.form.form->find_field(name);
    if (field != nullptr) {
      const Json* value = record.fields.as_object().if_contains(name);
      if (value == nullptr) return "";
      return field_text(rules_, rows.form, *field, *value, rows.references, wish_.language);
    }
    if (name == model::kRecordTitle) return record.title;
    const model::State* state = model::state_of(*pack_, record);
    return state == nullptr ? "" : words(state->label);
  }

  LetterSource source_of(const model::Record& record) const {
    return {SourceKind::kRecord, record.id, std::to_string(record.version), record.title, {}};
  }

  // ---------------------------------------------------------------- figures

  Result<void> add_figure(const model::LetterSentence& rule, LetterSection& section) {
    const model::Indicator& indicator = *pack_->find_indicator(rule.figure);
    const Caller counted = counts_as(caller_, indicator);
    ZICHT_TRY(scope, scope_for(counted, *pack_, indicator));
    model::CountQuery query = count_query(*pack_, indicator, std::move(scope), wish_.on);
    query.time = kTimeOfFigure;
    query.dimensions.clear();
    ZICHT_TRY(groups, ports_.store.count(query));
    ZICHT_TRY(total, model::total_of(groups));
    const std::string text = model::with_values(
        words(rule.text),
        [&](std::string_view name) { return figure_word(name, indicator, total); }, unknown());
    const LetterSource source{SourceKind::kIndicator, indicator.full_id(), "",
                              words(indicator.title), wish_.on};
    add({rule.id, text, {source}, "", ""}, section);
    return {};
  }

  std::string figure_word(std::string_view name, const model::Indicator& indicator,
                          const model::Tally& total) const {
    const auto number = [this](std::int64_t count) {
      return number_text(std::to_string(count), wish_.language);
    };
    if (name == "rows") return number(total.rows);
    if (name == "part") return number(total.part);
    if (name == "undetermined") return number(total.undetermined + total.part_undetermined);
    if (name == "unit") return words(indicator.unit);
    if (name == "on") return in_language(long_text(wish_.on), wish_.language);
    const auto told = model::number_of(indicator, total);
    return told ? number_text(*told, wish_.language) : "";
  }

  const FillingPorts& ports_;
  const Caller& caller_;
  const Rulebook& rules_;
  const model::PackPtr& pack_;
  const model::LetterTemplate& letter_;
  const LetterWish& wish_;
  FilledLetter filled_;
};

}  // namespace

Result<FilledLetter> fill_letter(const FillingPorts& ports, const Caller& caller,
                                 const Rulebook& rules, const model::PackPtr& pack,
                                 const model::LetterTemplate& letter, const LetterWish& wish) {
  return Filler(ports, caller, rules, pack, letter, wish).fill();
}

}  // namespace zicht::app::internal
