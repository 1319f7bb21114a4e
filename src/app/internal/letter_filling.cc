#include "app/internal/letter_filling.h"

#include <boost/json/serialize.hpp>

#include <algorithm>

#include "app/internal/found_record.h"
#include "app/internal/indicator_count.h"
#include "app/internal/text_in.h"
#include "app/present/field_text.h"
#include "base/error_catalogue.h"
#include "base/text.h"
#include "model/ranking.h"
#include "model/where.h"

namespace zicht::app::internal {
namespace {

using model::Field;
using model::Form;
using model::LetterRows;
using model::Sensitivity;

constexpr std::int64_t kRecordsAtOnce = 200;
constexpr std::chrono::milliseconds kTimeOfFigure{5'000};

// A record that rows name, and of which they tell fields.
struct Behind {
  ActiveForm form;
  model::Record record;
};

// The records of a part, in order, with the names that its sentences may tell.
struct Rows {
  ActiveForm form;
  std::vector<model::Record> records;
  References references;
  std::vector<std::string> ways;         // references behind which something is told
  std::map<std::string, Behind> behind;  // by id; those that the maker sees
};

using Reach = std::map<std::string, Sensitivity>;

// A day as rows are sorted by it; nothing where it is not known.
using Day = std::optional<std::pair<Date, Date>>;

Day day_in(const Json* value) {
  if (value == nullptr) return std::nullopt;
  const json::object* window = value->is_object() ? &value->get_object() : nullptr;
  const std::string text = value->is_string() ? std::string(value->get_string()) : "";
  const auto first = Date::parse(window == nullptr ? text : text_in(*window, "first"));
  const auto last = Date::parse(window == nullptr ? text : text_in(*window, "last"));
  return first && last ? Day({*first, *last}) : std::nullopt;
}

// What stays of the sections: those that tell something, those of which the pack never said what
// they tell, and those above one that stays.
struct Filled {
  LetterSection section;
  bool has_parts = false;  // of its template
  bool is_told = false;    // some of them are at hand
};

std::vector<LetterSection> kept_of(std::vector<Filled> all) {
  std::vector<LetterSection> kept;
  bool has_below = false, is_below_told = false;
  for (auto each = all.rbegin(); each != all.rend(); ++each) {
    const bool is_below = each->section.level == 2;
    bool stays = each->is_told || !each->has_parts;
    if (!is_below && !each->has_parts && has_below) stays = is_below_told;
    if (!is_below && is_below_told) stays = true;
    has_below = is_below && (has_below || each->has_parts);
    is_below_told = is_below && (is_below_told || stays);
    if (stays) kept.push_back(std::move(each->section));
  }
  std::reverse(kept.begin(), kept.end());
  return kept;
}

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
    std::vector<Filled> all;
    for (const model::LetterSectionRule& rule : letter_.sections) {
      ZICHT_TRY(section, section_of(rule));
      all.push_back(std::move(section));
    }
    made.sections = kept_of(std::move(all));
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

  // Of another pack: an error that says that the caller does not see it leaves the part out.
  [[nodiscard]] bool is_absent(const std::string& name, const Error& error) const {
    return !letter_.is_own(name) && (error.id == "AP-0261" || error.id == "AP-0211");
  }

  Result<Filled> section_of(const model::LetterSectionRule& rule) {
    Filled made{{words(rule.heading), rule.level, {}, {}}};
    made.has_parts = !rule.sentences.empty() || !rule.tables.empty();
    for (const model::LetterSentence& sentence : rule.sentences) {
      const Result<void> added = add_sentences(sentence, made.section);
      if (added) {
        made.is_told = true;
      } else if (!is_absent(sentence.each ? sentence.each->form : sentence.figure,
                            added.error())) {
        return added.error();
      }
    }
    for (const model::LetterTableRule& table : rule.tables) {
      auto read = is_left_out(table.id) ? Result<LetterTable>(LetterTable()) : table_of(table);
      if (!read && !is_absent(table.each.form, read.error())) return read.error();
      if (!read) continue;
      made.is_told = true;
      if (!read->rows.empty()) made.section.tables.push_back(*std::move(read));
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
      add({rule.id + "/" + record.id, text_of(text, rows, record), sources_of(rows, record), "",
           ""},
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
    // First the record of each row, then what stands behind them.
    for (const model::Record& record : rows.records) {
      for (const LetterSource& source : sources_of(rows, record)) add_once(source, made.sources);
    }
    return made;
  }

  static void add_once(const LetterSource& source, std::vector<LetterSource>& sources) {
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) {
      sources.push_back(source);
    }
  }

  // Only the rows in which each of these fields is seen; what stands behind a reference is seen in
  // some row of its form.
  Result<void> narrow(const Form& form, const std::vector<std::string>& names,
                      model::RowScope& scope, Reach& reach) const {
    Sensitivity& own = reach[form.full_id()];
    for (const std::string& name : names) {
      const auto [id, further] = model::split_name(name);
      const Field* field = form.find_field(id);
      if (field == nullptr) continue;
      if (!sees_field(scope, *field)) return make_error("AP-0261");
      scope.narrow(sensitivity_of(*field));
      own = std::max(own, sensitivity_of(*field));
      if (further.empty()) continue;
      const Form* next = model::form_behind(rules_.packs, *field);
      const Field* behind = next == nullptr ? nullptr : next->find_field(further);
      if (behind == nullptr || !sees_field(read_scope(rules_, caller_, next->full_id()), *behind)) {
        return make_error("AP-0261");
      }
      Sensitivity& of_next = reach[next->full_id()];
      of_next = std::max(of_next, sensitivity_of(*behind));
    }
    return {};
  }

  // Another pack may have changed since the template was checked, or have come later.
  [[nodiscard]] bool fits(const LetterRows& rule, const Form& form,
                          const std::vector<std::string>& names) const {
    if (letter_.is_own(rule.form)) return true;
    const auto known = model::names_told_of(rules_.packs, form);
    const auto is_known = [&](const std::string& name) {
      return std::find(known.begin(), known.end(), name) != known.end();
    };
    const Field* order = form.find_field(rule.order);
    return !model::is_untold(form) && std::all_of(names.begin(), names.end(), is_known) &&
           (rule.order.empty() || (order != nullptr && order->is_sortable &&
                                   !model::ranks_regions(rules_.packs, form, *order)));
  }

  Result<Rows> read_rows(const LetterRows& rule, const std::string& part,
                         std::vector<std::string> names) {
    Rows rows{find_active_form(rules_, letter_.full_name(rule.form)), {}, {}, {}, {}};
    if (rule.latest) names.push_back(rule.latest->by);
    if (rule.latest && !rule.latest->of.empty()) names.push_back(rule.latest->of);
    if (rows.form.form == nullptr || !fits(rule, *rows.form.form, names)) {
      return make_error("AP-0261");
    }
    const Form& form = *rows.form.form;
    if (!may(caller_, *rows.form.pack, form, model::Action::kRead)) return make_error("AP-0261");
    model::Query query;
    query.form = form.full_id();
    query.scope = scope_of(caller_, *rows.form.pack, form);
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
      query.sort = model::Sort{rule.order, rule.is_descending};
      names.push_back(rule.order);
    }
    // Each source is told by its title.
    names.insert(names.end(), form.name.begin(), form.name.end());
    Reach reach;
    ZICHT_CHECKED(narrow(form, names, query.scope, reach));
    ZICHT_CHECKED(read_pages(query, part, rows.records));
    ZICHT_CHECKED(look_behind(names, reach, rows));
    if (rule.latest) keep_latest(*rule.latest, rows);
    ZICHT_CHECKED(name_references(names, rows));
    for (const auto& [each, level] : reach) {
      filled_.reach[each] = std::max(filled_.reach[each], level);
    }
    return rows;
  }

  // Reads the records that rows name and of which something is told, as far as the maker sees it.
  Result<void> look_behind(const std::vector<std::string>& names, const Reach& reach,
                           Rows& rows) const {
    std::set<std::string> ids;
    for (const std::string& name : names) {
      const auto [way, further] = model::split_name(name);
      if (further.empty()) continue;
      if (std::find(rows.ways.begin(), rows.ways.end(), way) != rows.ways.end()) continue;
      rows.ways.emplace_back(way);
      for (const model::Record& record : rows.records) {
        ids.insert(text_in(record.fields.as_object(), way));
      }
    }
    ids.erase("");
    ZICHT_TRY(seen, visible_references(ports_.store, rules_, caller_, ids));
    for (const auto& [id, reference] : seen) {
      ActiveForm form = find_active_form(rules_, reference.form);
      const auto level = reach.find(reference.form);
      if (form.form == nullptr || level == reach.end() || level->second > reference.clearance ||
          !sees_title(reference.clearance, *form.form)) {
        continue;
      }
      ZICHT_TRY(record, ports_.store.record(id, {}));
      if (record.state == model::kErasedState) continue;
      rows.behind.emplace(id, Behind{std::move(form), std::move(record)});
    }
    return {};
  }

  // The record behind a reference of a row; null: there is none, or it is not seen.
  static const Behind* behind_of(const Rows& rows, const model::Record& record,
                                 std::string_view way) {
    const auto found = rows.behind.find(text_in(record.fields.as_object(), way));
    return found == rows.behind.end() ? nullptr : &found->second;
  }

  static Day day_of(const Rows& rows, const model::Record& record, std::string_view name) {
    const auto [field, further] = model::split_name(name);
    if (further.empty()) return day_in(record.fields.as_object().if_contains(field));
    const Behind* behind = behind_of(rows, record, field);
    if (behind == nullptr) return std::nullopt;
    return day_in(behind->record.fields.as_object().if_contains(further));
  }

  static std::string group_of(const model::Record& record, const std::string& of) {
    const Json* value = of.empty() ? nullptr : record.fields.as_object().if_contains(of);
    return value == nullptr ? "" : json::serialize(*value);
  }

  static void keep_latest(const model::LetterLatest& rule, Rows& rows) {
    std::map<std::string, Day> newest;
    for (const model::Record& record : rows.records) {
      Day& day = newest[group_of(record, rule.of)];
      day = std::max(day, day_of(rows, record, rule.by));
    }
    std::erase_if(rows.records, [&](const model::Record& record) {
      return day_of(rows, record, rule.by) != newest[group_of(record, rule.of)];
    });
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
    const std::string made = model::with_values(
        text, [&](std::string_view name) { return value_of(name, rows, record); }, unknown());
    return std::string(trim(made));  // what is not filled in may stand at the end
  }

  std::string value_of(std::string_view name, const Rows& rows, const model::Record& record) const {
    const auto [id, further] = model::split_name(name);
    if (!further.empty()) {
      const Behind* behind = behind_of(rows, record, id);
      return behind == nullptr ? "" : field_value(behind->form, behind->record, further, {});
    }
    if (rows.form.form->find_field(name) != nullptr) {
      return field_value(rows.form, record, name, rows.references);
    }
    if (name == model::kRecordTitle) return record.title;
    const model::State* state = model::state_of(*rows.form.pack, record);
    return state == nullptr ? "" : words(state->label);
  }

  std::string field_value(const ActiveForm& form, const model::Record& record,
                          std::string_view name, const References& references) const {
    const Field* field = form.form->find_field(name);
    const Json* value = record.fields.as_object().if_contains(name);
    if (field == nullptr || value == nullptr) return "";
    return field_text(rules_, form, *field, *value, references, wish_.language);
  }

  LetterSource source_of(const model::Record& record) const {
    return {SourceKind::kRecord, record.id, std::to_string(record.version), record.title, {}};
  }

  // The record, and those behind it of which it tells.
  std::vector<LetterSource> sources_of(const Rows& rows, const model::Record& record) const {
    std::vector<LetterSource> sources{source_of(record)};
    for (const std::string& way : rows.ways) {
      const Behind* behind = behind_of(rows, record, way);
      if (behind != nullptr) add_once(source_of(behind->record), sources);
    }
    return sources;
  }

  // ---------------------------------------------------------------- figures

  Result<void> add_figure(const model::LetterSentence& rule, LetterSection& section) {
    const std::string full = letter_.full_name(rule.figure);
    const auto parts = model::split_full_id(full);
    const model::PackPtr pack = rules_.packs.active(parts->first);
    const auto* found = pack == nullptr ? nullptr : pack->find_indicator(parts->second);
    if (found == nullptr || !found->protection.is_already_public) return make_error("AP-0261");
    const model::Indicator& indicator = *found;
    const Caller counted = counts_as(caller_, indicator);
    ZICHT_TRY(scope, scope_for(counted, *pack, indicator));
    model::CountQuery query = count_query(*pack, indicator, std::move(scope), wish_.on);
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
