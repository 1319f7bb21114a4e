#include "packs/internal/reader.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace zicht::packs::internal {
namespace {

void wrong_kind(const Source& source, const Node& node, std::string_view name,
                const LocalizedText& expected) {
  source.error("PK-0022", node.place, {{"name", std::string(name)}, {"expected", expected}});
}

bool is_code(std::string_view text) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (text.empty() || !is_plain(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_plain(c) || c == '.' || c == '_' || c == '-';
  });
}

LocalizedText shape_of(IdKind kind) {
  switch (kind) {
    case IdKind::kKebab:
      return {"kleine letters, cijfers en enkele streepjes, beginnend met een letter",
              "lower-case letters, digits and single dashes, starting with a letter"};
    case IdKind::kSnake:
      return {"kleine letters, cijfers en enkele liggende streepjes, beginnend met een letter",
              "lower-case letters, digits and single underscores, starting with a letter"};
    case IdKind::kCode:
      return {"kleine letters, cijfers, punt en streepjes, beginnend met een letter of cijfer",
              "lower-case letters, digits, point and dashes, starting with a letter or digit"};
  }
  return {};
}

}  // namespace

bool expect_map(const Source& source, const Node& node, std::string_view name) {
  if (node.is_map()) return true;
  wrong_kind(source, node, name, {"sleutels met waarden (sleutel: waarde)",
                                  "keys with values (key: value)"});
  return false;
}

bool expect_sequence(const Source& source, const Node& node, std::string_view name) {
  if (node.is_sequence()) return true;
  wrong_kind(source, node, name, {"een rij, zoals [a, b]", "a list, such as [a, b]"});
  return false;
}

std::string read_text(const Source& source, const Node& node, std::string_view name) {
  if (!node.is_scalar()) {
    wrong_kind(source, node, name, {"een tekst", "a text"});
    return {};
  }
  if (trim(node.text).empty()) {
    source.error("PK-0024", node.place, {{"name", std::string(name)}});
    return {};
  }
  return std::string(trim(node.text));
}

LocalizedText read_localized(const Source& source, const Node& node, std::string_view name) {
  if (!node.is_map()) {
    wrong_kind(source, node, name, {"een tekst in twee talen: {nl: ..., en: ...}",
                                    "a text in two languages: {nl: ..., en: ...}"});
    return {};
  }
  const MapReader map(source, node, {"nl", "en"});
  LocalizedText text{map.text("nl"), map.text("en")};
  for (const std::string* language : {&text.nl, &text.en}) {
    if (code_point_length(*language) <= kMaxLabelLength) continue;
    source.error("PK-0025", node.place,
                 {{"name", std::string(name)}, {"limit", std::to_string(kMaxLabelLength)}});
  }
  return text;
}

bool read_boolean(const Source& source, const Node& node, std::string_view name) {
  if (node.is_scalar() && (node.text == "true" || node.text == "false")) {
    return node.text == "true";
  }
  wrong_kind(source, node, name, {"true of false", "true or false"});
  return false;
}

std::optional<std::int64_t> read_integer(const Source& source, const Node& node,
                                         std::string_view name, std::int64_t min,
                                         std::int64_t max) {
  std::int64_t value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto read = std::from_chars(node.text.data(), end, value);
  if (node.is_scalar() && !node.text.empty() && read.ec == std::errc() && read.ptr == end &&
      value >= min && value <= max) {
    return value;
  }
  const std::string range = std::to_string(min) + " .. " + std::to_string(max);
  wrong_kind(source, node, name, {"een geheel getal (" + range + ")",
                                  "a whole number (" + range + ")"});
  return std::nullopt;
}

std::optional<Date> read_date(const Source& source, const Node& node, std::string_view name) {
  if (node.is_scalar()) {
    if (const auto date = Date::parse(node.text)) return *date;
  }
  wrong_kind(source, node, name, {"een dag die bestaat, zoals 2025-01-31",
                                  "a day that exists, such as 2025-01-31"});
  return std::nullopt;
}

std::optional<Period> read_period(const Source& source, const Node& node, std::string_view name) {
  if (node.is_scalar()) {
    if (const auto period = Period::parse(node.text)) return *period;
  }
  wrong_kind(source, node, name, {"een termijn, zoals P6W of P1Y14D",
                                  "a period, such as P6W or P1Y14D"});
  return std::nullopt;
}

std::vector<std::string> read_texts(const Source& source, const Node& node,
                                    std::string_view name) {
  std::vector<std::string> texts;
  if (!expect_sequence(source, node, name)) return texts;
  for (const Node& item : node.items) {
    std::string text = read_text(source, item, name);
    if (text.empty()) continue;
    if (std::find(texts.begin(), texts.end(), text) != texts.end()) {
      source.error("PK-0032", item.place, {{"id", text}});
    } else {
      texts.push_back(std::move(text));
    }
  }
  return texts;
}

bool check_id(const Source& source, const Place& place, std::string_view id, IdKind kind) {
  const bool is_good = id.size() <= kMaxIdLength && (kind == IdKind::kKebab   ? is_kebab_id(id)
                                                     : kind == IdKind::kSnake ? is_snake_id(id)
                                                                              : is_code(id));
  if (is_good) return true;
  source.error("PK-0031", place,
               {{"id", std::string(first_code_points(id, 2 * kMaxIdLength))},
                {"shape", shape_of(kind)},
                {"limit", std::to_string(kMaxIdLength)}});
  return false;
}

MapReader::MapReader(const Source& source, const Node& node, std::vector<std::string> known)
    : source_(source), node_(node) {
  if (node.is_map()) {
    check_keys(known);
  } else {
    static_cast<void>(expect_map(source, node, known.front()));
  }
}

void MapReader::check_keys(const std::vector<std::string>& known) const {
  std::size_t furthest = 0;
  bool is_told = false;
  for (const Member& member : node_.members) {
    const auto found = std::find(known.begin(), known.end(), member.key);
    if (found == known.end()) {
      source_.error("PK-0020", member.place,
                    {{"key", member.key}, {"known", suggestion(member.key, known)}});
      continue;
    }
    const auto index = static_cast<std::size_t>(found - known.begin());
    if (index < furthest && !is_told) {
      source_.warning("PK-0023", member.place,
                      {{"key", member.key}, {"before", known[furthest]}});
      is_told = true;
    }
    furthest = std::max(furthest, index);
  }
}

const Node* MapReader::find(std::string_view key) const {
  const Node* value = node_.find(key);
  return value == nullptr || value->kind == Node::Kind::kNull ? nullptr : value;
}

const Node* MapReader::need(std::string_view key) const {
  const Node* value = find(key);
  if (value == nullptr && node_.is_map()) {
    source_.error("PK-0021", node_.place, {{"key", std::string(key)}});
  }
  return value;
}

std::string MapReader::text(std::string_view key) const {
  const Node* value = need(key);
  return value == nullptr ? std::string() : read_text(source_, *value, key);
}

LocalizedText MapReader::localized(std::string_view key) const {
  const Node* value = need(key);
  return value == nullptr ? LocalizedText() : read_localized(source_, *value, key);
}

std::string MapReader::text_or(std::string_view key, std::string_view otherwise) const {
  const Node* value = find(key);
  return value == nullptr ? std::string(otherwise) : read_text(source_, *value, key);
}

std::optional<LocalizedText> MapReader::localized_if(std::string_view key) const {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  return read_localized(source_, *value, key);
}

bool MapReader::boolean_or(std::string_view key, bool otherwise) const {
  const Node* value = find(key);
  return value == nullptr ? otherwise : read_boolean(source_, *value, key);
}

std::optional<std::int64_t> MapReader::integer_if(std::string_view key, std::int64_t min,
                                                  std::int64_t max) const {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  return read_integer(source_, *value, key, min, max);
}

std::optional<Date> MapReader::date_if(std::string_view key) const {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  return read_date(source_, *value, key);
}

std::optional<Period> MapReader::period_if(std::string_view key) const {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  return read_period(source_, *value, key);
}

std::vector<std::string> MapReader::texts_or_none(std::string_view key) const {
  const Node* value = find(key);
  return value == nullptr ? std::vector<std::string>() : read_texts(source_, *value, key);
}

std::vector<std::pair<std::string, std::string>> MapReader::pairs_or_none(
    std::string_view key) const {
  std::vector<std::pair<std::string, std::string>> pairs;
  const Node* node = find(key);
  if (node == nullptr || !expect_map(source_, *node, key)) return pairs;
  for (const Member& member : node->members) {
    pairs.emplace_back(member.key, read_text(source_, member.value, member.key));
  }
  return pairs;
}

std::string MapReader::closed(std::string_view key, const std::vector<std::string>& words) const {
  const Node* value = find(key);
  if (value == nullptr) return {};
  const auto find_word = [&](std::string_view text) -> std::optional<std::string> {
    const auto found = std::find(words.begin(), words.end(), text);
    return found == words.end() ? std::nullopt : std::optional(*found);
  };
  return read_word<std::string>(source_, *value, key, find_word, words).value_or("");
}

}  // namespace zicht::packs::internal
