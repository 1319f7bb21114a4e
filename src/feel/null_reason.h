// Why a FEEL value is null: a fact that was not given, or something that could not be computed.
//
//     Value total = add(Value::missing("income"), Value::number(1));   // null: "income" is missing
//     for (const NullCause& cause : total.null_reason()->causes()) ...
//
// The null that an author writes has no reason. Where nulls meet (`a + b`, both null) their causes
// are joined, each once and at most kMaxCauses: a reason stays small whatever the expression.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error_catalogue.h"
#include "feel/ref.h"

namespace zicht::feel {

// Bytes [begin, end) of an expression's text; `source` is the caller's number for that text.
struct SourceSpan {
  std::uint32_t source = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool is_known() const { return end > begin; }
  bool operator==(const SourceSpan&) const = default;
};

struct NullCause {
  enum class Kind : std::uint8_t { kMissingFact, kError };

  Kind kind = Kind::kError;
  std::string fact{};  // kMissingFact: the name of the fact
  std::string id{};    // kError: an id of the catalogue, "FE-0101"
  Arguments arguments{};
  SourceSpan span{};  // where it arose; unknown until the evaluator says

  // The same cause at the same place.
  bool is_same(const NullCause& other) const;

  // The texts of the catalogue; a missing fact is told by FE-0100.
  Error to_error() const;
};

class NullReason final : public Shared {
 public:
  static constexpr std::size_t kMaxCauses = 8;

  // Requires: at least one cause; at most kMaxCauses.
  explicit NullReason(std::vector<NullCause> causes, bool is_cut = false)
      : causes_(std::move(causes)), is_cut_(is_cut) {}
  explicit NullReason(NullCause cause) { causes_.push_back(std::move(cause)); }

  // Not empty; in the order in which they were met.
  std::span<const NullCause> causes() const { return causes_; }

  // True where there were more causes than are kept.
  bool is_cut() const { return is_cut_; }

  // A rough count of what it holds in memory.
  std::size_t byte_size() const;

  // Every cause that has no place yet, at `span`.
  static Ref<const NullReason> at(const Ref<const NullReason>& reason, SourceSpan span);

  // The causes of both, each once. Either may be empty.
  static Ref<const NullReason> joined(const Ref<const NullReason>& a,
                                      const Ref<const NullReason>& b);

 private:
  std::vector<NullCause> causes_;
  bool is_cut_ = false;
};

}  // namespace zicht::feel
