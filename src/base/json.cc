#include "base/json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <set>
#include <vector>

#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht {
namespace {

constexpr std::size_t kMaxCanonicalDepth = 256;

// Feeds a value_stack and counts the keys of the text. Boost.JSON keeps the last of two equal keys
// silently; when the finished value holds fewer keys than the text, one stood twice.
struct CountingHandler {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  json::value_stack stack;
  std::size_t keys = 0;

  bool on_document_begin(json::error_code&) { return stack.reset(), true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return true; }
  bool on_object_end(std::size_t n, json::error_code&) {
    keys += n;
    return stack.push_object(n), true;
  }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t n, json::error_code&) { return stack.push_array(n), true; }
  bool on_key_part(json::string_view s, std::size_t, json::error_code&) {
    return stack.push_chars(s), true;
  }
  bool on_key(json::string_view s, std::size_t, json::error_code&) {
    return stack.push_key(s), true;
  }
  bool on_string_part(json::string_view s, std::size_t, json::error_code&) {
    return stack.push_chars(s), true;
  }
  bool on_string(json::string_view s, std::size_t, json::error_code&) {
    return stack.push_string(s), true;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t i, json::string_view, json::error_code&) {
    return stack.push_int64(i), true;
  }
  bool on_uint64(std::uint64_t u, json::string_view, json::error_code&) {
    return stack.push_uint64(u), true;
  }
  bool on_double(double d, json::string_view, json::error_code&) {
    return stack.push_double(d), true;
  }
  bool on_bool(bool b, json::error_code&) { return stack.push_bool(b), true; }
  bool on_null(json::error_code&) { return stack.push_null(), true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

// Remembers the keys of every open object; used only to name the key that stands twice.
struct DuplicateFinder : CountingHandler {
  std::vector<std::set<std::string>> open;
  std::string key;
  std::string duplicate;
  bool found = false;

  bool on_object_begin(json::error_code&) { return open.emplace_back(), true; }
  bool on_object_end(std::size_t, json::error_code&) { return open.pop_back(), true; }
  bool on_array_end(std::size_t, json::error_code&) { return true; }
  bool on_key_part(json::string_view s, std::size_t, json::error_code&) {
    return key.append(s.data(), s.size()), true;
  }
  bool on_key(json::string_view s, std::size_t, json::error_code&) {
    key.append(s.data(), s.size());
    if (!open.back().insert(key).second && !found) {
      found = true;
      duplicate = key;
    }
    key.clear();
    return true;
  }
  bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
  bool on_double(double, json::string_view, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
};

json::parse_options options_for(const JsonLimits& limits) {
  json::parse_options options;
  options.max_depth = limits.max_depth;
  return options;
}

Error syntax_error(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, std::min(at, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  const std::size_t column = 1 + code_point_length(before.substr(line_start));
  return make_error("ZB-0009",
                    {{"line", std::to_string(line)}, {"column", std::to_string(column)}});
}

Error duplicate_error(std::string_view text, const JsonLimits& limits) {
  json::basic_parser<DuplicateFinder> parser(options_for(limits));
  json::error_code failure;
  parser.write_some(false, text.data(), text.size(), failure);
  return make_error("ZB-0012",
                    {{"key", std::string(first_code_points(parser.handler().duplicate, 60))}});
}

struct Contents {
  std::size_t keys = 0;
  bool has_nul = false;
};

bool holds_nul(json::string_view text) { return text.find('\0') != json::string_view::npos; }

void count_contents(const json::value& value, Contents& contents) {
  if (const auto* text = value.if_string()) {
    contents.has_nul |= holds_nul(*text);
  } else if (const auto* array = value.if_array()) {
    for (const json::value& item : *array) count_contents(item, contents);
  } else if (const auto* object = value.if_object()) {
    contents.keys += object->size();
    for (const auto& member : *object) {
      contents.has_nul |= holds_nul(member.key());
      count_contents(member.value(), contents);
    }
  }
}

void append_string(json::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text.data() + copied, i - copied);
    copied = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += "\\u00";
        out += kHex[static_cast<unsigned char>(c) >> 4];
        out += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  out.append(text.data() + copied, text.size() - copied);
  out += '"';
}

template <class Integer>
void append_integer(Integer number, std::string& out) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}

class CanonicalWriter {
 public:
  // False when the value cannot be written; `problem()` then says why.
  bool write(const json::value& value, std::size_t depth) {
    if (depth > kMaxCanonicalDepth) return refuse("ZB-0011");
    switch (value.kind()) {
      case json::kind::null:
        out_ += "null";
        return true;
      case json::kind::bool_:
        out_ += value.get_bool() ? "true" : "false";
        return true;
      case json::kind::int64:
        append_integer(value.get_int64(), out_);
        return true;
      case json::kind::uint64:
        append_integer(value.get_uint64(), out_);
        return true;
      case json::kind::double_:
        return refuse("ZB-0014");
      case json::kind::string:
        append_string(value.get_string(), out_);
        return true;
      case json::kind::array:
        return write_array(value.get_array(), depth);
      case json::kind::object:
        return write_object(value.get_object(), depth);
    }
    return false;
  }

  std::string take() { return std::move(out_); }

  Error problem() const {
    const std::string where = where_.empty() ? "/" : where_;
    return make_error(problem_id_,
                      {{"where", where}, {"limit", std::to_string(kMaxCanonicalDepth)}});
  }

 private:
  using Member = const json::key_value_pair*;

  bool refuse(std::string_view id) {
    problem_id_ = id;
    return false;
  }

  // The pointer to the problem grows from the inside out while the recursion unwinds.
  bool refused_below(std::string_view step) {
    where_ = "/" + json_pointer_token(step) + where_;
    return false;
  }

  bool write_array(const json::array& array, std::size_t depth) {
    out_ += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (i > 0) out_ += ',';
      if (!write(array[i], depth + 1)) return refused_below(std::to_string(i));
    }
    out_ += ']';
    return true;
  }

  bool write_object(const json::object& object, std::size_t depth) {
    const std::size_t start = members_.size();
    for (const auto& member : object) members_.push_back(&member);
    const auto first = members_.begin() + static_cast<std::ptrdiff_t>(start);
    std::sort(first, members_.end(), [](Member a, Member b) { return a->key() < b->key(); });
    out_ += '{';
    for (std::size_t i = start; i < start + object.size(); ++i) {
      const Member member = members_[i];  // by value: members_ grows below
      if (i > start) out_ += ',';
      append_string(member->key(), out_);
      out_ += ':';
      if (!write(member->value(), depth + 1)) {
        return refused_below({member->key().data(), member->key().size()});
      }
    }
    out_ += '}';
    members_.resize(start);
    return true;
  }

  std::string out_;
  std::vector<Member> members_;  // one stack for all open objects: no allocation per object
  std::string_view problem_id_;
  std::string where_;
};

}  // namespace

Result<json::value> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return make_error("ZB-0010", {{"limit", std::to_string(limits.max_bytes)}});
  }
  json::basic_parser<CountingHandler> parser(options_for(limits));
  json::error_code failure;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), failure);
  if (failure == json::error::too_deep) {
    return make_error("ZB-0011", {{"limit", std::to_string(limits.max_depth)}});
  }
  if (failure && !is_valid_utf8(text)) return make_error("ZB-0013");
  if (failure || read != text.size()) return syntax_error(text, read);
  const std::size_t keys = parser.handler().keys;
  json::value value = parser.handler().stack.release();
  Contents contents;
  count_contents(value, contents);
  if (contents.keys != keys) return duplicate_error(text, limits);
  if (contents.has_nul) return make_error("ZB-0015");
  return value;
}

Result<std::string> canonical_json(const json::value& value) {
  CanonicalWriter writer;
  if (!writer.write(value, 0)) return writer.problem();
  return writer.take();
}

}  // namespace zicht
