#include "app/edition_releases.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>

#include "app/access.h"
#include "app/internal/edition.h"
#include "app/internal/protected_figures.h"
#include "app/internal/public_tables.h"
#include "app/internal/text_in.h"

namespace zicht::app {
namespace {

using internal::PublicTable;
using internal::text_in;
using model::Form;

constexpr std::int64_t kEditionsOfPage = 50;

// A text as YAML and JSON both write it.
std::string quoted(const std::string& text) { return json::serialize(Json(text)); }

std::string spec_text(const stats::TableSpec& spec) {
  std::string text = "title: " + quoted(spec.title) + "\ndimensions:\n";
  for (const stats::Dimension& dimension : spec.dimensions) {
    text += "  " + quoted(dimension.column) + ": {total: " + quoted(*dimension.total) + "}\n";
  }
  if (spec.frequency) text += "frequency: " + quoted(*spec.frequency) + "\n";
  if (spec.value) text += "value: " + quoted(*spec.value) + "\n";
  if (!spec.adds_up) text += "adds_up: false\n";
  if (spec.method == stats::ProtectionMethod::kNone) text += "method: none\n";
  if (spec.zeros == stats::ZeroHandling::kMayHide) text += "zeros: may-hide\n";
  if (spec.editions == stats::EditionKind::kSeparate) text += "editions: separate\n";
  text += "definition: " + quoted(spec.definition) + "\n";
  if (spec.threshold) {
    text += "rules:\n  threshold: {minimum: " +
            std::to_string(static_cast<std::int64_t>(spec.threshold->minimum)) + "}\n";
  }
  return text;
}

struct FoundEdition {
  std::string title, on, released;
  std::vector<PublicTable> tables;
};

EditionRelease release_of(const FoundEdition& edition, const std::string& series,
                          const std::string& name) {
  EditionRelease made{series + "/" + name, {}};
  std::string file = "title: " + quoted(edition.title) + "\nedition: " + quoted(name) +
                     "\nday: " + quoted(edition.on) + "\n# " + edition.released + "\ntables:\n";
  for (const PublicTable& table : edition.tables) {
    const std::string spec = table.name + ".yaml", csv = table.name + ".csv";
    file += "  - {name: " + quoted(table.name) + ", spec: " + quoted(spec) +
            ", published: " + quoted(csv) + "}\n";
    made.files.push_back({spec, spec_text(table.spec)});
    made.files.push_back({csv, table.published});
  }
  made.files.insert(made.files.begin(), {"release.yaml", std::move(file)});
  return made;
}

// What is no figure, and so is told to nobody, but how editions hang together.
std::set<std::string> separate_in(const model::Field& field, const json::object& fields) {
  std::set<std::string> names;
  const Json* counted = fields.if_contains(field.edition->counted);
  const Json* tables = counted != nullptr && counted->is_object()
                           ? counted->get_object().if_contains("tables")
                           : nullptr;
  if (tables == nullptr || !tables->is_array()) return names;
  for (const Json& each : tables->get_array()) {
    const auto table = internal::CountedTable::from_json(each);
    if (table && !table->is_cumulative) names.insert(table->indicator);
  }
  return names;
}

class ReleaseFinder {
 public:
  ReleaseFinder(Store& store, const Rulebook& rules) : store_(store), rules_(rules) {}

  Result<std::vector<EditionRelease>> find() {
    for (const model::PackPtr& pack : rules_.packs.all_active()) {
      for (const Form& form : pack->forms) {
        const bool is_open = !form.is_about_persons() &&
                             may(Caller(), *pack, form, model::Action::kRead) &&
                             std::ranges::any_of(form.fields, &is_edition);
        if (is_open) ZICHT_CHECKED(add_form(*pack, form));
      }
    }
    return std::move(releases_);
  }

 private:
  static bool is_edition(const model::Field& field) { return field.edition.has_value(); }

  Result<void> add_form(const model::Pack& pack, const Form& form) {
    found_.clear();
    model::Query query;
    query.form = form.full_id();
    query.scope = scope_of(Caller(), pack, form);
    query.limit = kEditionsOfPage;
    do {
      ZICHT_TRY(page, store_.page(query));
      for (const model::Record& record : page.records) add_record(form, query.scope, record);
      query.cursor = page.next;
    } while (!query.cursor.empty());
    for (auto& [field, editions] : found_) write(form.full_id() + "/" + field, editions);
    return {};
  }

  void add_record(const Form& form, const model::RowScope& scope, const model::Record& record) {
    if (!sees_row(scope, record)) return;
    for (const model::Field& field : form.fields) {
      if (!field.edition) continue;
      const json::object& fields = record.fields.as_object();
      const Json* value = fields.if_contains(field.id);
      if (value == nullptr || !value->is_object()) continue;
      const json::object& figures = value->get_object();
      if (!sees_value(scope, record, field, *value) || !internal::is_released(figures)) continue;
      const bool has_title = sees_title(scope, record.organisation, form);
      found_[field.id].push_back({has_title ? record.title : form.title.nl, text_in(figures, "on"),
                                  text_in(figures, "released"),
                                  internal::public_tables(figures, separate_in(field, fields))});
    }
  }

  void write(const std::string& series, std::vector<FoundEdition>& editions) {
    std::ranges::sort(editions, [](const FoundEdition& a, const FoundEdition& b) {
      return std::tie(a.on, a.released) < std::tie(b.on, b.released);
    });
    std::map<std::string, int> of_day;
    for (const FoundEdition& edition : editions) {
      const int number = ++of_day[edition.on];
      const std::string name =
          edition.on + (number > 1 ? "-" + std::to_string(number) : std::string());
      releases_.push_back(release_of(edition, series, name));
    }
  }

  Store& store_;
  const Rulebook& rules_;
  std::map<std::string, std::vector<FoundEdition>> found_;  // of one form, by field
  std::vector<EditionRelease> releases_;
};

}  // namespace

Result<std::vector<EditionRelease>> edition_releases(Store& store, const Rulebook& rules) {
  return ReleaseFinder(store, rules).find();
}

}  // namespace zicht::app
