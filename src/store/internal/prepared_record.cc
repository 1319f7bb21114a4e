#include "store/internal/prepared_record.h"

#include <algorithm>
#include <utility>

#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::store {
namespace {

// Longer words are found by their beginning; more words than this are no search any more.
constexpr std::size_t kTermBytes = 40;
constexpr std::size_t kTermsPerRecord = 3000;
constexpr std::string_view kTaskOfState = "state:";

std::string cut_term(std::string term) {
  if (term.size() <= kTermBytes) return term;
  std::size_t length = kTermBytes;
  while ((static_cast<unsigned char>(term[length]) & 0xC0) == 0x80) --length;
  term.resize(length);
  return term;
}

void add_terms(const std::string& field, const Json& value, std::vector<SearchTerm>& terms) {
  if (const json::array* items = value.if_array()) {
    for (const Json& item : *items) add_terms(field, item, terms);
  } else if (const json::string* text = value.if_string()) {
    for (std::string& word : fold_for_search(*text)) {
      terms.push_back({.term = cut_term(std::move(word)), .field = field});
    }
  } else if (const json::object* parts = value.if_object()) {
    for (const auto& [key, part] : *parts) add_terms(field, part, terms);
  }
}

void tidy_terms(std::vector<SearchTerm>& terms) {
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  if (terms.size() > kTermsPerRecord) terms.resize(kTermsPerRecord);
}

Result<void> add_children(std::size_t index, const FieldColumns& kept, const Json* value,
                          std::vector<ChildItem>& children) {
  if (value == nullptr) return {};
  if (!value->is_array()) return make_error("ST-0013", {{"field", kept.field.id}});
  std::int64_t position = 0;
  for (const Json& item : value->get_array()) {
    ZICHT_TRY(cell, cell_of(kept.field, item));
    children.push_back({.field = index, .position = ++position, .value = std::move(cell)});
  }
  return {};
}

Cell member(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  return std::string(value->get_string());
}

// In the order of kWindowColumns; without days where only words are known.
void add_window(const json::object& window, std::vector<Cell>& cells) {
  for (const char* key : {"words", "first", "last"}) cells.push_back(member(window, key));
  const auto day = [](const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    return Date::parse(text == nullptr ? std::string_view() : *text);
  };
  const auto first = day(cells[cells.size() - 2]), last = day(cells.back());
  if (first.has_value() && last.has_value()) {
    cells.emplace_back(std::int64_t{first->days_since_epoch()});
    cells.emplace_back(window_class(days_between(*first, *last)));
  } else {
    cells.resize(cells.size() + 2);
  }
}

Result<void> add_cells(const FieldColumns& kept, const Json* value, std::vector<Cell>& cells) {
  if (value == nullptr) {
    cells.resize(cells.size() + kept.columns.size());
    return {};
  }
  if (kept.columns.size() == 1) {
    ZICHT_TRY(cell, cell_of(kept.field, *value));
    cells.push_back(std::move(cell));
    return {};
  }
  if (!value->is_object()) return make_error("ST-0013", {{"field", kept.field.id}});
  add_window(value->get_object(), cells);
  return {};
}

// What is sealed apart from what is not.
Result<void> split_sealed(const FormTable& table, json::object& open, PreparedRecord& prepared) {
  json::object sealed;
  // Reasons and keys of requests are read from the journal alone.
  open.erase("idempotency");
  open.erase("reason");
  json::object& fields = open["fields"].as_object();
  for (const FieldColumns& kept : table.fields()) {
    if (!kept.is_sealed) continue;
    const auto found = fields.find(kept.field.id);
    if (found == fields.end()) continue;
    sealed.emplace(found->key(), found->value());
    fields.erase(found);
  }
  ZICHT_TRY(document, canonical_json(open));
  prepared.document = std::move(document);
  if (sealed.empty()) return {};
  ZICHT_TRY(text, canonical_json(sealed));
  prepared.sealed_fields = std::move(text);
  return {};
}

void add_position(PreparedRecord& prepared) {
  for (const model::Task& task : prepared.record.tasks) {
    if (prepared.turn.empty() && task.key.starts_with(kTaskOfState)) prepared.turn = task.role;
  }
  for (const model::Deadline& deadline : prepared.record.deadlines) {
    if (!deadline.next) continue;
    if (!prepared.next_look || *deadline.next < *prepared.next_look) {
      prepared.next_look = deadline.next;
    }
  }
}

}  // namespace

Result<PreparedRecord> prepare_record(const FormRegistry& forms, Json payload,
                                      model::Record record) {
  ZICHT_TRY(version, forms.version(record.pack_hash, record.form));
  const FormTable& table = version->table;
  PreparedRecord prepared;
  if (!record.fields.is_object()) return make_error("ST-0013", {{"field", "fields"}});
  const json::object& fields = record.fields.get_object();
  for (std::size_t index = 0; index < table.fields().size(); ++index) {
    const FieldColumns& kept = table.fields()[index];
    if (kept.is_sealed) continue;
    const Json* value = fields.if_contains(kept.field.id);
    if (kept.is_many()) {
      ZICHT_CHECKED(add_children(index, kept, value, prepared.children));
    } else {
      ZICHT_CHECKED(add_cells(kept, value, prepared.cells));
    }
    if (kept.field.is_searchable && value != nullptr) {
      add_terms(kept.field.id, *value, prepared.terms);
    }
  }
  tidy_terms(prepared.terms);
  ZICHT_CHECKED(split_sealed(table, payload.as_object(), prepared));
  prepared.persons = person_rows_of(version->form, record);
  prepared.version = std::move(version);
  prepared.record = std::move(record);
  add_position(prepared);
  prepared.record.fields = nullptr;
  return prepared;
}

}  // namespace zicht::store
