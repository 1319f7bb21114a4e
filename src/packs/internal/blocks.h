// The kinds of blocks that a desk can be made of, and which of a form's fields each one names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/field.h"

namespace zicht::packs::internal {

// One key of a block and what the field behind it must be.
enum class Wants {
  kDate, kNumber, kMoney, kWords, kFilterable, kAnyField, kDeadline,
  kOneOfFew,    // a choice or a reference, one for each record
  kIndicator,   // of the pack of the form
  kDimension,   // of that indicator
};

struct BlockSlot {
  std::string_view key;
  Wants wants;
  bool is_required = false;
  bool is_list = false;               // names several
};

struct BlockKind {
  std::string_view name;
  std::vector<BlockSlot> slots;       // in the order of the format
  bool has_where = true;
};

[[nodiscard]] const BlockKind* find_block_kind(std::string_view name);
[[nodiscard]] const std::vector<std::string>& block_kinds();

// True when a block may show this field in that place.
[[nodiscard]] bool fits(Wants wants, const model::Field& field);

// For the message: "een datumveld" / "a date field".
[[nodiscard]] LocalizedText words_for(Wants wants);

}  // namespace zicht::packs::internal
