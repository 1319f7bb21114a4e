// The forms that a store knows: every version by the hash of its pack, and per form the one table
// that all versions share.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/pack.h"
#include "store/internal/form_table.h"

namespace zicht::store {

// A form as one pack version has it: what a row written under it looks like.
struct FormVersion {
  model::Form form;
  FormTable table;

  // A person's records have keys of their own.
  bool is_about_person() const { return form.subject == "person"; }
};
using FormVersionPtr = std::shared_ptr<const FormVersion>;
using FormTablePtr = std::shared_ptr<const FormTable>;

// Thread-safe.
class FormRegistry {
 public:
  // The tables of the pack's forms as they will be once it is added.
  std::vector<FormTablePtr> tables_with(const model::Pack& pack) const;
  // Adding the same version again changes nothing. Requires: the tables are there, for from now
  // on rows are copied with all columns.
  void add(const model::Pack& pack);

  // Errors: ST-0014 when that version was never added.
  Result<FormVersionPtr> version(std::string_view pack_hash, std::string_view form) const;
  // All fields of all versions. Errors: ST-0015 for an unknown form.
  Result<FormTablePtr> table(std::string_view form) const;
  std::vector<FormTablePtr> tables() const;

 private:
  FormTablePtr table_with(const model::Form& form) const;

  mutable std::shared_mutex mutex_;
  std::map<std::string, FormVersionPtr, std::less<>> versions_;  // by hash + ":" + form
  std::map<std::string, FormTablePtr, std::less<>> tables_;
};

// Makes the tables of these forms, or adds the columns and indexes that are missing, in an open
// transaction. With `with_indexes` false the indexes are left for later.
// Errors: ST-0016 when two fields of a form need the same column.
Result<void> create_form_tables(Connection& connection, const std::vector<FormTablePtr>& tables,
                                bool with_indexes);
Result<void> create_form_indexes(Connection& connection, const FormTable& table);

}  // namespace zicht::store
