// A form of a pack: the fields of a kind of record, who may do what, and why it may be kept.
//
// Plain data, built by src/packs from YAML and never changed afterwards; safe to share.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/field.h"

namespace zicht::model {

struct FormRules;  // rule.h

// What a role may do with rows of a form. A step of a process is allowed by the transition itself.
enum class Action { kRead, kCreate, kChange, kCorrect, kExport, kHandOver };
[[nodiscard]] std::string_view name_of(Action action);
[[nodiscard]] std::optional<Action> find_action(std::string_view name);

// Kinds of data that the law sets apart (AVG art. 9 and 10, UAVG art. 46).
enum class SpecialData {
  kOrigin, kPolitics, kReligion, kUnion, kGenetics, kBiometrics, kHealth, kSexLife, kCriminal,
  kNationalNumber
};
[[nodiscard]] std::string_view name_of(SpecialData special);
[[nodiscard]] std::optional<SpecialData> find_special_data(std::string_view name);

// Legal basis and life of the data (AVG art. 6, 13, 30). Every form has one; the processing
// register is made from it.
struct Basis {
  std::string law;
  std::string article;
  LocalizedText controller;
  LocalizedText recipients;
  LocalizedText purpose;
  std::string retention;                // ISO period, or "permanent"
  std::set<SpecialData> special{};      // in its fields, free text included
  std::optional<bool> is_vulnerable{};  // whom it is about depend on others; absent: not said
};

// Whole years of age of the persons that a record is about: from <= age < below.
struct AgeRange {
  std::optional<int> from, below;
  bool operator==(const AgeRange&) const = default;
};

// The relation that everybody has to themselves: the record that an account is bound to.
inline constexpr std::string_view kSelf = "self";

// One sentence of `access`: what a role may do, and under which conditions; all must hold. Without
// a relation the role's scope says whose rows it reaches; with one the rows are those about persons
// to whom the caller has it, whoever keeps them. A condition that cannot be determined does not
// hold.
struct AccessRule {
  std::set<Action> actions;
  std::set<std::string> relations;            // any of these: "pack/relation", or kSelf
  std::set<std::string> purposes;             // any of these: "pack/purpose"
  std::optional<Sensitivity> clearance;       // at most this; absent: the role's
  AgeRange subject_age;                       // of every person that the record is about

  [[nodiscard]] bool is_conditional() const {
    return !relations.empty() || !purposes.empty() || subject_age != AgeRange{};
  }
  bool operator==(const AccessRule&) const = default;
};

// Break-the-glass: who of these roles gives a reason sees a record of the form for some hours that
// access would refuse, and no fields beyond `breakable`. Each time is a task for `report`.
struct BreakRule {
  std::set<std::string> roles;          // of the own pack
  std::int64_t hours = 0;               // at most, from the moment on
  Sensitivity breakable = Sensitivity::kPublic;
  std::string report;                   // role of the own pack

  bool operator==(const BreakRule&) const = default;
};

// The purpose of whoever looks through a break; no pack has it.
inline constexpr std::string_view kEmergency = "noodtoegang";
[[nodiscard]] LocalizedText emergency_title();

// Records of the form make somebody related to a person: while such a record holds and is within
// its dates, `holder` has the relation `kind` to the persons in `of`. The holder is an account, a
// person (whose account is bound to that record), or a record with members.
struct RelationRule {
  std::string kind;                     // "pack/relation", of the own pack
  std::string of;                       // reference field to a form of persons
  std::string holder;                   // account field, or reference field
  std::string from, until;              // date fields; empty: as long as the record holds
};

// What a form says about identity: in some states of its process a record says that the persons in
// two of its fields are one and the same (a link, which can be undone by a step), in others that
// they are not (a split, which no step leads out of).
struct IdentityRule {
  std::string of, as;                   // reference fields to forms of persons
  std::set<std::string> linked;         // states
  std::set<std::string> split;          // states
};

// Which process a record of the form lives by: one, or one per code of a choice field.
struct ProcessChoice {
  std::string process;                  // when by_field is empty; empty = no process
  std::string by_field;
  std::map<std::string, std::string> by_code;

  // The process id for these fields; empty when the form has none (or the code has none).
  [[nodiscard]] std::string process_for(std::string_view code) const;
};

// A reference field that is shown in both directions ("Eerder beloofd?").
struct Link {
  std::string field;
  LocalizedText title;
  LocalizedText reverse;
};

struct Form {
  std::string id;                       // kebab-case
  std::string pack;
  LocalizedText title;
  LocalizedText plural;
  LocalizedText description;
  std::string subject;                  // none | organisation | person | region
  bool is_person = false;               // subject person, about: self: a record is a person
  std::vector<std::string> about;       // else: the reference fields that name the persons
  std::string born;                     // of a person: the date field of birth; may be empty
  std::string members;                  // of a team: the field with its accounts; may be empty
  std::optional<RelationRule> relation;
  std::optional<IdentityRule> identity;
  Basis basis;
  Sensitivity audience = Sensitivity::kPublic;
  std::vector<std::string> name;        // fields that make the title of a record
  ProcessChoice process;
  std::map<std::string, std::vector<AccessRule>> access;   // by role
  std::optional<BreakRule> break_glass;
  std::vector<Link> links;
  std::vector<Field> fields;            // in the order of the file
  // In FEEL, also what its fields say, compiled; null: the form and its processes have none.
  std::shared_ptr<const FormRules> rules;

  [[nodiscard]] std::string full_id() const { return pack + "/" + id; }
  [[nodiscard]] bool is_about_persons() const { return is_person || !about.empty(); }
  [[nodiscard]] const Field* find_field(std::string_view id) const;
};

}  // namespace zicht::model
