// The texts of values: canonical ones and those that are FEEL expressions again.
#include "feel/collections.h"

namespace zicht::feel {
namespace {

// The text so far, and where there is enough of it.
struct Text {
  std::string text{};
  std::size_t longest = std::string::npos;

  Text& operator+=(char c) {
    text += c;
    return *this;
  }
  Text& operator+=(std::string_view more) {
    text += more;
    return *this;
  }
  bool is_enough() const { return text.size() > longest; }
};

void append(Text& text, const Value& value, bool is_inside);

void append_quoted(Text& text, std::string_view raw) {
  text += '"';
  for (const char c : raw) {
    if (text.is_enough()) return;
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

void append_list(Text& text, std::span<const Value> items) {
  text += '[';
  for (std::size_t i = 0; i < items.size() && !text.is_enough(); ++i) {
    if (i > 0) text += ", ";
    append(text, items[i], true);
  }
  text += ']';
}

void append_context(Text& text, const Context& context) {
  text += '{';
  for (std::size_t i = 0; i < context.size() && !text.is_enough(); ++i) {
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

void append_range(Text& text, const Range& range) {
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

void append_scalar(Text& text, const Value& value, bool is_inside) {
  switch (value.kind()) {
    case Kind::kNull:
      text += "null";
      return;
    case Kind::kBoolean:
      text += std::string_view(value.as_boolean() ? "true" : "false");
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

void append(Text& text, const Value& value, bool is_inside) {
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
  Text text;
  append(text, value, false);
  return std::move(text.text);
}

std::string literal_of(const Value& value) {
  Text text;
  append(text, value, true);
  return std::move(text.text);
}

std::string literal_of(const Value& value, std::size_t longest) {
  Text text{.text = {}, .longest = longest};
  append(text, value, true);
  if (!text.is_enough()) return std::move(text.text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text.text[end]) & 0xC0) == 0x80) --end;
  return text.text.substr(0, end) + "...";
}

}  // namespace zicht::feel
