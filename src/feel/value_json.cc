#include "feel/value_json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>

#include "feel/collections.h"
#include "feel/internal/builtin_tables.h"

namespace zicht::feel {

using internal::not_a;

Value value_of(const Json& json) {
  switch (json.kind()) {
    case json::kind::null:
      return {};
    case json::kind::bool_:
      return Value::boolean(json.get_bool());
    case json::kind::int64:
      return Value::number(json.get_int64());
    case json::kind::uint64:
      return Value::number(Number::parse(std::to_string(json.get_uint64())).value_or(Number()));
    case json::kind::double_:
      return Value::number(Number::from_double(json.get_double()).value_or(Number()));
    case json::kind::string: {
      const json::string& text = json.get_string();
      return Value::string({text.data(), text.size()});
    }
    case json::kind::array: {
      std::vector<Value> items;
      items.reserve(json.get_array().size());
      for (const Json& item : json.get_array()) items.push_back(value_of(item));
      return Value::list(std::move(items));
    }
    case json::kind::object: {
      ContextBuilder builder;
      for (const auto& entry : json.get_object()) {
        builder.set({entry.key().data(), entry.key().size()}, value_of(entry.value()));
      }
      return builder.build();
    }
  }
  return {};
}

Json json_of(const Value& value) {
  switch (value.kind()) {
    case Kind::kNull:
      return nullptr;
    case Kind::kBoolean:
      return value.as_boolean();
    case Kind::kNumber: {
      const Number number = value.as_number();
      if (const std::optional<std::int64_t> whole = number.to_int64()) return *whole;
      return number.to_double();
    }
    case Kind::kList: {
      json::array items;
      for (const Value& item : value.as_list()) items.push_back(json_of(item));
      return items;
    }
    case Kind::kContext: {
      const Context& context = value.as_context();
      json::object entries;
      for (std::size_t i = 0; i < context.size(); ++i) {
        entries[context.shape().names()[i]] = json_of(context.slots()[i]);
      }
      return entries;
    }
    default:
      return json::string(text_of(value));
  }
}

namespace {

void append_quoted(std::string& text, std::string_view raw) {
  text += json::serialize(json::string_view(raw.data(), raw.size()));
}

void append_json(std::string& text, const Value& value) {
  switch (value.kind()) {
    case Kind::kNull:
    case Kind::kBoolean:
    case Kind::kNumber:
      text += text_of(value);
      return;
    case Kind::kList: {
      text += '[';
      bool is_first = true;
      for (const Value& item : value.as_list()) {
        if (!is_first) text += ',';
        is_first = false;
        append_json(text, item);
      }
      text += ']';
      return;
    }
    case Kind::kContext: {
      const Context& context = value.as_context();
      text += '{';
      for (std::size_t i = 0; i < context.size(); ++i) {
        if (i > 0) text += ',';
        append_quoted(text, context.shape().names()[i]);
        text += ':';
        append_json(text, context.slots()[i]);
      }
      text += '}';
      return;
    }
    default:
      append_quoted(text, text_of(value));
  }
}

// Builds a value while the text is read, so that numbers keep the digits that a double would lose.
class ValueHandler {
 public:
  static constexpr std::size_t max_array_size = std::size_t{1} << 28;
  static constexpr std::size_t max_object_size = std::size_t{1} << 28;
  static constexpr std::size_t max_string_size = std::size_t{1} << 28;
  static constexpr std::size_t max_key_size = std::size_t{1} << 28;

  using Fault = boost::system::error_code;
  using Text = json::string_view;

  bool on_document_begin(Fault&) { return true; }
  bool on_document_end(Fault&) { return true; }
  bool on_object_begin(Fault&) { return begin(); }
  bool on_object_end(std::size_t, Fault&) {
    ContextBuilder builder;
    for (std::size_t i = 0; i < open_.back().values.size(); ++i) {
      builder.set(open_.back().keys[i], std::move(open_.back().values[i]));
    }
    open_.pop_back();
    return add(builder.build());
  }
  bool on_array_begin(Fault&) { return begin(); }
  bool on_array_end(std::size_t, Fault&) {
    std::vector<Value> items = std::move(open_.back().values);
    open_.pop_back();
    return add(Value::list(std::move(items)));
  }
  bool on_key_part(Text part, std::size_t, Fault&) { return collect(part); }
  bool on_key(Text part, std::size_t, Fault&) {
    collect(part);
    open_.back().keys.push_back(std::exchange(text_, {}));
    return true;
  }
  bool on_string_part(Text part, std::size_t, Fault&) { return collect(part); }
  bool on_string(Text part, std::size_t, Fault&) {
    collect(part);
    return add(Value::string(std::exchange(text_, {})));
  }
  bool on_number_part(Text part, Fault&) { return collect(part); }
  bool on_int64(std::int64_t, Text part, Fault& fault) { return on_number(part, fault); }
  bool on_uint64(std::uint64_t, Text part, Fault& fault) { return on_number(part, fault); }
  bool on_double(double, Text part, Fault& fault) { return on_number(part, fault); }
  bool on_bool(bool value, Fault&) { return add(Value::boolean(value)); }
  bool on_null(Fault&) { return add({}); }
  bool on_comment_part(Text, Fault&) { return true; }
  bool on_comment(Text, Fault&) { return true; }

  const Value& value() const { return value_; }
  bool has_wrong_number() const { return has_wrong_number_; }

 private:
  struct Open {
    std::vector<std::string> keys;
    std::vector<Value> values;
  };

  bool begin() {
    open_.emplace_back();
    return true;
  }
  bool collect(Text part) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool add(Value value) {
    if (open_.empty()) {
      value_ = std::move(value);
    } else {
      open_.back().values.push_back(std::move(value));
    }
    return true;
  }
  bool on_number(Text part, Fault& fault) {
    collect(part);
    const std::optional<Number> number = Number::parse(std::exchange(text_, {}));
    if (number) return add(Value::number(*number));
    has_wrong_number_ = true;
    fault = json::error::exponent_overflow;
    return false;
  }

  std::vector<Open> open_;
  std::string text_;
  Value value_;
  bool has_wrong_number_ = false;
};

}  // namespace

std::string json_text(const Value& value) {
  std::string text;
  append_json(text, value);
  return text;
}

Result<Value> parse_value(std::string_view json_text) {
  // The first reading refuses what is no strict JSON, with the place; the second is exact.
  const Result<Json> strict = parse_json(json_text);
  if (!strict.has_value()) return strict.error();
  json::parse_options options;
  options.max_depth = JsonLimits{}.max_depth;
  json::basic_parser<ValueHandler> parser{options};
  boost::system::error_code fault;
  parser.write_some(false, json_text.data(), json_text.size(), fault);
  if (parser.handler().has_wrong_number()) return make_error("FE-0116");
  if (fault || !parser.done()) {
    return make_error("FE-0118", {{"limit", std::to_string(Value::kMaxBytes)}});
  }
  return parser.handler().value();
}

namespace {

Value lexical_boolean(std::string_view text) {
  if (text == "true" || text == "1") return Value::boolean(true);
  if (text == "false" || text == "0") return Value::boolean(false);
  return not_a("boolean", "true");
}

Value lexical_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.ends_with('.')) text.remove_suffix(1);
  const std::optional<Number> number = Number::parse(text);
  return number ? Value::number(*number) : not_a("number", "1234.5");
}

Value lexical_date_time(std::string_view text, const TimeZones& zones) {
  if (const auto moment = parse_date_time(text, zones)) return Value::date_time(*moment);
  if (const auto date = parse_date(text)) return Value::date_time(date_time_of(*date, {}));
  return not_a("date and time", "2025-01-31T23:59:00");
}

}  // namespace

Value value_from_lexical(std::string_view text, const Type& type, const TimeZones& zones) {
  switch (type.kind()) {
    case Type::Kind::kBoolean:
      return lexical_boolean(text);
    case Type::Kind::kNumber:
      return lexical_number(text);
    case Type::Kind::kDate: {
      const auto date = parse_date(text);
      return date ? Value::date(*date) : not_a("date", "2025-01-31");
    }
    case Type::Kind::kTime: {
      const auto time = parse_time(text, zones);
      return time ? Value::time(*time) : not_a("time", "23:59:00Z");
    }
    case Type::Kind::kDateTime:
      return lexical_date_time(text, zones);
    case Type::Kind::kDayDuration: {
      const auto length = parse_day_duration(text);
      return length ? Value::duration(*length) : not_a("days and time duration", "P1DT2H");
    }
    case Type::Kind::kMonthDuration: {
      const auto length = parse_month_duration(text);
      return length ? Value::duration(*length) : not_a("years and months duration", "P1Y2M");
    }
    default:
      return Value::string(text);
  }
}

Value typed_from_json(const Value& value, const Type& type, const TimeZones& zones) {
  if (type.kind() == Type::Kind::kList && !value.is(Kind::kList)) {
    return typed_from_json(value, type.item(), zones);
  }
  if (value.is(Kind::kString)) {
    const Value typed = value_from_lexical(value.as_string(), type, zones);
    return typed.is_null() ? value : typed;
  }
  if (value.is(Kind::kList)) {
    const Type& item_type = type.kind() == Type::Kind::kList ? type.item() : type;
    std::vector<Value> items;
    items.reserve(value.as_list().size());
    for (const Value& item : value.as_list()) {
      items.push_back(typed_from_json(item, item_type, zones));
    }
    return Value::list(std::move(items));
  }
  if (value.is(Kind::kContext) && type.kind() == Type::Kind::kContext) {
    const Context& context = value.as_context();
    std::vector<Value> slots;
    slots.reserve(context.size());
    for (std::size_t i = 0; i < context.size(); ++i) {
      const Type* member = type.find_member(context.shape().names()[i]);
      const Value& slot = context.slots()[i];
      slots.push_back(member != nullptr ? typed_from_json(slot, *member, zones) : slot);
    }
    return Value::context(context.shape_ref(), std::move(slots));
  }
  return value;
}

Value value_from_at_literal(std::string_view text, const TimeZones& zones) {
  if (const auto date = parse_date(text)) return Value::date(*date);
  if (const auto moment = parse_date_time(text, zones)) return Value::date_time(*moment);
  if (const auto time = parse_time(text, zones)) return Value::time(*time);
  if (const auto length = parse_day_duration(text)) return Value::duration(*length);
  if (const auto length = parse_month_duration(text)) return Value::duration(*length);
  return not_a("date, time or duration", "2025-01-31");
}

}  // namespace zicht::feel
