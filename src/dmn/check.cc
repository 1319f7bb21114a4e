#include "dmn/check.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/error_catalogue.h"
#include "dmn/internal/graph.h"
#include "dmn/internal/table_check.h"

namespace zicht::dmn {

using internal::Node;
using internal::NodeKind;

namespace {

class ModelChecker {
 public:
  ModelChecker(const internal::Graph& graph, const feel::Environment& environment)
      : graph_(graph), environment_(environment) {}

  std::vector<Diagnostic> check() {
    check_inputs();
    for (const auto& node : graph_.nodes) {
      if (node.model != graph_.models[0].get()) continue;
      for (const auto* table : node.tables) check_table(node, *table);
      if (node.kind == NodeKind::kDecision) check_requirements(node);
    }
    std::stable_sort(found_.begin(), found_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    });
    return std::move(found_);
  }

 private:
  void report(std::string_view id, const Node& node, std::uint32_t line,
              const Arguments& arguments) {
    Arguments all = arguments;
    all.emplace_back("element", node.element->title());
    found_.push_back(make_diagnostic(id, {node.model->file, line}, all, Severity::kWarning));
  }

  void check_inputs() {
    std::vector<bool> is_required(graph_.nodes.size());
    for (const auto& node : graph_.nodes) {
      for (const auto required : node.requires_) is_required[required] = true;
    }
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      const Node& node = graph_.nodes[i];
      if (node.kind == NodeKind::kInput && !is_required[i] && node.model == graph_.models[0].get())
        report("DM-0063", node, node.element->line, {});
    }
  }

  void check_requirements(const Node& node) {
    std::vector<bool> used(node.slots.size());
    node.code->add_used_slots(used);
    const auto& decision = static_cast<const Decision&>(*node.element);
    if (!decision.logic) return;
    std::set<std::size_t> used_nodes;  // or one of their outputs
    for (std::size_t i = 0; i < node.slots.size(); ++i) {
      if (used[i] && node.slots[i].kind != internal::Slot::Kind::kImport)
        used_nodes.insert(node.slots[i].node);
    }
    for (const auto& slot : node.slots) {
      if (slot.kind == internal::Slot::Kind::kNode && !used_nodes.contains(slot.node))
        report("DM-0065", node, node.element->line, {{"name", slot.name}});
    }
  }

  static void add_checks(internal::Domain& domain, const internal::Check* check) {
    for (; check != nullptr; check = check->base.get()) {
      if (check->value_tests) domain.push_back(&*check->value_tests);
    }
  }

  // What a column says itself, and where it is just an input or a decision, what that allows.
  internal::Domain domain_of(const Node& node, const internal::TableParts& parts,
                             std::size_t column) const {
    internal::Domain domain;
    const auto& input = parts.inputs[column];
    if (input.allowed) domain.push_back(&*input.allowed);
    add_checks(domain, input.type.check.get());
    const auto& table = std::get<DecisionTable>(parts.written->value);
    const std::string name = feel::canonical_name(table.inputs[column].expression.text);
    for (const auto& slot : node.slots) {
      if (slot.kind != internal::Slot::Kind::kNode || slot.name != name) continue;
      const Node& source = graph_.nodes[slot.node];
      add_checks(domain, source.type.check.get());
      if (const auto* tests = output_values_of(source)) domain.push_back(tests);
    }
    return domain;
  }

  // The values that a decision can have, where it is a table that lists them.
  static const feel::UnaryTests* output_values_of(const Node& node) {
    if (node.kind != NodeKind::kDecision || node.tables.size() != 1) return nullptr;
    const auto& parts = node.tables[0]->parts();
    const auto& decision = static_cast<const Decision&>(*node.element);
    const bool is_whole = decision.logic.get() == parts.written && parts.outputs.size() == 1;
    return is_whole && parts.outputs[0].allowed ? &*parts.outputs[0].allowed : nullptr;
  }

  std::string described(const internal::TableParts& parts, const internal::Example& example) const {
    std::string text;
    for (std::size_t c = 0; c < example.size(); ++c) {
      if (example[c].is_null()) continue;
      text.append(text.empty() ? "" : ", ").append(parts.inputs[c].label).append(" = ");
      text.append(feel::literal_of(example[c]));
    }
    return text.empty() ? "-" : text;
  }

  void check_table(const Node& node, const internal::TableCode& table) {
    const auto& parts = table.parts();
    std::vector<internal::Domain> domains;
    for (std::size_t c = 0; c < parts.inputs.size(); ++c)
      domains.push_back(domain_of(node, parts, c));
    feel::Budget budget;  // of each table, so that none is left out for those before it
    feel::CallContext context(environment_, budget);
    const auto findings = internal::check_table(table, domains, context);
    const std::uint32_t line = parts.written->line;
    const bool has_default =
        std::any_of(parts.outputs.begin(), parts.outputs.end(),
                    [](const auto& output) { return output.default_value != nullptr; });
    const bool collects = parts.hit_policy == HitPolicy::kCollect;
    for (const auto& gap : findings.gaps) {
      if (!has_default && !collects)
        report("DM-0060", node, line, {{"table", parts.name}, {"example", described(parts, gap)}});
    }
    for (const auto& overlap : findings.overlaps) {
      report("DM-0061", node, parts.rules[overlap.second].written->line,
             {{"table", parts.name},
              {"first", std::to_string(overlap.first + 1)},
              {"second", std::to_string(overlap.second + 1)},
              {"example", described(parts, overlap.example)}});
    }
    for (const auto rule : findings.without_effect) {
      report("DM-0062", node, parts.rules[rule].written->line,
             {{"table", parts.name}, {"rule", std::to_string(rule + 1)}});
    }
    if (!findings.is_complete) report("DM-0064", node, line, {{"table", parts.name}});
  }

  const internal::Graph& graph_;
  const feel::Environment& environment_;
  std::vector<Diagnostic> found_{};
};

}  // namespace

std::vector<Diagnostic> check_model(const Engine& engine, const feel::Environment& environment) {
  return ModelChecker(engine.graph(), environment).check();
}

}  // namespace zicht::dmn
