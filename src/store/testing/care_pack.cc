#include "store/testing/care_pack.h"

namespace zicht::store::testing {
namespace {

model::Field text_field(const std::string& id, model::Sensitivity sensitivity) {
  model::Field field;
  field.id = id;
  field.type = model::FieldType::kText;
  field.sensitivity = sensitivity;
  field.is_searchable = field.is_filterable = sensitivity == model::Sensitivity::kInternal;
  return field;
}

}  // namespace

model::Pack care_pack(int version) {
  model::Form child;
  child.id = "child";
  child.pack = "care";
  child.subject = "person";
  child.is_person = true;
  child.basis.retention = "P20Y";
  model::Field languages = text_field("languages", model::Sensitivity::kInternal);
  languages.is_many = true;
  child.fields = {text_field("name", model::Sensitivity::kInternal),
                  text_field("address", model::Sensitivity::kSecret), languages};
  model::Form note = child;
  note.id = "note";
  note.is_person = false;
  note.about = {"children"};
  model::Field children;
  children.id = "children";
  children.type = model::FieldType::kReference;
  children.is_many = children.is_filterable = true;
  note.fields = {children, text_field("text", model::Sensitivity::kInternal)};
  model::Form same = note;
  same.id = "same";
  same.about = {"one", "other"};
  same.identity = {.of = "one", .as = "other", .linked = {"linked"}, .split = {"split"}};
  children.is_many = false;
  same.fields = {children, children, note.fields.back()};
  same.fields[0].id = "one";
  same.fields[1].id = "other";
  if (version == 2) note.fields.push_back(text_field("remark", model::Sensitivity::kInternal));
  model::Pack pack;
  pack.id = "care";
  pack.version = std::to_string(version) + ".0.0";
  pack.hash = std::string(64, version == 1 ? 'd' : 'e');
  pack.forms = {child, note, same};
  return pack;
}

}  // namespace zicht::store::testing
