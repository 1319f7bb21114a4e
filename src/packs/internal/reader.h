// Reads one map of an authored file: which keys it may have, in which order, and their values.
//
//     MapReader map(source, node, {"list", "title", "codes"});   // reports unknown keys and order
//     list.title = map.localized("title");                       // reports when it is missing
//
// Every reader reports what is wrong and goes on with an empty value, so that all problems of a
// file come out at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/period.h"
#include "packs/internal/report.h"

namespace zicht::packs::internal {

// Where a node comes from: its file and who is told.
struct Source {
  const std::string& file;
  Report& report;

  void error(std::string_view id, const Place& place, const Arguments& arguments = {}) const {
    report.error(id, file, place, arguments);
  }
  void warning(std::string_view id, const Place& place, const Arguments& arguments = {}) const {
    report.warning(id, file, place, arguments);
  }
};

enum class IdKind { kKebab, kSnake, kCode };
constexpr std::size_t kMaxIdLength = 48;
constexpr std::size_t kMaxLabelLength = 1000;  // code points of a text that people see

// Values out of one node; each reports at the node and gives an empty value when it does not fit.
[[nodiscard]] std::string read_text(const Source& source, const Node& node, std::string_view name);
[[nodiscard]] LocalizedText read_localized(const Source& source, const Node& node,
                                           std::string_view name);
[[nodiscard]] bool read_boolean(const Source& source, const Node& node, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> read_integer(const Source& source, const Node& node,
                                                       std::string_view name, std::int64_t min,
                                                       std::int64_t max);
[[nodiscard]] std::optional<Date> read_date(const Source& source, const Node& node,
                                            std::string_view name);
[[nodiscard]] std::optional<Period> read_period(const Source& source, const Node& node,
                                                std::string_view name);
[[nodiscard]] std::vector<std::string> read_texts(const Source& source, const Node& node,
                                                  std::string_view name);
// PK-0022 unless it is one; for looping over items or members.
[[nodiscard]] bool expect_map(const Source& source, const Node& node, std::string_view name);
[[nodiscard]] bool expect_sequence(const Source& source, const Node& node, std::string_view name);

// False, with PK-0031, when the text is no id of this kind.
bool check_id(const Source& source, const Place& place, std::string_view id, IdKind kind);

// One of a closed set of words; reports PK-0030 with the nearest.
template <class T>
std::optional<T> read_word(const Source& source, const Node& node, std::string_view name,
                           const std::function<std::optional<T>(std::string_view)>& find,
                           const std::vector<std::string>& known) {
  const std::string text = read_text(source, node, name);
  if (text.empty()) return std::nullopt;
  if (const auto value = find(text)) return value;
  source.error("PK-0030", node.place,
               {{"name", std::string(name)}, {"value", text}, {"known", suggestion(text, known)}});
  return std::nullopt;
}

class MapReader {
 public:
  // `known` in the order that the format prescribes. Reports PK-0022 when the node is no map,
  // PK-0020 for unknown keys, PK-0023 (warning) for another order.
  MapReader(const Source& source, const Node& node, std::vector<std::string> known);

  [[nodiscard]] const Node& node() const { return node_; }
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
  [[nodiscard]] const Node* find(std::string_view key) const;  // an empty value counts as absent
  [[nodiscard]] const Node* need(std::string_view key) const;  // reports PK-0021

  // Required values.
  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] LocalizedText localized(std::string_view key) const;

  // Optional values.
  [[nodiscard]] std::string text_or(std::string_view key, std::string_view otherwise = "") const;
  [[nodiscard]] std::optional<LocalizedText> localized_if(std::string_view key) const;
  [[nodiscard]] bool boolean_or(std::string_view key, bool otherwise) const;
  [[nodiscard]] std::optional<std::int64_t> integer_if(std::string_view key, std::int64_t min,
                                                       std::int64_t max) const;
  [[nodiscard]] std::optional<Date> date_if(std::string_view key) const;
  [[nodiscard]] std::optional<Period> period_if(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts_or_none(std::string_view key) const;
  // `{one: text, other: text}` in the order of the file; reports what is no map of texts.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs_or_none(
      std::string_view key) const;
  template <class T>
  [[nodiscard]] std::optional<T> word_if(
      std::string_view key, const std::function<std::optional<T>(std::string_view)>& find_word,
      const std::vector<std::string>& words) const {
    const Node* value = find(key);
    if (value == nullptr) return std::nullopt;
    return read_word<T>(source_, *value, key, find_word, words);
  }
  // One of `words`; empty when absent or wrong.
  [[nodiscard]] std::string closed(std::string_view key,
                                   const std::vector<std::string>& words) const;

 private:
  void check_keys(const std::vector<std::string>& known) const;

  const Source& source_;
  const Node& node_;
};

// The spellings of an enumeration with `count` values, through its name_of.
template <class Enum>
std::vector<std::string> names_of(int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.emplace_back(name_of(static_cast<Enum>(i)));
  return names;
}

}  // namespace zicht::packs::internal
