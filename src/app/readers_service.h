// Wie heeft gekeken? The read log for the person whom it is about and for the privacy officer.
//
// A person sees organisation, roles, purpose, action and day, and no names of staff: a name is
// given on a weighed request. A privacy officer sees everything, searches and exports. Both are
// looks themselves and are noted. Thread-safe.
#pragma once

#include <string>

#include "app/access.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/read_log.h"
#include "app/read_recorder.h"
#include "app/record_service.h"

namespace zicht::app {

class ReadersService {
 public:
  struct Ports {
    ReadLog& log;
    ReadRecorder& reads;
    Store& store;
    PacksService& packs;
    Organisations& organisations;
    MakeTableSink make_sink;
  };
  explicit ReadersService(Ports ports) : ports_(std::move(ports)) {}

  // Of the person that the caller is bound to, or for a privacy officer of anybody:
  // {"items": [{"day", "organisation": {id, name}, "roles": [{id, title}], "purpose"?: {id, title},
  // "action", "times"}], "next"?}, newest day first. Errors: AP-0001 for everybody else.
  [[nodiscard]] Result<std::string> readers(const Caller& caller, const std::string& person,
                                            const std::string& cursor);
  // Body {"subject"?, "account"?, "from"?, "to"?: days, "limit"?, "cursor"?}. Errors: AP-0002 for
  // who is no privacy officer, AP-0020.
  [[nodiscard]] Result<std::string> search(const Caller& caller, const Json& body);
  // The same with "format": csv or xlsx; at most 100,000 rows.
  [[nodiscard]] Result<ExportFile> export_rows(const Caller& caller, const Json& body,
                                               Language language);

 private:
  Result<void> note(const Caller& caller, const std::string& subject);

  Ports ports_;
};

}  // namespace zicht::app
