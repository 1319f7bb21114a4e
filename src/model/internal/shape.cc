#include "model/internal/shape.h"

#include "base/ids.h"
#include "base/text.h"

namespace zicht::model::internal {
namespace {

constexpr std::size_t kMaxDecimalDigits = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_host_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
}

std::size_t count_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  return n;
}

}  // namespace

bool has_content(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

bool is_decimal_text(std::string_view text, int scale) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const std::size_t whole = count_digits(text);
  const std::size_t places = static_cast<std::size_t>(scale);
  if (whole == 0 || whole > kMaxDecimalDigits - places) return false;
  if (whole > 1 && text.front() == '0') return false;
  text.remove_prefix(whole);
  if (text.empty()) return true;
  if (text.front() != '.') return false;
  text.remove_prefix(1);
  return !text.empty() && text.size() <= places && count_digits(text) == text.size();
}

std::string decimal_pattern(int scale) {
  const int more = static_cast<int>(kMaxDecimalDigits) - scale - 1;
  const std::string whole = "^-?(0|[1-9][0-9]{0," + std::to_string(more) + "})";
  if (scale == 0) return whole + "$";
  return whole + "(\\.[0-9]{1," + std::to_string(scale) + "})?$";
}

bool is_public_id(std::string_view text) {
  if (text.size() != PublicId::kTextLength || text.front() > '7') return false;
  constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
  return text.find_first_not_of(kDigits) == std::string_view::npos;
}

bool is_organisation_id(std::string_view text) { return is_kebab_id(text); }

bool is_url(std::string_view text) {
  constexpr std::string_view kScheme = "https://";
  if (!text.starts_with(kScheme)) return false;
  text.remove_prefix(kScheme.size());
  std::size_t host = 0;
  while (host < text.size() && is_host_char(text[host])) ++host;
  if (host == 0) return false;
  text.remove_prefix(host);
  if (text.starts_with(':')) {
    const std::size_t port = count_digits(text.substr(1));
    if (port == 0 || port > 5) return false;
    text.remove_prefix(port + 1);
  }
  if (text.empty()) return true;
  if (text.front() != '/' && text.front() != '?' && text.front() != '#') return false;
  for (const char c : text) {
    if (c < '!' || c > '~' || c == '"' || c == '<' || c == '>') return false;
  }
  return true;
}

}  // namespace zicht::model::internal
