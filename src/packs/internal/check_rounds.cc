// Rounds: the fields that they name suit their place, and a row that is filled in can be saved.
#include <algorithm>
#include <functional>
#include <set>

#include "model/validate.h"
#include "packs/internal/checks.h"
#include "packs/rounds.h"

namespace zicht::packs::internal {
namespace {

using model::Field;
using model::FieldType;
using model::Form;

using Fits = std::function<bool(const Field&)>;

bool is_single(const Field& field, FieldType type) {
  return field.type == type && !field.is_many;
}
bool is_key(const Field& field) {
  return is_single(field, FieldType::kReference) && field.is_filterable;
}
bool is_day(const Field& field) {
  return is_single(field, FieldType::kDate) || is_single(field, FieldType::kUncertainDate);
}
bool is_words(const Field& field) { return is_single(field, FieldType::kText); }

const LocalizedText kKey = {"een veld van type reference zonder many, met filterable: true",
                            "a field of type reference without many, with filterable: true"};
const LocalizedText kDay = {"een veld van type date of uncertain_date",
                            "a field of type date or uncertain_date"};
const LocalizedText kWords = {"een veld van type text zonder many",
                              "a field of type text without many"};

class RoundCheck {
 public:
  RoundCheck(const Draft& draft, const Round& round)
      : draft_(draft), round_(round), file_("rounds/" + round.id + ".yaml") {}

  void run() {
    const Form* form = find_form({"form"}, round_.form);
    if (form == nullptr) return;
    check_keys(*form);
    check_set(*form);
    check_fields_once(*form);
    check_states(*form);
    check_views(*form);
    check_requests(*form);
  }

 private:
  // Of the own pack, and not about persons: many are read and shown at once.
  const Form* find_form(const Path& path, const std::string& name) const {
    const auto parts = model::split_full_id(name);
    const Form* form =
        parts && parts->first == draft_.pack.id ? draft_.pack.find_form(parts->second) : nullptr;
    if (form == nullptr) {
      if (parts && !parts->second.empty()) {
        draft_.unknown_file("PK-0041", file_, path, "forms", parts->second,
                            ids_of(draft_.pack.forms));
      }
      return nullptr;
    }
    if (is_of_persons(*form)) {
      draft_.error("PK-0256", file_, path, {{"form", form->id}});
      return nullptr;
    }
    return form;
  }

  // Null, and told, when the form has no such field or it does not suit.
  const Field* check_field(const Form& form, const Path& path, const std::string& name,
                           const Fits& fits = {}, const LocalizedText& expected = {}) const {
    if (name.empty()) return nullptr;     // told where it was read, or not needed
    const Field* field = form.find_field(name);
    if (field == nullptr) {
      draft_.unknown("PK-0045", file_, path, name, ids_of(form.fields));
    } else if (fits && !fits(*field)) {
      wrong(path, name, expected);
      return nullptr;
    }
    return field;
  }

  void wrong(const Path& path, const std::string& name, const LocalizedText& expected) const {
    draft_.error("PK-0255", file_, path,
                 {{"key", path.back()}, {"field", name}, {"expected", expected}});
  }

  void check_list(const Form& form, const Path& path, const std::vector<std::string>& names) const {
    for (std::size_t i = 0; i < names.size(); ++i) {
      Path at = path;
      at.push_back(std::to_string(i));
      static_cast<void>(check_field(form, at, names[i]));
    }
  }

  // The form behind a key.
  const Form* find_target(const Form& form, const char* key, const std::string& name) const {
    const Field* field = check_field(form, {key}, name, is_key, kKey);
    const Form* target = field == nullptr ? nullptr : draft_.packs.find_form(field->form);
    if (target == nullptr || !is_of_persons(*target)) return target;
    draft_.error("PK-0256", file_, {key}, {{"form", target->id}});
    return nullptr;
  }

  void check_formerly(const Form& places) const {
    const auto is_place = [&](const Field& field) {
      return field.type == FieldType::kReference && field.form == places.full_id();
    };
    static_cast<void>(check_field(places, {"formerly"}, round_.formerly, is_place,
                                  {"een verwijzing naar hetzelfde formulier als de plaatsen",
                                   "a reference to the same form as the places"}));
  }

  void check_keys(const Form& form) {
    const Form* editions = find_target(form, "of", round_.of);
    const Form* places = find_target(form, "who", round_.who);
    const Form* rows = find_target(form, "rows", round_.rows);
    if (editions != nullptr) {
      static_cast<void>(check_field(*editions, {"order"}, round_.order, is_day, kDay));
    }
    if (places != nullptr && !round_.among.empty()) {
      static_cast<void>(draft_.check_where(file_, {"among"}, round_.among, *places));
    }
    if (places != nullptr) check_formerly(*places);
    if (rows != nullptr) check_list(*rows, {"about"}, round_.about);
    static_cast<void>(check_field(form, {"name"}, round_.name, is_words, kWords));
    const auto is_own = [&](const Field& field) {
      return is_single(field, FieldType::kReference) && field.form == form.full_id();
    };
    const LocalizedText own = {"een verwijzing naar hetzelfde formulier",
                               "a reference to the same form"};
    static_cast<void>(check_field(form, {"previous"}, round_.previous, is_own, own));
    static_cast<void>(check_field(form, {"replaces"}, round_.replaces, is_own, own));
    check_list(form, {"ask"}, round_.ask);
    check_list(form, {"show"}, round_.show);
    for (std::size_t i = 0; i < round_.keep.size(); ++i) {
      const auto& ask = round_.ask;
      if (std::find(ask.begin(), ask.end(), round_.keep[i]) != ask.end()) continue;
      draft_.error("PK-0259", file_, {"keep", std::to_string(i)}, {{"field", round_.keep[i]}});
    }
  }

  void check_set(const Form& form) {
    for (const auto& member : round_.set) {
      const std::string name(member.key());
      const Path path = {"set", name};
      const Field* field = check_field(form, path, name);
      if (field == nullptr) continue;
      const auto checked =
          model::validate_value(form, draft_.packs, *field, member.value(), Date::max());
      for (const Problem& problem : checked.problems) {
        draft_.report.add(problem, file_, draft_.place(file_, path));
      }
    }
  }

  // Each field has one place, and no required one is forgotten.
  void check_fields_once(const Form& form) {
    std::set<std::string> named;
    const auto name_it = [&](const std::string& name, const Path& path) {
      if (name.empty() || named.insert(name).second) return;
      draft_.error("PK-0257", file_, path, {{"field", name}});
    };
    name_it(round_.of, {"of"});
    name_it(round_.who, {"who"});
    name_it(round_.rows, {"rows"});
    name_it(round_.name, {"name"});
    name_it(round_.previous, {"previous"});
    name_it(round_.replaces, {"replaces"});
    for (const auto& member : round_.set) name_it(member.key(), {"set", member.key()});
    for (std::size_t i = 0; i < round_.ask.size(); ++i) {
      const Path path = {"ask", std::to_string(i)};
      name_it(round_.ask[i], path);
      const Field* field = form.find_field(round_.ask[i]);
      if (field == nullptr || (!field->is_computed() && !field->is_frozen())) continue;
      wrong(path, field->id, {"een veld dat iemand invult", "a field that somebody fills in"});
    }
    for (const Field& field : form.fields) {
      if (!field.is_always_required() || named.contains(field.id) || field.retired) continue;
      draft_.error("PK-0258", file_, {"ask"}, {{"field", field.id}});
    }
  }

  std::vector<const model::Process*> processes_of(const Form& form) const {
    std::vector<const model::Process*> found;
    const auto add = [&](const std::string& id) {
      const model::Process* process = draft_.pack.find_process(id);
      if (process != nullptr) found.push_back(process);
    };
    add(form.process.process);
    for (const auto& [code, id] : form.process.by_code) add(id);
    return found;
  }

  void check_states(const Form& form) const {
    std::vector<std::string> known;
    for (const model::Process* process : processes_of(form)) {
      for (const model::State& state : process->states) {
        known.push_back(state.id);
        if (!state.is_fixed || !round_.open.contains(state.id)) continue;
        draft_.error("PK-0275", file_, {"open"}, {{"state", state.id}});
      }
    }
    for (const std::string& state : round_.open) {
      if (std::find(known.begin(), known.end(), state) != known.end()) continue;
      draft_.unknown("PK-0046", file_, {"open"}, state, known);
    }
  }

  void check_step(const Form& form, const Path& path, const std::string& step) const {
    std::vector<std::string> known;
    for (const model::Process* process : processes_of(form)) {
      for (const model::Transition& each : process->transitions) known.push_back(each.id);
    }
    if (std::find(known.begin(), known.end(), step) != known.end()) return;
    draft_.unknown("PK-0047", file_, path, step, known);
  }

  void check_views(const Form& form) const {
    if (!round_.views) return;
    const Form* views = find_form({"views", "form"}, round_.views->form);
    if (views == nullptr) return;
    const auto is_beside = [&](const Field& field) {
      return is_key(field) && field.form == form.full_id();
    };
    static_cast<void>(check_field(*views, {"views", "beside"}, round_.views->beside, is_beside,
                                  {"een verwijzing naar het formulier van de ronde, met "
                                   "filterable: true",
                                   "a reference to the form of the round, with filterable: true"}));
    check_list(*views, {"views", "columns"}, round_.views->columns);
  }

  void check_requests(const Form& form) const {
    if (!round_.requests) return;
    const RoundRequests& wanted = *round_.requests;
    const Form* requests = find_form({"requests", "form"}, wanted.form);
    if (requests == nullptr) return;
    check_same_target(form, *requests, "of", round_.of, wanted.of);
    check_same_target(form, *requests, "who", round_.who, wanted.who);
    const auto is_organisation = [](const Field& field) {
      return is_single(field, FieldType::kOrganisation);
    };
    static_cast<void>(check_field(*requests, {"requests", "organisation"}, wanted.organisation,
                                  is_organisation,
                                  {"een veld van type organisation zonder many",
                                   "a field of type organisation without many"}));
    static_cast<void>(
        check_field(*requests, {"requests", "name"}, wanted.name, is_words, kWords));
    if (!wanted.remind.empty()) check_step(*requests, {"requests", "remind"}, wanted.remind);
    for (const auto& [step, next] : wanted.follows) {
      check_step(form, {"requests", "follows", step}, step);
      check_step(*requests, {"requests", "follows", step}, next);
    }
  }

  void check_same_target(const Form& form, const Form& requests, const std::string& key,
                         const std::string& of_round, const std::string& of_request) const {
    const Field* wanted = form.find_field(of_round);
    const auto is_same = [&](const Field& field) {
      return is_key(field) && wanted != nullptr && field.form == wanted->form;
    };
    static_cast<void>(check_field(requests, {"requests", key}, of_request, is_same, kKey));
  }

  const Draft& draft_;
  const Round& round_;
  const std::string file_;
};

}  // namespace

void check_round(const Draft& draft, const Round& round) { RoundCheck(draft, round).run(); }

}  // namespace zicht::packs::internal
