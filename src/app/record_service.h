// Records: create, change, correct, step, read, search, history, links, export.
//
// Every method decides access itself. What the caller may not see is never in an answer, and an
// answer never depends on it. Writes are optimistic: everything is computed here on the calling
// thread, the store's writer only compares the version; a stale one is a conflict (answer.h).
// Errors: AP-0001 no such record (or not visible), AP-0002 may not, AP-0003 unknown form,
// AP-0010 conflict, AP-0020 problems in the request body (all at once), MO-02xx from the process,
// and those of the store. Thread-safe; blocks on the store.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "app/access.h"
#include "app/answer.h"
#include "app/files.h"
#include "app/heavy_places.h"
#include "app/kept_answers.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "app/read_recorder.h"
#include "app/table_sink.h"
#include "base/rng.h"

namespace zicht::app {

class JsonWriter;
namespace internal {
struct FoundRecord;
}

// "csv" or "xlsx" -> a fresh sink; nullptr for another format.
using MakeTableSink =
    std::function<std::unique_ptr<TableSink>(std::string_view format, Language language)>;

struct ExportFile {
  std::string content;
  std::string content_type;
  std::string file_name;  // form id and date, safe in a header
};

// What the writes have in common.
struct WriteContext {
  std::int64_t expected_version = 0;  // from If-Match; not used by create
  Idempotency idempotency;            // empty key_hash: none
};

// The sentences under the rows of an export.
enum class ExportNotes {
  kAll,      // the reference day too: for people
  kMissing,  // only that rows are missing: for programs, which read rows and nothing else
};

// The pair for a request; account empty for a visitor.
[[nodiscard]] Idempotency idempotency_of(std::string_view account, std::string_view key,
                                         std::string_view method, std::string_view path,
                                         std::string_view body);

// Conditions in FEEL (`where`) look at row after row: they may not keep every thread busy, nor one
// of them for as long as there are rows. Less time where anybody may ask.
struct WhereLimits {
  std::chrono::milliseconds of_page{2'000};  // all its statements together; more is ST-0073
  std::chrono::milliseconds of_visitors_page{500};
  std::chrono::milliseconds of_export{30'000};  // all pages of one together; more is ST-0073
  std::chrono::milliseconds of_visitors_export{5'000};
};

// A record that nobody may be shown before the look at it is kept.
struct UnshownDocument {
  Document document;
  UnkeptLook look;
};

class RecordService {
 public:
  struct Ports {
    Store& store;
    PacksService& packs;
    Organisations& organisations;
    ChangeFeed& feed;
    const Clock& clock;
    Rng& rng;  // thread-safe
    MakeTableSink make_sink;
    ReadRecorder& reads;
    FileStore& files;
    HeavyPlaces& places;  // for searches and exports with a condition
    WhereLimits where = {};
  };
  explicit RecordService(Ports ports);

  // Bodies as in api.md; unknown members are problems.
  [[nodiscard]] Result<Written> create(const Caller& caller, const Json& body,
                                       const WriteContext& context);
  [[nodiscard]] Result<Written> change(const Caller& caller, const std::string& id,
                                       const Json& body, const WriteContext& context);
  [[nodiscard]] Result<Written> correct(const Caller& caller, const std::string& id,
                                        const Json& body, const WriteContext& context);
  [[nodiscard]] Result<Written> step(const Caller& caller, const std::string& id, const Json& body,
                                     const WriteContext& context);

  [[nodiscard]] Result<Document> read(const Caller& caller, const std::string& id,
                                      const model::AsOf& as_of);
  // The same for who can hold an answer back: a look that may see is kept by them. One that is
  // refused is noted here.
  [[nodiscard]] Result<UnshownDocument> read_unshown(const Caller& caller, const std::string& id,
                                                     const model::AsOf& as_of);
  // {"items": [...], "next"?: seq to give as `before_seq`}; at most 200 entries.
  [[nodiscard]] Result<std::string> history(const Caller& caller, const std::string& id,
                                            std::optional<std::int64_t> before_seq);
  [[nodiscard]] Result<std::string> links(const Caller& caller, const std::string& id);
  // What the norms of its form say today of what the caller sees of it (packs/norms.h).
  [[nodiscard]] Result<std::string> norms(const Caller& caller, const std::string& id);

  // What a visitor is told is kept (kept_answers.h).
  [[nodiscard]] Result<std::string> search(const Caller& caller, const Json& body);
  // Lets go of what visitors were told before something changed: what was erased shall not stay in
  // memory until somebody asks.
  [[nodiscard]] Result<void> forget_changed();
  // Body of a search and "format", "columns"?, "ids"? (only these of its rows). Reads page after
  // page, at most 100,000 rows.
  [[nodiscard]] Result<ExportFile> export_rows(const Caller& caller, const Json& body,
                                               Language language,
                                               ExportNotes notes = ExportNotes::kAll);

 private:
  // Without what is kept.
  Result<std::string> search_store(const Caller& caller, const Json& request);
  // With what was looked at in `look`.
  Result<Document> read_into(const Caller& caller, const std::string& id, const model::AsOf& as_of,
                             Look& look);
  Result<void> write_outgoing_link(JsonWriter& json, const model::Link& link, const Caller& caller,
                                   const internal::FoundRecord& found, Look& look);
  Result<void> write_incoming_link(JsonWriter& json, const model::Link& link,
                                   const ActiveForm& form, const Caller& caller,
                                   const internal::FoundRecord& found, Look& look);

  Ports ports_;
  KeptAnswers answers_;  // to visitors
};

}  // namespace zicht::app
