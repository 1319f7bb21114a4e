// What use cases give back: JSON text in the shapes of docs/formats/api.md, ready to be sent.
//
// Documents are written once, straight to text, so that http neither parses nor serialises them.
// Labels stand in both languages; only an export needs to know the reader's language.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"

namespace zicht::app {

enum class Language : std::uint8_t { kDutch, kEnglish };

[[nodiscard]] inline const std::string& in_language(const LocalizedText& text, Language language) {
  return language == Language::kDutch ? text.nl : text.en;
}

// A record as JSON ("Record" in api.md) and the version that goes into its ETag.
struct Document {
  std::string json;
  std::int64_t version = 0;
  std::string id;                       // public id of the record
};

// Outcome of a write. With `conflict` nothing was written, and `document` is the record as it is
// now, as the caller may see it (`current` in the problem body).
struct Written {
  Document document;
  bool is_replay = false;               // the first answer again: Idempotent-Replay: true
  std::optional<Error> conflict;        // AP-0010
};

// A document that many callers share, with a strong validator (without quotes).
struct SharedDocument {
  std::shared_ptr<const std::string> json;
  std::string etag;
};

}  // namespace zicht::app
