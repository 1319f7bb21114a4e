#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "model/compile_rules.h"
#include "model/rules.h"
#include "model/where.h"
#include "packs/internal/blocks.h"
#include "packs/internal/checks.h"

namespace zicht::packs::internal {
namespace {

using Position = std::pair<std::int64_t, std::int64_t>;

class MapCheck {
 public:
  MapCheck(const Draft& draft, std::string file, std::size_t index, const json::object& block,
           const model::Form& places)
      : draft_(draft),
        file_(std::move(file)),
        index_(std::to_string(index)),
        block_(block),
        places_(places) {
    if (places_.rules != nullptr) return;
    // The form may have no rules of its own for `among` to stand beside.
    const auto rules = std::make_shared<model::FormRules>();
    rules->slots = places_.fields;
    places_.rules = rules;
  }

  void run() {
    if (!names_number("column") || !names_number("row") || !compile_among()) return;
    look_at_facts_of(draft_.pack);
    if (places_.pack == draft_.pack.id) return;
    const model::PackPtr owner = draft_.packs.active(places_.pack);
    if (owner != nullptr) look_at_facts_of(*owner);
  }

 private:
  std::string text_of(std::string_view key) const {
    const Json* value = block_.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  }

  // What is wrong with these was told when the desk was checked.
  bool names_number(std::string_view key) const {
    const model::Field* field = places_.find_field(text_of(key));
    return field != nullptr && fits(Wants::kInteger, *field);
  }

  bool compile_among() {
    among_.text = text_of("among");
    if (among_.text.empty()) return true;
    if (!model::check_where(among_.text, places_).predicate) return false;
    const feel::Scope names = model::names_of_rules(places_, model::RuleOf::kFilter);
    return model::compile_rule(among_, places_, names).has_value();
  }

  void look_at_facts_of(const model::Pack& pack) {
    for (const model::FactFile& file : pack.facts) {
      if (file.form != places_.full_id()) continue;
      for (const model::Fact& fact : file.facts) {
        if (fact.fields.is_object()) look_at(fact);
      }
    }
  }

  // Without one of its own it is there whenever another is.
  static Date first_day(const model::Fact& fact) { return fact.from.value_or(Date::min()); }

  bool is_shown(const model::Fact& fact, Date day) const {
    if (!among_.expression) return true;
    const model::GuardFacts facts{.fields = fact.fields, .state = {}, .turn = {}, .today = day};
    return model::judge_rule(places_, among_, facts).is_yes();
  }

  const Json* find_number(const model::Fact& fact, std::string_view key) const {
    const Json* value = fact.fields.as_object().if_contains(text_of(key));
    return value != nullptr && value->is_int64() ? value : nullptr;
  }

  void look_at(const model::Fact& fact) {
    const Path path = {"blocks", index_, "places"};
    const Json* column = find_number(fact, "column");
    const Json* row = find_number(fact, "row");
    if (column == nullptr || row == nullptr) {
      if (!is_shown(fact, first_day(fact))) return;
      draft_.warning("PK-0246", file_, path,
                     {{"place", fact.id},
                      {"form", places_.full_id()},
                      {"column", text_of("column")},
                      {"row", text_of("row")}});
      return;
    }
    const Position at{column->get_int64(), row->get_int64()};
    std::vector<const model::Fact*>& others = taken_[at];
    const auto other = std::find_if(others.begin(), others.end(), [&](const model::Fact* each) {
      return are_together(*each, fact);
    });
    if (other != others.end()) {
      draft_.error("PK-0245", file_, path,
                   {{"column", std::to_string(at.first)},
                    {"row", std::to_string(at.second)},
                    {"first", (*other)->id},
                    {"second", fact.id},
                    {"form", places_.full_id()}});
    }
    others.push_back(&fact);
  }

  // On the day from which the later one is there: what went before it may have ended by then.
  bool are_together(const model::Fact& one, const model::Fact& other) const {
    const Date day = std::max(first_day(one), first_day(other));
    return is_shown(one, day) && is_shown(other, day);
  }

  const Draft& draft_;
  const std::string file_;
  const std::string index_;
  const json::object& block_;
  model::Form places_;
  model::Rule among_;
  std::map<Position, std::vector<const model::Fact*>> taken_;  // the facts that stand there
};

void check_block(const Draft& draft, const std::string& file, std::size_t index,
                 const json::object& block) {
  const Json* name = block.if_contains("form");
  if (name == nullptr || !name->is_string()) return;
  const model::Form* form = draft.packs.find_form(name->get_string());
  if (form == nullptr) return;
  const model::Form* places = find_behind(draft.packs, block, *form, "places");
  if (places != nullptr) MapCheck(draft, file, index, block, *places).run();
}

}  // namespace

void check_maps(const Draft& draft) {
  for (const model::Desk& desk : draft.pack.desks) {
    for (std::size_t i = 0; i < desk.blocks.size(); ++i) {
      const json::object* block = desk.blocks[i].if_object();
      if (block != nullptr) check_block(draft, "desks/" + desk.id + ".yaml", i, *block);
    }
  }
}

}  // namespace zicht::packs::internal
