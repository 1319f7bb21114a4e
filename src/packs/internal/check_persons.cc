// What a form says about persons: whom its records are about, who is related to them, and which
// conditions its access rests on. Default no: what is about persons is never open to visitors.
#include <algorithm>

#include "packs/internal/checks.h"

namespace zicht::packs::internal {
namespace {

using model::Field;
using model::FieldType;

class PersonCheck {
 public:
  PersonCheck(const Draft& draft, const model::Form& form)
      : draft_(draft), form_(form), file_("forms/" + form.id + ".yaml") {}

  void run() {
    check_subject();
    for (std::size_t i = 0; i < form_.about.size(); ++i) {
      check_person_field({"about", std::to_string(i)}, form_.about[i]);
    }
    check_born();
    if (!form_.members.empty()) check_type({"members"}, form_.members, {FieldType::kAccount});
    if (form_.relation) check_relation(*form_.relation);
    if (form_.identity) check_identity(*form_.identity);
    check_access();
    if (form_.break_glass) check_break_rule(*form_.break_glass);
  }

 private:
  void check_subject() {
    const bool says_person = form_.subject == "person";
    if (says_person != form_.is_about_persons()) draft_.error("PK-0073", file_, {"subject"});
    if (!says_person) {
      if (!form_.basis.special.empty()) draft_.error("PK-0177", file_, {"basis", "special"});
      return;
    }
    if (form_.audience == model::Sensitivity::kPublic) draft_.error("PK-0074", file_, {"audience"});
    if (form_.basis.retention == "permanent") {
      draft_.error("PK-0075", file_, {"basis", "retention"});
    }
  }

  // A field that refers to forms of persons.
  void check_person_field(const Path& path, const std::string& id) {
    const Field* field = check_type(path, id, {FieldType::kReference});
    if (field == nullptr) return;
    const model::Form* target = draft_.packs.find_form(field->form);
    if (target == nullptr || target->is_person) return;  // an unknown form was told already
    draft_.error("PK-0076", file_, path, {{"field", id}});
  }

  void check_born() {
    if (form_.born.empty()) return;
    if (!form_.is_person) draft_.error("PK-0077", file_, {"born"});
    check_type({"born"}, form_.born, {FieldType::kDate});
  }

  void check_relation(const model::RelationRule& rule) {
    const auto parts = model::split_full_id(rule.kind);
    if (parts && (parts->first != draft_.pack.id ||
                  draft_.pack.find_relation(parts->second) == nullptr)) {
      draft_.unknown("PK-0078", file_, {"relation", "kind"}, rule.kind,
                     ids_of(draft_.pack.relations));
    }
    check_person_field({"relation", "of"}, rule.of);
    check_holder(rule.holder);
    for (const auto& [key, id] : {std::pair("from", rule.from), std::pair("until", rule.until)}) {
      if (!id.empty()) check_type({"relation", key}, id, {FieldType::kDate});
    }
  }

  // Both persons must have a way to the key of the record; a split must be for good.
  void check_identity(const model::IdentityRule& rule) {
    for (const auto& [key, id] : {std::pair("of", rule.of), std::pair("as", rule.as)}) {
      const Path path = {"identity", key};
      check_person_field(path, id);
      const Field* field = form_.find_field(id);
      const bool is_about =
          std::find(form_.about.begin(), form_.about.end(), id) != form_.about.end();
      if (field != nullptr && (field->is_many || !is_about || rule.of == rule.as)) {
        draft_.error("PK-0178", file_, path, {{"field", id}});
      }
    }
    const model::Process* process = draft_.pack.find_process(form_.process.process);
    if (process == nullptr) {
      draft_.error("PK-0179", file_, {"identity"});
      return;
    }
    for (const std::string& state : rule.linked) check_identity_state(*process, "linked", state);
    for (const std::string& state : rule.split) {
      check_identity_state(*process, "split", state);
      const bool has_way_out = std::any_of(
          process->transitions.begin(), process->transitions.end(), [&](const auto& step) {
            return std::find(step.from.begin(), step.from.end(), state) != step.from.end() &&
                   step.to != "same" && step.to != state;
          });
      if (has_way_out || rule.linked.contains(state)) {
        draft_.error("PK-0180", file_, {"identity", "split"}, {{"state", state}});
      }
    }
  }

  void check_identity_state(const model::Process& process, const std::string& key,
                            const std::string& state) {
    if (process.find_state(state) != nullptr) return;
    draft_.unknown("PK-0046", file_, {"identity", key}, state, ids_of(process.states));
  }

  // An account, a person, or a record with members.
  void check_holder(const std::string& id) {
    const Path path = {"relation", "holder"};
    const Field* field = check_type(path, id, {FieldType::kAccount, FieldType::kReference});
    if (field == nullptr || field->type == FieldType::kAccount) return;
    const model::Form* target = draft_.packs.find_form(field->form);
    if (target == nullptr || target->is_person || !target->members.empty()) return;
    draft_.error("PK-0079", file_, path, {{"field", id}});
  }

  // The field, when it is there and of one of these types; reports else.
  const Field* check_type(const Path& path, const std::string& id,
                          std::initializer_list<FieldType> types) {
    const Field* field = form_.find_field(id);
    if (field == nullptr) {
      draft_.unknown("PK-0045", file_, path, id, ids_of(form_.fields));
      return nullptr;
    }
    if (std::find(types.begin(), types.end(), field->type) != types.end() &&
        field->sensitivity < model::Sensitivity::kConfidential) {
      return field;
    }
    std::string names;
    for (const FieldType type : types) {
      names += (names.empty() ? "" : ", ") + std::string(model::name_of(type));
    }
    draft_.error("PK-0170", file_, path, {{"field", id}, {"types", names}});
    return nullptr;
  }

  void check_access() {
    for (const auto& [role, rules] : form_.access) {
      if (role == model::kVisitor && form_.is_about_persons()) {
        draft_.error("PK-0171", file_, {"access", role});
      }
      for (std::size_t i = 0; i < rules.size(); ++i) {
        check_rule(role, rules[i], {"access", role, std::to_string(i)});
      }
    }
  }

  void check_rule(const std::string& role, const model::AccessRule& rule, const Path& path) {
    for (const std::string& relation : rule.relations) {
      if (relation == model::kSelf) continue;
      check_named("PK-0078", path, relation, &model::Pack::find_relation, &model::Pack::relations);
    }
    for (const std::string& purpose : rule.purposes) {
      check_named("PK-0172", path, purpose, &model::Pack::find_purpose, &model::Pack::purposes);
    }
    const bool asks_person = !rule.relations.empty() || rule.subject_age != model::AgeRange{};
    if (asks_person && !form_.is_about_persons()) draft_.error("PK-0173", file_, path);
    if (rule.actions.contains(model::Action::kHandOver) && !form_.is_person) {
      draft_.error("PK-0185", file_, path);
    }
    const model::Role* declared = draft_.pack.find_role(role);
    if (rule.clearance && declared != nullptr && *rule.clearance > declared->clearance) {
      draft_.error("PK-0174", file_, path, {{"role", role}});
    }
  }

  // Whoever breaks is a person with an account; the task must reach somebody who may look.
  void check_break_rule(const model::BreakRule& rule) {
    for (const std::string& role : rule.roles) {
      draft_.check_role(file_, {"break_glass", "roles"}, role);
      if (role == model::kVisitor) draft_.error("PK-0175", file_, {"break_glass", "roles"});
    }
    if (rule.report.empty()) return;  // was told already
    draft_.check_role(file_, {"break_glass", "report"}, rule.report);
    const auto rules = form_.access.find(rule.report);
    const bool sees_all_rows =
        rules != form_.access.end() &&
        std::any_of(rules->second.begin(), rules->second.end(), [](const auto& each) {
          return each.actions.contains(model::Action::kRead) && each.relations.empty() &&
                 each.subject_age == model::AgeRange{};
        });
    if (!sees_all_rows) {
      draft_.error("PK-0176", file_, {"break_glass", "report"}, {{"role", rule.report}});
    }
  }

  void check_named(std::string_view id, const Path& path, const std::string& name,
                   const model::Named* (model::Pack::*find)(std::string_view) const,
                   std::vector<model::Named> model::Pack::*all) {
    const auto parts = model::split_full_id(name);
    if (!parts || !draft_.check_is_needed(file_, path, parts->first)) return;
    const model::PackPtr pack = draft_.packs.active(parts->first);
    if (pack == nullptr || ((*pack).*find)(parts->second) != nullptr) return;
    draft_.unknown(id, file_, path, name, ids_of((*pack).*all));
  }

  const Draft& draft_;
  const model::Form& form_;
  const std::string file_;
};

}  // namespace

void check_persons(const Draft& draft) {
  for (const model::Form& form : draft.pack.forms) PersonCheck(draft, form).run();
}

}  // namespace zicht::packs::internal
