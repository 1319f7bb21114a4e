#include "dmn/internal/json_request.h"

#include <array>
#include <utility>

#include "base/error_catalogue.h"
#include "feel/collections.h"

namespace zicht::dmn::internal {
namespace {

using feel::Context;
using feel::Kind;
using feel::Type;
using feel::Value;

constexpr int kMaxTypeDepth = 20;

Error wrong(const std::string& where, std::string_view expected) {
  return make_error("FE-0071", {{"where", where}, {"expected", std::string(expected)}});
}

// The members of an object by their names, each asked for once.
class Object {
 public:
  Object(const Value& value, std::string path)
      : context_(value.as_context()), path_(std::move(path)) {}

  [[nodiscard]] const Value* find(std::string_view name) const {
    const Value* found = context_.find(name);
    return found != nullptr && found->is_null() ? nullptr : found;
  }
  [[nodiscard]] std::string place_of(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }

  // Absent is empty, unless `is_required`.
  Result<std::string> text(std::string_view name, bool is_required = false) const {
    const Value* found = find(name);
    if (found == nullptr && !is_required) return std::string();
    if (found == nullptr || !found->is(Kind::kString)) return wrong(place_of(name), R"("...")");
    return std::string(found->as_string());
  }

  Result<std::vector<Value>> list(std::string_view name) const {
    const Value* found = find(name);
    if (found == nullptr) return std::vector<Value>();
    if (!found->is(Kind::kList)) return wrong(place_of(name), "[...]");
    return std::vector<Value>(found->as_list().begin(), found->as_list().end());
  }

  // Which of the words it is; the first where it is absent.
  template <std::size_t n>
  Result<std::size_t> choice(std::string_view name, const std::array<const char*, n>& words) const {
    ZICHT_TRY(given, text(name));
    if (given.empty()) return std::size_t{0};
    std::string known;
    for (std::size_t i = 0; i < n; ++i) {
      if (given == words[i]) return i;
      known.append(i > 0 ? ", " : "").append(words[i]);
    }
    return wrong(place_of(name), known);
  }

 private:
  const Context& context_;
  std::string path_;
};

Result<std::vector<Type::Member>> read_members(const Value& value, const std::string& where,
                                               int depth);

// "number", {"list": type} or {"context": [{"name", "type"}]}.
Result<Type> read_type(const Value* value, const std::string& where, int depth) {
  if (value == nullptr) return Type::any();
  if (value->is(Kind::kString)) {
    const auto type = Type::find_named(value->as_string());
    if (type) return *type;
  }
  if (value->is(Kind::kContext) && depth < kMaxTypeDepth) {
    const Object object(*value, where);
    if (const Value* item = object.find("list")) {
      ZICHT_TRY(type, read_type(item, object.place_of("list"), depth + 1));
      return Type::list_of(std::move(type));
    }
    if (const Value* members = object.find("context")) {
      ZICHT_TRY(read, read_members(*members, object.place_of("context"), depth + 1));
      return Type::context_of(std::move(read));
    }
  }
  return wrong(where, R"("number", "date", ..., {"list": type}, {"context": [...]})");
}

Result<std::vector<Type::Member>> read_members(const Value& value, const std::string& where,
                                               int depth) {
  if (!value.is(Kind::kList)) return wrong(where, R"([{"name": "...", "type": "..."}])");
  std::vector<Type::Member> members;
  for (const Value& each : value.as_list()) {
    const std::string place = where + "/" + std::to_string(members.size());
    if (!each.is(Kind::kContext)) return wrong(place, R"({"name": "...", "type": "..."})");
    const Object object(each, place);
    ZICHT_TRY(name, object.text("name", true));
    ZICHT_TRY(type, read_type(object.find("type"), object.place_of("type"), depth));
    members.push_back({std::move(name), std::move(type)});
  }
  return members;
}

Result<Value> read_object(std::string_view json) {
  ZICHT_TRY(request, feel::parse_value(json));
  if (!request.is(Kind::kContext)) return wrong("/", "{...}");
  return request;
}

}  // namespace

Result<CompileRequest> read_compile_request(std::string_view json) {
  ZICHT_TRY(request, read_object(json));
  const Object object(request, "");
  CompileRequest read;
  constexpr std::array kKinds = {"expression", "unary_tests", "model"};
  ZICHT_TRY(kind, object.choice("kind", kKinds));
  ZICHT_TRY(text, object.text("text", true));
  ZICHT_TRY(file, object.text("file"));
  constexpr std::array kUnknown = {"refuse", "null"};
  ZICHT_TRY(unknown, object.choice("unknown_names", kUnknown));
  ZICHT_TRY(input_type, read_type(object.find("input_type"), "/input_type", 0));
  read.kind = static_cast<CompileRequest::Kind>(kind);
  read.text = std::move(text);
  read.file = std::move(file);
  read.unknown_names_are_null = unknown == 1;
  read.input_type = std::move(input_type);
  if (const Value* variables = object.find("variables")) {
    ZICHT_TRY(members, read_members(*variables, "/variables", 0));
    for (const auto& [name, type] : members) read.scope.add(name, type);
  }
  ZICHT_TRY(others, object.list("others"));
  for (const Value& other : others) {
    if (!other.is(Kind::kString)) return wrong("/others", R"(["<definitions>..."])");
    read.others.emplace_back(other.as_string());
  }
  return read;
}

Result<EvaluateRequest> read_evaluate_request(std::string_view json, const TimeZones& zones) {
  ZICHT_TRY(request, read_object(json));
  const Object object(request, "");
  EvaluateRequest read;
  const Value* handle = object.find("handle");
  const auto number = handle != nullptr && handle->is(Kind::kNumber)
                          ? handle->as_number().to_int64()
                          : std::nullopt;
  if (!number || *number < 0 || *number > 0xffffffff) return wrong("/handle", "1");
  read.handle = static_cast<std::uint32_t>(*number);
  const Value* facts = object.find("facts");
  if (facts != nullptr && !facts->is(Kind::kContext)) return wrong("/facts", "{...}");
  read.facts = facts != nullptr ? *facts : feel::ContextBuilder().build();
  if (const Value* input = object.find("input")) read.input = *input;
  constexpr std::array kTargets = {"decision", "service", "knowledge"};
  ZICHT_TRY(target, object.choice("target", kTargets));
  ZICHT_TRY(name, object.text("name"));
  constexpr std::array kLevels = {"off", "brief", "full"};
  ZICHT_TRY(level, object.choice("explain", kLevels));
  read.target = static_cast<TargetKind>(target);
  read.name = std::move(name);
  read.explain = static_cast<ExplainLevel>(level);
  ZICHT_TRY(now, object.text("now"));
  if (!now.empty()) {
    read.now = feel::value_from_lexical(now, Type::date_time(), zones);
    if (read.now.is_null()) return wrong("/now", R"("2025-01-31T23:59:00+01:00")");
  }
  ZICHT_TRY(today, object.text("today"));
  if (!today.empty()) {
    read.today = feel::value_from_lexical(today, Type::date(), zones);
    if (read.today.is_null()) return wrong("/today", R"("2025-01-31")");
  }
  return read;
}

}  // namespace zicht::dmn::internal
