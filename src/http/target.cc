#include "http/target.h"

#include <algorithm>

#include "base/text.h"

namespace zicht::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The fast path of nearly every request: nothing to decode and nothing to refuse.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F &&
           c != '%';
  });
}

std::optional<TargetFault> parse_query(std::string_view text, NamedValues& query) {
  TargetFault fault{};
  while (!text.empty()) {
    const std::size_t ampersand = text.find('&');
    const std::string_view pair = text.substr(0, ampersand);
    text.remove_prefix(ampersand == std::string_view::npos ? text.size() : ampersand + 1);
    if (pair.empty()) continue;
    if (query.size() == kMaxQueryPairs) return TargetFault::kTooManyPairs;
    const std::size_t equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true, fault);
    if (!name) return fault;
    auto value = equals == std::string_view::npos
                     ? std::optional<std::string>(std::string())
                     : percent_decode(pair.substr(equals + 1), true, fault);
    if (!value) return fault;
    query.emplace_back(std::move(*name), std::move(*value));
  }
  return std::nullopt;
}

// "http://host/path" -> "/path"; other targets unchanged.
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size() ||
        !equals_ignoring_case(target.substr(0, scheme.size()), scheme)) {
      continue;
    }
    const std::size_t slash = target.find('/', scheme.size());
    return slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  return target;
}

}  // namespace

bool is_clean_text(std::string_view text, TargetFault& fault) {
  const bool has_control = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
  if (has_control) fault = TargetFault::kControl;
  if (!has_control && is_valid_utf8(text)) return true;
  if (!has_control) fault = TargetFault::kNotUtf8;
  return false;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space,
                                          TargetFault& fault) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        fault = TargetFault::kBadEscape;
        return std::nullopt;
      }
      decoded.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      decoded.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
    }
  }
  if (!is_clean_text(decoded, fault)) return std::nullopt;
  return decoded;
}

std::optional<TargetFault> parse_target(std::string_view target, Request& request) {
  target = without_authority(target);
  if (target.empty() || target.front() != '/') return TargetFault::kNotOriginForm;
  const std::size_t mark = target.find('?');
  const std::string_view path = target.substr(0, mark);
  request.path.clear();
  request.query.clear();
  if (!is_plain(path)) {
    TargetFault fault{};
    if (!percent_decode(path, false, fault)) return fault;
  }
  request.path.assign(path);
  if (mark == std::string_view::npos) return std::nullopt;
  return parse_query(target.substr(mark + 1), request.query);
}

std::vector<std::string> decode_segments(std::string_view path) {
  std::vector<std::string> segments;
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  TargetFault ignored{};
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view raw = path.substr(0, slash);
    segments.push_back(is_plain(raw) ? std::string(raw)
                                     : percent_decode(raw, false, ignored).value_or(""));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace zicht::http
