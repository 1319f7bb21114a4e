#include "store/testing/sample_pack.h"

#include <array>
#include <utility>

#include "base/ids.h"

namespace zicht::store::testing {
namespace {

using model::Field;
using model::FieldType;
using model::Sensitivity;

constexpr std::array kWords = {"zorg", "België", "thuis", "wonen", "Ruimte", "straat", "één",
                               "plan", "beraad", "dak"};
constexpr std::array kCodes = {"open", "wait", "shut", "gone"};

Field field(std::string id, FieldType type) {
  Field result;
  result.id = std::move(id);
  result.type = type;
  return result;
}

Field filterable(Field result) {
  result.is_filterable = true;
  result.is_sortable = !result.is_many && result.type != FieldType::kReference;
  return result;
}

Field searchable(Field result) {
  result.is_searchable = true;
  return result;
}

Field many(Field result) {
  result.is_many = true;
  return result;
}

Field with_scale(Field result, int scale) {
  result.scale = scale;
  return result;
}

model::Form thing(int version) {
  model::Form form;
  form.id = "thing";
  form.pack = "sample";
  form.subject = "none";
  form.basis.retention = "P20Y";
  form.process.process = "thing-life";
  Field note = field("note", FieldType::kText);
  note.is_long = true;
  note.is_searchable = version > 1;
  Field parts = field("parts", FieldType::kGroup);
  parts.fields = {field("a", FieldType::kText), field("b", FieldType::kInteger)};
  form.fields = {filterable(searchable(field("what", FieldType::kText))),
                 note,
                 filterable(field("number", FieldType::kInteger)),
                 filterable(with_scale(field("rate", FieldType::kDecimal), 3)),
                 filterable(with_scale(field("amount", FieldType::kMoney), 2)),
                 filterable(field("is_new", FieldType::kBoolean)),
                 filterable(field("made_on", FieldType::kDate)),
                 filterable(field("due", FieldType::kUncertainDate)),
                 field("term", FieldType::kPeriod),
                 filterable(field("code", FieldType::kChoice)),
                 filterable(many(field("labels", FieldType::kChoice))),
                 filterable(field("earlier", FieldType::kReference)),
                 field("link", FieldType::kUrl),
                 parts,
                 many(field("steps", FieldType::kText))};
  if (version > 1) form.fields.push_back(filterable(field("extra", FieldType::kInteger)));
  return form;
}

model::Form person() {
  model::Form form;
  form.id = "person";
  form.pack = "sample";
  form.subject = "person";
  form.basis.retention = "P15Y";
  Field secret = field("secret_note", FieldType::kText);
  secret.sensitivity = Sensitivity::kSecret;
  Field confidential = many(field("names", FieldType::kText));
  confidential.sensitivity = Sensitivity::kConfidential;
  form.fields = {filterable(field("region", FieldType::kChoice)), secret, confidential};
  return form;
}

std::string words(Rng& rng, std::size_t count) {
  std::string text;
  for (std::size_t at = 0; at < count; ++at) {
    text += (at == 0 ? "" : " ") + std::string(kWords[rng.below(kWords.size())]);
  }
  return text;
}

std::string day_text(Rng& rng) {
  return sample_day(static_cast<std::int64_t>(rng.below(365))).to_string();
}

json::array codes(Rng& rng) {
  json::array items;
  for (const char* code : kCodes) {
    if (rng.below(2) == 0) items.emplace_back(code);
  }
  return items;
}

json::object window(Rng& rng) {
  const auto first = static_cast<std::int64_t>(rng.below(300));
  // Now and then as long as lengths are not told apart any more.
  const auto length = static_cast<std::int64_t>(rng.below(rng.below(8) == 0 ? 900 : 60));
  json::object result{{"first", sample_day(first).to_string()},
                      {"last", sample_day(first + length).to_string()}};
  if (rng.below(2) == 0) result.emplace("words", words(rng, 2));
  return result;
}

Json value_of(Rng& rng, const Field& type, const std::vector<std::string>& others) {
  switch (type.type) {
    case FieldType::kInteger:
      return static_cast<std::int64_t>(rng.below(21)) - 10;
    case FieldType::kDecimal:
      return Json(std::to_string(rng.below(20)) + ".125");
    case FieldType::kMoney:
      return Json(std::to_string(rng.below(20)) + ".50");
    case FieldType::kBoolean:
      return rng.below(2) == 0;
    case FieldType::kDate:
      return Json(day_text(rng));
    case FieldType::kUncertainDate:
      return window(rng);
    case FieldType::kPeriod:
      return Json("P" + std::to_string(1 + rng.below(9)) + "M");
    case FieldType::kChoice:
      return type.is_many ? Json(codes(rng)) : Json(kCodes[rng.below(kCodes.size())]);
    case FieldType::kReference:
      return others.empty() ? Json() : Json(others[rng.below(others.size())]);
    case FieldType::kAccount:
      return Json(PublicId::random(rng).to_string());
    case FieldType::kOrganisation:
      return Json("org-" + std::to_string(rng.below(3)));
    case FieldType::kUrl:
      return Json("https://example.org/" + std::to_string(rng.below(100)));
    case FieldType::kAttachment:
    case FieldType::kFigures:
      return Json();
    case FieldType::kGroup:
      return json::object{{"a", words(rng, 1)}, {"b", 7}};
    case FieldType::kText:
      break;
  }
  if (!type.is_many) return Json(words(rng, type.is_long ? 10 : 3));
  return json::array{words(rng, 2), words(rng, 3) + " 2"};
}

Json random_fields(Rng& rng, const model::Form& form, const std::vector<std::string>& others) {
  json::object fields;
  for (const Field& each : form.fields) {
    if (rng.below(4) == 0) continue;
    Json value = value_of(rng, each, others);
    const bool is_empty = value.is_null() || (value.is_array() && value.get_array().empty());
    if (!is_empty) fields.emplace(each.id, std::move(value));
  }
  return fields;
}

void add_position(Rng& rng, model::Record& record) {
  record.process = "thing-life";
  record.state = kCodes[rng.below(kCodes.size())];
  record.state_since = sample_day(static_cast<std::int64_t>(rng.below(300)));
  record.tasks.clear();
  record.deadlines.clear();
  const DateInterval due{sample_day(static_cast<std::int64_t>(rng.below(300))), sample_day(330)};
  if (rng.below(2) == 0) {
    record.tasks.push_back({.key = "state:" + record.state,
                            .role = "editor",
                            .what = {"Doe iets", "Do something"},
                            .due = std::nullopt,
                            .opened = record.state_since});
  }
  if (rng.below(2) == 0) {
    record.tasks.push_back({.key = "deadline:due:warn:P14D",
                            .role = "inspector",
                            .what = {"Let op", "Beware"},
                            .due = due,
                            .opened = record.state_since});
    model::Deadline deadline;
    deadline.name = "due";
    deadline.start.window = due;
    deadline.due = due;
    deadline.next = due.first;
    record.deadlines.push_back(std::move(deadline));
  }
  if (rng.below(4) == 0) record.marks["decide"] = "person-1";
}

}  // namespace

model::Pack sample_pack(int version) {
  model::Pack pack;
  pack.id = "sample";
  pack.version = std::to_string(version) + ".0.0";
  pack.hash = std::string(64, static_cast<char>('0' + version));
  pack.forms = {thing(version), person()};
  return pack;
}

model::Record random_record(Rng& rng, std::string_view form, const model::Pack& pack,
                            const std::vector<std::string>& others) {
  model::Record record;
  record.id = PublicId::random(rng).to_string();
  record.form = form;
  record.organisation = "org-" + std::to_string(rng.below(3));
  record.valid_from = sample_day(static_cast<std::int64_t>(rng.below(300)));
  change_randomly(rng, record, pack, others);
  return record;
}

void change_randomly(Rng& rng, model::Record& record, const model::Pack& pack,
                     const std::vector<std::string>& others) {
  const model::Form* form = pack.find_form(record.form.substr(record.form.find('/') + 1));
  record.pack_hash = pack.hash;
  ++record.version;
  record.fields = random_fields(rng, *form, others);
  record.title = words(rng, 2);
  record.audience = static_cast<Sensitivity>(rng.below(3));
  if (form->subject != "person") add_position(rng, record);
}

Date sample_day(std::int64_t day) { return *add_days(Date::of(2025, 1, 1), day); }

}  // namespace zicht::store::testing
