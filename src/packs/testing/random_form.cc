#include "packs/testing/random_form.h"

#include "packs/testing/folders.h"

namespace zicht::packs::testing {
namespace {

using Kind = RandomField::Kind;

constexpr std::string_view kKinds[] = {"integer", "boolean", "date", "text", "choice"};

std::string rule(const std::string& key, const std::string& text) {
  return text.empty() ? "" : "    " + key + ": '" + text + "'\n";
}

}  // namespace

RandomForm::RandomForm(Rng& rng) : rng_(rng) {
  const std::size_t count = 3 + rng_.below(5);
  for (std::size_t i = 0; i < count; ++i) {
    fields.push_back({"f" + std::to_string(i), static_cast<Kind>(rng_.below(5)), false, {}, {},
                      {}, {}});
  }
  // What is shown or computed depends on earlier fields alone, so that there is no ring.
  for (std::size_t i = 0; i < count; ++i) add_rules(fields[i], i);
  if (rng_.below(2) == 0) valid_if = condition(count, 2);
}

std::string RandomForm::yaml() const {
  std::string text;
  for (const RandomField& field : fields) {
    text += "  " + field.id + ":\n    type: " +
            std::string(kKinds[static_cast<std::size_t>(field.kind)]) +
            "\n    label: {nl: " + field.id + ", en: " + field.id + "}\n";
    if (field.kind == Kind::kChoice) text += "    list: length\n";
    if (field.is_required) text += "    required: true\n";
    if (field.kind == Kind::kInteger) text += "    min: -20\n    max: 20\n";
    text += rule("show_if", field.show_if) + rule("required_if", field.required_if) +
            rule("computed", field.computed);
    if (!field.valid_if.empty()) {
      text += "    valid_if:\n      - {rule: '" + field.valid_if +
              "', message: {nl: fout, en: wrong}}\n";
    }
  }
  if (!valid_if.empty()) {
    text += "valid_if:\n  - {rule: '" + valid_if + "', message: {nl: fout, en: wrong}}\n";
  }
  return text;
}

json::object RandomForm::document() {
  json::object made;
  for (const RandomField& field : fields) {
    if (rng_.below(4) != 0) made[field.id] = value(field.kind);
  }
  return made;
}

json::object RandomForm::some_fields() {
  json::object made;
  for (const RandomField& field : fields) {
    if (rng_.below(3) == 0) made[field.id] = value(field.kind);
  }
  return made;
}

void RandomForm::add_rules(RandomField& field, std::size_t index) {
  const bool can_compute = field.kind == Kind::kInteger || field.kind == Kind::kBoolean;
  if (can_compute && index > 0 && rng_.below(3) == 0) {
    field.computed = field.kind == Kind::kInteger ? number(index, 2) : condition(index, 2);
  } else {
    if (index > 0 && rng_.below(3) == 0) field.show_if = condition(index, 2);
    field.is_required = rng_.below(3) == 0;
    if (!field.is_required && rng_.below(3) == 0) {
      field.required_if = condition(fields.size(), 1);
    }
  }
  if (rng_.below(3) == 0) field.valid_if = condition(fields.size(), 2);
}

std::string RandomForm::any(Kind kind, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    if (fields[i].kind == kind) names.push_back(fields[i].id);
  }
  return names.empty() ? "" : names[rng_.below(names.size())];
}

std::string RandomForm::number(std::size_t count, int depth) {
  const std::string name = any(Kind::kInteger, count);
  if (name.empty() || depth == 0) return name.empty() ? "7" : name;
  switch (rng_.below(5)) {
    case 0: return name + " + " + number(count, depth - 1);
    case 1: return name + " * " + number(count, depth - 1);
    case 2: return name + " / " + number(count, depth - 1);
    case 3: return "if " + condition(count, depth - 1) + " then " + name + " else 3";
    default: return name;
  }
}

std::string RandomForm::condition(std::size_t count, int depth) {
  if (depth > 0) {
    switch (rng_.below(6)) {
      case 0: return "not(" + condition(count, depth - 1) + ")";
      case 1: return condition(count, 0) + " and " + condition(count, depth - 1);
      case 2: return condition(count, 0) + " or " + condition(count, depth - 1);
      case 3: return number(count, 1) + " > " + number(count, 1);
      default: break;
    }
  }
  return simple(count);
}

std::string RandomForm::simple(std::size_t count) {
  const auto kind = static_cast<Kind>(rng_.below(5));
  const std::string name = any(kind, count);
  if (name.empty()) return rng_.below(2) == 0 ? "true" : "today > date(\"2026-03-09\")";
  if (rng_.below(6) == 0) return name + (rng_.below(2) == 0 ? " = null" : " != null");
  switch (kind) {
    case Kind::kInteger: return name + " > 2";
    case Kind::kBoolean: return name;
    case Kind::kDate: return name + (rng_.below(2) == 0 ? " < today" : " >= today");
    case Kind::kText: return name + " = \"ja\"";
    case Kind::kChoice: return name + " = \"short\"";
  }
  return "true";
}

Json RandomForm::value(Kind kind) {
  switch (kind) {
    case Kind::kInteger: return static_cast<std::int64_t>(rng_.below(7)) - 2;
    case Kind::kBoolean: return rng_.below(2) == 0;
    case Kind::kDate: return rng_.below(2) == 0 ? "2026-03-09" : "2026-03-11";
    case Kind::kText: return rng_.below(2) == 0 ? "ja" : "nee";
    case Kind::kChoice: return rng_.below(2) == 0 ? "short" : "long";
  }
  return nullptr;
}

Files files_of(const RandomForm& form) {
  Files files = read_folder("tests/packs/rules");
  std::erase_if(files, [](const auto& file) {
    return file.first.starts_with("processes/") || file.first.starts_with("tests/");
  });
  std::string& text = files.at("forms/plan.yaml");
  text.erase(text.find("process: plan-life\n"), std::string_view("process: plan-life\n").size());
  text.replace(text.find("name: [what]"), std::string_view("name: [what]").size(), "name: [f0]");
  text.erase(text.find("fields:\n"));
  text += "fields:\n" + form.yaml();
  return files;
}

}  // namespace zicht::packs::testing
