#include "app/internal/import_plan.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

#include "app/internal/body.h"
#include "app/internal/import_lookup.h"
#include "app/internal/import_questions.h"
#include "app/internal/import_values.h"
#include "app/internal/trouble.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/ids.h"
#include "model/validate.h"

namespace zicht::app::internal {
namespace {

// Of no row: of the server, or of who brings them in.
bool is_fatal(const Error& error) { return is_trouble(error) || error.id == "AP-0008"; }

std::vector<Problem> problems_of(Error error) {
  if (!error.problems.empty()) return std::move(error.problems);
  return {{std::move(error.id), "", std::move(error.message), std::move(error.hint)}};
}

const Json* value_in(const Json& fields, const std::string& field) {
  return fields.as_object().if_contains(field);
}

// A column of the mapping beside the file.
struct BoundColumn {
  const packs::ImportColumn* column = nullptr;
  const model::Field* field = nullptr;
  std::size_t index = 0;  // in the file
};

class Planner {
 public:
  Planner(const RecordService::Ports& ports, const Caller& caller, const PlanWish& wish)
      : ports_(ports),
        caller_(caller),
        wish_(wish),
        form_(*wish.form.form),
        packs_(wish.rules->packs),
        scope_(read_scope(*wish.rules, caller, form_.full_id())),
        with_{ports.store, *wish.rules, caller, wish.most_compared},
        named_(with_),
        look_up_([this](const std::string& form, const std::string& match,
                        const std::string& name) { return named_.find(form, match, name); }),
        reader_(wish.mapping, packs_, form_, look_up_) {}

  Result<ImportPlan> run() {
    ZICHT_CHECKED(bind());
    ZICHT_CHECKED(resolve_fixed());
    ZICHT_CHECKED(read_known());
    plan_.form = wish_.form;
    plan_.rows.reserve(wish_.table.rows.size());
    for (const ImportRow& row : wish_.table.rows) {
      ZICHT_TRY(planned, plan_row(row));
      count(planned);
      plan_.rows.push_back(std::move(planned));
    }
    plan_.questions =
        questions_of({form_, wish_.mapping.ask, wish_.year, wish_.today, plan_, facts_,
                      missing()});
    ZICHT_TRY(id, identity());
    plan_.id = std::move(id);
    return std::move(plan_);
  }

 private:
  // Which column of the file fills which field, of those that the caller may fill in.
  Result<void> bind() {
    std::vector<Problem> problems;
    const model::RowScope writing = writing_scope(*wish_.rules, caller_, form_.full_id());
    const auto& columns = wish_.table.columns;
    std::set<std::size_t> used;
    std::size_t number = 0;
    for (const packs::ImportColumn& each : wish_.mapping.columns) {
      const std::string where = "/mapping/columns/" + std::to_string(number++);
      const auto found = std::find(columns.begin(), columns.end(), each.column);
      const model::Field* field = form_.find_field(each.field);
      if (found == columns.end()) {
        problems.push_back(make_problem("AP-0306", where + "/column",
                                        {{"column", each.column}, {"columns", joined(columns)}}));
      } else if (field == nullptr || !sees_field(writing, *field)) {
        problems.push_back(make_problem("AP-0302", where + "/field", {{"field", each.field}}));
      } else {
        const auto index = static_cast<std::size_t>(found - columns.begin());
        used.insert(index);
        bound_.push_back({&each, field, index});
      }
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!used.contains(i)) plan_.unused_columns.push_back(columns[i]);
    }
    return problems.empty() ? Result<void>() : Result<void>(body_error(std::move(problems)));
  }

  static std::string joined(const std::vector<std::string>& names) {
    constexpr std::size_t kMost = 30;
    std::string all;
    for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) {
      all += (i == 0 ? "" : ", ") + names[i];
    }
    return names.size() > kMost ? all + ", …" : all;
  }

  // The fixed values in the shape of their fields; fact(pack/id) as the record that it became.
  Result<void> resolve_fixed() {
    std::vector<Problem> problems;
    for (const auto& member : wish_.mapping.fixed) {
      const model::Field& field = *form_.find_field(member.key());
      Json value = member.value();
      if (value.is_string() && field.type == model::FieldType::kReference) {
        ZICHT_TRY(record, record_of(std::string(value.get_string())));
        value = std::move(record);
      }
      auto checked = model::validate_value(form_, packs_, field, value, wish_.today);
      for (Problem& problem : checked.problems) {
        problem.where = "/mapping/fixed/" + field.id;
        problems.push_back(std::move(problem));
      }
      fixed_[field.id] = std::move(checked.fields);
    }
    return problems.empty() ? Result<void>() : Result<void>(body_error(std::move(problems)));
  }

  Result<std::string> record_of(std::string value) const {
    constexpr std::string_view kOpen = "fact(";
    if (!value.starts_with(kOpen) || !value.ends_with(')')) return value;
    std::string key = value.substr(kOpen.size(), value.size() - kOpen.size() - 1);
    if (key.find('/') == std::string::npos) key = form_.pack + "/" + key;
    ZICHT_TRY(known, ports_.store.records_of_facts());
    const auto found = known.find(key);
    return found == known.end() ? value : found->second;
  }

  // The fixed values that are in the key choose the rows that the file can be about.
  Result<void> read_known() {
    json::object chosen;
    for (const std::string& field : wish_.mapping.key) {
      if (const Json* value = fixed_.if_contains(field)) chosen[field] = *value;
    }
    ZICHT_TRY(records, all_records(with_, form_, chosen));
    known_ = std::move(records);
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const Json fields = seen_of(known_[i]);
      if (auto key = key_of(fields)) by_key_[*std::move(key)].push_back(i);
    }
    return {};
  }

  Json seen_of(const model::Record& record) const {
    return visible_part(scope_of_row(record), form_, record).fields;
  }
  model::RowScope scope_of_row(const model::Record& record) const {
    return scope_.in_row(record.organisation, {}, record.id);
  }

  std::optional<std::string> key_of(const Json& fields) const {
    std::string key;
    for (const std::string& field : wish_.mapping.key) {
      const Json* value = value_in(fields, field);
      if (value == nullptr || value->is_null()) return std::nullopt;
      key += key_part(*form_.find_field(field), *value) + kBetweenParts;
    }
    return key;
  }

  Result<PlannedRow> plan_row(const ImportRow& row) {
    PlannedRow planned;
    planned.line = row.line;
    ZICHT_TRY(given, read_fields(row, planned));
    if (!planned.problems.empty()) return planned;
    const auto key = key_of(given);
    if (!key) {
      refuse_without_key(given, planned);
      return planned;
    }
    const auto [first, is_new] = lines_.emplace(*key, row.line);
    if (!is_new) {
      planned.problems.push_back(
          make_problem("AP-0319", "", {{"line", std::to_string(first->second)}}));
      return planned;
    }
    facts_.note_years(form_, wish_.mapping.ask.year_field, given);
    const auto known = by_key_.find(*key);
    if (known == by_key_.end()) return plan_new(std::move(given), std::move(planned));
    if (known->second.size() > 1) {
      planned.problems.push_back(make_problem("AP-0320", ""));
      return planned;
    }
    found_.insert(known->second.front());
    return plan_known(known_[known->second.front()], given, std::move(planned));
  }

  // What the row says, in the shape of the fields; an empty cell that empties its field is null.
  Result<Json> read_fields(const ImportRow& row, PlannedRow& planned) const {
    json::object given = fixed_;
    for (const BoundColumn& each : bound_) {
      ZICHT_TRY(read, reader_.value(*each.column, *each.field, row.cells[each.index]));
      for (Problem& problem : read.problems) planned.problems.push_back(std::move(problem));
      if (!read.problems.empty()) continue;
      if (!read.value) {
        if (each.column->clears) given[each.field->id] = nullptr;
        continue;
      }
      auto checked =
          model::validate_value(form_, packs_, *each.field, *read.value, wish_.today);
      for (Problem& problem : checked.problems) planned.problems.push_back(std::move(problem));
      given[each.field->id] = std::move(checked.fields);
    }
    return Json(std::move(given));
  }

  void refuse_without_key(const Json& given, PlannedRow& planned) const {
    for (const std::string& id : wish_.mapping.key) {
      const Json* value = value_in(given, id);
      if (value != nullptr && !value->is_null()) continue;
      const model::Field& field = *form_.find_field(id);
      planned.problems.push_back(
          make_problem("AP-0318", "/fields/" + id, {{"field", field.label}}));
    }
  }

  Result<PlannedRow> plan_new(Json given, PlannedRow planned) {
    json::object fields;
    for (auto& member : given.get_object()) {
      if (member.value().is_null()) continue;
      planned.changes.push_back({member.key(), nullptr, member.value()});
      fields.emplace(member.key(), std::move(member.value()));
    }
    const json::object body{{"form", form_.full_id()}, {"fields", std::move(fields)}};
    const Origin origin{caller_.organisation, PublicId::random(ports_.rng).to_string()};
    return take_draft(draft_create(ports_, caller_, body, origin), RowOutcome::kNew,
                      std::move(planned));
  }

  Result<PlannedRow> plan_known(const model::Record& record, const Json& given,
                                PlannedRow planned) {
    planned.record = record.id;
    planned.version = record.version;
    planned.title = record.title;
    const Json before = seen_of(record);
    json::object fields = before.get_object();
    for (const auto& member : given.get_object()) {
      note_change(*form_.find_field(member.key()), member.value(), fields, planned);
    }
    if (planned.changes.empty()) {
      planned.outcome = RowOutcome::kSame;
      return planned;
    }
    if (record.organisation != caller_.organisation) {
      planned.problems.push_back(make_problem("AP-0321", ""));
      return planned;
    }
    facts_.note_numbers(form_, planned, wish_.mapping.ask.factor);
    FoundRecord found{wish_.rules, wish_.form, scope_of_row(record), record};
    const json::object body{{"fields", std::move(fields)}, {"reason", "import"}};
    return take_draft(draft_change(ports_, caller_, std::move(found), body), RowOutcome::kChanged,
                      std::move(planned));
  }

  static void note_change(const model::Field& field, const Json& after, json::object& fields,
                          PlannedRow& planned) {
    const Json* before = fields.if_contains(field.id);
    const Json was = before == nullptr ? Json(nullptr) : *before;
    const bool is_same_window = field.type == model::FieldType::kUncertainDate &&
                                was.is_object() && after.is_object() &&
                                key_part(field, was) == key_part(field, after);
    if (was == after || is_same_window) return;
    planned.changes.push_back({field.id, was, after});
    if (after.is_null()) {
      fields.erase(field.id);
    } else {
      fields[field.id] = after;
    }
  }

  static Result<PlannedRow> take_draft(Result<Draft> draft, RowOutcome outcome,
                                       PlannedRow planned) {
    if (draft) {
      planned.outcome = outcome;
      planned.title = draft->after.title;
      planned.draft = *std::move(draft);
      return planned;
    }
    if (is_fatal(draft.error())) return std::move(draft).error();
    planned.problems = problems_of(std::move(draft).error());
    return planned;
  }

  void count(const PlannedRow& row) {
    PlanCounts& counts = plan_.counts;
    switch (row.outcome) {
      case RowOutcome::kNew: ++counts.created; break;
      case RowOutcome::kChanged: ++counts.changed; break;
      case RowOutcome::kSame: ++counts.same; break;
      case RowOutcome::kError: ++counts.errors; break;
    }
  }

  // Records of the own organisation that the file could have had; where a year is asked, those of
  // the years that are in the file.
  std::int64_t missing() const {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (found_.contains(i) || known_[i].organisation != caller_.organisation) continue;
      const Json fields = seen_of(known_[i]);
      if (!key_of(fields)) continue;
      const auto year = year_of(form_, wish_.mapping.ask.year_field, fields);
      if (year && !facts_.lines_by_year.contains(*year)) continue;
      ++count;
    }
    return count;
  }

  // What the words of the file became is in it: the name of a record or the code of a list may
  // mean another one by the time that somebody accepts, while no row is at another version.
  Result<std::string> identity() const {
    Hasher hasher;
    hasher.add(wish_.identity).add(wish_.form.pack->hash).add(wish_.today.to_string());
    for (const PlannedRow& row : plan_.rows) {
      hasher.add_u64(row.line).add(name_of(row.outcome)).add(row.record);
      hasher.add_u64(static_cast<std::uint64_t>(row.version));
      ZICHT_TRY(changes, changes_of(row));
      hasher.add_u64(changes.size()).add(changes);
    }
    for (const Question& question : plan_.questions) {
      hasher.add_u64(question.key.size()).add(question.key).add(question.problem.message.en);
    }
    const PlanCounts& counts = plan_.counts;
    return std::to_string(counts.created) + "-" + std::to_string(counts.changed) + "-" +
           std::to_string(counts.same) + "-" + hasher.finish().to_string().substr(0, 32);
  }

  static Result<std::string> changes_of(const PlannedRow& row) {
    json::array changes;
    for (const FieldChange& each : row.changes) {
      changes.push_back(json::array{each.field, each.before, each.after});
    }
    return canonical_json(changes);
  }

  const RecordService::Ports& ports_;
  const Caller& caller_;
  const PlanWish& wish_;
  const model::Form& form_;
  const model::PackSet& packs_;
  const model::RowScope scope_;
  const Comparison with_;
  NamedRecords named_;
  const LookUpRecords look_up_;
  const CellReader reader_;
  ImportPlan plan_;
  std::vector<BoundColumn> bound_;
  json::object fixed_;
  std::vector<model::Record> known_;
  std::map<std::string, std::vector<std::size_t>> by_key_;  // places in known_
  std::set<std::size_t> found_;                             // that the file has too
  std::map<std::string, std::uint32_t> lines_;              // of keys in the file
  OddFacts facts_;
};

}  // namespace

std::string_view name_of(RowOutcome outcome) {
  switch (outcome) {
    case RowOutcome::kNew: return "new";
    case RowOutcome::kChanged: return "changed";
    case RowOutcome::kSame: return "same";
    case RowOutcome::kError: break;
  }
  return "error";
}

Result<ImportPlan> make_plan(const RecordService::Ports& ports, const Caller& caller,
                             const PlanWish& wish) {
  return Planner(ports, caller, wish).run();
}

}  // namespace zicht::app::internal
