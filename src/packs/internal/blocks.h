// The kinds of blocks that a desk can be made of, and which of a form's fields each one names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "model/pack.h"

namespace zicht::packs::internal {

// One key of a block and what the field behind it must be.
enum class Wants {
  kDate, kNumber, kMoney, kWords, kFilterable, kAnyField, kDeadline,
  kInteger,
  kSaid,        // words or a number
  kOneOfFew,    // a choice or a reference, one for each record
  kChosen,      // the same, of which a reader may choose one
  kCoded,       // a choice, of one or of several
  kPlace,       // a reference, one for each record
  kPrevious,    // the same, to another record of the form itself
  kCondition,   // in FEEL
  kIndicator,   // of the pack of the form
  kDimension,   // of that indicator
  kModel,       // a decision model of the pack of the form
  kDecision,    // of that model
  kInput,       // of that model
  kInterview,   // another interview of the desk
  kForm,        // of the pack of the form
};

struct BlockSlot {
  std::string_view key;
  Wants wants;
  bool is_required = false;
  bool is_list = false;               // names several
  std::string_view of = "";           // of the form behind this key of the block
};

struct BlockKind {
  std::string_view name;
  std::vector<BlockSlot> slots;       // in the order of the format
  bool has_where = true;
  bool has_form = true;               // else `text` alone (block_text.h)
};

[[nodiscard]] const BlockKind* find_block_kind(std::string_view name);
[[nodiscard]] const std::vector<std::string>& block_kinds();

// The form behind a key of a block, such as `places` of a map: that to which the reference of that
// name leads, or the form of that name of the same pack. Null: it is not at hand.
[[nodiscard]] const model::Form* find_behind(const model::PackSet& packs, const json::object& block,
                                             const model::Form& form, std::string_view key);

// True when a block may show this field in that place.
[[nodiscard]] bool fits(Wants wants, const model::Field& field);

// For the message: "een datumveld" / "a date field".
[[nodiscard]] LocalizedText words_for(Wants wants);

}  // namespace zicht::packs::internal
