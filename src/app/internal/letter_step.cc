#include "app/internal/letter_step.h"

#include "base/error_catalogue.h"

namespace zicht::app::internal {
namespace {

std::optional<model::LetterPlace> place_of(const FoundRecord& found, const KeptLetter& kept) {
  const auto made_of = find_template(*found.form.pack, kept.letter_template);
  if (!made_of || found.form.form->process.process.empty()) return std::nullopt;
  return made_of->keeps;
}

// Null: the process lacks it.
const model::Transition* step_named(const FoundRecord& found, std::string_view name) {
  const auto* process = found.form.pack->find_process(found.form.form->process.process);
  return process == nullptr ? nullptr : process->find_transition(name);
}

}  // namespace

Result<void> check_letter_step(const FoundRecord& found, const Json& body) {
  const model::Field* field = model::letter_field(*found.form.form);
  const json::object* object = body.if_object();
  const Json* name = object == nullptr ? nullptr : object->if_contains("transition");
  const Json* value =
      field == nullptr ? nullptr : found.record.fields.as_object().if_contains(field->id);
  if (value == nullptr || name == nullptr || !name->is_string()) return {};
  ZICHT_TRY(kept, KeptLetter::from_json(*value));
  const auto place = place_of(found, kept);
  const model::Transition* step = step_named(found, name->get_string());
  if (!place || step == nullptr) return {};
  if (step->id == place->finish) return make_error("AP-0353");
  const bool leaves = place->open.contains(found.record.state) && !place->open.contains(step->to);
  if (leaves && step->to != "same") return check_has_sources(kept.letter);
  return {};
}

bool is_open_letter(const FoundLetter& letter) {
  const auto place = place_of(letter.found, letter.kept);
  if (!place || place->open.contains(letter.found.record.state)) return true;
  return model::state_of(*letter.found.form.pack, letter.found.record) == nullptr;
}

std::string finishing_step(const FoundLetter& letter) {
  const auto place = place_of(letter.found, letter.kept);
  return place ? place->finish : "";
}

}  // namespace zicht::app::internal
