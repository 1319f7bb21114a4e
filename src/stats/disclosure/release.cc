#include "stats/disclosure/release.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/error_catalogue.h"

namespace zicht::stats {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Relative, without steps up, so that it cannot leave the folder.
bool stays_within(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos) {
    return false;
  }
  while (!path.empty()) {
    const auto end = path.find('/');
    if (path.substr(0, end) == "..") return false;
    if (end == std::string_view::npos) break;
    path.remove_prefix(end + 1);
  }
  return true;
}

class ReleaseReader {
 public:
  Result<ReleaseFile> read(const Json& json) {
    if (const auto* const root = object_at(json, "/")) read_root(*root);
    if (problems_.empty()) return std::move(file_);
    Error error = make_error("SA-0042");
    error.problems = std::move(problems_);
    return error;
  }

 private:
  void wrong(std::string_view id, const std::string& where, const Arguments& arguments) {
    problems_.push_back(make_problem(id, where, arguments));
  }

  const json::object* object_at(const Json& json, const std::string& where) {
    if (json.is_object()) return &json.get_object();
    wrong("SA-0004", where,
          {{"where", where}, {"kind", LocalizedText{"een blok met sleutels", "a block of keys"}}});
    return nullptr;
  }

  void only(const json::object& object, const std::string& where, std::string_view known,
            const std::set<std::string_view>& keys) {
    for (const auto& member : object) {
      if (keys.contains(std::string_view(member.key()))) continue;
      wrong("SA-0002", where, {{"key", std::string(member.key())}, {"known", std::string(known)}});
    }
  }

  std::string text(const json::object& object, const std::string& where, std::string_view key) {
    const Json* const found = object.if_contains(key);
    if (found == nullptr) {
      wrong("SA-0003", where, {{"key", std::string(key)}, {"where", where}});
      return "";
    }
    if (found->is_int64()) return std::to_string(found->get_int64());
    if (found->is_string() && !found->get_string().empty()) {
      return std::string(found->get_string());
    }
    wrong("SA-0004", where,
          {{"where", where + "/" + std::string(key)},
           {"kind", LocalizedText{"een tekst", "a text"}}});
    return "";
  }

  void read_root(const json::object& root) {
    only(root, "/", "title, edition, day, tables", {"title", "edition", "day", "tables"});
    file_.title = text(root, "/", "title");
    file_.edition = text(root, "/", "edition");
    if (root.contains("day")) file_.day = text(root, "/", "day");
    const Json* const tables = root.if_contains("tables");
    if (tables != nullptr && !tables->is_array()) {
      wrong("SA-0004", "/tables",
            {{"where", "/tables"}, {"kind", LocalizedText{"een lijst", "a list"}}});
      return;
    }
    if (tables == nullptr || tables->get_array().empty()) {
      wrong("SA-0045", "/tables", {});
      return;
    }
    std::size_t number = 0;
    for (const Json& one : tables->get_array()) {
      const std::string where = "/tables/" + std::to_string(number++);
      if (const auto* const object = object_at(one, where)) read_entry(*object, where);
    }
    require_all_or_none();
  }

  void read_entry(const json::object& object, const std::string& where) {
    only(object, where, "name, table, spec, published", {"name", "table", "spec", "published"});
    ReleaseEntry entry{.name = text(object, where, "name"),
                       .table = object.contains("table") ? text(object, where, "table") : "",
                       .spec = text(object, where, "spec"),
                       .published = text(object, where, "published")};
    for (const std::string* const path : {&entry.table, &entry.spec, &entry.published}) {
      if (!path->empty() && !stays_within(*path)) wrong("SA-0043", where, {{"path", *path}});
    }
    if (!entry.name.empty() && !names_.insert(entry.name).second) {
      wrong("SA-0044", where, {{"name", entry.name}});
    }
    file_.tables.push_back(std::move(entry));
  }

  // What is judged with true values beside what is not would be half a judgement.
  void require_all_or_none() {
    const auto has_truth = [](const ReleaseEntry& entry) { return !entry.table.empty(); };
    if (std::ranges::none_of(file_.tables, has_truth)) return;
    for (std::size_t at = 0; at < file_.tables.size(); ++at) {
      const std::string where = "/tables/" + std::to_string(at);
      if (!has_truth(file_.tables[at]))
        wrong("SA-0003", where, {{"key", "table"}, {"where", where}});
    }
  }

  ReleaseFile file_;
  std::set<std::string> names_;
  std::vector<Problem> problems_;
};

}  // namespace

Result<ReleaseFile> release_from_json(const Json& json) { return ReleaseReader().read(json); }

bool is_older_edition(std::string_view a, std::string_view b) {
  const auto take_number = [](std::string_view& text) {
    std::size_t size = 0;
    while (size < text.size() && is_digit(text[size])) ++size;
    std::string_view digits = text.substr(0, size);
    text.remove_prefix(size);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
  };
  while (!a.empty() && !b.empty()) {
    if (is_digit(a.front()) && is_digit(b.front())) {
      const std::string_view x = take_number(a);
      const std::string_view y = take_number(b);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else {
      if (a.front() != b.front()) return a.front() < b.front();
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  return a.empty() && !b.empty();
}

}  // namespace zicht::stats
