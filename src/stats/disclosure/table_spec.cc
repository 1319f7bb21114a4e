#include "stats/disclosure/table_spec.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <span>

#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::stats {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::array<std::string_view, 6> kMethods{"linear-algebra", "exact",    "modular",
                                                   "rounding",       "cell-key", "none"};

struct Domain {
  double above = 0;  // exclusive
  double up_to = 0;  // inclusive
  std::string_view text{};
};

std::string list_of(std::span<const std::string_view> words) {
  std::string all;
  for (const std::string_view word : words) all += (all.empty() ? "" : ", ") + std::string(word);
  return all;
}

// Reads one object of the specification and gathers what is wrong with it.
class SpecReader {
 public:
  Result<TableSpec> read(const Json& json) {
    const json::object* const root = object_at(json, "");
    if (root != nullptr) read_root(*root);
    if (!problems_.empty()) {
      Error error = make_error("SA-0001");
      error.problems = std::move(problems_);
      return error;
    }
    return std::move(spec_);
  }

 private:
  void wrong(std::string_view id, const std::string& where, const Arguments& arguments = {}) {
    problems_.push_back(make_problem(id, where, arguments));
  }
  void wrong_type(const std::string& where, std::string_view nl, std::string_view en) {
    wrong("SA-0004", where,
          {{"where", where}, {"kind", LocalizedText{std::string(nl), std::string(en)}}});
  }

  const json::object* object_at(const Json& json, const std::string& where) {
    if (json.is_object()) return &json.get_object();
    wrong_type(where.empty() ? "/" : where, "een blok met sleutels", "a block of keys");
    return nullptr;
  }

  void only(const json::object& object, const std::string& where, const Words& known) {
    for (const auto& member : object) {
      if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end()) {
        wrong("SA-0002", where + "/" + json_pointer_token(member.key()),
              {{"key", std::string(member.key())}, {"known", list_of(known)}});
      }
    }
  }

  // A code or a name; a number stands for its digits.
  std::optional<std::string> text(const Json& json, const std::string& where) {
    if (json.is_string() && !json.get_string().empty()) return std::string(json.get_string());
    if (json.is_int64()) return std::to_string(json.get_int64());
    wrong_type(where, "een tekst", "a text");
    return std::nullopt;
  }

  std::optional<std::string> text_of(const json::object& object, const std::string& where,
                                     std::string_view key) {
    const Json* const found = object.if_contains(key);
    if (found == nullptr) return std::nullopt;
    return text(*found, where + "/" + std::string(key));
  }

  std::vector<std::string> texts(const Json* json, const std::string& where) {
    std::vector<std::string> all;
    if (json == nullptr) return all;
    if (!json->is_array()) {
      wrong_type(where, "een lijst van teksten", "a list of texts");
      return all;
    }
    for (const Json& item : json->get_array()) {
      if (auto one = text(item, where)) all.push_back(*std::move(one));
    }
    return all;
  }

  double number(const json::object& object, const std::string& where, std::string_view key,
                double otherwise, const Domain& domain) {
    const Json* const found = object.if_contains(key);
    if (found == nullptr) return otherwise;
    const std::string place = where + "/" + std::string(key);
    boost::system::error_code failed;
    const double value = found->is_number() ? found->to_number<double>(failed) : otherwise;
    if (!found->is_number() || failed) {
      wrong_type(place, "een getal", "a number");
      return otherwise;
    }
    if (!(value > domain.above) || !(value <= domain.up_to)) {
      wrong("SA-0005", place, {{"where", place}, {"domain", std::string(domain.text)}});
    }
    return value;
  }

  bool flag(const json::object& object, const std::string& where, std::string_view key,
            bool otherwise) {
    const Json* const found = object.if_contains(key);
    if (found == nullptr) return otherwise;
    if (!found->is_bool()) {
      wrong_type(where + "/" + std::string(key), "true of false", "true or false");
      return otherwise;
    }
    return found->get_bool();
  }

  // The place among `words` of what is written.
  std::size_t choice(const json::object& object, std::string_view key,
                     std::span<const std::string_view> words) {
    const auto written = text_of(object, "", key);
    if (!written) return 0;
    const auto found = std::find(words.begin(), words.end(), *written);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    wrong("SA-0006", "/" + std::string(key),
          {{"key", std::string(key)}, {"written", *written}, {"known", list_of(words)}});
    return 0;
  }

  void read_root(const json::object& root) {
    only(root, "", {"title",       "dimensions", "frequency", "value",      "largest",
                    "contributor", "tolerance",  "rules",     "zeros",      "weight",
                    "singletons",  "intervals",  "method",    "base",       "gap",
                    "noise",       "editions",   "period",    "definition", "adds_up"});
    spec_.title = text_of(root, "", "title").value_or("");
    spec_.frequency = text_of(root, "", "frequency");
    spec_.value = text_of(root, "", "value");
    if (!spec_.frequency && !spec_.value) {
      wrong("SA-0003", "/frequency", {{"key", "frequency / value"}, {"where", "/"}});
    }
    spec_.largest = texts(root.if_contains("largest"), "/largest");
    spec_.contributor = text_of(root, "", "contributor");
    spec_.tolerance = number(root, "", "tolerance", spec_.tolerance, {-1e-300, 1e12, "0 … 1e12"});
    constexpr std::array<std::string_view, 2> kZeros{"publish", "may-hide"};
    spec_.zeros = static_cast<ZeroHandling>(choice(root, "zeros", kZeros));
    constexpr std::array<std::string_view, 3> kWeights{"value", "frequency", "one"};
    spec_.weight = static_cast<SuppressionWeight>(choice(root, "weight", kWeights));
    spec_.method = static_cast<ProtectionMethod>(choice(root, "method", kMethods));
    spec_.guards_singletons = flag(root, "", "singletons", true);
    spec_.protects_intervals = flag(root, "", "intervals", true);
    spec_.base = number(root, "", "base", spec_.base, {1, 1e6, "2 … 1000000"});
    spec_.gap = number(root, "", "gap", spec_.gap, {-1e-300, 1, "0 … 1"});
    read_noise(root);
    read_dimensions(root);
    read_editions(root);
    read_rules(root);
  }

  void read_noise(const json::object& root) {
    const Json* const found = root.if_contains("noise");
    const json::object* const one = found == nullptr ? nullptr : object_at(*found, "/noise");
    if (one != nullptr) {
      only(*one, "/noise", {"key", "largest", "variance", "hidden_up_to"});
      spec_.key = text_of(*one, "/noise", "key");
      NoiseOptions& noise = spec_.noise;
      noise.largest =
          static_cast<int>(number(*one, "/noise", "largest", noise.largest, {0.999, 50, "1 … 50"}));
      noise.variance = number(*one, "/noise", "variance", noise.variance, {0, 2500, "0 … 2500"});
      noise.hidden_up_to = static_cast<int>(
          number(*one, "/noise", "hidden_up_to", noise.hidden_up_to, {-0.001, 10, "0 … 10"}));
    }
    if (spec_.method != ProtectionMethod::kCellKey) return;
    if (!spec_.key) wrong("SA-0003", "/noise", {{"key", "key"}, {"where", "/noise"}});
    if (spec_.value) wrong("SA-0072", "/method");
  }

  void read_editions(const json::object& root) {
    constexpr std::array<std::string_view, 2> kKinds{"cumulative", "separate"};
    spec_.editions = static_cast<EditionKind>(choice(root, "editions", kKinds));
    spec_.period = text_of(root, "", "period");
    spec_.definition = text_of(root, "", "definition").value_or("");
    spec_.adds_up = flag(root, "", "adds_up", true);
    const auto& all = spec_.dimensions;
    const bool is_known = std::any_of(
        all.begin(), all.end(), [&](const Dimension& one) { return one.column == spec_.period; });
    if (spec_.period && !is_known) needs("editions", *spec_.period);
  }

  void read_dimensions(const json::object& root) {
    const Json* const found = root.if_contains("dimensions");
    const json::object* const all = found == nullptr ? nullptr : object_at(*found, "/dimensions");
    if (found == nullptr || (all != nullptr && all->empty())) {
      wrong("SA-0003", "/dimensions", {{"key", "dimensions"}, {"where", "/"}});
    }
    if (all == nullptr) return;
    for (const auto& member : *all) {
      const std::string where = "/dimensions/" + json_pointer_token(member.key());
      if (const auto* const one = object_at(member.value(), where)) {
        read_dimension(std::string(member.key()), *one, where);
      }
    }
  }

  void read_dimension(const std::string& column, const json::object& object,
                      const std::string& where) {
    only(object, where, {"total", "parts"});
    Dimension dimension;
    dimension.column = column;
    dimension.total = text_of(object, where, "total");
    if (const Json* const parts = object.if_contains("parts")) {
      read_parts(*parts, where + "/parts", dimension);
    }
    if (dimension.total.has_value() != dimension.groups.empty()) {
      wrong("SA-0003", where, {{"key", "total / parts"}, {"where", where}});
    }
    if (const auto code = looping_code(dimension)) {
      wrong("SA-0007", where, {{"column", column}, {"code", *code}});
    }
    spec_.dimensions.push_back(std::move(dimension));
  }

  // One hierarchy, or a list of several over the same codes.
  void read_parts(const Json& json, const std::string& where, Dimension& dimension) {
    if (json.is_array()) {
      for (const Json& one : json.get_array()) {
        if (const auto* const groups = object_at(one, where))
          read_groups(*groups, where, dimension);
      }
    } else if (const auto* const groups = object_at(json, where)) {
      read_groups(*groups, where, dimension);
    }
  }

  void read_groups(const json::object& groups, const std::string& where, Dimension& dimension) {
    for (const auto& group : groups) {
      auto parts = texts(&group.value(), where + "/" + json_pointer_token(group.key()));
      dimension.groups.push_back({std::string(group.key()), std::move(parts)});
    }
  }

  // A code that is, at some distance, a part of itself.
  static std::optional<std::string> looping_code(const Dimension& dimension) {
    std::map<std::string, std::set<std::string>> open;  // totals and those of their parts to come
    for (const CodeGroup& group : dimension.groups) {
      open[group.total].insert(group.parts.begin(), group.parts.end());
    }
    bool has_changed = true;
    while (has_changed) {
      has_changed = false;
      for (auto one = open.begin(); one != open.end();) {
        const bool is_done = std::none_of(one->second.begin(), one->second.end(),
                                          [&](const auto& part) { return open.contains(part); });
        has_changed = has_changed || is_done;
        one = is_done ? open.erase(one) : std::next(one);
      }
    }
    return open.empty() ? std::nullopt : std::optional(open.begin()->first);
  }

  const json::object* rule(const json::object& rules, std::string_view name, const Words& known) {
    const Json* const found = rules.if_contains(name);
    if (found == nullptr) return nullptr;
    const std::string where = "/rules/" + std::string(name);
    const json::object* const one = object_at(*found, where);
    if (one != nullptr) only(*one, where, known);
    return one;
  }

  void read_rules(const json::object& root) {
    const Json* const found = root.if_contains("rules");
    const json::object* const rules = found == nullptr ? nullptr : object_at(*found, "/rules");
    if (rules == nullptr || rules->empty()) {
      const bool may_be_absent = !spec_.adds_up || spec_.method == ProtectionMethod::kCellKey ||
                                 spec_.method == ProtectionMethod::kRounding ||
                                 spec_.method == ProtectionMethod::kNone;
      if (!may_be_absent && (found == nullptr || rules != nullptr)) wrong("SA-0009", "/rules");
      return;
    }
    only(*rules, "/rules", {"threshold", "dominance", "p_percent", "group"});
    read_threshold(*rules);
    read_concentration(*rules);
    if (const auto* const one = rule(*rules, "group", {"share", "dimensions"})) {
      spec_.group = GroupRule{number(*one, "/rules/group", "share", 1, {0.5, 1, "0.5 … 1"})};
      spec_.group_dimensions = texts(one->if_contains("dimensions"), "/rules/group/dimensions");
      check_group_dimensions();
    }
  }

  void read_threshold(const json::object& rules) {
    const auto* const one = rule(rules, "threshold", {"minimum", "range", "zeros"});
    if (one == nullptr) return;
    const std::string where = "/rules/threshold";
    if (!spec_.frequency) needs("threshold", "frequency");
    ThresholdRule threshold;
    threshold.minimum = number(*one, where, "minimum", threshold.minimum, {0.999, 1e6, "1 … 1e6"});
    threshold.range = number(*one, where, "range", threshold.range, {0, 1, "0 … 1"});
    threshold.zeros_are_sensitive = flag(*one, where, "zeros", false);
    spec_.threshold = threshold;
  }

  void read_concentration(const json::object& rules) {
    if (const auto* const one = rule(rules, "dominance", {"n", "share"})) {
      const double n = number(*one, "/rules/dominance", "n", 1, {0.999, 100, "1 … 100"});
      spec_.dominance =
          DominanceRule{static_cast<std::size_t>(n),
                        number(*one, "/rules/dominance", "share", 0.85, {0, 0.999999, "0 … 1"})};
      if (spec_.largest.size() < spec_.dominance->n) needs("dominance", "largest");
    }
    if (const auto* const one = rule(rules, "p_percent", {"p"})) {
      spec_.p_percent = PPercentRule{number(*one, "/rules/p_percent", "p", 0.1, {0, 1, "0 … 1"})};
      if (spec_.largest.size() < 2) needs("p_percent", "largest");
    }
  }

  void check_group_dimensions() {
    for (const std::string& name : spec_.group_dimensions) {
      const bool is_known = std::any_of(spec_.dimensions.begin(), spec_.dimensions.end(),
                                        [&](const auto& one) { return one.column == name; });
      if (!is_known) needs("group", name);
    }
  }

  void needs(std::string_view rule, std::string_view column) {
    wrong("SA-0008", "/rules/" + std::string(rule),
          {{"rule", std::string(rule)}, {"column", std::string(column)}});
  }

  TableSpec spec_;
  std::vector<Problem> problems_;
};

}  // namespace

Result<TableSpec> spec_from_json(const Json& json) { return SpecReader().read(json); }

std::string_view method_name(ProtectionMethod method) {
  return kMethods[static_cast<std::size_t>(method)];
}

}  // namespace zicht::stats
