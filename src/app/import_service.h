// Imports: a file with a table becomes records of a form.
//
//     ZICHT_TRY(seen, imports.look(caller, body));          // columns, guesses, mappings that fit
//     ZICHT_TRY(difference, imports.rehearse(caller, body));   // row by row; nothing is written
//     ZICHT_TRY(done, imports.accept(caller, body, idempotency));   // all of it, or nothing
//
// The file is an upload of the caller (FileService::upload). A dry run reads all of it and says for
// each row whether it makes a record, changes one, leaves it as it is, or has errors. What stands
// out waits for a person, who confirms each by name. Accepting makes the same dry run again and
// writes it in one unit, when it still is what was looked at; each version says from which file,
// line and import it came. Forms about persons take no import.
// Shapes: docs/formats/import.md; decision 0051. Thread-safe; blocks on the store, for seconds with
// many rows. Errors: AP-0300 to AP-0329, those of reading tables, AP-0002, AP-0003, AP-0020.
#pragma once

#include <string>
#include <vector>

#include "app/import_table.h"
#include "app/record_service.h"
#include "packs/import_mapping.h"

namespace zicht::app {

namespace internal {
struct ImportPlan;
}

class ImportService {
 public:
  struct Ports {
    RecordService::Ports records;
    ReadImportTable read_table;  // empty: nothing can be imported (AP-0308)
    std::size_t most_compared = 100'000;  // records of a form; more is AP-0309
  };
  explicit ImportService(Ports ports) : ports_(std::move(ports)) {}

  // {"file", "form", "sheet"?, "header_row"?}
  [[nodiscard]] Result<std::string> look(const Caller& caller, const Json& body);
  // {"file", "mapping", "year"?}
  [[nodiscard]] Result<std::string> rehearse(const Caller& caller, const Json& body);
  // The same body; the problems of its rows as a table for people.
  [[nodiscard]] Result<ExportFile> errors(const Caller& caller, const Json& body,
                                          Language language);
  // The same, with "plan" (of the difference) and "confirmed" (keys of its questions).
  [[nodiscard]] Result<std::string> accept(const Caller& caller, const Json& body,
                                           const Idempotency& idempotency);

  // Mappings of packs and of the caller's organisation, for forms that the caller may write.
  [[nodiscard]] Result<std::string> mappings(const Caller& caller);
  // {"name", "mapping"}, or {"name", "removed": true}. An organisation keeps 100 at most.
  [[nodiscard]] Result<std::string> keep(const Caller& caller, const Json& body);

  // The same for a table that is at hand, such as a file of the command line. `content` is the
  // whole file, `mapping` as in a body.
  struct Given {
    std::string content;
    Json mapping;
    std::optional<std::int64_t> year;
  };
  [[nodiscard]] Result<std::string> rehearse_given(const Caller& caller, const Given& given);
  [[nodiscard]] Result<std::string> accept_given(const Caller& caller, const Given& given,
                                                 const std::string& plan,
                                                 const std::vector<std::string>& confirmed,
                                                 const Idempotency& idempotency);

 private:
  struct Asked;
  Result<Asked> read_asked(const Caller& caller, const Json& body,
                           std::initializer_list<std::string_view> possible) const;
  Result<std::string> content_of(const Caller& caller, const std::string& file) const;
  Result<internal::ImportPlan> plan(const Caller& caller, const Given& given) const;

  Ports ports_;
};

}  // namespace zicht::app
