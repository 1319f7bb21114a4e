#include "packs/internal/models.h"

#include <memory>

#include "dmn/contradiction.h"
#include "dmn/read.h"
#include "packs/internal/reader.h"

namespace zicht::packs::internal {
namespace {

constexpr std::string_view kFolder = "rules/";
constexpr std::string_view kExtension = ".dmn";
// A pack is read anew whenever one is activated, by every server: a model is as large as people
// write it, not as a machine could.
constexpr dmn::ReadLimits kLimits = {.max_bytes = std::size_t{2} << 20,
                                     .max_depth = 100,
                                     .max_elements = 200'000,
                                     .max_attributes = 400'000};

using ModelPtr = std::shared_ptr<const dmn::Model>;

// Models are found by their namespaces: two of one could not be told apart by who imports them.
void check_namespaces(const std::vector<ModelPtr>& models, Report& report) {
  std::map<std::string, const dmn::Model*> known;
  for (const auto& model : models) {
    const auto [first, is_new] = known.emplace(model->namespace_uri, model.get());
    if (is_new) continue;
    report.error("PK-0190", model->file, {.line = model->line},
                 {{"namespace", model->namespace_uri}, {"file", first->second->file}});
  }
}

// What cannot be yes would never tell of a contradiction.
void check_contradictions(const dmn::Engine& engine, const std::string& file, Report& report) {
  const auto decisions = engine.decisions();
  for (const auto& one : dmn::contradictions_of(engine)) {
    for (const auto& decision : decisions) {
      if (decision.name != one.decision || decision.type.kind() == feel::Type::Kind::kBoolean)
        continue;
      report.error("PK-0265", file, {.line = decision.line}, {{"decision", one.decision}});
    }
  }
}

}  // namespace

std::string model_id_of(std::string_view path) {
  if (!path.starts_with(kFolder) || !path.ends_with(kExtension)) return {};
  path.remove_prefix(kFolder.size());
  path.remove_suffix(kExtension.size());
  return path.find('/') == std::string_view::npos ? std::string(path) : std::string();
}

std::vector<model::DecisionModel> read_models(const std::map<std::string, std::string>& files,
                                              Report& report) {
  std::vector<ModelPtr> models;
  for (const auto& [path, text] : files) {
    const std::string id = model_id_of(path);
    if (id.empty()) continue;
    check_id({path, report}, {}, id, IdKind::kKebab);
    auto read = dmn::read_model({.file = path, .text = text}, kLimits);
    report.add(std::move(read.diagnostics));
    if (read.model) models.push_back(std::move(read.model));
  }
  check_namespaces(models, report);
  std::vector<model::DecisionModel> made;
  for (const auto& model : models) {
    std::vector<ModelPtr> others;
    for (const auto& other : models) {
      if (other != model) others.push_back(other);
    }
    auto compiled = dmn::Engine::compile(model, others);
    const bool is_good = compiled.engine != nullptr && !has_errors(compiled.diagnostics);
    report.add(std::move(compiled.diagnostics));
    if (is_good) check_contradictions(*compiled.engine, model->file, report);
    if (is_good) made.push_back({model_id_of(model->file), model->file, compiled.engine});
  }
  return made;
}

}  // namespace zicht::packs::internal
