// The texts of values: canonical ones and those that are FEEL expressions again.
#include "feel/collections.h"

namespace zicht::feel {
namespace {

void append(std::string& text, const Value& value, bool is_inside);

void append_quoted(std::string& text, std::string_view raw) {
  text += '"';
  for (const char c : raw) {
    switch (c) {
      case '"':
        text += "\\\"";
        break;
      case '\\':
        text += "\\\\";
        break;
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      case '\t':
        text += "\\t";
        break;
      default:
        text += c;
    }
  }
  text += '"';
}

// Names of letters, digits, '_' and single inner blanks stand without quotes.
bool is_plain_name(std::string_view name) {
  if (name.empty() || name.front() == ' ' || name.back() == ' ') return false;
  if (name.front() >= '0' && name.front() <= '9') return false;
  for (const char c : name) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                           static_cast<unsigned char>(c) >= 0x80;
    if (!is_letter && c != ' ' && (c < '0' || c > '9')) return false;
  }
  return name.find("  ") == std::string_view::npos;
}

void append_list(std::string& text, std::span<const Value> items) {
  text += '[';
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += ", ";
    append(text, items[i], true);
  }
  text += ']';
}

void append_context(std::string& text, const Context& context) {
  text += '{';
  for (std::size_t i = 0; i < context.size(); ++i) {
    if (i > 0) text += ", ";
    const std::string& name = context.shape().names()[i];
    if (is_plain_name(name)) {
      text += name;
    } else {
      append_quoted(text, name);
    }
    text += ": ";
    append(text, context.slots()[i], true);
  }
  text += '}';
}

std::string_view sign_of(Range::Form form) {
  switch (form) {
    case Range::Form::kLess:
      return "<";
    case Range::Form::kLessEqual:
      return "<=";
    case Range::Form::kGreater:
      return ">";
    case Range::Form::kGreaterEqual:
      return ">=";
    case Range::Form::kNotEqual:
      return "!=";
    default:
      return "=";
  }
}

void append_range(std::string& text, const Range& range) {
  if (range.form() != Range::Form::kInterval) {
    const bool is_upper =
        range.form() == Range::Form::kGreater || range.form() == Range::Form::kGreaterEqual;
    text += '(';
    text += sign_of(range.form());
    text += ' ';
    append(text, is_upper ? range.start() : range.end(), true);
    text += ')';
    return;
  }
  text += range.start_included() ? '[' : '(';
  append(text, range.start(), true);
  text += "..";
  append(text, range.end(), true);
  text += range.end_included() ? ']' : ')';
}

// The text of a date, time or duration.
std::string temporal_text(const Value& value) {
  switch (value.kind()) {
    case Kind::kDate:
      return to_string(value.as_date());
    case Kind::kTime:
      return to_string(value.as_time());
    case Kind::kDateTime:
      return to_string(value.as_date_time());
    case Kind::kDayDuration:
      return to_string(value.as_day_duration());
    default:
      return to_string(value.as_month_duration());
  }
}

void append_scalar(std::string& text, const Value& value, bool is_inside) {
  switch (value.kind()) {
    case Kind::kNull:
      text += "null";
      return;
    case Kind::kBoolean:
      text += value.as_boolean() ? "true" : "false";
      return;
    case Kind::kNumber:
      text += value.as_number().to_string();
      return;
    case Kind::kString:
      if (is_inside) {
        append_quoted(text, value.as_string());
      } else {
        text += value.as_string();
      }
      return;
    default:
      text += is_inside ? "@\"" + temporal_text(value) + "\"" : temporal_text(value);
  }
}

void append(std::string& text, const Value& value, bool is_inside) {
  switch (value.kind()) {
    case Kind::kList:
      append_list(text, value.as_list());
      return;
    case Kind::kContext:
      append_context(text, value.as_context());
      return;
    case Kind::kRange:
      append_range(text, value.as_range());
      return;
    case Kind::kFunction:
      text += value.as_function().type_text();
      return;
    default:
      append_scalar(text, value, is_inside);
  }
}

}  // namespace

std::string text_of(const Value& value) {
  std::string text;
  append(text, value, false);
  return text;
}

std::string literal_of(const Value& value) {
  std::string text;
  append(text, value, true);
  return text;
}

}  // namespace zicht::feel
