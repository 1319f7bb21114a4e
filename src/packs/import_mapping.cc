#include "packs/import_mapping.h"

#include <algorithm>
#include <set>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "model/validate.h"
#include "packs/internal/yaml.h"
#include "packs/yaml_json.h"

namespace zicht::packs {
namespace {

using model::FieldType;

constexpr std::size_t kMostName = 400;  // bytes of a text of a mapping
constexpr std::string_view kNotOnThatDay = "MO-0116";
constexpr std::string_view kFactOpen = "fact(";

const std::vector<model::FactFile> kNoFacts;

// Reads one mapping; every problem is kept with its place.
class MappingReader {
 public:
  MappingReader(const Json& json, const model::PackSet& packs, std::string_view own)
      : packs_(packs), own_(own) {
    if (const json::object* top = json.if_object()) {
      top_ = top;
    } else {
      expected("", {"een koppeling met form, columns en key", "a mapping: form, columns and key"});
    }
  }

  ReadMapping run() {
    if (top_ != nullptr) read();
    return {std::move(mapping_), std::move(problems_)};
  }

 private:
  void expected(const std::string& where, LocalizedText what) {
    problems_.push_back(make_problem("AP-0303", where, {{"expected", std::move(what)}}));
  }

  void read() {
    check_members(*top_, "",
                  {"import", "form", "title", "sheet", "header_row", "numbers", "dates",
                   "no_value", "columns", "fixed", "key", "ask"});
    read_form();
    read_title();
    read_table();
    if (form_ == nullptr) return;
    read_columns();
    read_fixed();
    read_key();
    read_ask();
  }

  void check_members(const json::object& object, const std::string& where,
                     const std::vector<std::string_view>& known) {
    for (const auto& member : object) {
      if (std::find(known.begin(), known.end(), member.key()) != known.end()) continue;
      std::string names;
      for (const std::string_view name : known) {
        names += (names.empty() ? "" : ", ") + std::string(name);
      }
      expected(where + "/" + json_pointer_token(member.key()),
               {"een van " + names, "one of " + names});
    }
  }

  // A text, or the number that YAML made of it. Empty where it is absent.
  std::string text_in(const json::object& object, std::string_view key, const std::string& where,
                      bool is_required = false) {
    const Json* value = object.if_contains(key);
    const std::string place = where + "/" + std::string(key);
    if (value == nullptr && !is_required) return {};
    const std::string text = value == nullptr ? "" : plain_text(*value);
    if (text.empty() || text.size() > kMostName) expected(place, {"een tekst", "a text"});
    return text;
  }

  static std::string plain_text(const Json& value) {
    if (value.is_string()) return std::string(trim(std::string_view(value.get_string())));
    if (value.is_int64()) return std::to_string(value.get_int64());
    return {};
  }

  std::int64_t number_in(const json::object& object, std::string_view key,
                         const std::string& where, std::int64_t otherwise, std::int64_t least,
                         std::int64_t most) {
    const Json* value = object.if_contains(key);
    if (value == nullptr) return otherwise;
    const bool is_good =
        value->is_int64() && least <= value->get_int64() && value->get_int64() <= most;
    if (is_good) return value->get_int64();
    const std::string range = std::to_string(least) + "-" + std::to_string(most);
    expected(where + "/" + std::string(key),
             {"een geheel getal, " + range, "a whole number, " + range});
    return otherwise;
  }

  const json::array* array_in(const json::object& object, std::string_view key,
                              const std::string& where) {
    const Json* value = object.if_contains(key);
    if (value != nullptr && value->is_array()) return &value->get_array();
    if (value != nullptr) expected(where + "/" + std::string(key), {"een lijst", "a list"});
    return nullptr;
  }

  void read_form() {
    std::string name = text_in(*top_, "form", "", true);
    if (name.find('/') == std::string::npos && !own_.empty()) name = std::string(own_) + "/" + name;
    form_ = packs_.find_form(name);
    mapping_.form = std::move(name);
    if (form_ == nullptr) {
      expected("/form", {"een formulier dat er is", "a form that is here"});
    } else if (!is_importable(*form_)) {
      problems_.push_back(make_problem("AP-0301", "/form"));
    }
  }

  void read_title() {
    const Json* title = top_->if_contains("title");
    if (title == nullptr) return;
    const json::object* both = title->if_object();
    if (both == nullptr) return expected("/title", {"nl en en", "nl and en"});
    check_members(*both, "/title", {"nl", "en"});
    mapping_.title = {text_in(*both, "nl", "/title", true), text_in(*both, "en", "/title", true)};
  }

  void read_table() {
    mapping_.sheet = text_in(*top_, "sheet", "");
    mapping_.header_row = number_in(*top_, "header_row", "", 1, 1, 1'000);
    const std::string numbers = text_in(*top_, "numbers", "");
    if (!numbers.empty() && numbers != "comma" && numbers != "point") {
      expected("/numbers", {"comma of point", "comma or point"});
    }
    mapping_.has_decimal_comma = numbers != "point";
    const std::string dates = text_in(*top_, "dates", "");
    if (dates == "day_first") mapping_.dates = DateNotation::kDayFirst;
    if (dates == "month_first") mapping_.dates = DateNotation::kMonthFirst;
    if (!dates.empty() && dates != "year_first" && dates != "day_first" && dates != "month_first") {
      expected("/dates", {"year_first, day_first of month_first",
                          "year_first, day_first or month_first"});
    }
    if (const json::array* none = array_in(*top_, "no_value", "")) {
      for (const Json& each : *none) mapping_.no_value.push_back(plain_text(each));
    }
  }

  void refuse_field(const std::string& where, const std::string& field) {
    problems_.push_back(make_problem("AP-0302", where, {{"field", field}}));
  }

  // The field of that id when a file can fill it and nothing else does.
  const model::Field* taken_field(const std::string& id, const std::string& where) {
    const model::Field* field = form_->find_field(id);
    if (field == nullptr || !is_importable(*field, packs_)) {
      refuse_field(where, id);
      return nullptr;
    }
    if (!filled_.insert(id).second) {
      problems_.push_back(make_problem("AP-0305", where, {{"field", field->label}}));
    }
    return field;
  }

  void read_columns() {
    const json::array* columns = array_in(*top_, "columns", "");
    if (columns == nullptr || columns->empty()) {
      return expected("/columns", {"ten minste één kolom", "one column at least"});
    }
    std::size_t index = 0;
    for (const Json& each : *columns) {
      const std::string where = "/columns/" + std::to_string(index++);
      if (const json::object* object = each.if_object()) {
        read_column(*object, where);
      } else {
        expected(where, {"column en field", "column and field"});
      }
    }
  }

  void read_column(const json::object& object, const std::string& where) {
    check_members(object, where, {"column", "field", "match", "split", "empty", "values"});
    ImportColumn column;
    column.column = text_in(object, "column", where, true);
    column.field = text_in(object, "field", where, true);
    column.match = text_in(object, "match", where);
    if (const std::string split = text_in(object, "split", where); !split.empty()) {
      column.split = split;
    }
    const std::string empty = text_in(object, "empty", where);
    if (!empty.empty() && empty != "keep" && empty != "clear") {
      expected(where + "/empty", {"keep of clear", "keep or clear"});
    }
    column.clears = empty == "clear";
    read_values(object, where, column);
    const model::Field* field = taken_field(column.field, where + "/field");
    if (field != nullptr && !column.match.empty()) check_match(*field, column.match, where);
    mapping_.columns.push_back(std::move(column));
  }

  void read_values(const json::object& object, const std::string& where, ImportColumn& column) {
    const Json* values = object.if_contains("values");
    if (values == nullptr) return;
    if (!values->is_object()) {
      return expected(where + "/values", {"tekst: waarde", "text: value"});
    }
    for (const auto& member : values->get_object()) {
      column.values.emplace(member.key(), plain_text(member.value()));
    }
  }

  void check_match(const model::Field& field, const std::string& match, const std::string& where) {
    const model::Form* target =
        field.type == FieldType::kReference ? packs_.find_form(field.form) : nullptr;
    const model::Field* by = target == nullptr ? nullptr : target->find_field(match);
    const bool is_good = by != nullptr && !by->is_many &&
                         (by->type == FieldType::kText || by->type == FieldType::kChoice ||
                          by->type == FieldType::kInteger);
    if (is_good) return;
    expected(where + "/match", {"een tekst, keuze of geheel getal van het formulier waarnaar wordt "
                                "verwezen",
                                "a text, choice or whole number of the form that is referred to"});
  }

  void read_fixed() {
    const Json* fixed = top_->if_contains("fixed");
    if (fixed == nullptr) return;
    if (!fixed->is_object()) return expected("/fixed", {"veld: waarde", "field: value"});
    for (const auto& member : fixed->get_object()) {
      const std::string where = "/fixed/" + json_pointer_token(member.key());
      const model::Field* field = taken_field(std::string(member.key()), where);
      if (field == nullptr) continue;
      mapping_.fixed[member.key()] = member.value();
      if (is_fact(*field, member.value())) {
        check_fact(*field, std::string_view(member.value().get_string()), where);
        continue;
      }
      for (Problem& problem :
           model::validate_value(*form_, packs_, *field, member.value(), Date::max()).problems) {
        if (problem.id == kNotOnThatDay) continue;  // the day of the import tells
        problem.where = where;
        problems_.push_back(std::move(problem));
      }
    }
  }

  static bool is_fact(const model::Field& field, const Json& value) {
    return field.type == FieldType::kReference && value.is_string() &&
           std::string_view(value.get_string()).starts_with(kFactOpen);
  }

  // "fact(id)" or "fact(pack/id)": a fact of the form that the field refers to.
  void check_fact(const model::Field& field, std::string_view value, const std::string& where) {
    std::string_view name = value.substr(kFactOpen.size());
    if (name.ends_with(')')) name.remove_suffix(1);
    const auto slash = name.find('/');
    const bool has_pack = slash != std::string_view::npos;
    const auto pack = packs_.active(has_pack ? name.substr(0, slash) : form_->pack);
    if (has_pack) name.remove_prefix(slash + 1);
    for (const model::FactFile& file : pack == nullptr ? kNoFacts : pack->facts) {
      const bool is_there = file.form == field.form &&
                            std::any_of(file.facts.begin(), file.facts.end(),
                                        [&](const model::Fact& fact) { return fact.id == name; });
      if (is_there) return;
    }
    expected(where, {"een feit dat er is", "a fact that is here"});
  }

  void read_key() {
    const json::array* key = array_in(*top_, "key", "");
    if (key == nullptr || key->empty()) {
      return expected("/key", {"ten minste één veld", "one field at least"});
    }
    std::size_t index = 0;
    for (const Json& each : *key) {
      const std::string where = "/key/" + std::to_string(index++);
      const std::string id = plain_text(each);
      const model::Field* field = form_->find_field(id);
      if (field == nullptr) {
        refuse_field(where, id);
      } else if (!filled_.contains(id)) {
        problems_.push_back(make_problem("AP-0304", where, {{"field", field->label}}));
      }
      mapping_.key.push_back(id);
    }
  }

  void read_ask() {
    const Json* ask = top_->if_contains("ask");
    if (ask == nullptr) return;
    const json::object* object = ask->if_object();
    if (object == nullptr) {
      return expected("/ask", {"changed_percent, factor, year_field, year_lag",
                               "changed_percent, factor, year_field, year_lag"});
    }
    check_members(*object, "/ask", {"changed_percent", "factor", "year_field", "year_lag"});
    ImportAsk& wanted = mapping_.ask;
    wanted.changed_percent = number_in(*object, "changed_percent", "/ask", 25, 0, 100);
    wanted.factor = number_in(*object, "factor", "/ask", 10, 2, 1'000'000);
    wanted.year_lag = number_in(*object, "year_lag", "/ask", 1, 0, 100);
    wanted.year_field = text_in(*object, "year_field", "/ask");
    if (wanted.year_field.empty()) return;
    const model::Field* field = form_->find_field(wanted.year_field);
    const bool has_year = field != nullptr && !field->is_many &&
                          (field->type == FieldType::kDate || field->type == FieldType::kInteger ||
                           field->type == FieldType::kUncertainDate);
    if (!has_year) {
      expected("/ask/year_field", {"een datum of geheel getal", "a date or a whole number"});
    }
  }

  const model::PackSet& packs_;
  const std::string_view own_;
  const json::object* top_ = nullptr;
  const model::Form* form_ = nullptr;
  ImportMapping mapping_;
  std::vector<Problem> problems_;
  std::set<std::string> filled_;  // fields that get a value
};

// Where the value of this JSON pointer stands. The names in mappings have no '/' and no '~'.
internal::Place place_of(const internal::Node& root, std::string_view pointer) {
  std::vector<std::string> path;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    path.emplace_back(pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return root.place_at(path);
}

void add_problems(PackImport& made, const std::string& text, std::vector<Problem> problems) {
  internal::Report unheard;
  const auto root = internal::parse_yaml(text, made.file, unheard);
  for (Problem& problem : problems) {
    const internal::Place place = root ? place_of(*root, problem.where) : internal::Place{};
    made.diagnostics.push_back({.id = std::move(problem.id),
                                .file = made.file,
                                .line = place.line,
                                .column = place.column,
                                .message = std::move(problem.message),
                                .hint = std::move(problem.hint)});
  }
}

PackImport read_pack_import(const std::string& path, const std::string& text,
                            const model::Pack& pack, const model::PackSet& packs) {
  constexpr std::string_view kFolder = "imports/", kEnding = ".yaml";
  PackImport made;
  made.file = path;
  made.id = path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size());
  YamlAsJson yaml = json_from_yaml(text, path);
  made.diagnostics = std::move(yaml.diagnostics);
  if (!yaml.value) return made;
  ReadMapping read = read_import_mapping(*yaml.value, packs, pack.id);
  made.mapping = std::move(read.mapping);
  made.json = *yaml.value;
  if (json::object* written = made.json.if_object()) {
    written->erase("import");
    (*written)["form"] = made.mapping.form;
  }
  const json::object* top = yaml.value->if_object();
  const Json* id = top == nullptr ? nullptr : top->if_contains("import");
  if (id == nullptr || !id->is_string() || id->get_string() != made.id || !is_kebab_id(made.id)) {
    const LocalizedText name{"de naam van het bestand", "the name of the file"};
    read.problems.push_back(make_problem("AP-0303", "/import", {{"expected", name}}));
  }
  add_problems(made, text, std::move(read.problems));
  return made;
}

}  // namespace

ReadMapping read_import_mapping(const Json& json, const model::PackSet& packs,
                                std::string_view own) {
  return MappingReader(json, packs, own).run();
}

bool is_importable(const model::Field& field, const model::PackSet& packs) {
  if (field.is_computed() || field.is_frozen() || field.retired) return false;
  switch (field.type) {
    case FieldType::kGroup:
    case FieldType::kAttachment:
    case FieldType::kAccount:
    case FieldType::kOrganisation:
    case FieldType::kFigures: return false;
    case FieldType::kReference: {
      const model::Form* target = packs.find_form(field.form);
      return target != nullptr && !target->is_about_persons();
    }
    default: return true;
  }
}

bool is_importable(const model::Form& form) {
  return !form.is_about_persons() && form.subject != "person" && !form.identity &&
         !form.relation && form.members.empty();
}

std::vector<PackImport> imports_of(const model::Pack& pack, const model::PackSet& packs) {
  std::vector<PackImport> imports;
  for (const auto& [path, text] : pack.files) {
    if (path.starts_with("imports/") && path.ends_with(".yaml")) {
      imports.push_back(read_pack_import(path, text, pack, packs));
    }
  }
  return imports;
}

}  // namespace zicht::packs
