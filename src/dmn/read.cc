#include "dmn/read.h"

#include <array>
#include <set>

#include "base/text.h"
#include "dmn/internal/reader.h"

namespace zicht::dmn {
namespace {

using internal::local_name;

struct Version {
  std::string_view namespace_uri, version;
};
constexpr std::array kVersions = {
    Version{"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "1.1"},
    Version{"http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"},
    Version{"https://www.omg.org/spec/DMN/20191111/MODEL/", "1.3"},
    Version{"https://www.omg.org/spec/DMN/20211108/MODEL/", "1.4"},
    Version{"https://www.omg.org/spec/DMN/20230324/MODEL/", "1.5"},
};

// What stands in a model for people and drawings only.
bool is_ignored(std::string_view name) {
  static const std::set<std::string_view> kIgnored = {
      "description",          "extensionElements",     "import",      "organizationUnit",
      "performanceIndicator", "textAnnotation",        "association", "group",
      "elementCollection",    "businessContextElement"};
  return kIgnored.contains(name);
}

}  // namespace

std::string_view version_of(std::string_view namespace_uri) {
  for (const auto& one : kVersions) {
    // Tools differ in http or https and in a slash at the end.
    const auto core = [](std::string_view uri) {
      uri.remove_prefix(uri.starts_with("https") ? 5 : uri.starts_with("http") ? 4 : 0);
      if (uri.ends_with('/')) uri.remove_suffix(1);
      return uri;
    };
    if (core(one.namespace_uri) == core(namespace_uri)) return one.version;
  }
  return {};
}

ReadOutcome read_model(const Source& source, const ReadLimits& limits) {
  ReadOutcome outcome;
  const auto xml = internal::Xml::parse(source, limits, outcome.diagnostics);
  if (!xml) return outcome;
  const auto version = version_of(xml->namespace_of(xml->root()));
  if (version.empty() || local_name(xml->root()) != "definitions") {
    outcome.diagnostics.push_back(
        make_diagnostic("DM-0005", {source.file, xml->line_of(xml->root())},
                        {{"element", std::string(local_name(xml->root()))}}));
    return outcome;
  }
  auto model =
      std::make_shared<Model>(internal::Reader(*xml, source.file, outcome.diagnostics).read());
  model->version = version;
  if (!has_errors(outcome.diagnostics)) outcome.model = std::move(model);
  return outcome;
}

namespace internal {

Reader::Reader(const Xml& xml, std::string file, std::vector<Diagnostic>& diagnostics)
    : xml_(xml),
      file_(std::move(file)),
      problems_(diagnostics),
      dmn_(xml.namespace_of(xml.root())),
      root_prefix_(prefix_of(xml.root().name())) {}

Model Reader::read() {
  const auto root = xml_.root();
  Model model;
  fill(model, root);
  model.file = file_;
  model.namespace_uri = own_namespace_ = attribute(root, "namespace");
  model.expression_language = attribute(root, "expressionLanguage");
  model.exporter = attribute(root, "exporter");
  if (own_namespace_.empty()) report("DM-0006", root, {{"what", "namespace"}});
  read_imports(model, root);
  for_each(root,
           [&](pugi::xml_node node, std::string_view name) { read_element(model, node, name); });
  check_unique(model);
  return model;
}

void Reader::read_imports(Model& model, pugi::xml_node root) {
  for_each(root, [&](pugi::xml_node node, std::string_view name) {
    if (name != "import") return;
    Import import;
    fill(import, node);
    import.namespace_uri = attribute(node, "namespace");
    import.location = attribute(node, "locationURI");
    import.type = attribute(node, "importType");
    if (import.namespace_uri.empty()) report("DM-0006", node, {{"what", "namespace"}});
    model.imports.push_back(std::move(import));
  });
  for (const auto& import : model.imports) import_names_.emplace(import.namespace_uri, import.name);
}

void Reader::read_element(Model& model, pugi::xml_node node, std::string_view name) {
  if (name == "itemDefinition") {
    model.item_definitions.push_back(item_definition(node));
  } else if (name == "inputData") {
    InputData input;
    fill(input, node);
    if (input.name.empty()) report("DM-0006", node, {{"what", "name"}});
    if (const auto named = child(node, "variable")) input.variable = variable(named);
    model.inputs.push_back(std::move(input));
  } else if (name == "decision") {
    model.decisions.push_back(decision(node));
  } else if (name == "businessKnowledgeModel") {
    model.knowledge_models.push_back(knowledge_model(node));
  } else if (name == "decisionService") {
    model.services.push_back(service(node));
  } else if (name == "knowledgeSource") {
    KnowledgeSource source;
    fill(source, node);
    source.type = text_of(child(node, "type"));
    source.location = attribute(node, "locationURI");
    model.sources.push_back(std::move(source));
  } else if (!is_ignored(name)) {
    unknown(node);
  }
}

ItemDefinition Reader::item_definition(pugi::xml_node node) {
  ItemDefinition item;
  fill(item, node);
  if (item.name.empty()) report("DM-0006", node, {{"what", "name"}});
  item.is_collection = attribute(node, "isCollection") == "true";
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name == "typeRef") {
      item.type_ref = resolved_type(one, trim(text_of(one)));
    } else if (name == "allowedValues") {
      item.allowed_values = text(one);
    } else if (name == "typeConstraint") {
      item.type_constraint = text(one);
    } else if (name == "itemComponent") {
      item.components.push_back(item_definition(one));
    } else if (name == "functionItem") {
      item.function = std::make_unique<FunctionItem>();
      item.function->output_type_ref = resolved_type(one, attribute(one, "outputTypeRef"));
      for_each(one, [&](pugi::xml_node parameter, std::string_view) {
        item.function->parameters.push_back(variable(parameter));
      });
    } else if (!is_ignored(name)) {
      unknown(one);
    }
  });
  return item;
}

Decision Reader::decision(pugi::xml_node node) {
  Decision decision;
  fill(decision, node);
  if (decision.name.empty()) report("DM-0006", node, {{"what", "name"}});
  static const std::set<std::string_view> kForPeople = {
      "supportedObjective", "impactedPerformanceIndicator",
      "decisionMaker",      "decisionOwner",
      "usingProcess",       "usingTask"};
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name == "variable") {
      decision.variable = variable(one);
      decision.has_variable = true;
    } else if (name == "question") {
      decision.question = trim(text_of(one));
    } else if (name == "allowedAnswers") {
      decision.allowed_answers = trim(text_of(one));
    } else if (name == "informationRequirement") {
      if (const auto input = child(one, "requiredInput"))
        decision.required_inputs.push_back(reference(input));
      if (const auto required = child(one, "requiredDecision"))
        decision.required_decisions.push_back(reference(required));
    } else if (name == "knowledgeRequirement") {
      decision.required_knowledge.push_back(reference(child(one, "requiredKnowledge")));
    } else if (name == "authorityRequirement") {
      if (const auto source = child(one, "requiredAuthority"))
        decision.authorities.push_back(reference(source));
    } else if (is_expression(name)) {
      decision.logic = expression(one);
    } else if (!is_ignored(name) && !kForPeople.contains(name)) {
      unknown(one);
    }
  });
  return decision;
}

BusinessKnowledgeModel Reader::knowledge_model(pugi::xml_node node) {
  BusinessKnowledgeModel knowledge;
  fill(knowledge, node);
  if (knowledge.name.empty()) report("DM-0006", node, {{"what", "name"}});
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name == "variable") {
      knowledge.variable = variable(one);
    } else if (name == "encapsulatedLogic") {
      knowledge.logic = std::make_unique<Expression>();
      fill(*knowledge.logic, one);
      knowledge.logic->type_ref = type_ref(one);
      knowledge.logic->value = function(one);
    } else if (name == "knowledgeRequirement") {
      knowledge.required_knowledge.push_back(reference(child(one, "requiredKnowledge")));
    } else if (name == "authorityRequirement") {
      if (const auto source = child(one, "requiredAuthority"))
        knowledge.authorities.push_back(reference(source));
    } else if (!is_ignored(name)) {
      unknown(one);
    }
  });
  return knowledge;
}

DecisionService Reader::service(pugi::xml_node node) {
  DecisionService service;
  fill(service, node);
  if (service.name.empty()) report("DM-0006", node, {{"what", "name"}});
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name == "variable") {
      service.variable = variable(one);
    } else if (name == "outputDecision") {
      service.output_decisions.push_back(reference(one));
    } else if (name == "encapsulatedDecision") {
      service.encapsulated_decisions.push_back(reference(one));
    } else if (name == "inputDecision") {
      service.input_decisions.push_back(reference(one));
    } else if (name == "inputData") {
      service.input_data.push_back(reference(one));
    } else if (!is_ignored(name)) {
      unknown(one);
    }
  });
  return service;
}

void Reader::check_unique(const Model& model) {
  std::set<std::string_view> ids;
  const auto check = [&](const auto& elements) {
    for (const auto& element : elements) {
      if (element.id.empty() || ids.insert(element.id).second) continue;
      problems_.add(make_diagnostic("DM-0009", {file_, element.line},
                                    {{"element", element.title()}, {"id", element.id}}));
    }
  };
  check(model.item_definitions);
  check(model.inputs);
  check(model.decisions);
  check(model.knowledge_models);
  check(model.services);
  check(model.sources);
}

}  // namespace internal
}  // namespace zicht::dmn
