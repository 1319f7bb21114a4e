#include "model/json_schema.h"

#include "model/internal/lists.h"
#include "model/internal/shape.h"

namespace zicht::model {
namespace {

json::object string_schema() { return {{"type", "string"}}; }

json::object limited_text(std::int64_t min, std::int64_t max) {
  json::object schema = string_schema();
  schema["minLength"] = min;
  schema["maxLength"] = max;
  schema["pattern"] = internal::kContentPattern;
  return schema;
}

json::object pattern_schema(std::string_view pattern) {
  json::object schema = string_schema();
  schema["pattern"] = pattern;
  return schema;
}

json::object date_schema() {
  json::object schema = pattern_schema(internal::kDatePattern);
  schema["format"] = "date";
  return schema;
}

json::object uncertain_date_schema() {
  return {{"type", "object"},
          {"properties",
           {{"words", limited_text(1, internal::kMaxWordsLength)},
            {"first", date_schema()},
            {"last", date_schema()}}},
          {"required", {"first", "last"}},
          {"additionalProperties", false}};
}

json::object integer_schema(const Field& field) {
  return {{"type", "integer"},
          {"minimum", field.min.value_or(-internal::kMaxInteger)},
          {"maximum", field.max.value_or(internal::kMaxInteger)}};
}

json::object period_schema() {
  json::object schema = pattern_schema(internal::kPeriodPattern);
  schema["minLength"] = internal::kMinPeriodLength;
  return schema;
}

json::object url_schema() {
  json::object schema = pattern_schema(internal::kUrlPattern);
  schema["maxLength"] = internal::kMaxUrlLength;
  return schema;
}

// An `enum` may not be empty: a list without codes accepts nothing.
json::object choice_schema(const List* list) {
  json::object schema = string_schema();
  json::array codes;
  if (list != nullptr) {
    for (const ListCode& code : list->codes) codes.emplace_back(code.code);
  }
  if (codes.empty()) {
    schema["not"] = json::object();
  } else {
    schema["enum"] = std::move(codes);
  }
  return schema;
}

class SchemaWriter {
 public:
  SchemaWriter(const Form& form, const PackSet& packs, Sensitivity clearance)
      : packs_(packs), clearance_(clearance), own_(packs.active(form.pack)) {}

  json::object object(const std::vector<Field>& fields) const {
    json::object properties;
    json::array required;
    for (const Field& field : fields) {
      if (field.sensitivity > clearance_) continue;
      properties[field.id] = property(field);
      if (field.is_always_required()) required.emplace_back(field.id);
    }
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    return schema;
  }

  std::string pack_hash() const { return own_ == nullptr ? std::string() : own_->hash; }

 private:
  json::object property(const Field& field) const {
    json::object schema = value(field);
    if (field.is_many) {
      schema = {{"type", "array"},
                {"items", std::move(schema)},
                {"minItems", 1},
                {"maxItems", field.max_items},
                {"uniqueItems", true}};
    }
    schema["title"] = field.label.nl;
    if (field.hint) schema["description"] = field.hint->nl;
    if (field.retired) schema["deprecated"] = true;
    if (field.is_computed()) schema["readOnly"] = true;
    return schema;
  }

  json::object value(const Field& field) const {
    switch (field.type) {
      case FieldType::kText: return limited_text(field.min.value_or(1), field.text_limit());
      case FieldType::kInteger: return integer_schema(field);
      case FieldType::kDecimal: return pattern_schema(internal::decimal_pattern(field.scale));
      case FieldType::kMoney:
        return pattern_schema(internal::decimal_pattern(internal::kMoneyScale));
      case FieldType::kBoolean: return {{"type", "boolean"}};
      case FieldType::kDate: return date_schema();
      case FieldType::kUncertainDate: return uncertain_date_schema();
      case FieldType::kPeriod: return period_schema();
      case FieldType::kChoice:
        return choice_schema(internal::list_of(own_.get(), packs_, field));
      case FieldType::kReference:
      case FieldType::kAccount: return pattern_schema(internal::kPublicIdPattern);
      case FieldType::kOrganisation: {
        json::object schema = pattern_schema(internal::kOrganisationIdPattern);
        schema["maxLength"] = internal::kMaxOrganisationIdLength;
        return schema;
      }
      case FieldType::kUrl: return url_schema();
      case FieldType::kGroup:
      case FieldType::kAttachment: return object(field.fields);
      case FieldType::kFigures: return {{"type", "object"}, {"readOnly", true}};
    }
    return {};
  }

  const PackSet& packs_;
  Sensitivity clearance_;
  const PackPtr own_;
};

}  // namespace

Json json_schema(const Form& form, const PackSet& packs, Sensitivity clearance) {
  const SchemaWriter writer(form, packs, clearance);
  json::object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}};
  schema["$id"] =
      "urn:zicht:schema:" + form.pack + ":" + form.id + ":" + writer.pack_hash();
  schema["title"] = form.title.nl;
  schema["description"] = form.description.nl;
  for (auto& [key, value] : writer.object(form.fields)) schema[key] = value;
  return schema;
}

}  // namespace zicht::model
