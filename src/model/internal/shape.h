// The shape of values that are written as text: one test and one JSON Schema pattern for each.
//
// validate.cc uses the tests, json_schema.cc the patterns; tests/schema compares them over many
// documents. Patterns are ECMA-262 with anchors and without look-around, so that other engines read
// them too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace zicht::model::internal {

// Whole numbers that every JSON reader keeps exactly: up to 2^53 - 1 (RFC 8259, section 6).
inline constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;
inline constexpr std::int64_t kMaxWordsLength = 400;   // words of an uncertain date
inline constexpr std::int64_t kMaxUrlLength = 2000;
inline constexpr int kMoneyScale = 2;

// Holds a character that is no blank, so that something is left after trimming.
[[nodiscard]] bool has_content(std::string_view text);
inline constexpr std::string_view kContentPattern = "[^ \\t\\r\\n]";

// "-12.50": at most `scale` decimals and 18 digits in all, so that it fits a scaled int64.
[[nodiscard]] bool is_decimal_text(std::string_view text, int scale);
[[nodiscard]] std::string decimal_pattern(int scale);

// "2025-01-31" by its looks; that the day exists is `format: date`.
inline constexpr std::string_view kDatePattern =
    "^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-[0-9]{2}-[0-9]{2}$";

// "P1Y6M": what Period::parse accepts. The shortest is "P1D".
inline constexpr std::string_view kPeriodPattern =
    "^P([0-9]{1,6}Y)?([0-9]{1,6}M)?([0-9]{1,6}W)?([0-9]{1,6}D)?$";
inline constexpr std::int64_t kMinPeriodLength = 3;

// The text of a PublicId.
[[nodiscard]] bool is_public_id(std::string_view text);
inline constexpr std::string_view kPublicIdPattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$";

// The id of an organisation: kebab-case, as in `zicht init --organisation`.
[[nodiscard]] bool is_organisation_id(std::string_view text);
inline constexpr std::string_view kOrganisationIdPattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
inline constexpr std::int64_t kMaxOrganisationIdLength = 63;

// "https://" + host, then nothing or a path, query or fragment of printable ASCII without blanks,
// quotes and angle brackets.
[[nodiscard]] bool is_url(std::string_view text);
inline constexpr std::string_view kUrlPattern =
    "^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!#-;=?-~]*)?$";

}  // namespace zicht::model::internal
