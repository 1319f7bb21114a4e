// What a pack says about one field of a form: its type, its limits, who may see it.
//
// Example: the field `due` of a form in YAML `due: {type: uncertain_date, filterable: true, ...}`
// becomes Field{.id = "due", .type = FieldType::kUncertainDate, .is_filterable = true, ...}.
//
// Values themselves are JSON in the canonical shape of docs/formats/pack.md; this file holds no
// values and does no checking (see validate.h). Plain data: copyable, no invariants of its own,
// safe to share between threads once built.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"

namespace zicht::model {

struct FieldRules;  // rule.h

// The closed set of types (docs/formats/pack.md has JSON shape, columns and operators of each).
enum class FieldType {
  kText, kInteger, kDecimal, kMoney, kBoolean, kDate, kUncertainDate, kPeriod, kChoice,
  kReference, kUrl, kGroup, kAccount, kOrganisation, kAttachment, kFigures,
};

// Who may see a field or a row: a role sees what is at or below its clearance. Ordered.
enum class Sensitivity : std::uint8_t {
  kPublic = 0, kInternal = 1, kConfidential = 2, kSecret = 3
};

// Names as written in packs and JSON ("uncertain_date", "confidential"); the inverse misses.
[[nodiscard]] std::string_view name_of(FieldType type);
[[nodiscard]] std::optional<FieldType> find_field_type(std::string_view name);
[[nodiscard]] std::string_view name_of(Sensitivity sensitivity);
[[nodiscard]] std::optional<Sensitivity> find_sensitivity(std::string_view name);

// Kinds of files that an attachment may accept; which media types are of which kind is told by
// app/file_types.h.
inline constexpr std::array<std::string_view, 5> kFileKinds = {"document", "image", "audio",
                                                               "video", "text"};

// What a step freezes in a field of figures (app/internal/edition.h): indicators of the pack as of
// a day. Other fields of the form are named by their ids.
struct EditionRule {
  std::vector<std::string> indicators;  // ids
  std::string on;                       // date: the reference day
  std::string counted;                  // figures: what was counted, for the audit; empty: not kept
  std::string corrects;                 // reference to another edition; empty: none corrects one
};

struct Field {
  std::string id;                       // snake_case; JSON key and column name
  FieldType type = FieldType::kText;
  LocalizedText label;
  std::optional<LocalizedText> hint;
  std::string list;                     // choice: list id, "pack/list" for another pack's
  std::string form;                     // reference: always "pack/form"
  std::vector<Field> fields;            // group: its fields (no groups inside); attachment: those
                                        // of attachment_fields
  std::vector<std::string> accept;      // attachment: of kFileKinds; empty: all
  bool is_required = false;
  bool is_many = false;
  bool is_long = false;                 // text: up to 20,000 code points, shown as paragraphs
  std::optional<std::int64_t> min;      // integer; decimal and money: in units of 10^-scale
  std::optional<std::int64_t> max;      // same; text: code points
  std::int64_t max_items = 1000;        // many
  int scale = 0;                        // decimal: digits after the point, 0..9; money: 2
  Sensitivity sensitivity = Sensitivity::kPublic;
  bool is_filterable = false;
  bool is_sortable = false;
  bool is_searchable = false;
  std::optional<Date> retired;          // kept in old records, no longer filled
  std::shared_ptr<const FieldRules> rules;   // in FEEL; null: none
  std::optional<EditionRule> edition;   // figures: what is frozen there; absent: what was counted

  // Nobody fills it in: a rule gives its value.
  [[nodiscard]] bool is_computed() const;
  // Nobody fills it in: a step freezes its value.
  [[nodiscard]] bool is_frozen() const { return type == FieldType::kFigures; }
  // Required whatever else is filled in; one that is shown under a condition is not.
  [[nodiscard]] bool is_always_required() const;

  // Limit of a text in code points: `max`, or 400 (20,000 when long).
  [[nodiscard]] std::int64_t text_limit() const;
};

// What a value of an attachment says: `file` (the id that uploading gave), `name`, `type` (media
// type, by content) and `size` (bytes). The same for every attachment.
[[nodiscard]] const std::vector<Field>& attachment_fields();

}  // namespace zicht::model
