#include "feel/null_reason.h"

#include <algorithm>

namespace zicht::feel {
namespace {

bool same_arguments(const Arguments& a, const Arguments& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const Argument& x, const Argument& y) { return x.name == y.name && x.value == y.value; });
}

bool is_missing(const NullCause& cause) { return cause.kind == NullCause::Kind::kMissingFact; }

bool has(const std::vector<NullCause>& causes, const NullCause& cause) {
  return std::any_of(causes.begin(), causes.end(),
                     [&](const NullCause& known) { return known.is_same(cause); });
}

}  // namespace

bool NullCause::is_same(const NullCause& other) const {
  return kind == other.kind && span == other.span && fact == other.fact && id == other.id &&
         same_arguments(arguments, other.arguments);
}

Error NullCause::to_error() const {
  if (kind == Kind::kMissingFact) return make_error("FE-0100", {{"fact", fact}});
  return make_error(id, arguments);
}

std::size_t NullReason::byte_size() const {
  std::size_t size = sizeof(NullReason) + causes_.size() * sizeof(NullCause);
  for (const NullCause& cause : causes_) {
    size += cause.fact.size() + cause.id.size();
    for (const Argument& argument : cause.arguments) {
      size += sizeof(Argument) + argument.value.nl.size() + argument.value.en.size();
    }
  }
  return size;
}

Ref<const NullReason> NullReason::at(const Ref<const NullReason>& reason, SourceSpan span) {
  if (!reason) return reason;
  const auto placed = [](const NullCause& cause) { return cause.span.is_known(); };
  if (std::all_of(reason->causes_.begin(), reason->causes_.end(), placed)) return reason;
  std::vector<NullCause> causes;
  for (NullCause cause : reason->causes_) {
    if (!cause.span.is_known()) cause.span = span;
    if (!has(causes, cause)) causes.push_back(std::move(cause));
  }
  return make_ref<const NullReason>(std::move(causes), reason->is_cut_);
}

Ref<const NullReason> NullReason::joined(const Ref<const NullReason>& a,
                                         const Ref<const NullReason>& b) {
  if (!b || a.get() == b.get()) return a;
  if (!a) return b;
  // Loops join the same causes again and again.
  const bool adds = (b->is_cut_ && !a->is_cut_) ||
                    std::any_of(b->causes_.begin(), b->causes_.end(),
                                [&](const NullCause& cause) { return !has(a->causes_, cause); });
  if (!adds) return a;
  std::vector<NullCause> causes = a->causes_;
  bool is_cut = a->is_cut_ || b->is_cut_;
  for (const NullCause& cause : b->causes_) {
    if (has(causes, cause)) continue;
    if (causes.size() < kMaxCauses) {
      causes.push_back(cause);
      continue;
    }
    is_cut = true;
    // That something is missing is never lost among errors.
    if (is_missing(cause) && std::none_of(causes.begin(), causes.end(), is_missing)) {
      causes.back() = cause;
    }
  }
  return make_ref<const NullReason>(std::move(causes), is_cut);
}

}  // namespace zicht::feel
