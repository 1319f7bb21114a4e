// Random forms with rules, written as a pack, and random documents of them: for whoever compares
// two judgements of the same rules.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/rng.h"
#include "packs/load.h"

namespace zicht::packs::testing {

struct RandomField {
  enum class Kind : std::uint8_t { kInteger, kBoolean, kDate, kText, kChoice };
  std::string id;                       // no name is a part of another
  Kind kind = Kind::kText;
  bool is_required = false;
  std::string show_if, required_if, computed, valid_if;   // FEEL; empty: none
};

// Of 3 to 7 fields, whose rules depend on each other without a ring. The rng outlives it.
class RandomForm {
 public:
  explicit RandomForm(Rng& rng);

  // What stands under `fields`, and then the conditions of the form.
  [[nodiscard]] std::string yaml() const;

  // Three of four fields, computed ones too.
  [[nodiscard]] json::object document();
  // Some fields of a document, computed ones too; now and then none.
  [[nodiscard]] json::object some_fields();

  std::vector<RandomField> fields;
  std::string valid_if;

 private:
  void add_rules(RandomField& field, std::size_t index);
  // A field of that kind among the first `count`; empty when there is none.
  std::string any(RandomField::Kind kind, std::size_t count);
  std::string number(std::size_t count, int depth);
  std::string condition(std::size_t count, int depth);
  std::string simple(std::size_t count);
  Json value(RandomField::Kind kind);

  Rng& rng_;
};

// tests/packs/rules with this as its form "plan", and no process.
[[nodiscard]] Files files_of(const RandomForm& form);

}  // namespace zicht::packs::testing
