// Rows of an export: the columns that one caller may see, as people read them.
//
// An uncertain date takes three columns (words, first day, last day); codes and references become
// words; several values are joined by "; ".
#pragma once

#include <string>
#include <vector>

#include "app/access.h"
#include "app/answer.h"
#include "app/internal/body.h"
#include "app/present/record_json.h"
#include "app/rulebook.h"
#include "app/table_sink.h"

namespace zicht::app {

// Names of columns: fields and the engine's own. From the member "columns", else all visible ones.
// A column that is not possible is a problem (AP-0077) that names those that are.
[[nodiscard]] std::vector<std::string> read_columns(internal::Body& body, const model::Form& form,
                                                    const model::RowScope& scope,
                                                    Language language);

class TableRows {
 public:
  // All but the columns outlive it.
  TableRows(const Rulebook& rules, const ActiveForm& form, std::vector<std::string> columns,
            Language language)
      : rules_(rules), form_(form), columns_(std::move(columns)), language_(language) {}

  [[nodiscard]] std::vector<std::string> headings() const;
  // `scope`: what is seen of this row.
  [[nodiscard]] std::vector<Cell> cells(const model::Record& record, const model::RowScope& scope,
                                        const References& references,
                                        const std::string& organisation_name) const;
  // Sentences under the table: the reference date, and the cap when it was reached (else 0).
  [[nodiscard]] std::vector<LocalizedText> notes(Date today, std::int64_t cap) const;

 private:
  void add_field(const model::Record& record, const model::Field& field, bool may_see,
                 const References& references, std::vector<Cell>& cells) const;
  [[nodiscard]] std::string text_of(const model::Field& field, const Json& value,
                                    const References& references) const;
  [[nodiscard]] std::string engine_text(std::string_view column, const model::Record& record,
                                        const std::string& organisation_name) const;

  const Rulebook& rules_;
  const ActiveForm& form_;
  std::vector<std::string> columns_;
  Language language_;
};

}  // namespace zicht::app
