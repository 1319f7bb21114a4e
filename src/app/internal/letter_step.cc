#include "app/internal/letter_step.h"

#include "base/error_catalogue.h"
#include "packs/letters.h"

namespace zicht::app::internal {
namespace {

// Where letters of the template are kept; null: in a form without a process, or it is gone.
const model::LetterPlace* place_of(const FoundRecord& found,
                                   const model::LetterTemplate* made_of) {
  const bool has_process = !found.form.form->process.process.empty();
  return made_of != nullptr && has_process ? &made_of->keeps : nullptr;
}

// Read anew: steps of letters are rare.
std::optional<model::LetterTemplate> read_template(const model::Pack& pack,
                                                   const std::string& full_id) {
  const auto parts = model::split_full_id(full_id);
  if (!parts || parts->first != pack.id) return std::nullopt;
  return packs::find_letter(pack, parts->second);
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
  const auto made_of = read_template(*found.form.pack, kept.letter_template);
  const model::LetterPlace* place = place_of(found, made_of ? &*made_of : nullptr);
  const model::Transition* step = step_named(found, name->get_string());
  if (place == nullptr || step == nullptr) return {};
  if (step->id == place->finish) return make_error("AP-0353");
  const bool leaves = place->open.contains(found.record.state) && !place->open.contains(step->to);
  if (leaves && step->to != "same") return check_has_sources(kept.letter);
  return {};
}

bool is_open_letter(const FoundLetter& letter) {
  const model::LetterPlace* place = place_of(letter.found, letter.made_of.get());
  if (place == nullptr || place->open.contains(letter.found.record.state)) return true;
  return model::state_of(*letter.found.form.pack, letter.found.record) == nullptr;
}

std::string finishing_step(const FoundLetter& letter) {
  const model::LetterPlace* place = place_of(letter.found, letter.made_of.get());
  return place == nullptr ? "" : place->finish;
}

}  // namespace zicht::app::internal
