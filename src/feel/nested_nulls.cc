#include "feel/nested_nulls.h"

#include <algorithm>
#include <span>
#include <string>

#include "feel/collections.h"

namespace zicht::feel {
namespace {

// False when there are more parts than are `left`.
bool gather(const Value& value, std::vector<NullCause>& causes, std::size_t& left) {
  if (left == 0) return false;
  --left;
  if (const auto reason = value.null_reason()) {
    causes.insert(causes.end(), reason->causes().begin(), reason->causes().end());
  }
  const auto within = [&](std::span<const Value> parts) {
    return std::all_of(parts.begin(), parts.end(),
                       [&](const Value& part) { return gather(part, causes, left); });
  };
  if (value.is(Kind::kList)) return within(value.as_list());
  return !value.is(Kind::kContext) || within(value.as_context().slots());
}

}  // namespace

std::vector<NullCause> causes_within(const Value& value) {
  std::vector<NullCause> causes;
  std::size_t left = kMaxPartsLookedAt;
  if (!gather(value, causes, left)) {
    NullCause cut;
    cut.id = "FE-0101";
    cut.arguments = {{"limit", std::to_string(kMaxPartsLookedAt)}};
    causes.push_back(std::move(cut));
  }
  return causes;
}

}  // namespace zicht::feel
