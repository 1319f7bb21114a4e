#include "http/internal/openapi.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/check.h"
#include "http/internal/cookie.h"
#include "http/internal/openapi_schemas.h"

namespace zicht::http {
namespace {

using json::array;
using json::object;
using json::value;

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

object schema_reference(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

// The server address ends in /v1, so paths go on after it.
std::string path_of(const Operation& operation) {
  return std::string(operation.pattern.substr(std::string_view("/v1").size()));
}

object path_parameter(std::string_view name) {
  object schema{{"type", "string"}};
  if (name == "id") {
    schema["pattern"] = "^[A-Za-z0-9_-]{1,64}$";
  } else if (name == "field") {
    schema["pattern"] = "^[a-z][a-z0-9_]*$";
  } else if (name == "hash") {
    schema["pattern"] = "^[0-9a-f]{64}$";
  } else {
    schema["pattern"] = "^[a-z][a-z0-9-]*$";
  }
  return {{"name", view(name)}, {"in", "path"}, {"required", true}, {"schema", schema}};
}

object query_schema(const QueryKey& key) {
  if (!key.choices.empty()) {
    array choices;
    for (const std::string_view choice : key.choices) choices.push_back(view(choice));
    return {{"enum", choices}};
  }
  switch (key.type) {
    case QueryType::kText:
      return {{"type", "string"}};
    case QueryType::kDate:
      return {{"type", "string"}, {"format", "date"}};
    case QueryType::kDateTime:
      return {{"type", "string"}, {"format", "date-time"}};
    case QueryType::kInteger:
      return {{"type", "integer"}, {"minimum", 1}};
  }
  return {};
}

object header_parameter(std::string_view name, bool is_required, object schema,
                        std::string_view description) {
  return {{"name", view(name)},
          {"in", "header"},
          {"required", is_required},
          {"schema", std::move(schema)},
          {"description", view(description)}};
}

array parameters_of(const Operation& operation) {
  array parameters;
  std::string_view rest = operation.pattern;
  for (std::size_t open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
    const std::size_t close = rest.find('}', open);
    parameters.push_back(path_parameter(rest.substr(open + 1, close - open - 1)));
    rest.remove_prefix(close);
  }
  for (const QueryKey& key : operation.query) {
    parameters.push_back(object{{"name", view(key.name)},
                                {"in", "query"},
                                {"schema", query_schema(key)},
                                {"description", view(key.description)}});
  }
  if (operation.needs_idempotency_key) {
    parameters.push_back(header_parameter(
        "Idempotency-Key", true, {{"type", "string"}, {"pattern", "^[A-Za-z0-9_-]{8,64}$"}},
        "The same key with the same body gives the first answer again."));
  }
  const std::string_view tag = operation.tag;
  if (tag == "records" || tag == "tasks" || operation.id == "readCatalogue") {
    parameters.push_back(
        header_parameter("Zicht-Purpose", false,
                         {{"type", "string"}, {"pattern", "^([a-z0-9-]+/[a-z0-9-]+|noodtoegang)$"}},
                         "What persons' data are used for: a purpose of the catalogue."));
  }
  if (operation.needs_if_match) {
    parameters.push_back(header_parameter(
        "If-Match", true, {{"type", "string"}, {"pattern", "^\"[1-9][0-9]{0,17}\"$"}},
        "The ETag of the version that the change is based on."));
  }
  if (operation.takes_file) {
    parameters.push_back(header_parameter(
        "File-Name", true, {{"type", "string"}, {"minLength", 1}, {"maxLength", 2400}},
        "What the file is called, percent-encoded (UTF-8)."));
  }
  if (operation.is_write) {
    parameters.push_back(header_parameter("X-Csrf-Token", false, {{"type", "string"}},
                                          "From the session; needed when signed in."));
  }
  return parameters;
}

object version_header() {
  return {{"API-Version", object{{"$ref", "#/components/headers/API-Version"}}}};
}

bool is_versioned(const Operation& operation) {
  return operation.answer == "Record" || operation.answer == "Letter" ||
         operation.id == "readCatalogue";
}

object success_of(const Operation& operation) {
  object headers = version_header();
  if (is_versioned(operation)) {
    headers["ETag"] = object{{"schema", object{{"type", "string"}}}};
  }
  if (operation.answer == "Record" && operation.status == 201) {
    headers["Location"] =
        object{{"schema", object{{"type", "string"}, {"format", "uri-reference"}}}};
  }
  object answer{{"description", operation.status == 204 ? "Done" : view(operation.summary)},
                {"headers", headers}};
  if (!operation.answer.empty()) {
    answer["content"] = object{
        {view(operation.answer_type), object{{"schema", schema_reference(operation.answer)}}}};
  }
  return answer;
}

std::vector<int> errors_of(const Operation& operation) {
  std::vector<int> statuses = {400};
  const bool knows_session = operation.admission != Admission::kAllIgnoringSession;
  if (knows_session || operation.id == "signIn") statuses.push_back(401);
  if (operation.method != Method::kGet || operation.admission == Admission::kSignedIn) {
    statuses.push_back(403);
  }
  statuses.push_back(404);
  if (operation.is_write) statuses.push_back(409);
  if (!operation.body.empty()) statuses.insert(statuses.end(), {413, 415});
  if (operation.takes_file) statuses.push_back(413);
  if (operation.needs_if_match) statuses.push_back(428);
  statuses.insert(statuses.end(), {429, 500, 503});
  return statuses;
}

object operation_object(const Operation& operation) {
  object responses;
  responses[std::to_string(operation.status)] = success_of(operation);
  if (operation.id == "readCatalogue") {
    responses["304"] = object{{"description", "Not changed"}, {"headers", version_header()}};
  }
  for (const int status : errors_of(operation)) {
    responses[std::to_string(status)] = object{{"$ref", "#/components/responses/Problem"}};
  }
  object out{{"operationId", view(operation.id)},
             {"tags", array{view(operation.tag)}},
             {"summary", view(operation.summary)}};
  if (operation.admission == Admission::kSignedIn) {
    out["security"] = array{object{{"session", array{}}}};
  } else if (operation.admission == Admission::kAll) {
    out["security"] = array{object{}, object{{"session", array{}}}};
  } else {
    out["security"] = array{};
  }
  array parameters = parameters_of(operation);
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  if (!operation.body.empty()) {
    out["requestBody"] = object{
        {"required", true},
        {"content",
         object{{"application/json", object{{"schema", schema_reference(operation.body)}}}}}};
  }
  if (operation.takes_file) {
    out["requestBody"] =
        object{{"required", true},
               {"content", object{{"application/octet-stream", object{{"schema", object()}}}}}};
  }
  out["responses"] = std::move(responses);
  return out;
}

std::string method_key(Method method) {
  std::string key(method_name(method));
  for (char& c : key) c = static_cast<char>(c - 'A' + 'a');
  return key;
}

// "pack/some-form" -> "PackSomeFormFields": the name of a component.
std::string component_name(std::string_view full_id) {
  std::string name;
  bool is_start = true;
  for (const char c : full_id) {
    if (c == '-' || c == '/') {
      is_start = true;
      continue;
    }
    name.push_back(is_start && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c);
    is_start = false;
  }
  return name + "Fields";
}

void add_schemas(object& schemas, std::string_view text) {
  const value parsed = json::parse(view(text));
  for (const auto& [name, schema] : parsed.as_object()) schemas[name] = schema;
}

// The design rules want `format: date` on whatever is called a date. A window of days is an object
// of two dates; there the word binds nothing, because it speaks of strings only.
void mark_windows(value& schema) {
  if (schema.is_array()) {
    for (value& part : schema.as_array()) mark_windows(part);
  }
  if (!schema.is_object()) return;
  object& members = schema.as_object();
  const value* properties = members.if_contains("properties");
  if (properties != nullptr && properties->as_object().contains("first") &&
      properties->as_object().contains("last")) {
    members["format"] = "date";
  }
  for (auto& member : members) mark_windows(member.value());
}

// What a create may hold: one alternative per form, each with its own fields.
object create_schema(const std::vector<FormSchema>& forms) {
  array alternatives;
  for (const FormSchema& form : forms) {
    alternatives.push_back(
        object{{"type", "object"},
               {"required", array{"form", "fields"}},
               {"additionalProperties", false},
               {"properties", object{{"form", object{{"const", form.full_id}}},
                                     {"fields", schema_reference(component_name(form.full_id))},
                                     {"valid_from", object{{"type", "string"}, {"format", "date"}}},
                                     {"reason", schema_reference("Reason")}}}});
  }
  if (alternatives.empty()) return {{"type", "object"}};
  return {{"oneOf", std::move(alternatives)}};
}

object components(const std::vector<FormSchema>& forms, const ApiOptions& options) {
  object schemas;
  add_schemas(schemas, body_schemas());
  add_schemas(schemas, answer_schemas());
  add_schemas(schemas, metadata_schemas());
  add_schemas(schemas, letter_schemas());
  add_schemas(schemas, round_schemas());
  add_schemas(schemas, import_schemas());
  for (const FormSchema& form : forms) {
    value schema = json::parse(view(form.schema));
    // In an OpenAPI document these two would move the base of references.
    schema.as_object().erase("$id");
    schema.as_object().erase("$schema");
    mark_windows(schema);
    schemas[component_name(form.full_id)] = std::move(schema);
  }
  schemas["RecordCreate"] = create_schema(forms);
  const object problem{{"description", "What is wrong and what to do, with all problems at once"},
                       {"headers", version_header()},
                       {"content", object{{"application/problem+json",
                                           object{{"schema", schema_reference("Problem")}}}}}};
  const object session{
      {"type", "apiKey"}, {"in", "cookie"}, {"name", view(session_cookie_name(options.is_https))}};
  return {
      {"schemas", std::move(schemas)},
      {"responses", object{{"Problem", problem}}},
      {"headers", object{{"API-Version", object{{"description", "Full version of this interface"},
                                                {"schema", object{{"type", "string"}}}}}}},
      {"securitySchemes", object{{"session", session}}}};
}

object info(const ApiOptions& options) {
  return {{"title", "Zicht"},
          {"description",
           "Forms, records, deadlines and registers of social care. Errors say what to do, in "
           "Dutch or English (Accept-Language)."},
          {"version", options.api_version},
          {"license", object{{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}},
          {"contact", object{{"name", options.contact_name},
                             {"email", options.contact_email},
                             {"url", options.contact_url}}}};
}

}  // namespace

std::string openapi_document(const std::vector<Endpoint>& endpoints,
                             const std::vector<FormSchema>& forms, const ApiOptions& options) {
  object paths;
  array tags;
  for (const Endpoint& endpoint : endpoints) {
    const Operation& operation = endpoint.operation;
    value& path = paths[path_of(operation)];
    if (path.is_null()) path = object();
    path.as_object()[method_key(operation.method)] = operation_object(operation);
    const object tag{{"name", view(operation.tag)}};
    if (std::find(tags.begin(), tags.end(), value(tag)) == tags.end()) tags.push_back(tag);
  }
  return json::serialize(object{{"openapi", "3.1.0"},
                                {"info", info(options)},
                                {"servers", array{object{{"url", "/v1"}}}},
                                {"tags", std::move(tags)},
                                {"paths", std::move(paths)},
                                {"components", components(forms, options)}});
}

}  // namespace zicht::http
