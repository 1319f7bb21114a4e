// Names to choose from in a field of type account or organisation: who works here, and for whom.
//
//     ZICHT_TRY(found, names.search(caller, R"({"form": "probe/assignment", "field": "holder"})"));
//
// Tells names of staff to who may fill in such a field and to nobody else. Accounts that are bound
// to a record of a person (clients, parents) are never told. Thread-safe; blocks on the store.
#pragma once

#include <string>

#include "app/access.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/ports.h"

namespace zicht::app {

class NameService {
 public:
  NameService(Store& store, const PacksService& packs, Organisations& organisations)
      : store_(store), packs_(packs), organisations_(organisations) {}

  // Body {"form", "field", "text"?}: every word of the text begins a word of the name. Gives
  // {"items": [{"id", "name", "organisation"?: {id, name}}]}, by name, at most 20: active accounts
  // with a role in the form's pack, or organisations.
  // Errors: AP-0004 for a visitor, AP-0003 for a form that the caller may not fill in (unknown or
  // not), AP-0020 with AP-0089 for a field in which no names are chosen.
  [[nodiscard]] Result<std::string> search(const Caller& caller, const Json& body);

 private:
  Store& store_;
  const PacksService& packs_;
  Organisations& organisations_;
};

}  // namespace zicht::app
