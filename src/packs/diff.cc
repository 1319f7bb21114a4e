#include "packs/diff.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error_catalogue.h"
#include "model/rule.h"

namespace zicht::packs {
namespace {

using model::Field;

std::array<int, 3> numbers_of(std::string_view version) {
  std::array<int, 3> numbers{};
  for (int& number : numbers) {
    const std::size_t dot = std::min(version.find('.'), version.size());
    std::from_chars(version.data(), version.data() + dot, number);
    version.remove_prefix(std::min(dot + 1, version.size()));
  }
  return numbers;
}

std::string text_of(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "-";
}

std::string text_of(bool value) { return value ? "true" : "false"; }

class Differ {
 public:
  Differ(const model::Pack& before, const model::Pack& after) : before_(before), after_(after) {}

  PackDiff run() {
    if (before_.hash == after_.hash) return {};
    if (compare_versions(after_.version, before_.version) <= 0) {
      difference_.breaking.push_back(make_diagnostic(
          "PK-0201", {"pack.yaml", line_of_version(), 1},
          {{"version", before_.version}, {"what", "version"}}));
    }
    changed("version", "version", before_.version, after_.version);
    each(before_.forms, after_.forms, "form", "forms/", "",
         [&](const auto& b, const auto& a) { compare_forms(b, a); });
    each(before_.lists, after_.lists, "list", "lists/", "",
         [&](const auto& b, const auto& a) { compare_lists(b, a); });
    each(before_.processes, after_.processes, "process", "processes/", "",
         [&](const auto& b, const auto& a) { compare_processes(b, a); });
    each(before_.roles, after_.roles, "role", "", "", [](const auto&, const auto&) {});
    compare_files();
    return std::move(difference_);
  }

 private:
  // Where pack.yaml says its version, from 1; 0 when it cannot be seen.
  std::uint32_t line_of_version() const {
    const auto file = after_.files.find("pack.yaml");
    if (file == after_.files.end()) return 0;
    const std::string& text = file->second;
    const auto at = text.starts_with("version:") ? 0 : text.find("\nversion:");
    if (at == std::string::npos) return 0;
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(at + 1);
    return static_cast<std::uint32_t>(1 + std::count(text.begin(), end, '\n'));
  }

  void breaks(std::string_view id, const std::string& file, const std::string& what,
              Arguments arguments = {}) {
    arguments.emplace_back("what", what);
    difference_.breaking.push_back(make_diagnostic(id, {file, 0, 0}, arguments));
  }
  void note(ChangeKind kind, const std::string& what, LocalizedText text = {}) {
    difference_.changes.push_back({kind, what, std::move(text)});
  }
  void changed(const std::string& what, const std::string& key, const std::string& before,
               const std::string& after) {
    if (before == after) return;
    const std::string text = key + ": " + before + " -> " + after;
    note(ChangeKind::kChanged, what, {text, text});
  }
  void changed(const std::string& what, const std::string& key, const LocalizedText& before,
               const LocalizedText& after) {
    if (before == after) return;
    note(ChangeKind::kChanged, what,
         {key + ": " + before.nl + " -> " + after.nl, key + ": " + before.en + " -> " + after.en});
  }

  // Compares two collections by id: what is gone breaks (when it has a file), what is new is noted.
  template <class Items, class Compare>
  void each(const Items& before, const Items& after, const std::string& kind,
            const std::string& file, const std::string& within, Compare compare) {
    const auto by_id = [](const Items& items, const std::string& id) {
      return std::find_if(items.begin(), items.end(),
                          [&](const auto& item) { return id_of(item) == id; });
    };
    const auto name = [&](const auto& item) { return kind + " " + within + id_of(item); };
    for (const auto& item : after) {
      const auto old = by_id(before, id_of(item));
      if (old == before.end()) {
        note(ChangeKind::kAdded, name(item));
      } else {
        compare(*old, item);
      }
    }
    for (const auto& item : before) {
      if (by_id(after, id_of(item)) != after.end()) continue;
      note(ChangeKind::kRemoved, name(item));
      if (file.empty()) continue;
      breaks("PK-0202", file.ends_with('/') ? file + id_of(item) + ".yaml" : file, name(item));
    }
  }

  template <class T>
  static const std::string& id_of(const T& item) {
    return item.id;
  }
  static const std::string& id_of(const model::ListCode& code) { return code.code; }

  void compare_forms(const model::Form& before, const model::Form& after) {
    const std::string file = "forms/" + after.id + ".yaml";
    changed("form " + after.id, "title", before.title, after.title);
    changed("form " + after.id, "audience", std::string(model::name_of(before.audience)),
            std::string(model::name_of(after.audience)));
    changed("form " + after.id, "retention", before.basis.retention, after.basis.retention);
    const auto conditions = [](const model::Form& form) {
      return form.rules == nullptr ? "-" : texts_of(form.rules->valid_if);
    };
    changed("form " + after.id, "valid_if", conditions(before), conditions(after));
    if (persons_of(before) != persons_of(after)) breaks("PK-0207", file, "form " + after.id);
    compare_fields(before.fields, after.fields, file, after.id + ".");
  }

  // Whom a record is about decides which keys seal it: kept records would be sealed for others.
  static std::vector<std::string> persons_of(const model::Form& form) {
    std::vector<std::string> persons = form.about;
    persons.push_back(form.subject);
    persons.push_back(text_of(form.is_person));
    return persons;
  }

  void compare_fields(const std::vector<Field>& before, const std::vector<Field>& after,
                      const std::string& file, const std::string& within) {
    each(before, after, "field", file, within, [&](const Field& b, const Field& a) {
      compare_field(b, a, file, within + a.id);
    });
    for (const Field& field : after) {
      const bool is_new = std::none_of(before.begin(), before.end(),
                                       [&](const Field& b) { return b.id == field.id; });
      if (is_new && field.is_required) breaks("PK-0206", file, "field " + within + field.id);
    }
  }

  void compare_field(const Field& before, const Field& after, const std::string& file,
                     const std::string& name) {
    const std::string what = "field " + name;
    changed(what, "label", before.label, after.label);
    changed(what, "required", text_of(before.is_required), text_of(after.is_required));
    changed(what, "sensitivity", std::string(model::name_of(before.sensitivity)),
            std::string(model::name_of(after.sensitivity)));
    changed(what, "filterable", text_of(before.is_filterable), text_of(after.is_filterable));
    changed(what, "sortable", text_of(before.is_sortable), text_of(after.is_sortable));
    changed(what, "searchable", text_of(before.is_searchable), text_of(after.is_searchable));
    changed(what, "min", text_of(before.min), text_of(after.min));
    changed(what, "max", text_of(before.max), text_of(after.max));
    if (after.retired && !before.retired) {
      const std::string text = "retired: " + after.retired->to_string();
      note(ChangeKind::kChanged, what, {text, text});
    }
    compare_rules(before, after, what);
    if (!before.is_required && after.is_required) breaks("PK-0206", file, what);
    if (!before.is_computed() && after.is_computed()) breaks("PK-0208", file, what);
    if (is_retyped(before, after)) {
      breaks("PK-0203", file, what,
             {{"before", std::string(model::name_of(before.type))},
              {"after", std::string(model::name_of(after.type))}});
    }
    if (before.is_many != after.is_many) breaks("PK-0204", file, what);
    if (!is_retyped(before, after) && is_narrower(before, after)) breaks("PK-0205", file, what);
    compare_fields(before.fields, after.fields, file, name + ".");
  }

  void compare_rules(const Field& before, const Field& after, const std::string& what) {
    const model::FieldRules none;
    const model::FieldRules& old = before.rules == nullptr ? none : *before.rules;
    const model::FieldRules& now = after.rules == nullptr ? none : *after.rules;
    const auto text = [](const std::optional<model::Rule>& rule) {
      return rule ? rule->text : "-";
    };
    changed(what, "show_if", text(old.show_if), text(now.show_if));
    changed(what, "required_if", text(old.required_if), text(now.required_if));
    changed(what, "computed", text(old.computed), text(now.computed));
    changed(what, "valid_if", texts_of(old.valid_if), texts_of(now.valid_if));
  }

  static std::string texts_of(const std::vector<model::Condition>& conditions) {
    std::string texts;
    for (const model::Condition& each : conditions) {
      texts += (texts.empty() ? "" : "; ") + each.rule.text;
    }
    return texts.empty() ? "-" : texts;
  }

  // The stored value would mean something else: another type, scale, list or form behind it.
  static bool is_retyped(const Field& before, const Field& after) {
    return before.type != after.type || before.scale != after.scale ||
           before.list != after.list || before.form != after.form;
  }

  static bool is_narrower(const Field& before, const Field& after) {
    const bool is_text = before.type == model::FieldType::kText;
    const bool lower_max = is_text ? after.text_limit() < before.text_limit()
                                   : after.max && (!before.max || *after.max < *before.max);
    const bool higher_min = after.min && (!before.min || *after.min > *before.min);
    const bool fewer = before.is_many && after.max_items < before.max_items;
    return lower_max || higher_min || fewer;
  }

  void compare_lists(const model::List& before, const model::List& after) {
    const std::string file = "lists/" + after.id + ".yaml";
    changed("list " + after.id, "title", before.title, after.title);
    changed("list " + after.id, "verified", text_of(before.is_verified),
            text_of(after.is_verified));
    each(before.codes, after.codes, "code", file, after.id + ".",
         [&](const model::ListCode& b, const model::ListCode& a) {
           const std::string what = "code " + after.id + "." + a.code;
           changed(what, "label", b.label, a.label);
           changed(what, "to", b.to ? b.to->to_string() : "-", a.to ? a.to->to_string() : "-");
           // A code that had ended and holds again has been given to something new.
           const bool is_reused = b.to && (!a.to || *a.to > *b.to) && !(a.label == b.label);
           if (is_reused) breaks("PK-0207", file, what);
         });
  }

  void compare_processes(const model::Process& before, const model::Process& after) {
    const std::string file = "processes/" + after.id + ".yaml";
    const std::string within = after.id + ".";
    changed("process " + after.id, "start", before.start, after.start);
    each(before.states, after.states, "state", file, within,
         [&](const model::State& b, const model::State& a) {
           changed("state " + within + a.id, "label", b.label, a.label);
           changed("state " + within + a.id, "turn", b.turn, a.turn);
           changed("state " + within + a.id, "fixed", std::string(b.is_fixed ? "yes" : "no"),
                   std::string(a.is_fixed ? "yes" : "no"));
         });
    each(before.transitions, after.transitions, "transition", file, within,
         [&](const model::Transition& b, const model::Transition& a) {
           changed("transition " + within + a.id, "label", b.label, a.label);
           changed("transition " + within + a.id, "to", b.to, a.to);
           changed("transition " + within + a.id, "guard", b.guard ? b.guard->rule.text : "-",
                   a.guard ? a.guard->rule.text : "-");
         });
    each(before.deadlines, after.deadlines, "deadline", file, within,
         [&](const model::DeadlineRule& b, const model::DeadlineRule& a) {
           const auto term = [](const model::DeadlineRule& rule) {
             if (rule.term) return rule.term->to_string();
             return rule.term_field.empty() ? rule.regime : "field(" + rule.term_field + ")";
           };
           changed("deadline " + within + a.id, "label", b.label, a.label);
           changed("deadline " + within + a.id, "term", term(b), term(a));
         });
  }

  // What the comparisons above do not look into: desks, facts, tests, regimes.
  void compare_files() {
    for (const auto& [path, text] : after_.files) {
      const auto old = before_.files.find(path);
      if (old == before_.files.end()) {
        note(ChangeKind::kAdded, "file " + path);
      } else if (old->second != text) {
        note(ChangeKind::kChanged, "file " + path);
      }
    }
    for (const auto& [path, text] : before_.files) {
      if (!after_.files.contains(path)) note(ChangeKind::kRemoved, "file " + path);
    }
  }

  const model::Pack& before_;
  const model::Pack& after_;
  PackDiff difference_;
};

}  // namespace

PackDiff diff(const model::Pack& before, const model::Pack& after) {
  return Differ(before, after).run();
}

int compare_versions(std::string_view a, std::string_view b) {
  const auto left = numbers_of(a);
  const auto right = numbers_of(b);
  return left == right ? 0 : left < right ? -1 : 1;
}

}  // namespace zicht::packs
