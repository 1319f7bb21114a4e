// Letters that are kept: made from the templates of packs, reworded by people, final in the end.
//
//     ZICHT_TRY(written, letters.make(caller, {"template": "pack/progress"}, context));
//     letters.change(caller, id, {"edits": [...]}, context);      // or refill, or finish
//     letters.document(caller, {id}, "pdf", language);
//
// A letter is a record of the form that its template names (`keeps`); its versions are those of the
// record. What it says is told here and nowhere else: to who may read that record and, now, every
// record that the letter rests on, as far as its sentences tell of them. To the rest it is not
// there. Who may create such a record makes letters, of what they may see themselves; who may
// change it edits, as long as it is in a state that the template leaves open (AP-0352).
// Thread-safe; blocks on the store, and for seconds where a PDF is made.
// Errors of all: AP-0260 no such letter for this caller, AP-0272, those of the store.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/answer.h"
#include "app/heavy_places.h"
#include "app/kept_letter.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/pdf_maker.h"
#include "app/ports.h"
#include "app/read_once.h"
#include "app/record_service.h"
#include "base/rng.h"
#include "packs/letters.h"

namespace zicht::app {

// What makes documents of letters; without them there are none (AP-0270).
struct LetterDocuments {
  std::function<std::string(const Letter&)> html{}, odt{};
  PdfMaker* pdf = nullptr;
};

struct LetterVersion {
  std::string id;
  std::optional<std::int64_t> version{};  // absent: the newest
};

class LettersService {
 public:
  struct Ports : RecordService::Ports {
    LetterDocuments documents;
    // Read by this service alone.
    std::shared_ptr<ReadOnce<model::LetterTemplate>> templates =
        std::make_shared<ReadOnce<model::LetterTemplate>>(packs::letters_of);
  };
  explicit LettersService(Ports ports) : ports_(std::move(ports)) {}

  // "LetterList": the templates that the caller may make a letter of, and the newest letters that
  // the caller may read.
  [[nodiscard]] Result<std::string> list(const Caller& caller);

  // Body {"template": "pack/id", "language"?: "nl" or "en"}. Errors: AP-0002, AP-0008, AP-0020,
  // AP-0261, those of filling.
  [[nodiscard]] Result<Written> make(const Caller& caller, const Json& body,
                                     const WriteContext& context);
  // "Letter". Errors: AP-0268.
  [[nodiscard]] Result<Document> read(const Caller& caller, const LetterVersion& which);

  // Body {"title"?, "edits"?, "reason"?}. Errors: AP-0002, AP-0020, AP-0262, AP-0263, AP-0264,
  // AP-0267; a stale version is a conflict (answer.h).
  [[nodiscard]] Result<Written> change(const Caller& caller, const std::string& id,
                                       const Json& body, const WriteContext& context);
  // From the newest records and figures. Errors: as change, AP-0271, those of filling.
  [[nodiscard]] Result<Written> refill(const Caller& caller, const std::string& id,
                                       const WriteContext& context);
  // Where the template names a step for it (`keeps.finish`), that step is taken: by who may take it
  // and by another person than who signed where its process asks that. Errors: as change, AP-0251
  // with the sentences that have no source, those of a step.
  [[nodiscard]] Result<Written> finish(const Caller& caller, const std::string& id,
                                       const WriteContext& context);

  // {"items": [{"change", "id", "before", "after"}]}. Errors: AP-0268.
  [[nodiscard]] Result<std::string> compare(const Caller& caller, const std::string& id,
                                            std::int64_t from, std::int64_t to);
  // A PDF takes seconds, so visitors together have one made at a time; that takes no place of other
  // questions. Errors: AP-0268, AP-0269, AP-0270, AP-0273 one is made for a visitor already, those
  // of the PdfMaker.
  [[nodiscard]] Result<ExportFile> document(const Caller& caller, const LetterVersion& which,
                                            const std::string& format);

 private:
  Ports ports_;
  HeavyPlaces documents_of_visitors_{1};
};

}  // namespace zicht::app
