// The decision models of packs: which there are, one to read, and one decision to try.
//
//     ZICHT_TRY(page, models.read("supervision", "ladder"));
//     ZICHT_TRY(answer, models.evaluate("supervision", "ladder",
//                                       R"({"decision": "Next", "inputs": {"Level": 2}})"));
//
// What a pack says is public, so is asking its models, at once or question by question. Trying
// reads nothing that is kept and keeps nothing: what comes in is all that the model sees, and
// nothing of it goes into a log. Thread-safe, does not block.
#pragma once

#include <string>

#include "app/heavy_places.h"
#include "app/packs_service.h"
#include "base/clock.h"

namespace zicht::app {

class ModelsService {
 public:
  ModelsService(const PacksService& packs, const Clock& clock, HeavyPlaces& places)
      : packs_(packs), clock_(clock), places_(places) {}

  // docs/formats/api.md has the shapes. Errors: AP-0200 no such pack, AP-0032 one that cannot be
  // read, AP-0201 no such model.
  [[nodiscard]] Result<std::string> list(const std::string& pack) const;
  [[nodiscard]] Result<std::string> read(const std::string& pack, const std::string& model) const;

  // Body {"decision", "inputs", "explain"?}. Errors: those of read, DM-0050 no such decision,
  // AP-0020 with DM-0051 to DM-0053 for inputs that do not fit, AP-0172 for a question that takes
  // more than a moment while enough of those are answered. A budget that is spent is an outcome:
  // it cannot be determined.
  [[nodiscard]] Result<std::string> evaluate(const Caller& caller, const std::string& pack,
                                             const std::string& model, const Json& body) const;

  // One step of an interview: body as of evaluate, with the answers so far as inputs; null is "not
  // known". The next question, or the end. Errors: those of evaluate.
  [[nodiscard]] Result<std::string> interview(const Caller& caller, const std::string& pack,
                                              const std::string& model, const Json& body) const;

 private:
  const PacksService& packs_;
  const Clock& clock_;
  HeavyPlaces& places_;
};

}  // namespace zicht::app
