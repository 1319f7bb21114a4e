// What the norms of a pack rest on: the form, the fields, and for a decision its inputs.
#include <algorithm>
#include <map>
#include <set>

#include "dmn/engine.h"
#include "model/compile_rules.h"
#include "packs/internal/expressions.h"

namespace zicht::packs::internal {
namespace {

using model::Form;
using model::Framework;
using model::Norm;
using model::NormDecision;

class NormCompiler {
 public:
  NormCompiler(const Draft& draft, const Form& form, Framework& framework)
      : draft_(draft), framework_(framework), file_("norms/" + framework.id + ".yaml"),
        scope_(model::names_of_rules(form, model::RuleOf::kGuard)), check_(draft, form, scope_) {}

  void run() {
    for (Norm& norm : framework_.norms) {
      const Path path = {"norms", norm.id};
      for (const std::string& role : norm.judges) {
        draft_.check_role(file_, below(path, "judges"), role);
      }
      compile(norm.applies_if, below(path, "applies_if"));
      compile(norm.rule, below(path, "rule"));
      if (norm.decision) compile(*norm.decision, below(path, "decision"));
    }
  }

 private:
  static Path below(Path path, std::string_view key) {
    path.emplace_back(key);
    return path;
  }

  void compile(std::optional<model::Rule>& rule, const Path& path) {
    if (!rule || rule->text.empty()) return;
    static_cast<void>(check_.compile_condition(*rule, {file_, path}));
  }

  void compile(NormDecision& decision, const Path& path) {
    types_.clear();
    for (model::NormInput& input : decision.inputs) {
      if (input.rule.text.empty()) continue;
      const Path at = below(below(path, "inputs"), input.name);
      types_.insert_or_assign(input.name, check_.compile(input.rule, {file_, at}));
    }
    const model::DecisionModel* model = find_model(decision, path);
    if (model == nullptr) return;
    const dmn::Engine& engine = *model->engine;
    const auto known = engine.decisions();
    if (decision.decision.empty() && known.size() == 1) decision.decision = known[0].name;
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) {
      return one.name == decision.decision || one.id == decision.decision;
    });
    if (found == known.end()) {
      std::vector<std::string> names;
      for (const auto& one : known) names.push_back(one.name);
      return draft_.error("PK-0192", file_, below(path, "decision"),
                          {{"model", decision.model}, {"name", decision.decision},
                           {"known", suggestion(decision.decision, names)}});
    }
    check_values(decision, found->type, path);
    check_inputs(decision, engine, below(path, "inputs"));
  }

  // A model that is there but cannot be used has told why.
  const model::DecisionModel* find_model(const NormDecision& decision, const Path& path) const {
    const auto* model = draft_.pack.find_model(decision.model);
    if (model != nullptr || decision.model.empty() ||
        draft_.pack.files.contains("rules/" + decision.model + ".dmn")) {
      return model;
    }
    draft_.unknown("PK-0191", file_, below(path, "model"), decision.model,
                   ids_of(draft_.pack.models));
    return nullptr;
  }

  void check_values(const NormDecision& decision, const feel::Type& type, const Path& path) const {
    const bool has_values = !decision.meets.empty() || !decision.breaks.empty();
    const bool is_boolean = type.kind() == feel::Type::Kind::kBoolean;
    if (is_boolean && has_values) {
      return draft_.error("PK-0198", file_, path,
                          {{"why", LocalizedText{"zij geeft zelf ja of nee",
                                                 "it gives yes or no itself"}}});
    }
    if (is_boolean || type.is_any() || !decision.meets.empty()) return;
    draft_.error("PK-0198", file_, path,
                 {{"why", LocalizedText{"zij geeft " + type.to_string(),
                                        "it gives " + type.to_string()}}});
  }

  void check_inputs(const NormDecision& decision, const dmn::Engine& engine,
                    const Path& path) const {
    const auto wanted = engine.inputs_of(dmn::TargetKind::kDecision, decision.decision);
    std::vector<std::string> names;
    for (const auto& info : wanted) names.push_back(info.name);
    for (const model::NormInput& input : decision.inputs) {
      if (std::find(names.begin(), names.end(), input.name) != names.end()) continue;
      draft_.error("PK-0195", file_, below(path, input.name),
                   {{"what", LocalizedText{"De invoer", "The input"}}, {"name", input.name},
                    {"known", suggestion(input.name, names)}});
    }
    for (const auto& info : wanted) check_input(decision, info, path);
  }

  void check_input(const NormDecision& decision, const dmn::ElementInfo& info,
                   const Path& path) const {
    const bool is_given =
        std::any_of(decision.inputs.begin(), decision.inputs.end(),
                    [&](const auto& input) { return input.name == info.name; });
    if (!is_given) return draft_.error("PK-0197", file_, path, {{"input", info.name}});
    const auto type = types_.find(info.name);
    if (type == types_.end() || !type->second || is_null(*type->second)) return;
    if (may_fit(*type->second, info.type)) return;
    draft_.error("PK-0196", file_, below(path, info.name),
                 {{"type", type->second->to_string()}, {"input", info.name},
                  {"expected", info.type.to_string()}});
  }

  static bool is_null(const feel::Type& type) { return type.kind() == feel::Type::Kind::kNull; }

  const Draft& draft_;
  Framework& framework_;
  const std::string file_;
  const feel::Scope scope_;
  const ExpressionCheck check_;
  std::map<std::string, std::optional<feel::Type>> types_;   // of the inputs of one norm
};

}  // namespace

void compile_norms(const Draft& draft, model::Pack& pack) {
  std::set<std::string> ids;
  for (Framework& framework : pack.frameworks) {
    const std::string file = "norms/" + framework.id + ".yaml";
    draft.check_source(file, {"source"}, framework.source);
    for (const Norm& norm : framework.norms) {
      if (ids.insert(norm.id).second) continue;
      draft.error("PK-0032", file, {"norms", norm.id}, {{"id", norm.id}});
    }
    const Form* form = pack.find_form(framework.form);
    if (form != nullptr) {
      NormCompiler(draft, *form, framework).run();
    } else if (!framework.form.empty()) {
      draft.unknown_file("PK-0041", file, {"form"}, "forms", framework.form, ids_of(pack.forms));
    }
  }
}

}  // namespace zicht::packs::internal
