#include "app/internal/edition.h"

#include <algorithm>

#include "app/internal/indicator_count.h"
#include "app/internal/protected_figures.h"
#include "base/amsterdam.h"
#include "base/check.h"
#include "base/error_catalogue.h"

namespace zicht::app::internal {
namespace {

using model::EditionRule;
using model::Form;
using model::Indicator;
using model::Sensitivity;

constexpr std::chrono::milliseconds kTime{5'000};
constexpr std::int64_t kRowsOfPage = 200;

std::string text_in(const Json& fields, const std::string& key) {
  const Json* value = fields.as_object().if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

const json::object* object_in(const Json& fields, const std::string& key) {
  const Json* value = fields.as_object().if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

// ---------------------------------------------------------------- counting

// What is published is of all rows, not of those of one organisation.
Result<void> check_sees_all(const model::RowScope& scope, const model::Pack& pack,
                            const Indicator& indicator) {
  const Form& form = *pack.find_form(indicator.form);
  Sensitivity highest = form.audience;
  for (const model::Process& process : pack.processes) {
    for (const model::State& state : process.states) {
      highest = std::max(highest, state.audience.value_or(form.audience));
    }
  }
  if (scope.elsewhere && highest <= *scope.elsewhere && highest <= scope.clearance) return {};
  return make_error("AP-0212", {{"indicator", indicator.title}});
}

// The value of a dimension as FiguresView::note has it.
std::string value_in(const Form& form, const Indicator& indicator, const References& references,
                     std::size_t at, const std::optional<std::string>& value) {
  if (!value) return std::string(kUnknownValue);
  const model::Field* field = form.find_field(indicator.dimensions[at].field);
  const bool is_unseen =
      field->type == model::FieldType::kReference && !references.contains(*value);
  return is_unseen ? std::string(kUnseenValue) : ":" + *value;
}

class Freezer {
 public:
  Freezer(const RecordService::Ports& ports, const Caller& caller, const FoundRecord& found,
          Date on)
      : ports_(ports),
        caller_(caller),
        rules_(*found.rules),
        pack_(*found.form.pack),
        on_(on),
        known_at_(ports.clock.now()) {}

  // JSON of the figures; tables() has what was counted.
  Result<Json> freeze(const EditionRule& rule) {
    ZICHT_TRY(turn, ports_.places.take(false));
    std::string out;
    JsonWriter json(out);
    json.object().member("on", on_.to_string()).member("known_at", known_at_.to_string());
    json.key("indicators").array();
    for (const std::string& name : rule.indicators) {
      json.object();
      ZICHT_CHECKED(write(json, *pack_.find_indicator(name)));
      json.end();
    }
    json.end().end();
    auto made = parse_json(out);
    ZICHT_CHECK(made.has_value(), "the writer makes JSON");
    return *std::move(made);
  }

  Json tables() const {
    json::array all;
    for (const CountedTable& table : tables_) all.push_back(table.to_json());
    return json::object{{"tables", std::move(all)}};
  }

 private:
  Result<void> write(JsonWriter& json, const Indicator& indicator) {
    const Caller counted = counts_as(caller_, indicator);
    ZICHT_TRY(scope, scope_for(counted, pack_, indicator));
    const bool is_protected = !indicator.protection.is_already_public;
    if (is_protected) ZICHT_CHECKED(check_sees_all(scope, pack_, indicator));
    model::CountQuery query = count_query(pack_, indicator, scope, on_);
    query.as_of.valid_on = on_;
    query.time = kTime;
    ZICHT_TRY(count,
              count_indicator(ports_.store, rules_, counted, pack_, indicator, std::move(query)));
    FiguresView view{rules_.packs, pack_, indicator, count.groups, count.references, on_};
    ProtectedFigures safe;
    if (is_protected) {
      ZICHT_TRY(made, protect(indicator, count));
      safe = std::move(made);
      view.note = [&safe](std::string_view dimension, std::string_view value) {
        return FigureNote{safe.withheld.contains({std::string(dimension), std::string(value)}),
                          true};
      };
    }
    write_indicator(json, pack_, indicator);
    ZICHT_CHECKED(write_figures(json, view));
    tables_.insert(tables_.end(), safe.tables.begin(), safe.tables.end());
    return {};
  }

  Result<ProtectedFigures> protect(const Indicator& indicator, const IndicatorCount& count) const {
    const Form& form = *pack_.find_form(indicator.form);
    return protect_figures(indicator, count.groups,
                           [&](std::size_t at, const std::optional<std::string>& value) {
                             return value_in(form, indicator, count.references, at, value);
                           });
  }

  const RecordService::Ports& ports_;
  const Caller& caller_;
  const Rulebook& rules_;
  const model::Pack& pack_;
  const Date on_;
  const Instant known_at_;
  std::vector<CountedTable> tables_;
};

// ---------------------------------------------------------------- earlier editions

struct Edition {
  std::string id, on, released;
  json::object figures;
  std::vector<CountedTable> tables;
};

std::vector<CountedTable> tables_in(const Json& fields, const std::string& counted) {
  std::vector<CountedTable> made;
  const json::object* object = object_in(fields, counted);
  const Json* tables = object == nullptr ? nullptr : object->if_contains("tables");
  if (tables == nullptr || !tables->is_array()) return made;
  for (const Json& table : tables->get_array()) {
    if (auto read = CountedTable::from_json(table)) made.push_back(*std::move(read));
  }
  return made;
}

std::optional<Edition> edition_in(const model::Field& field, const model::Record& record) {
  const json::object* figures = object_in(record.fields, field.id);
  if (figures == nullptr) return {};
  return Edition{record.id, text_in(*figures, "on"), text_in(*figures, "released"), *figures,
                 tables_in(record.fields, field.edition->counted)};
}

// Every edition of the form that was published, also of what nobody may see any more: what was
// told is known. By reference day, then by the moment of publishing.
Result<std::vector<Edition>> released_editions(Store& store, const Form& form,
                                               const model::Field& field) {
  std::vector<Edition> all;
  model::Query query;
  query.form = form.full_id();
  query.limit = kRowsOfPage;
  query.scope.clearance = Sensitivity::kSecret;
  query.scope.elsewhere = Sensitivity::kSecret;
  do {
    ZICHT_TRY(page, store.page(query));
    for (const model::Record& record : page.records) {
      auto edition = edition_in(field, record);
      if (edition && !edition->released.empty()) all.push_back(*std::move(edition));
    }
    query.cursor = page.next;
  } while (!query.cursor.empty());
  std::sort(all.begin(), all.end(), [](const Edition& a, const Edition& b) {
    return std::tie(a.on, a.released) < std::tie(b.on, b.released);
  });
  return all;
}

// ---------------------------------------------------------------- comparing

const Json* member_of(const json::object& object, std::string_view key) {
  return object.if_contains(key);
}

bool is_same_member(const json::object& a, const json::object& b, std::string_view key) {
  const Json *one = member_of(a, key), *other = member_of(b, key);
  return (one == nullptr) == (other == nullptr) && (one == nullptr || *one == *other);
}

// By what it counts; what it is called may change.
bool is_same_definition(const json::object& a, const json::object& b) {
  for (const char* key : {"measure", "where", "part", "of", "by", "per"}) {
    if (!is_same_member(a, b, key)) return false;
  }
  return is_same_member(a.at("form").as_object(), b.at("form").as_object(), "name");
}

void compare_figure(json::object& figure, const json::object& before) {
  const Json* number = member_of(before, "number");
  if (number != nullptr && number->is_string()) figure["before"] = *number;
}

const json::object* find_by(const json::array& items, std::string_view key, const Json& value) {
  for (const Json& item : items) {
    if (item.as_object().at(key) == value) return &item.as_object();
  }
  return nullptr;
}

void compare_dimension(json::object& dimension, const json::object& before) {
  if (!is_same_member(dimension, before, "by")) return;
  for (Json& value : dimension.at("values").as_array()) {
    const Json& code = value.as_object().at("code");
    if (code.is_null()) continue;
    const json::object* other = find_by(before.at("values").as_array(), "code", code);
    if (other != nullptr) compare_figure(value.as_object(), *other);
  }
}

void compare_indicator(json::object& indicator, const json::object& before) {
  if (!is_same_definition(indicator, before)) {
    indicator["definition_changed"] = true;
    return;
  }
  compare_figure(indicator.at("total").as_object(), before.at("total").as_object());
  for (Json& dimension : indicator.at("dimensions").as_array()) {
    json::object& made = dimension.as_object();
    const json::object* other = find_by(before.at("dimensions").as_array(), "id", made.at("id"));
    if (other != nullptr) compare_dimension(made, *other);
  }
}

// Beside each number that of the last edition of an earlier day, where it says the same.
void compare(json::object& figures, const std::vector<Edition>& released) {
  const std::string on = text_in(figures, "on");
  const Edition* before = nullptr;
  for (const Edition& edition : released) {
    if (edition.on < on) before = &edition;
  }
  if (before == nullptr) return;
  figures["before"] = json::object{{"record", before->id}, {"on", before->on}};
  for (Json& item : figures.at("indicators").as_array()) {
    json::object& indicator = item.as_object();
    const json::object* other =
        find_by(before->figures.at("indicators").as_array(), "name", indicator.at("name"));
    if (other != nullptr) compare_indicator(indicator, *other);
  }
}

// ---------------------------------------------------------------- publishing

// One edition of a day, or one that says which of that day it corrects.
Result<void> check_corrects(const Form& form, const model::Field& field, const Edition& edition,
                            const std::string& corrects, const std::vector<Edition>& released) {
  const auto is_it = [&](const Edition& each) { return each.id == corrects; };
  const model::Field* named = form.find_field(field.edition->corrects);
  const LocalizedText label = named == nullptr ? field.label : named->label;
  if (!corrects.empty() && std::none_of(released.begin(), released.end(), is_it)) {
    return make_error("AP-0219", {{"field", label}});
  }
  for (const Edition& each : released) {
    if (each.on != edition.on || !corrects.empty()) continue;
    return make_error("AP-0214", {{"day", long_text(*Date::parse(edition.on))}, {"field", label}});
  }
  return {};
}

}  // namespace

Result<json::object> freeze_figures(const RecordService::Ports& ports, const Caller& caller,
                                    const FoundRecord& found, const model::Field& field,
                                    const Json& fields) {
  const EditionRule& rule = *field.edition;
  const auto on = Date::parse(text_in(fields, rule.on));
  ZICHT_CHECK(on.has_value(), "the step asks for the reference day");
  if (amsterdam_date(ports.clock.now()) < *on) {
    return make_error("AP-0213", {{"day", long_text(*on)}});
  }
  Freezer freezer(ports, caller, found, *on);
  ZICHT_TRY(figures, freezer.freeze(rule));
  ZICHT_TRY(released, released_editions(ports.store, *found.form.form, field));
  compare(figures.get_object(), released);
  json::object made{{field.id, std::move(figures)}};
  if (!rule.counted.empty()) made.emplace(rule.counted, freezer.tables());
  return made;
}

Result<json::object> release_figures(const RecordService::Ports& ports, const FoundRecord& found,
                                     const model::Field& field, const Json& fields) {
  const Form& form = *found.form.form;
  model::Record now = found.record;
  now.fields = fields;
  auto edition = edition_in(field, now);
  if (!edition || !edition->released.empty()) return make_error("AP-0216");
  ZICHT_TRY(released, released_editions(ports.store, form, field));
  const std::string corrects = text_in(fields, field.edition->corrects);
  ZICHT_CHECKED(check_corrects(form, field, *edition, corrects, released));
  std::vector<EarlierTables> earlier;
  for (const Edition& each : released) earlier.push_back({each.on, each.tables});
  ZICHT_CHECKED(audit_tables(earlier, edition->on, edition->tables));
  json::object figures = std::move(edition->figures);
  figures["released"] = ports.clock.now().to_string();
  if (!corrects.empty()) figures["corrects"] = corrects;
  return json::object{{field.id, std::move(figures)}};
}

Result<void> check_not_released(const Form& form, const model::Record& record) {
  for (const model::Field& field : form.fields) {
    const json::object* figures = object_in(record.fields, field.id);
    if (field.edition && figures != nullptr && figures->contains("released")) {
      return make_error("AP-0215");
    }
  }
  return {};
}

}  // namespace zicht::app::internal
