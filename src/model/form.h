// A form of a pack: the fields of a kind of record, who may do what, and why it may be kept.
//
// Plain data, built by src/packs from YAML and never changed afterwards; safe to share.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/field.h"

namespace zicht::model {

// What a role may do with rows of a form. A step of a process is allowed by the transition itself.
enum class Action { kRead, kCreate, kChange, kCorrect, kExport };
[[nodiscard]] std::string_view name_of(Action action);
[[nodiscard]] std::optional<Action> find_action(std::string_view name);

// Legal basis and life of the data (AVG art. 6, 13, 30). Every form has one; the processing
// register is made from it.
struct Basis {
  std::string law;
  std::string article;
  LocalizedText controller;
  LocalizedText recipients;
  LocalizedText purpose;
  std::string retention;                // ISO period, or "permanent"
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
  Basis basis;
  Sensitivity audience = Sensitivity::kPublic;
  std::vector<std::string> name;        // fields that make the title of a record
  ProcessChoice process;
  std::map<std::string, std::set<Action>> access;   // role -> actions
  std::vector<Link> links;
  std::vector<Field> fields;            // in the order of the file

  [[nodiscard]] std::string full_id() const { return pack + "/" + id; }
  [[nodiscard]] const Field* find_field(std::string_view id) const;
};

}  // namespace zicht::model
