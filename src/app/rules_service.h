// What the rules of a form say of a document that is not stored: of a form that is being filled
// in.
//
//     ZICHT_TRY(told, rules.evaluate(caller, "probe/visit", R"({"fields": {"kind": "call"}})"));
//
// Nothing that is kept is read: what comes in is all that the rules see, and of it only the fields
// that the caller may see. So the answer tells nothing that the caller did not give. Thread-safe,
// does not block.
#pragma once

#include <string>

#include "app/access.h"
#include "app/packs_service.h"
#include "base/clock.h"

namespace zicht::app {

class RulesService {
 public:
  RulesService(const PacksService& packs, const Clock& clock) : packs_(packs), clock_(clock) {}

  // Body {"fields"}: as for a record; what does not fit its field counts as missing, since a form
  // may be half filled in. Gives per field with rules whether it is shown and required, its
  // computed value, what is refused or still open, and why (docs/formats/api.md). Errors: AP-0003
  // for a form that the caller may not fill in (unknown or not), AP-0020.
  [[nodiscard]] Result<std::string> evaluate(const Caller& caller, const std::string& full_form,
                                             const Json& body) const;

 private:
  const PacksService& packs_;
  const Clock& clock_;
};

}  // namespace zicht::app
