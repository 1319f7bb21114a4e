// A pack as the engine knows it, and the set of packs that are active together.
//
// A Pack is immutable once loaded and is shared by pointer; its `hash` (BLAKE2b-256 over its files,
// docs/formats/pack.md) names it in every judgement. PackSet answers "which version is active" and
// "what did version <hash> say"; it is replaced as a whole at activation, never changed in place,
// so readers need no lock.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "calendar/term.h"
#include "model/form.h"
#include "model/indicator.h"
#include "model/norm.h"
#include "model/process.h"

namespace zicht::dmn {
class Engine;  // dmn/engine.h; only handed on here, so that model needs nothing of dmn
}

namespace zicht::model {

// Built-in roles; every other role comes from packs.
inline constexpr std::string_view kVisitor = "visitor";
inline constexpr std::string_view kAdministrator = "administrator";
inline constexpr std::string_view kAuditor = "auditor";
inline constexpr std::string_view kPrivacyOfficer = "privacy-officer";
[[nodiscard]] bool is_builtin_role(std::string_view role);

struct Role {
  std::string id;
  LocalizedText title;
  Sensitivity clearance = Sensitivity::kPublic;
  bool sees_all_organisations = false;  // else rows of the own organisation, and public rows
};

struct Source {
  std::string id;
  LocalizedText title;
  // law, letter, report, statistics, decision, website, practice
  std::string kind;
  std::string reference;
  std::string url;
  std::optional<Date> date;
};

// A purpose for which persons' data are used, or a relation that somebody has to a person.
struct Named {
  std::string id;
  LocalizedText title;
};

struct ListCode {
  std::string code;
  LocalizedText label;
  std::optional<Date> from, to;         // when it may be chosen; `to` exclusive
  std::optional<LocalizedText> note;
  std::optional<Meaning> meaning{};     // shape and tint in the interface, as of a state
};

struct List {
  std::string id;
  std::string pack;
  LocalizedText title;
  std::string source;
  bool is_verified = true;              // false: hidden everywhere
  std::optional<LocalizedText> reason;  // why it is hidden
  std::vector<ListCode> codes;

  [[nodiscard]] const ListCode* find_code(std::string_view code) const;
};

// A page made of blocks. The engine checks the blocks when the pack is loaded and hands them to
// the web as they are; each has at least `kind`, `id`, `title`, `form` (full id).
struct Desk {
  std::string id;
  std::string pack;
  LocalizedText title;
  LocalizedText lead;
  Sensitivity audience = Sensitivity::kPublic;
  int order = 0;
  std::vector<Json> blocks;
};

struct FactStep {
  std::string transition;
  Date on;
  Json fields;                          // object
  std::string reason;
};

struct Fact {
  std::string id;                       // stable within the pack
  std::optional<Date> from;             // valid from
  Json fields;                          // references still as "fact(pack/id)"
  std::vector<FactStep> steps;
};

struct FactFile {
  std::string id;
  std::string form;                     // full id
  std::string organisation;
  std::string organisation_name;
  bool is_verified = true;
  std::vector<Fact> facts;
};

// A DMN model of the pack, compiled; its text is among the files of the pack.
struct DecisionModel {
  std::string id;                       // of the pack: the name of the file
  std::string file;                     // "rules/ladder.dmn"
  std::shared_ptr<const dmn::Engine> engine;   // never null
};

struct Pack {
  std::string id;
  LocalizedText title;
  LocalizedText description;
  std::string version;
  std::string status;                   // draft | live
  std::string hash;                     // hex
  std::vector<Source> sources;
  std::vector<std::string> needs;
  std::vector<Named> purposes;
  std::vector<Named> relations;
  std::vector<Role> roles;
  std::vector<LocalizedText> consents;
  std::vector<Form> forms;
  std::vector<List> lists;
  std::vector<Process> processes;
  std::map<std::string, calendar::Regime> regimes;
  std::vector<Desk> desks;
  std::vector<FactFile> facts;
  std::vector<DecisionModel> models;    // by id
  std::vector<Framework> frameworks;    // by id
  std::vector<Indicator> indicators;    // by id
  std::map<std::string, std::string> files;   // path -> text, what the hash is over

  [[nodiscard]] const Form* find_form(std::string_view id) const;
  [[nodiscard]] const List* find_list(std::string_view id) const;
  [[nodiscard]] const Process* find_process(std::string_view id) const;
  [[nodiscard]] const Role* find_role(std::string_view id) const;
  [[nodiscard]] const Named* find_purpose(std::string_view id) const;
  [[nodiscard]] const Named* find_relation(std::string_view id) const;
  [[nodiscard]] const DecisionModel* find_model(std::string_view id) const;
  [[nodiscard]] const Indicator* find_indicator(std::string_view id) const;
};

using PackPtr = std::shared_ptr<const Pack>;

// All stored versions, and which of them are active. Value type; cheap to copy (pointers).
class PackSet {
 public:
  void add(PackPtr pack);                      // a stored version
  void activate(const std::string& hash);      // Requires: added
  void deactivate(std::string_view pack);      // its versions stay
  [[nodiscard]] PackPtr active(std::string_view pack) const;        // nullptr when none
  [[nodiscard]] PackPtr version(std::string_view hash) const;       // nullptr when unknown
  [[nodiscard]] std::vector<PackPtr> all_active() const;            // by id
  // "pack/form" in the active version; nullptr when unknown.
  [[nodiscard]] const Form* find_form(std::string_view full_id) const;
  // "pack/relation" in active versions; nullptr when unknown.
  [[nodiscard]] const Named* find_relation(std::string_view full_id) const;
  // "pack/list" in active versions; nullptr when unknown or unverified.
  [[nodiscard]] const List* find_list(std::string_view full_id) const;

 private:
  std::map<std::string, PackPtr, std::less<>> active_;
  std::map<std::string, PackPtr, std::less<>> by_hash_;
};

// The title of a role: "pack/role" in the active packs, or a built-in one; else its id.
[[nodiscard]] LocalizedText role_title(const PackSet& packs, std::string_view role);

// "pack/form" -> {"pack", "form"}; misses without a slash.
[[nodiscard]] std::optional<std::pair<std::string_view, std::string_view>> split_full_id(
    std::string_view full_id);

}  // namespace zicht::model
