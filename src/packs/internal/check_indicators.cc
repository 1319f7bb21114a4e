// What the indicators of a pack rest on: the form, its fields, and conditions that a database can
// answer over many rows.
#include <algorithm>
#include <set>

#include "model/compile_rules.h"
#include "packs/internal/expressions.h"

namespace zicht::packs::internal {
namespace {

using model::Field;
using model::Form;
using model::Indicator;

class IndicatorCompiler {
 public:
  IndicatorCompiler(const Draft& draft, const Form& form, Indicator& indicator)
      : draft_(draft),
        form_(form),
        indicator_(indicator),
        file_("indicators/" + indicator.id + ".yaml"),
        scope_(model::names_of_rules(form, model::RuleOf::kFilter)),
        check_(draft, form, scope_) {}

  void run() {
    if (is_of_persons(form_)) {
      draft_.error("PK-0223", file_, {"form"}, {{"form", form_.id}});
    }
    compile(indicator_.where, {"where"});
    compile(indicator_.part, {"measure", "of"});
    if (indicator_.period) check_period(indicator_.period->field);
    check_number(indicator_.of, "of");
    check_number(indicator_.by, "by");
    std::set<std::string> grouped, with_several;
    for (model::Dimension& dimension : indicator_.dimensions) {
      check_dimension(dimension);
      const Field* field = form_.find_field(dimension.field);
      if (field != nullptr && field->is_many) with_several.insert(dimension.id);
      if (with_several.size() > 1) {
        draft_.error("PK-0261", file_, {"dimensions", dimension.id, "field"},
                     {{"field", dimension.field}});
        break;
      }
      // Their parts add up to each other, which no table of each apart can protect.
      if (grouped.insert(dimension.field).second || indicator_.protection.threshold == 0) continue;
      draft_.error("PK-0236", file_, {"dimensions", dimension.id, "field"},
                   {{"field", dimension.field}});
    }
    if (indicator_.protection.is_already_public) check_is_public();
  }

 private:
  // First as a database answers it, then as it is answered row by row.
  void compile(std::optional<model::Rule>& rule, const Path& path) {
    if (!rule || rule->text.empty()) return;
    if (!draft_.check_where(file_, path, rule->text, form_)) return;
    static_cast<void>(check_.compile_condition(*rule, {file_, path}));
  }

  const Field* find_field(const std::string& name, const Path& path) const {
    const Field* field = form_.find_field(name);
    if (field == nullptr && !name.empty()) {
      draft_.unknown("PK-0045", file_, path, name, ids_of(form_.fields));
    }
    return field;
  }

  void check_number(const std::string& name, const char* key) const {
    const Path path = {"measure", key};
    const Field* field = find_field(name, path);
    if (field == nullptr || model::may_sum(*field)) return;
    draft_.error("PK-0222", file_, path, {{"field", name}});
  }

  void check_period(const std::string& name) const {
    const Path path = {"period", "field"};
    // Editions of one period count the same rows.
    if (!indicator_.protection.is_cumulative) {
      draft_.error("PK-0277", file_, {"protection", "editions"}, {});
    }
    const Field* field = find_field(name, path);
    if (field == nullptr || model::may_date(*field)) return;
    draft_.error("PK-0276", file_, path, {{"field", name}});
  }

  void check_dimension(model::Dimension& dimension) const {
    const Path path = {"dimensions", dimension.id, "field"};
    const Field* field = find_field(dimension.field, path);
    if (field == nullptr) return;
    if (dimension.title.nl.empty()) dimension.title = field->label;
    // Groups are told by the names of their records.
    const Form* named = draft_.packs.find_form(field->form);
    if (named != nullptr && is_of_persons(*named)) {
      draft_.error("PK-0223", file_, path, {{"form", named->id}});
    }
    if (model::may_group(*field, dimension.by)) return;
    draft_.error("PK-0221", file_, path, {{"field", dimension.field}});
  }

  void check_is_public() const {
    const auto tell = [this](const std::string& what) {
      draft_.error("PK-0225", file_, {"protection"}, {{"what", what}});
    };
    const auto rules = form_.access.find(std::string(model::kVisitor));
    const bool is_read =
        rules != form_.access.end() &&
        std::any_of(rules->second.begin(), rules->second.end(), [](const auto& rule) {
          return !rule.is_conditional() && rule.actions.contains(model::Action::kRead);
        });
    if (!is_read) tell(form_.id);
    for (const std::string& name : model::fields_of(indicator_)) {
      const Field* field = form_.find_field(name);
      if (field != nullptr && field->sensitivity > model::Sensitivity::kPublic) tell(name);
    }
  }

  const Draft& draft_;
  const Form& form_;
  Indicator& indicator_;
  const std::string file_;
  const feel::Scope scope_;
  const ExpressionCheck check_;
};

}  // namespace

void compile_indicators(const Draft& draft, model::Pack& pack) {
  for (Indicator& indicator : pack.indicators) {
    const std::string file = "indicators/" + indicator.id + ".yaml";
    draft.check_source(file, {"source"}, indicator.source);
    const Form* form = pack.find_form(indicator.form);
    if (form != nullptr) {
      IndicatorCompiler(draft, *form, indicator).run();
    } else if (!indicator.form.empty()) {
      draft.unknown_file("PK-0041", file, {"form"}, "forms", indicator.form, ids_of(pack.forms));
    }
  }
}

}  // namespace zicht::packs::internal
