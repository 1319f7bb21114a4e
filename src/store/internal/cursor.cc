#include "store/internal/cursor.h"

#include <span>
#include <utility>

#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/json.h"
#include "feel/predicate.h"

namespace zicht::store {
namespace {

constexpr std::size_t kFingerprintDigits = 16;

Json json_of(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const auto* text = std::get_if<std::string>(&cell)) return json::string(*text);
  return nullptr;
}

json::object object_of(const model::Filter& filter) {
  json::object result{{"field", filter.field}};
  json::array& any_of = result["any_of"].emplace_array();
  for (const Json& value : filter.any_of) any_of.push_back(value);
  if (filter.from) result["from"] = *filter.from;
  if (filter.to) result["to"] = *filter.to;
  return result;
}

json::object object_of(const model::ConditionalReach& reach) {
  json::object result{{"clearance", model::name_of(reach.clearance)}, {"own", reach.is_own_only}};
  json::array& relations = result["relations"].emplace_array();
  for (const std::string& relation : reach.relations) relations.emplace_back(relation);
  json::array& records = result["records"].emplace_array();
  for (const std::string& record : reach.records) records.emplace_back(record);
  if (!reach.handed_form.empty()) result["handed"] = reach.handed_form;
  if (reach.subject_age.from) result["from"] = *reach.subject_age.from;
  if (reach.subject_age.below) result["below"] = *reach.subject_age.below;
  return result;
}

json::object object_of(const model::RowScope& scope) {
  json::array through;
  for (const model::ConditionalReach& reach : scope.through) through.push_back(object_of(reach));
  return {{"clearance", model::name_of(scope.clearance)},
          {"elsewhere", scope.elsewhere ? Json(model::name_of(*scope.elsewhere)) : Json()},
          {"organisation", scope.organisation},
          {"own", scope.has_own_rows},
          {"account", scope.account},
          {"subject", scope.subject},
          {"through", std::move(through)}};
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

Result<Cursor> cursor_from(const Json& value, std::string_view fingerprint) {
  const json::array* parts = value.if_array();
  const bool is_whole = parts != nullptr && parts->size() == 4 && (*parts)[0].is_string() &&
                        (*parts)[1].is_bool() && (*parts)[3].is_int64();
  if (!is_whole || (*parts)[0].get_string() != fingerprint) return make_error("ST-0019");
  Cursor cursor{.is_among_nulls = (*parts)[1].get_bool(),
                .key = {},
                .created = (*parts)[3].get_int64()};
  const Json& key = (*parts)[2];
  if (key.is_int64()) cursor.key = key.get_int64();
  if (key.is_string()) cursor.key = std::string(key.get_string());
  return cursor;
}

}  // namespace

std::string fingerprint_of(const model::Query& query) {
  json::object parts{{"form", query.form}, {"text", query.text}};
  json::array& filters = parts["filters"].emplace_array();
  for (const model::Filter& filter : query.filters) filters.push_back(object_of(filter));
  json::array& fields = parts["text_fields"].emplace_array();
  for (const std::string& field : query.text_fields) fields.emplace_back(field);
  if (query.where != nullptr) {
    parts["where"] = {{"text", feel::to_text(*query.where)}, {"unknown", query.is_undetermined}};
  }
  if (query.sort) {
    parts["sort"] = {{"field", query.sort->field}, {"descending", query.sort->is_descending}};
  }
  parts["scope"] = object_of(query.scope);
  if (query.as_of.valid_on) parts["valid_on"] = query.as_of.valid_on->to_string();
  if (query.as_of.known_at) parts["known_at"] = query.as_of.known_at->to_string();
  // A filter that holds a double gives no text; such a query is refused before it has a page.
  const auto text = canonical_json(parts);
  return hash_of(text.has_value() ? *text : std::string()).to_string().substr(
      0, kFingerprintDigits);
}

std::string encode(const Cursor& cursor, std::string_view fingerprint) {
  const json::array parts{fingerprint, cursor.is_among_nulls, json_of(cursor.key), cursor.created};
  return hex_of(*canonical_json(parts));
}

Result<Cursor> decode_cursor(std::string_view text, std::string_view fingerprint) {
  const auto decoded = text_of_hex(text);
  if (!decoded) return make_error("ST-0019");
  const auto value = parse_json(*decoded);
  if (!value.has_value()) return make_error("ST-0019");
  return cursor_from(*value, fingerprint);
}

std::string hex_of(std::string_view text) { return to_hex(std::as_bytes(std::span(text))); }

std::optional<std::string> text_of_hex(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string text;
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    const int high = digit_of(digits[at]);
    const int low = digit_of(digits[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    text += static_cast<char>(high * 16 + low);
  }
  return text;
}

}  // namespace zicht::store
