// Texts by ICU: the adapter of the server. The only file of this component that knows ICU.
#include <unicode/locid.h>
#include <unicode/regex.h>
#include <unicode/unistr.h>

#include "feel/internal/utf16_places.h"
#include "feel/internal/xpath_regex.h"
#include "feel/texts.h"

namespace zicht::feel {
namespace {

// What ICU tells every 10,000 saved states costs so many steps.
constexpr std::uint64_t kTickSteps = 2000;
// One search may save so many states for a way back, then it ends. ICU tells every 10,000; patterns
// that do not run wild need far fewer.
constexpr int kMaxTicks = 100;
constexpr std::int32_t kMaxStack = 1 << 20;

icu::UnicodeString unicode_of(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

std::string utf8_of(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

// Every call looks whether the limits held: those of one search, and the budget.
class IcuSearch final : public RegexSearch {
 public:
  IcuSearch(const icu::RegexPattern& pattern, std::string_view text, Budget& budget)
      : text_(unicode_of(text)), places_(text), budget_(budget) {
    matcher_.reset(pattern.matcher(text_, status_));
    if (U_FAILURE(status_) != 0) return;
    matcher_->setStackLimit(kMaxStack, status_);
    matcher_->setMatchCallback(&IcuSearch::go_on, this, status_);
  }

  Step next() override {
    ticks_ = 0;
    const bool is_found = U_SUCCESS(status_) != 0 && matcher_->find(status_) != 0;
    if (U_FAILURE(status_) != 0 || budget_.is_exhausted()) return Step::kTooMuch;
    return is_found ? Step::kFound : Step::kEnd;
  }

  TextSpan group(int number) const override {
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t begin = matcher_->start(number, status);
    const std::int32_t end = matcher_->end(number, status);
    if (U_FAILURE(status) != 0 || begin < 0) return {};
    const std::size_t first = places_.byte_of(static_cast<std::size_t>(begin));
    return {first, places_.byte_of(static_cast<std::size_t>(end))};
  }

 private:
  static UBool go_on(const void* search, std::int32_t) {
    // ICU hands the pointer on as it got it: that of the search itself.
    auto* self = const_cast<IcuSearch*>(static_cast<const IcuSearch*>(search));
    return self->budget_.spend(kTickSteps) && ++self->ticks_ < kMaxTicks;
  }

  icu::UnicodeString text_;
  mutable internal::Utf16Places places_;
  Budget& budget_;
  int ticks_ = 0;  // of the search that runs
  UErrorCode status_ = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexMatcher> matcher_;
};

class IcuRegex final : public Regex {
 public:
  explicit IcuRegex(std::unique_ptr<icu::RegexPattern> pattern) : pattern_(std::move(pattern)) {}

  std::unique_ptr<RegexSearch> search(std::string_view text, RegexUse,
                                      Budget& budget) const override {
    return std::make_unique<IcuSearch>(*pattern_, text, budget);
  }

 private:
  std::unique_ptr<icu::RegexPattern> pattern_;
};

class IcuTexts final : public Texts {
 public:
  std::string upper_case(std::string_view utf8) const override {
    return utf8_of(unicode_of(utf8).toUpper(icu::Locale::getRoot()));
  }

  std::string lower_case(std::string_view utf8) const override {
    return utf8_of(unicode_of(utf8).toLower(icu::Locale::getRoot()));
  }

  CompiledRegex compile(std::string_view pattern, const RegexFlags& flags) const override {
    CompiledRegex compiled;
    internal::Translation translation =
        internal::translate_pattern(pattern, flags, internal::Dialect::kIcu);
    compiled.groups = translation.groups;
    compiled.problem = std::move(translation.problem);
    if (!compiled.problem.empty()) return compiled;
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    const std::uint32_t bits = flags.ignores_case ? UREGEX_CASE_INSENSITIVE : 0;
    std::unique_ptr<icu::RegexPattern> made(
        icu::RegexPattern::compile(unicode_of(translation.pattern), bits, where, status));
    if (U_FAILURE(status) != 0) {
      compiled.problem = u_errorName(status);
    } else {
      compiled.regex = std::make_unique<IcuRegex>(std::move(made));
    }
    return compiled;
  }
};

}  // namespace

const Texts& system_texts() {
  static const IcuTexts texts;
  return texts;
}

}  // namespace zicht::feel
