#include <algorithm>

#include "dmn/engine.h"
#include "model/query.h"
#include "packs/internal/blocks.h"
#include "packs/internal/checks.h"
#include "packs/terms.h"

namespace zicht::packs::internal {
namespace {

bool is_engine_column(std::string_view name) {
  return name == model::kColumnState || name == model::kColumnTurn ||
         name == model::kColumnOrganisation || name == model::kColumnChanged;
}

class BlockCheck {
 public:
  BlockCheck(const Draft& draft, const model::Desk& desk, std::size_t index,
             const json::object& block)
      : draft_(draft),
        file_("desks/" + desk.id + ".yaml"),
        index_(index),
        desk_(desk),
        block_(block) {}

  void run() {
    const Json* kind_name = block_.if_contains("kind");
    const Json* form_name = block_.if_contains("form");
    if (kind_name == nullptr || form_name == nullptr || !form_name->is_string()) return;
    const BlockKind* kind = find_block_kind(kind_name->get_string());
    const model::Form* form = find_form(form_name->get_string());
    if (kind == nullptr || form == nullptr) return;
    check_where(*form, "where");
    for (const BlockSlot& slot : kind->slots) {
      // What does not lead to a form is told at the key that should.
      const model::Form* of =
          slot.of.empty() ? form : find_behind(draft_.packs, block_, *form, slot.of);
      if (of != nullptr) {
        check_slot(*of, slot);
      } else if (slot.wants == Wants::kCondition) {
        check_leads(*kind, *form, slot);
      }
    }
  }

 private:
  Path path(std::string_view key) const {
    return {"blocks", std::to_string(index_), std::string(key)};
  }

  // Forms of packs outside `needs` are looked at when that pack happens to be at hand.
  const model::Form* find_form(std::string_view full_id) {
    const auto parts = model::split_full_id(full_id);
    const model::PackPtr pack = parts ? draft_.packs.active(parts->first) : nullptr;
    if (pack == nullptr) return nullptr;
    const model::Form* form = pack->find_form(parts->second);
    if (form == nullptr) {
      draft_.unknown_file("PK-0041", file_, path("form"), "forms", full_id, ids_of(pack->forms));
    }
    return form;
  }

  // A condition on records asks for a field that leads to records, also where another would do.
  void check_leads(const BlockKind& kind, const model::Form& form, const BlockSlot& slot) {
    const Json* name = block_.if_contains(slot.of);
    if (!block_.contains(slot.key) || name == nullptr || !name->is_string()) return;
    const model::Field* field = form.find_field(name->get_string());
    const auto of = std::find_if(kind.slots.begin(), kind.slots.end(),
                                 [&](const BlockSlot& each) { return each.key == slot.of; });
    if (field == nullptr || !fits(of->wants, *field) || fits(Wants::kPlace, *field)) return;
    draft_.error("PK-0111", file_, path(slot.key),
                 {{"field", field->id},
                  {"key", std::string(slot.of)},
                  {"expected", words_for(Wants::kPlace)}});
  }

  void check_where(const model::Form& form, std::string_view key) {
    const Json* text = block_.if_contains(key);
    if (text == nullptr || !text->is_string()) return;
    static_cast<void>(draft_.check_where(file_, path(key), text->get_string(), form));
  }

  void check_slot(const model::Form& form, const BlockSlot& slot) {
    const Json* value = block_.if_contains(slot.key);
    if (value == nullptr) return;
    if (slot.wants == Wants::kCondition) return check_where(form, slot.key);
    if (slot.wants == Wants::kDeadline) return check_deadline(form, *value);
    if (slot.wants == Wants::kIndicator) return check_indicator(form, *value);
    if (slot.wants == Wants::kDimension) return check_dimension(*value);
    if (slot.wants == Wants::kModel) return check_model(form, *value);
    if (slot.wants == Wants::kDecision) return check_decisions(*value);
    if (slot.wants == Wants::kInterview) return check_after(*value);
    if (slot.wants == Wants::kInput) return check_takes(*value);
    if (slot.wants == Wants::kForm) return check_form(form, slot.key, *value);
    if (!slot.is_list) {
      if (value->is_string()) check_field(form, slot, value->get_string(), path(slot.key));
      return;
    }
    const json::array* names = value->if_array();
    if (names == nullptr) return;
    if (slot.wants == Wants::kCoded) check_outcomes(*names);
    for (std::size_t i = 0; i < names->size(); ++i) {
      if (!(*names)[i].is_string()) continue;
      Path at = path(slot.key);
      at.push_back(std::to_string(i));
      check_field(form, slot, (*names)[i].get_string(), at);
    }
  }

  void check_field(const model::Form& form, const BlockSlot& slot, std::string_view name,
                   const Path& at) {
    if (slot.is_list && is_engine_column(name)) return;
    const model::Field* field = form.find_field(name);
    if (field == nullptr) {
      draft_.unknown("PK-0045", file_, at, name, ids_of(form.fields));
    } else if (!fits(slot.wants, *field) ||
               (slot.wants == Wants::kPrevious && field->form != form.full_id())) {
      draft_.error("PK-0111", file_, at,
                   {{"field", field->id},
                    {"key", std::string(slot.key)},
                    {"expected", words_for(slot.wants)}});
    }
  }

  // What a block counts is of its form, so that who may read the one may ask the other.
  void check_indicator(const model::Form& form, const Json& value) {
    const model::PackPtr pack = draft_.packs.active(form.pack);
    if (!value.is_string()) return;
    const auto parts = model::split_full_id(std::string_view(value.get_string()));
    indicator_ = parts && parts->first == form.pack ? pack->find_indicator(parts->second) : nullptr;
    // A form that is not there is told with the indicator.
    if (indicator_ != nullptr && (indicator_->form == form.id ||
                                  pack->find_form(indicator_->form) == nullptr)) {
      return;
    }
    indicator_ = nullptr;
    std::vector<std::string> known;
    for (const model::Indicator& indicator : pack->indicators) {
      if (indicator.form == form.id) known.push_back(indicator.id);
    }
    draft_.unknown("PK-0112", file_, path("indicator"),
                   parts ? std::string_view(parts->second) : value.get_string(), known);
  }

  void check_dimension(const Json& value) {
    if (indicator_ == nullptr || !value.is_string()) return;
    const std::vector<std::string> known = ids_of(indicator_->dimensions);
    const std::string name(value.get_string());
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    draft_.unknown("PK-0113", file_, path("by"), name, known);
  }

  // A model that is there but cannot be used has told why.
  void check_model(const model::Form& form, const Json& value) {
    const model::PackPtr pack = draft_.packs.active(form.pack);
    if (!value.is_string()) return;
    const std::string name(value.get_string());
    model_ = pack->find_model(name);
    if (model_ != nullptr || pack->files.contains("rules/" + name + ".dmn")) return;
    draft_.unknown("PK-0191", file_, path("model"), name, ids_of(pack->models));
  }

  void check_decisions(const Json& value) {
    const json::array* names = value.if_array();
    if (model_ == nullptr || names == nullptr) return;
    std::vector<std::string> known;
    for (const auto& decision : model_->engine->decisions()) known.push_back(decision.name);
    for (std::size_t i = 0; i < names->size(); ++i) {
      if (!(*names)[i].is_string()) continue;
      const std::string name((*names)[i].get_string());
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      Path at = path("decisions");
      at.push_back(std::to_string(i));
      draft_.error("PK-0192", file_, at,
                   {{"model", model_->id}, {"name", name}, {"known", suggestion(name, known)}});
    }
  }

  // One field for each decision, in their order.
  void check_outcomes(const json::array& fields) {
    const Json* decisions = block_.if_contains("decisions");
    const json::array* names = decisions == nullptr ? nullptr : decisions->if_array();
    if (names == nullptr || fields.size() <= names->size()) return;
    draft_.error("PK-0263", file_, path("outcomes"),
                 {{"count", std::to_string(names->size())}});
  }

  void tell_missing(const std::string& key, std::string_view beside) {
    draft_.error("PK-0021", file_, path(beside), {{"key", key}});
  }

  // An outcome is taken from another interview, as an input of this one: both or neither are named.
  void check_after(const Json& value) {
    if (!block_.contains("takes")) tell_missing("takes", "after");
    if (!value.is_string()) return;
    std::vector<std::string> known;
    for (const Json& other : desk_.blocks) {
      const json::object* block = other.if_object();
      if (block == nullptr || block == &block_) continue;
      const Json* kind = block->if_contains("kind");
      const Json* id = block->if_contains("id");
      if (kind == nullptr || id == nullptr || !id->is_string() || *kind != "interview") continue;
      known.emplace_back(id->get_string());
    }
    const std::string name(value.get_string());
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    draft_.error("PK-0030", file_, path("after"),
                 {{"name", "after"}, {"value", name}, {"known", suggestion(name, known)}});
  }

  void check_takes(const Json& value) {
    if (!block_.contains("after")) tell_missing("after", "takes");
    if (model_ == nullptr || !value.is_string()) return;
    std::vector<std::string> known;
    for (const auto& decision : model_->engine->decisions()) {
      const auto inputs = model_->engine->inputs_of(dmn::TargetKind::kDecision, decision.name);
      for (const auto& input : inputs) known.push_back(input.name);
    }
    const std::string name(value.get_string());
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    draft_.error("PK-0195", file_, path("takes"),
                 {{"what", LocalizedText{"De invoer", "The input"}},
                  {"name", name},
                  {"known", suggestion(name, known)}});
  }

  void check_form(const model::Form& form, std::string_view key, const Json& value) {
    const model::PackPtr pack = draft_.packs.active(form.pack);
    if (!value.is_string() || pack->find_form(value.get_string()) != nullptr) return;
    draft_.unknown_file("PK-0041", file_, path(key), "forms", value.get_string(),
                        ids_of(pack->forms));
  }

  void check_deadline(const model::Form& form, const Json& value) {
    if (!value.is_string()) return;
    const model::PackPtr pack = draft_.packs.active(form.pack);
    std::vector<std::string> known;
    for (const model::Process& process : pack->processes) {
      const auto& by_code = form.process.by_code;
      const bool is_used =
          process.id == form.process.process ||
          std::any_of(by_code.begin(), by_code.end(),
                      [&](const auto& entry) { return entry.second == process.id; });
      if (!is_used) continue;
      for (const model::DeadlineRule& rule : process.deadlines) known.push_back(rule.id);
    }
    const std::string name(value.get_string());
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    draft_.unknown("PK-0048", file_, path("deadline"), name, known);
  }

  const Draft& draft_;
  const std::string file_;
  const std::size_t index_;
  const model::Desk& desk_;
  const json::object& block_;
  const model::Indicator* indicator_ = nullptr;  // of the block
  const model::DecisionModel* model_ = nullptr;  // likewise
};

// The form that every page offers, and the field of it that says which page it was.
void check_offer(const Draft& draft) {
  const std::string file = "pack.yaml";
  const PackTerms terms = terms_of(draft.pack);
  if (terms.from_anywhere.empty()) {
    if (!terms.page_field.empty()) {
      draft.error("PK-0021", file, {"page_field"}, {{"key", "from_anywhere"}});
    }
    return;
  }
  const model::Form* form = draft.pack.find_form(terms.from_anywhere);
  if (form == nullptr) {
    draft.unknown_file("PK-0041", file, {"from_anywhere"}, "forms", terms.from_anywhere,
                       ids_of(draft.pack.forms));
    return;
  }
  if (terms.page_field.empty()) return;
  const model::Field* field = form->find_field(terms.page_field);
  if (field == nullptr) {
    draft.unknown("PK-0045", file, {"page_field"}, terms.page_field, ids_of(form->fields));
  } else if (field->type != model::FieldType::kText || field->is_many) {
    draft.error("PK-0111", file, {"page_field"},
                {{"field", field->id},
                 {"key", "page_field"},
                 {"expected", LocalizedText{"een veld van type text zonder many",
                                            "a field of type text without many"}}});
  }
}

}  // namespace

void check_desks(const Draft& draft) {
  check_offer(draft);
  for (const model::Desk& desk : draft.pack.desks) {
    for (std::size_t i = 0; i < desk.blocks.size(); ++i) {
      const json::object* block = desk.blocks[i].if_object();
      if (block != nullptr) BlockCheck(draft, desk, i, *block).run();
    }
  }
}

}  // namespace zicht::packs::internal
