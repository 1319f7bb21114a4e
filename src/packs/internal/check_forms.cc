#include <algorithm>
#include <array>
#include <map>

#include "model/query.h"
#include "model/ranking.h"
#include "packs/internal/checks.h"

namespace zicht::packs::internal {
namespace {

using model::Field;
using model::FieldType;

constexpr std::size_t kMaxColumns = 1000;

class FormCheck {
 public:
  FormCheck(const Draft& draft, const model::Form& form)
      : draft_(draft), form_(form), file_("forms/" + form.id + ".yaml") {}

  void run() {
    check_name();
    check_process();
    check_access();
    check_links();
    check_columns();
    for (const Field& field : form_.fields) {
      check_target(field, {"fields", field.id});
      check_ranking(field);
      for (const Field& inner : field.fields) {
        check_target(inner, {"fields", field.id, "fields", inner.id});
      }
    }
  }

 private:
  void check_name() {
    for (std::size_t i = 0; i < form_.name.size(); ++i) {
      const Path path = {"name", std::to_string(i)};
      const Field* field = form_.find_field(form_.name[i]);
      if (field == nullptr) {
        draft_.unknown("PK-0045", file_, path, form_.name[i], ids_of(form_.fields));
      } else if (field->type == FieldType::kGroup || field->type == FieldType::kReference ||
                 field->type == FieldType::kAttachment || field->is_frozen() ||
                 field->sensitivity > form_.audience ||
                 field->sensitivity >= model::Sensitivity::kConfidential) {  // kept sealed
        draft_.error("PK-0066", file_, path, {{"field", field->id}});
      }
    }
  }

  void check_process() {
    const model::ProcessChoice& choice = form_.process;
    if (!choice.process.empty()) check_process_exists({"process"}, choice.process);
    if (choice.by_field.empty()) return;
    const Field* field = form_.find_field(choice.by_field);
    if (field == nullptr) {
      draft_.unknown("PK-0045", file_, {"process", "by"}, choice.by_field, ids_of(form_.fields));
      return;
    }
    if (field->type != FieldType::kChoice || field->is_many ||
        !field->is_always_required()) {
      draft_.error("PK-0067", file_, {"process", "by"}, {{"field", field->id}});
    }
    const model::List* list = draft_.pack.find_list(field->list);
    for (const auto& [code, process] : choice.by_code) {
      const Path path = {"process", "map", code};
      check_process_exists(path, process);
      if (list != nullptr && list->find_code(code) == nullptr) {
        draft_.unknown("PK-0053", file_, path, code, codes_of(*list));
      }
    }
  }

  void check_process_exists(const Path& path, const std::string& process) {
    if (process.empty() || draft_.pack.find_process(process) != nullptr) return;
    draft_.unknown_file("PK-0042", file_, path, "processes", process,
                        ids_of(draft_.pack.processes));
  }

  void check_access() {
    for (const auto& [role, rules] : form_.access) {
      draft_.check_role(file_, {"access", role}, role);
    }
  }

  void check_links() {
    for (std::size_t i = 0; i < form_.links.size(); ++i) {
      const Path path = {"links", std::to_string(i), "field"};
      const Field* field = form_.find_field(form_.links[i].field);
      if (field == nullptr) {
        draft_.unknown("PK-0045", file_, path, form_.links[i].field, ids_of(form_.fields));
      } else if (field->type != FieldType::kReference) {
        draft_.error("PK-0068", file_, path, {{"field", field->id}});
      }
    }
  }

  // Fields become columns; an uncertain date becomes three.
  void check_columns() {
    std::map<std::string, std::string> owner;
    for (const auto engine : {model::kColumnState, model::kColumnTurn,
                              model::kColumnOrganisation, model::kColumnChanged}) {
      owner.emplace(engine, "");
    }
    for (const Field& field : form_.fields) {
      std::vector<std::string> columns = {field.id};
      if (field.type == FieldType::kUncertainDate) {
        for (const char* end : {"_words", "_first", "_last", "_start", "_length"}) {
          columns.push_back(field.id + end);
        }
      }
      for (const std::string& column : columns) {
        if (owner.emplace(column, field.id).second) continue;
        draft_.error("PK-0072", file_, {"fields", field.id},
                     {{"field", field.id}, {"column", column}});
      }
    }
    if (owner.size() > kMaxColumns) {
      draft_.error("PK-0014", file_, {"fields"},
                   {{"what", LocalizedText{"velden", "fields"}},
                    {"limit", std::to_string(kMaxColumns)}});
    }
  }

  void check_ranking(const Field& field) {
    if (!field.is_sortable || !model::ranks_regions(draft_.packs, form_, field)) return;
    draft_.error("PK-0270", file_, {"fields", field.id, "sortable"}, {{"field", field.id}});
  }

  void check_target(const Field& field, Path path) {
    if (field.type == FieldType::kChoice && !field.list.empty()) {
      path.emplace_back("list");
      check_list(field, path);
    } else if (field.type == FieldType::kReference && !field.form.empty()) {
      path.emplace_back("form");
      check_form(field, path);
    }
  }

  void check_list(const Field& field, const Path& path) {
    const auto parts = model::split_full_id(field.list);
    const std::string_view pack_id = parts ? parts->first : std::string_view(draft_.pack.id);
    const std::string_view list_id = parts ? parts->second : std::string_view(field.list);
    if (!draft_.check_is_needed(file_, path, pack_id)) return;
    const model::PackPtr pack = draft_.packs.active(pack_id);
    if (pack == nullptr) return;  // PK-0050 says so once
    const model::List* list = pack->find_list(list_id);
    if (list == nullptr) {
      draft_.unknown_file("PK-0040", file_, path, "lists", field.list, ids_of(pack->lists));
    } else if (!list->is_verified) {
      draft_.error("PK-0071", file_, path, {{"list", list->id}});
    }
  }

  void check_form(const Field& field, const Path& path) {
    const auto parts = model::split_full_id(field.form);
    if (!parts || !draft_.check_is_needed(file_, path, parts->first)) return;
    const model::PackPtr pack = draft_.packs.active(parts->first);
    if (pack == nullptr || pack->find_form(parts->second) != nullptr) return;
    draft_.unknown_file("PK-0041", file_, path, "forms", field.form, ids_of(pack->forms));
  }

  const Draft& draft_;
  const model::Form& form_;
  const std::string file_;
};

}  // namespace

void check_forms(const Draft& draft) {
  for (const model::Form& form : draft.pack.forms) FormCheck(draft, form).run();
}

void check_lists_and_regimes(const Draft& draft) {
  for (const model::List& list : draft.pack.lists) {
    draft.check_source("lists/" + list.id + ".yaml", {"source"}, list.source);
  }
  for (const auto& [id, regime] : draft.pack.regimes) {
    for (std::size_t i = 0; i < regime.versions.size(); ++i) {
      draft.check_source("regimes/" + id + ".yaml", {"versions", std::to_string(i), "source"},
                         regime.versions[i].source);
    }
  }
}

}  // namespace zicht::packs::internal
