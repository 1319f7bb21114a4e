// The processing register and the pre-DPIA of the active packs, for who answers for them:
// administrators, auditors and privacy officers. Errors: AP-0002 for everybody else, AP-0006 for
// another document, AP-0020. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/access.h"
#include "app/packs_service.h"
#include "app/processing_register.h"
#include "app/record_service.h"

namespace zicht::app {

// "register" or "pre-dpia".
[[nodiscard]] std::optional<ProcessingDocument> find_processing_document(std::string_view name);

class ProcessingService {
 public:
  ProcessingService(PacksService& packs, MakeTableSink make_sink)
      : packs_(packs), make_sink_(std::move(make_sink)) {}

  // {"title", "headings": [...], "rows": [[...]], "notes": [...]}, texts in this language.
  [[nodiscard]] Result<std::string> read(const Caller& caller, std::string_view document,
                                         Language language) const;
  // Body {"format": md, csv or xlsx}.
  [[nodiscard]] Result<ExportFile> export_file(const Caller& caller, std::string_view document,
                                               const Json& body, Language language) const;

 private:
  Result<TextTable> table(const Caller& caller, std::string_view document,
                          Language language) const;

  PacksService& packs_;
  MakeTableSink make_sink_;
};

// The same of any table; "md" is written here, other formats by the sink. Errors: AP-0076.
[[nodiscard]] Result<ExportFile> processing_file(const TextTable& table, std::string_view name,
                                                 std::string_view format,
                                                 const MakeTableSink& make_sink,
                                                 Language language);

}  // namespace zicht::app
