#include "app/internal/read_query.h"

#include <algorithm>

#include "base/amsterdam.h"
#include "base/decimal.h"
#include "base/error_catalogue.h"
#include "base/ids.h"
#include "base/text.h"
#include "feel/predicate.h"
#include "model/ranking.h"
#include "model/where.h"

namespace zicht::app::internal {
namespace {

using model::Field;
using model::FieldType;
using model::Filter;

constexpr std::int64_t kMostItems = 1000;
constexpr std::size_t kMostFilters = 20;
constexpr std::size_t kMostValues = 100;
constexpr const char* kAllOperators = "equals, any_of, from, to";

constexpr std::string_view kEngineColumns[] = {model::kColumnState, model::kColumnTurn,
                                               model::kColumnOrganisation, model::kColumnChanged};

bool is_engine_column(std::string_view name) {
  return std::find(std::begin(kEngineColumns), std::end(kEngineColumns), name) !=
         std::end(kEngineColumns);
}

template <class Predicate>
std::string possible_names(const model::Form& form, const model::RowScope& scope,
                           Predicate is_possible) {
  std::string names;
  for (const Field& field : form.fields) {
    if (is_possible(field) && sees_field(scope, field)) names += field.id + ", ";
  }
  for (const std::string_view column : kEngineColumns) names += std::string(column) + ", ";
  names.resize(names.size() - 2);
  return names;
}

enum class Operator { kEquals, kAnyOf, kBetween };

bool has_operator(FieldType type, Operator op) {
  switch (type) {
    case FieldType::kText:
    case FieldType::kChoice:
    case FieldType::kReference:
    case FieldType::kAccount:
    case FieldType::kOrganisation: return op != Operator::kBetween;
    case FieldType::kInteger: return true;
    case FieldType::kDecimal:
    case FieldType::kMoney:
    case FieldType::kDate: return op != Operator::kAnyOf;
    case FieldType::kBoolean:
    case FieldType::kPeriod: return op == Operator::kEquals;
    case FieldType::kUncertainDate: return op == Operator::kBetween;
    case FieldType::kUrl:
    case FieldType::kGroup:
    case FieldType::kAttachment:
    case FieldType::kFigures: return false;
  }
  return false;
}

std::string operators_of(FieldType type, bool is_many) {
  std::string names;
  if (has_operator(type, Operator::kEquals)) names += "equals, ";
  if (has_operator(type, Operator::kAnyOf)) names += "any_of, ";
  if (has_operator(type, Operator::kBetween) && !is_many) names += "from, to, ";
  if (!names.empty()) names.resize(names.size() - 2);
  return names;
}

bool is_text_of_type(const Field& field, std::string_view text) {
  switch (field.type) {
    case FieldType::kDate:
    case FieldType::kUncertainDate: return Date::parse(text).has_value();
    case FieldType::kPeriod: return Period::parse(text).has_value();
    case FieldType::kReference:
    case FieldType::kAccount: return PublicId::parse(text).has_value();
    case FieldType::kOrganisation: return is_kebab_id(text);
    case FieldType::kDecimal:
    case FieldType::kMoney: {
      const int scale = field.type == FieldType::kMoney ? 2 : field.scale;
      const auto number = Decimal::parse(text);
      return number && number->to_scaled(scale).has_value();
    }
    default: return check_text(text).has_value();
  }
}

bool is_of_type(const Field& field, const Json& value) {
  if (field.type == FieldType::kInteger) return value.is_int64();
  if (field.type == FieldType::kBoolean) return value.is_bool();
  return value.is_string() && is_text_of_type(field, std::string_view(value.get_string()));
}

// A day becomes its first or its last moment in Amsterdam; a moment stays.
std::optional<Json> moment_of(const Json& value, bool is_end) {
  if (!value.is_string()) return {};
  const std::string_view text(value.get_string());
  if (auto moment = Instant::parse(text)) return Json(moment->to_string());
  auto day = Date::parse(text);
  if (day && is_end) day = add_days(*day, 1);
  if (!day) return {};
  auto moment = add_microseconds(amsterdam_midnight(*day), is_end ? -1 : 0);
  return moment ? std::optional<Json>(moment->to_string()) : std::nullopt;
}

class FilterReader {
 public:
  FilterReader(Body& body, const model::Form& form, const model::RowScope& scope,
               model::Query& query)
      : body_(body), form_(form), scope_(scope), query_(query) {}

  void read(const Json& json, const std::string& where) {
    Body item(json, {"field", "equals", "any_of", "from", "to"});
    const std::string name = item.text("field");
    if (!item.is_sound()) return wrong("AP-0072", where, {{"possible", kAllOperators}});
    Filter filter;
    filter.field = name;
    const auto& object = json.get_object();
    const Json* equals = object.if_contains("equals");
    const Json* any_of = item.array_if("any_of");
    const bool is_between = object.contains("from") || object.contains("to");
    if ((equals != nullptr) + (any_of != nullptr) + is_between != 1) {
      return wrong("AP-0072", where, {{"possible", kAllOperators}});
    }
    if (equals != nullptr) filter.any_of = {*equals};
    if (any_of != nullptr) {
      filter.any_of = {any_of->get_array().begin(), any_of->get_array().end()};
    }
    if (const Json* from = object.if_contains("from")) filter.from = *from;
    if (const Json* to = object.if_contains("to")) filter.to = *to;
    if (any_of != nullptr && (filter.any_of.empty() || filter.any_of.size() > kMostValues)) {
      return wrong("AP-0073", where + "/any_of");
    }
    const Operator op = is_between           ? Operator::kBetween
                        : equals != nullptr ? Operator::kEquals
                                            : Operator::kAnyOf;
    if (is_engine_column(name)) return read_engine_column(std::move(filter), op, where);
    read_field(std::move(filter), op, where);
  }

 private:
  void wrong(std::string_view id, const std::string& where, const Arguments& arguments = {}) {
    body_.add(make_problem(id, where, arguments));
  }

  void read_field(Filter filter, Operator op, const std::string& where) {
    const Field* field = form_.find_field(filter.field);
    if (field == nullptr || !field->is_filterable || !sees_field(scope_, *field)) {
      const auto is_possible = [](const Field& f) { return f.is_filterable; };
      return wrong("AP-0070", where + "/field",
                   {{"possible", possible_names(form_, scope_, is_possible)}});
    }
    if (!has_operator(field->type, op) || (field->is_many && op == Operator::kBetween)) {
      return wrong("AP-0072", where, {{"possible", operators_of(field->type, field->is_many)}});
    }
    bool is_sound = std::all_of(filter.any_of.begin(), filter.any_of.end(),
                                [&](const Json& v) { return is_of_type(*field, v); });
    for (const auto& bound : {filter.from, filter.to}) {
      if (bound && !is_of_type(*field, *bound)) is_sound = false;
    }
    if (!is_sound) return wrong("AP-0073", where);
    query_.scope.narrow(sensitivity_of(*field));
    query_.filters.push_back(std::move(filter));
  }

  void read_engine_column(Filter filter, Operator op, const std::string& where) {
    const bool is_moment = filter.field == model::kColumnChanged;
    if (is_moment != (op == Operator::kBetween)) {
      return wrong("AP-0072", where, {{"possible", is_moment ? "from, to" : "equals, any_of"}});
    }
    const auto is_text = [](const Json& v) {
      return v.is_string() && check_text(std::string_view(v.get_string()));
    };
    const bool are_texts = std::all_of(filter.any_of.begin(), filter.any_of.end(), is_text);
    bool is_sound = are_texts;
    if (filter.from && !(filter.from = moment_of(*filter.from, false))) is_sound = false;
    if (filter.to && !(filter.to = moment_of(*filter.to, true))) is_sound = false;
    if (!is_sound) return wrong("AP-0073", where);
    query_.filters.push_back(std::move(filter));
  }

  Body& body_;
  const model::Form& form_;
  const model::RowScope& scope_;
  model::Query& query_;
};

void add_finding(Body& body, const feel::Finding& finding, std::string_view text) {
  if (finding.severity != Severity::kError) return;
  const Diagnostic told = feel::to_diagnostic(finding, text);
  body.add(make_problem("AP-0170", "/where",
                        {{"line", std::to_string(told.line)},
                         {"column", std::to_string(told.column)},
                         {"message", told.message},
                         {"hint", told.hint}}));
}

void read_where(Body& body, const model::Form& form, const model::RowScope& scope, Date today,
                model::Query& query) {
  const auto text = body.text_if("where");
  query.is_undetermined = body.boolean_if("undetermined").value_or(false);
  if (!text) {
    if (query.is_undetermined) body.add(make_problem("AP-0171", "/undetermined"));
    return;
  }
  const feel::Pushed where = model::read_where(
      *text, form, today, [&scope](const Field& field) { return sees_field(scope, field); });
  for (const feel::Finding& finding : where.findings) add_finding(body, finding, *text);
  if (!where.predicate) return;
  for (const std::string& name : where.fields) {
    const Field* field = form.find_field(name);
    if (field != nullptr) query.scope.narrow(sensitivity_of(*field));
  }
  query.where = std::make_shared<const feel::Predicate>(*where.predicate);
}

// A pack that would let regions be ranked is refused when it is loaded, but a form can come to tell
// of regions through a later version of another pack.
void read_sort(Body& body, const model::PackSet& packs, const model::Form& form,
               const model::RowScope& scope, model::Query& query) {
  const Json* json = body.object_if("sort");
  if (json == nullptr) return;
  Body item(*json, {"field", "direction"});
  model::Sort sort;
  sort.field = item.text("field");
  const std::string direction = item.text_if("direction").value_or("asc");
  sort.is_descending = direction == "desc";
  if (direction != "asc" && direction != "desc") {
    body.add(make_problem("AP-0022", "/sort/direction", {{"expected", "asc / desc"}}));
  }
  const Field* field = form.find_field(sort.field);
  const auto is_possible = [&](const Field& f) {
    return f.is_sortable && !model::ranks_regions(packs, form, f);
  };
  const bool is_field = field != nullptr && is_possible(*field) && sees_field(scope, *field);
  if (!item.is_sound() || (!is_field && !is_engine_column(sort.field))) {
    body.add(make_problem("AP-0071", "/sort/field",
                          {{"possible", possible_names(form, scope, is_possible)}}));
    return;
  }
  if (is_field) query.scope.narrow(sensitivity_of(*field));
  query.sort = std::move(sort);
}

// Words are looked for in the fields that are seen in every row that is reached; when there are no
// such fields, in the rows in which the least sensitive of the others are seen.
void read_text(Body& body, const model::Form& form, const model::RowScope& scope,
               model::Query& query) {
  const auto text = body.text_if("text");
  if (!text || fold_for_search(*text).empty()) return;
  std::optional<model::Sensitivity> least;
  for (const Field& field : form.fields) {
    if (!field.is_searchable || !sees_field(scope, field)) continue;
    const auto sensitivity = sensitivity_of(field);
    least = least ? std::min(*least, sensitivity) : sensitivity;
  }
  if (!least) {
    body.add(make_problem("AP-0074", "/text"));
    return;
  }
  query.scope.narrow(*least);
  const auto everywhere = query.scope.lowest();
  query.text = *text;
  for (const Field& field : form.fields) {
    if (field.is_searchable && everywhere && sensitivity_of(field) <= *everywhere) {
      query.text_fields.insert(field.id);
    }
  }
}

// "2026-01-31." and then the cursor of the store.
constexpr std::size_t kDayOfCursor = 11;

std::optional<Date> day_in(std::string_view cursor) {
  if (cursor.size() <= kDayOfCursor || cursor[kDayOfCursor - 1] != '.') return std::nullopt;
  const auto day = Date::parse(cursor.substr(0, kDayOfCursor - 1));
  return day ? std::optional<Date>(*day) : std::nullopt;
}

}  // namespace

Date day_of_where(const Json& request, Date today) {
  const json::object* members = request.if_object();
  if (members == nullptr || !members->contains("where")) return today;
  const Json* cursor = members->if_contains("cursor");
  if (cursor == nullptr || !cursor->is_string()) return today;
  return day_in(std::string_view(cursor->get_string())).value_or(today);
}

std::string cursor_of(const model::Query& query, Date day, const std::string& next) {
  return query.where == nullptr || next.empty() ? next : day.to_string() + "." + next;
}

model::Query read_query(Body& body, const model::PackSet& packs, const model::Form& form,
                        const model::RowScope& scope, Date today) {
  model::Query query;
  query.form = form.full_id();
  query.scope = scope;
  if (const Json* filters = body.array_if("filters")) {
    const auto& array = filters->get_array();
    if (array.size() > kMostFilters) body.add(make_problem("AP-0073", "/filters"));
    FilterReader reader(body, form, scope, query);
    for (std::size_t i = 0; i < array.size() && i < kMostFilters; ++i) {
      reader.read(array[i], "/filters/" + std::to_string(i));
    }
  }
  read_where(body, form, scope, today, query);
  read_text(body, form, scope, query);
  read_sort(body, packs, form, scope, query);
  query.limit = body.page_size(kMostItems);
  query.cursor = body.text_if("cursor").value_or("");
  if (query.where != nullptr && day_in(query.cursor)) query.cursor.erase(0, kDayOfCursor);
  query.as_of.valid_on = body.date_if("valid_on");
  if (const auto known_at = body.text_if("known_at")) {
    const auto moment = Instant::parse(*known_at);
    if (moment) query.as_of.known_at = *moment;
    if (!moment) body.add(make_problem("AP-0073", "/known_at"));
  }
  return query;
}

}  // namespace zicht::app::internal
