// Records as they are now, with what is asked of the persons that they are about: what many look
// for at the same time is read for all of them together (together.h), where asking the database
// means waiting for it.
//
// Of a group the rows of one form come from one question, and so does what is known of all its
// persons; what somebody is to them is asked for each who asks apart.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports.h"
#include "base/clock.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"
#include "store/internal/form_registry.h"
#include "store/internal/record_forms.h"
#include "store/internal/together.h"

namespace zicht::store {

using FormOf = std::function<const model::Form*(std::string_view form)>;

// A record that somebody looks for.
struct RecordLookup {
  // As of app::Store::opened; they outlive it.
  const std::string& id;
  const app::WhoAsks& who;
  const FormOf& form_of;

  FormTablePtr table{};                 // null: there is no such record
  const model::Form* form = nullptr;    // null: nothing is asked of persons
  std::vector<std::string> persons{};
  std::optional<Result<app::OpenedRecord>> found{};
};

// Thread-safe.
class RecordLookups {
 public:
  // All outlive this. `at_once` as of Together.
  RecordLookups(ReadPool& readers, const FormRegistry& forms, DataKeys& keys, const Clock& clock,
                std::size_t at_once)
      : readers_(readers), forms_(forms), keys_(keys), clock_(clock),
        together_(at_once, [this](const std::vector<RecordLookup*>& group) { answer(group); }) {}

  // See app::Store::opened. Errors also: ST-0095.
  Result<app::OpenedRecord> opened(const std::string& id, const app::WhoAsks& who,
                                   const FormOf& form_of);

 private:
  void answer(const std::vector<RecordLookup*>& group);
  Result<void> look_up_guarded(const std::vector<RecordLookup*>& group);
  Result<void> look_up(const std::vector<RecordLookup*>& group);
  Result<void> find_tables(Connection& connection, const std::vector<RecordLookup*>& group);

  ReadPool& readers_;
  const FormRegistry& forms_;
  DataKeys& keys_;
  const Clock& clock_;
  RecordForms record_forms_;
  Together<RecordLookup> together_;
};

}  // namespace zicht::store
