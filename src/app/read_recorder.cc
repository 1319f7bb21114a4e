#include "app/read_recorder.h"

#include <algorithm>

#include "base/ids.h"

namespace zicht::app {
namespace {

// Those that count for this form: of its pack, and built-in ones.
std::vector<std::string> roles_for(const Caller& caller, const std::string& form) {
  const auto parts = model::split_full_id(form);
  std::vector<std::string> roles;
  for (const std::string& role : caller.roles) {
    const auto of = model::split_full_id(role);
    if (!of || !parts || of->first == parts->first) roles.push_back(role);
  }
  return roles;
}

}  // namespace

void Look::set_form(const model::Form& form) {
  form_ = form.full_id();
  is_about_persons_ = form.is_about_persons();
}

void Look::add(const model::Form& form, const model::Record& record) {
  for (std::string& person : model::subjects_of(form, record.id, record.fields)) {
    persons_.insert(std::move(person));
  }
}

void Look::add_titles(const Rulebook& rules, const References& references) {
  for (const auto& [id, reference] : references) add_title(rules, id, reference.form);
}

void Look::add_title(const Rulebook& rules, const std::string& record, std::string_view form) {
  const model::Form* found = find_active_form(rules, form).form;
  if (found == nullptr) return;
  if (found->is_person) persons_.insert(record);
  if (!found->is_person && found->is_about_persons()) titles_.insert(record);
}

bool ReadRecorder::is_noted(const Caller& caller, const Look& look) {
  const bool is_of_persons =
      look.is_about_persons_ || !look.persons_.empty() || !look.titles_.empty();
  return is_of_persons && !caller.is_visitor();
}

Result<void> ReadRecorder::note(const Caller& caller, const Look& look) {
  if (!is_noted(caller, look)) return {};
  return append(caller, look, false);
}

Result<UnkeptLook> ReadRecorder::unkept(const Caller& caller, const Look& look) {
  if (!is_noted(caller, look)) return UnkeptLook();
  ZICHT_TRY(entry, entry_of(caller, look, false));
  return UnkeptLook(ports_.log, std::move(entry));
}

Result<void> ReadRecorder::note_refused(const Caller& caller, const std::string& action,
                                        const std::string& record) {
  if (caller.is_visitor()) return {};
  Look look(action);
  look.titles_.insert(record);
  return append(caller, look, true);
}

Result<void> ReadRecorder::note_readers(const Caller& caller, const std::string& person) {
  Look look("readers");
  if (!person.empty()) look.persons_.insert(person);
  return append(caller, look, false);
}

Result<void> ReadRecorder::append(const Caller& caller, const Look& look, bool is_refused) {
  ZICHT_TRY(entry, entry_of(caller, look, is_refused));
  return ports_.log.append(entry);
}

Result<ReadEntry> ReadRecorder::entry_of(const Caller& caller, const Look& look, bool is_refused) {
  std::set<std::string> persons = look.persons_;
  if (!look.titles_.empty()) {
    ZICHT_TRY(found, ports_.store.subjects({look.titles_.begin(), look.titles_.end()}));
    persons.merge(found);
  }
  return ReadEntry{.id = PublicId::random(ports_.rng).to_string(),
                   .at = ports_.clock.now(),
                   .account = caller.account,
                   .organisation = caller.organisation,
                   .roles = roles_for(caller, look.form_),
                   .purpose = caller.purpose,
                   .action = look.action_,
                   .form = look.form_,
                   .subjects = {persons.begin(), persons.end()},
                   .is_refused = is_refused,
                   .trace = caller.trace};
}

}  // namespace zicht::app
