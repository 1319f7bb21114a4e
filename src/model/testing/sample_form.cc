#include "model/testing/sample_form.h"

namespace zicht::model::testing {
namespace {

Field field(std::string id, FieldType type) {
  Field made;
  made.label = {id + " nl", id + " en"};
  made.id = std::move(id);
  made.type = type;
  return made;
}

List reasons() {
  List list;
  list.id = "reason";
  list.pack = "probe";
  list.title = {"Reden", "Reason"};
  list.codes = {{"care", {"Zorg", "Care"}, {}, {}, {}},
                {"money", {"Geld", "Money"}, {}, {}, {}},
                {"old", {"Oud", "Old"}, Date::of(2000, 1, 1), Date::of(2020, 1, 1), {}}};
  return list;
}

Field place_group() {
  Field group = field("place", FieldType::kGroup);
  Field street = field("street", FieldType::kText);
  street.is_required = true;
  Field number = field("number", FieldType::kInteger);
  number.min = 1;
  group.fields = {street, number};
  return group;
}

Field attachment(std::string id) {
  Field made = field(std::move(id), FieldType::kAttachment);
  made.fields = attachment_fields();
  return made;
}

std::vector<Field> fields() {
  Field what = field("what", FieldType::kText);
  what.is_required = true;
  what.min = 3;
  what.max = 10;
  Field note = field("note", FieldType::kText);
  note.is_long = true;
  Field count = field("count", FieldType::kInteger);
  count.min = 0;
  count.max = 100;
  Field rate = field("rate", FieldType::kDecimal);
  rate.scale = 3;
  rate.min = -1000;
  rate.max = 2500;
  Field money = field("money", FieldType::kMoney);
  money.min = 0;
  Field reason = field("reason", FieldType::kChoice);
  reason.list = "reason";
  reason.is_required = true;
  Field reasons = field("reasons", FieldType::kChoice);
  reasons.list = "probe/reason";
  reasons.is_many = true;
  reasons.max_items = 2;
  Field see = field("see", FieldType::kReference);
  see.form = "probe/visit";
  see.is_many = true;
  Field secret = field("secret", FieldType::kText);
  secret.sensitivity = Sensitivity::kConfidential;
  Field gone = field("gone", FieldType::kText);
  gone.is_required = true;
  gone.retired = Date::of(2024, 1, 1);
  return {what, note, count, rate, money, field("agreed", FieldType::kBoolean),
          field("day", FieldType::kDate), field("due", FieldType::kUncertainDate),
          field("term", FieldType::kPeriod), reason, reasons, see, field("page", FieldType::kUrl),
          place_group(), secret, gone, field("worker", FieldType::kAccount),
          field("keeper", FieldType::kOrganisation), attachment("letter")};
}

}  // namespace

PackPtr sample_pack() {
  auto pack = std::make_shared<Pack>();
  pack->id = "probe";
  pack->hash = std::string(64, 'a');
  pack->title = {"Proef", "Probe"};
  pack->lists = {reasons()};
  Form form;
  form.id = "visit";
  form.pack = "probe";
  form.title = {"Bezoek", "Visit"};
  form.name = {"what", "reason", "day", "due"};
  form.fields = fields();
  pack->forms = {form};
  return pack;
}

PackSet sample_packs() {
  PackSet packs;
  const PackPtr pack = sample_pack();
  packs.add(pack);
  packs.activate(pack->hash);
  return packs;
}

Json sample_fields() {
  return {{"what", "bezoek"},
          {"count", 3},
          {"rate", "1.25"},
          {"money", "12.50"},
          {"agreed", true},
          {"day", "2025-01-31"},
          {"due", {{"words", "rond de zomer"}, {"first", "2025-06-01"}, {"last", "2025-08-31"}}},
          {"term", "P3M"},
          {"reason", "care"},
          {"reasons", {"care", "money"}},
          {"see", {"5f2q0c7m3e9xk4t8zv1d6w0hya"}},
          {"page", "https://example.org/a?b=c"},
          {"place", {{"street", "Dorpsstraat"}, {"number", 1}}}};
}

}  // namespace zicht::model::testing
