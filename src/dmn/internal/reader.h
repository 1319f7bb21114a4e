// What the parts of reading a model share: the document, the problems so far, names and references.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error_catalogue.h"
#include "dmn/internal/problems.h"
#include "dmn/internal/xml.h"
#include "dmn/model.h"

namespace zicht::dmn::internal {

class Reader {
 public:
  Reader(const Xml& xml, std::string file, std::vector<Diagnostic>& diagnostics);

  // The whole model; call once.
  [[nodiscard]] Model read();

  // ---- for the parts ----
  [[nodiscard]] bool is_dmn(pugi::xml_node node) const;
  // The first child of the standard with this name, or an empty node.
  [[nodiscard]] pugi::xml_node child(pugi::xml_node node, std::string_view name) const;
  // Calls `use(child, name)` for each child element of the standard.
  template <class Use>
  void for_each(pugi::xml_node node, const Use& use) const {
    for (const auto& one : node.children()) {
      if (one.type() == pugi::node_element && is_dmn(one)) use(one, local_name(one));
    }
  }
  void fill(Element& element, pugi::xml_node node) const;
  [[nodiscard]] Text text(pugi::xml_node holder) const;  // its <text>; empty when absent
  [[nodiscard]] Variable variable(pugi::xml_node node, bool needs_name = true);
  [[nodiscard]] std::string type_ref(pugi::xml_node node) const;  // of the attribute
  [[nodiscard]] std::string resolved_type(pugi::xml_node node, std::string_view written) const;
  [[nodiscard]] Reference reference(pugi::xml_node node);
  void report(std::string_view id, pugi::xml_node node, const Arguments& arguments,
              Severity severity = Severity::kError);
  // An element of the standard that has no place here.
  void unknown(pugi::xml_node node);

  // The expression that is the child of `holder`, or null.
  [[nodiscard]] ExpressionPtr expression_in(pugi::xml_node holder);
  [[nodiscard]] ExpressionPtr expression(pugi::xml_node node);

 private:
  void read_imports(Model& model, pugi::xml_node root);
  void read_element(Model& model, pugi::xml_node node, std::string_view name);
  [[nodiscard]] ItemDefinition item_definition(pugi::xml_node node);
  [[nodiscard]] Decision decision(pugi::xml_node node);
  [[nodiscard]] BusinessKnowledgeModel knowledge_model(pugi::xml_node node);
  [[nodiscard]] DecisionService service(pugi::xml_node node);
  [[nodiscard]] DecisionTable table(pugi::xml_node node);
  [[nodiscard]] Rule rule(pugi::xml_node node, const DecisionTable& table);
  [[nodiscard]] ContextExpression context(pugi::xml_node node);
  [[nodiscard]] RelationExpression relation(pugi::xml_node node);
  [[nodiscard]] ListExpression list(pugi::xml_node node);
  [[nodiscard]] Invocation invocation(pugi::xml_node node);
  [[nodiscard]] FunctionDefinition function(pugi::xml_node node);
  [[nodiscard]] Iteration iteration(pugi::xml_node node, IterationKind kind);
  void check_unique(const Model& model);

  const Xml& xml_;
  std::string file_;
  Problems problems_;
  std::string_view dmn_;  // the namespace of the root
  std::string_view root_prefix_;
  std::string own_namespace_{};
  std::map<std::string, std::string, std::less<>> import_names_{};  // by namespace
};

[[nodiscard]] bool is_expression(std::string_view name);

}  // namespace zicht::dmn::internal
