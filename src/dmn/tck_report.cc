// Running whole folders of the kit.
#include <algorithm>

#include "dmn/read.h"
#include "dmn/tck.h"

namespace zicht::dmn {
namespace {

// The models of one folder, each compiled once, with the others at hand for its imports.
class Models {
 public:
  explicit Models(const TestFolder& folder) {
    for (const auto& [name, text] : folder.files) {
      if (!name.ends_with(".dmn")) continue;
      const auto read = read_model({.file = name, .text = text});
      if (read.model) models_.push_back(read.model);
      if (!read.model) told_[name] = first_error(read.diagnostics);
    }
  }

  const Engine* find(const std::string& name) {
    if (const auto found = engines_.find(name); found != engines_.end()) return found->second.get();
    std::shared_ptr<const Engine> engine;
    for (const auto& model : models_) {
      if (model->file != name) continue;
      auto compiled = Engine::compile(model, models_);
      engine = std::move(compiled.engine);
      if (!engine) told_[name] = first_error(compiled.diagnostics);
    }
    return engines_.emplace(name, std::move(engine)).first->second.get();
  }

  [[nodiscard]] std::string why_none(const std::string& name) const {
    const auto told = told_.find(name);
    return told != told_.end() ? told->second : "there is no model " + name;
  }

 private:
  static std::string first_error(const std::vector<Diagnostic>& diagnostics) {
    const auto found = std::find_if(diagnostics.begin(), diagnostics.end(), [](const auto& one) {
      return one.severity == Severity::kError;
    });
    return found == diagnostics.end() ? "" : location_of(*found) + ": " + found->message.en;
  }

  std::vector<std::shared_ptr<const Model>> models_;
  std::map<std::string, std::shared_ptr<const Engine>> engines_;
  std::map<std::string, std::string> told_;
};

std::string level_of(const std::string& folder) {
  constexpr std::string_view kPrefix = "compliance-level-";
  if (!folder.starts_with(kPrefix)) return "other";
  return folder.substr(kPrefix.size(), folder.find('/') - kPrefix.size());
}

}  // namespace

TestReport run_test_folders(std::span<const TestFolder> folders,
                            const feel::Environment& environment) {
  TestReport report;
  for (const auto& folder : folders) {
    Models models(folder);
    for (const auto& [name, text] : folder.files) {
      if (!name.ends_with(".xml")) continue;
      const auto cases = read_test_cases({.file = name, .text = text});
      if (!cases.file) continue;
      const Engine* engine = models.find(cases.file->model);
      const auto verdicts =
          run_test_file(*cases.file, engine, environment, models.why_none(cases.file->model));
      const TestPlace place{folder.name, name.substr(0, name.size() - 4)};
      for (const auto& verdict : verdicts) {
        const bool has_passed = verdict.status == TestStatus::kSuccess;
        for (auto* count : {&report.levels[level_of(folder.name)], &report.folders[folder.name]}) {
          count->total += 1;
          count->passed += has_passed ? 1 : 0;
        }
        report.csv += csv_row(place, verdict);
        if (!has_passed) {
          report.failures.push_back(folder.name + "/" + place.file + " " + verdict.id + ": " +
                                    verdict.detail);
        }
      }
    }
  }
  return report;
}

std::string TestReport::summary() const {
  std::string text;
  for (const auto& [level, count] : levels) {
    if (level == "other") continue;
    text.append(text.empty() ? "" : ", ").append("level ").append(level).append(": ");
    text.append(std::to_string(count.passed)).append("/").append(std::to_string(count.total));
  }
  return text;
}

}  // namespace zicht::dmn
