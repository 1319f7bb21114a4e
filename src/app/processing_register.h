// The processing register (verwerkingsregister, AVG art. 30) and the pre-DPIA, made of packs.
//
// Both are tables of text in one language: to read, to keep as a file, to send to whoever
// supervises. What a pack cannot know is said in so many words and never guessed: it is for the
// controller to fill in. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "app/answer.h"
#include "app/table_sink.h"
#include "model/pack.h"

namespace zicht::app {

struct TextTable {
  std::string title;
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> notes;
};

enum class ProcessingDocument : std::uint8_t { kRegister, kPreDpia };

// kRegister: a row per form, with who is responsible, why, on which basis, whose data of which
// kind, for whom, how long and how they are secured. kPreDpia: per pack the nine criteria of the
// supervisor and what else is asked first, with what the packs say and what they cannot know.
// Forms that are not about persons are left out of both.
[[nodiscard]] TextTable processing_table(ProcessingDocument document,
                                         const std::vector<model::PackPtr>& packs,
                                         Language language);

// As a document to read: a heading per row, and what stands under each other heading.
[[nodiscard]] std::string to_markdown(const TextTable& table);

// Errors: those of the sink.
[[nodiscard]] Result<std::string> to_file(const TextTable& table, TableSink& sink);

}  // namespace zicht::app
