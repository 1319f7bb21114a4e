#include "dmn/tck_cases.h"

#include "base/error_catalogue.h"
#include "base/text.h"
#include "dmn/internal/xml.h"

namespace zicht::dmn {
namespace {

using internal::attribute;
using internal::local_name;
using internal::text_of;
using internal::Xml;

class CaseReader {
 public:
  explicit CaseReader(const Xml& xml) : xml_(xml) {}

  TestFile file(pugi::xml_node root) const {
    TestFile file;
    for (const auto& node : root.children()) {
      if (local_name(node) == "modelName") file.model = trim(text_of(node));
      if (local_name(node) == "testCase") file.cases.push_back(test_case(node));
    }
    return file;
  }

 private:
  TestCase test_case(pugi::xml_node node) const {
    TestCase test;
    test.id = attribute(node, "id");
    test.line = xml_.line_of(node);
    test.invocable = attribute(node, "invocableName");
    const std::string type = attribute(node, "type");
    if (type == "bkm") test.kind = TestKind::kKnowledgeModel;
    if (type == "decisionService") test.kind = TestKind::kDecisionService;
    for (const auto& one : node.children()) {
      const auto name = local_name(one);
      if (name == "inputNode") {
        test.inputs.push_back({attribute(one, "name"), attribute(one, "namespace"), value(one)});
      } else if (name == "resultNode") {
        TestResult result{attribute(one, "name"), attribute(one, "namespace")};
        result.is_error = attribute(one, "errorResult") == "true";
        for (const auto& part : one.children()) {
          if (local_name(part) == "expected") result.expected = value(part);
        }
        test.results.push_back(std::move(result));
      }
    }
    return test;
  }

  // True for xsi:nil="true", whatever the prefix.
  static bool is_nil(pugi::xml_node node) {
    for (const auto& one : node.attributes()) {
      const std::string_view name = one.name();
      if ((name == "nil" || name.ends_with(":nil")) && one.as_bool()) return true;
    }
    return false;
  }

  // What a holder (inputNode, expected, component, item) holds.
  TestValue value(pugi::xml_node holder) const {
    TestValue read;
    if (is_nil(holder)) return read;
    for (const auto& node : holder.children()) {
      const auto name = local_name(node);
      if (name == "value") return scalar(node);
      if (name == "list") {
        if (is_nil(node)) return read;
        read.kind = TestValue::Kind::kList;
        for (const auto& item : node.children()) {
          if (local_name(item) == "item") read.items.push_back(value(item));
        }
        return read;
      }
      if (name == "component") {
        read.kind = TestValue::Kind::kComponents;
        read.components.emplace_back(attribute(node, "name"), value(node));
      }
    }
    return read;
  }

  TestValue scalar(pugi::xml_node node) const {
    TestValue read;
    if (is_nil(node)) return read;
    read.kind = TestValue::Kind::kScalar;
    read.text = text_of(node);
    for (const auto& one : node.attributes()) {
      const std::string_view name = one.name();
      if (name != "type" && !name.ends_with(":type")) continue;
      const std::string_view type = one.value();
      read.type = type.substr(type.find(':') == type.npos ? 0 : type.find(':') + 1);
    }
    return read;
  }

  const Xml& xml_;
};

}  // namespace

TestFileOutcome read_test_cases(const Source& source, const ReadLimits& limits) {
  TestFileOutcome outcome;
  const auto xml = Xml::parse(source, limits, outcome.diagnostics);
  if (!xml) return outcome;
  if (local_name(xml->root()) != "testCases") {
    outcome.diagnostics.push_back(
        make_diagnostic("DM-0020", {source.file, xml->line_of(xml->root())},
                        {{"element", std::string(local_name(xml->root()))}}));
    return outcome;
  }
  auto file = std::make_shared<TestFile>(CaseReader(*xml).file(xml->root()));
  file->file = source.file;
  outcome.file = std::move(file);
  return outcome;
}

}  // namespace zicht::dmn
