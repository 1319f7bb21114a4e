// Texts by the browser's strings and RegExp, with its flags v, g and d. Both engines look for
// matches in the same order; where they would differ from each other or from XPath, or where
// nothing but a limit ends a search, the adapter leaves the pattern to the server.
#include <algorithm>
#include <cmath>

#include "feel/internal/utf16_places.h"
#include "feel/internal/xpath_regex.h"
#include "feel/texts.h"
#include "host.h"

namespace zicht::feel {
namespace {

using internal::Translation;

// Letters whose case folds into several, which RegExp never does and ICU always.
bool has_folding_of_several(std::string_view utf8) {
  struct Range {
    char32_t first;
    char32_t last;
  };
  constexpr Range kRanges[] = {{0xDF, 0xDF},     {0x130, 0x131},  {0x149, 0x149}, {0x1F0, 0x1F0},
                               {0x390, 0x390},   {0x3B0, 0x3B0},  {0x587, 0x587}, {0x1E96, 0x1E9E},
                               {0x1F50, 0x1FFF}, {0xFB00, 0xFB17}};
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    if (lead < 0xC0 || lead >= 0xF0) continue;
    const auto next = [&](std::size_t k) {
      return static_cast<char32_t>(static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    };
    const char32_t c = lead < 0xE0 ? (lead & 0x1FU) << 6U | next(1)
                                   : (lead & 0x0FU) << 12U | next(1) << 6U | next(2);
    for (const Range& range : kRanges) {
      if (c >= range.first && c <= range.last) return true;
    }
  }
  return false;
}

class BrowserSearch final : public RegexSearch {
 public:
  BrowserSearch(std::int32_t regex, std::string_view text, int groups, Budget& budget)
      : places_(text),
        budget_(budget),
        found_(2 * (static_cast<std::size_t>(groups) + 1)),
        number_(host_search_begin(regex, text.data(), text.size(), groups > 0 ? 1 : 0)) {}
  ~BrowserSearch() override { host_search_end(number_); }

  // Where the browser gives up the server may well not.
  Step next() override {
    const std::int32_t step = host_search_next(number_, found_.data(), found_.size() / 2 - 1);
    if (step < 0) budget_.refuse_here();
    return step > 0 ? Step::kFound : step == 0 ? Step::kEnd : Step::kTooMuch;
  }

  TextSpan group(int number) const override {
    const auto at = 2 * static_cast<std::size_t>(number);
    if (at >= found_.size() || found_[at] < 0) return {};
    const std::size_t begin = places_.byte_of(static_cast<std::size_t>(found_[at]));
    return {begin, places_.byte_of(static_cast<std::size_t>(found_[at + 1]))};
  }

 private:
  mutable internal::Utf16Places places_;
  Budget& budget_;
  std::vector<std::int32_t> found_;
  std::int32_t number_;
};

class BrowserRegex final : public Regex {
 public:
  BrowserRegex(std::int32_t number, bool ignores_case, Translation facts)
      : number_(number), ignores_case_(ignores_case), facts_(std::move(facts)) {}
  ~BrowserRegex() override { host_regex_drop(number_); }

  std::unique_ptr<RegexSearch> search(std::string_view text, RegexUse use,
                                      Budget& budget) const override {
    if (use != RegexUse::kTest && facts_.repeats_nothing) return nullptr;
    if (use == RegexUse::kGroups && facts_.has_unsteady_group) return nullptr;
    if (ignores_case_ && has_folding_of_several(text)) return nullptr;
    // At worst each quantifier tries every length at every place.
    constexpr double kMaxTries = 3e8;
    if (std::pow(static_cast<double>(text.size() + 1), facts_.loops + 1) > kMaxTries)
      return nullptr;
    budget.spend(text.size() / 16);
    return std::make_unique<BrowserSearch>(number_, text,
                                           use == RegexUse::kGroups ? facts_.groups : 0, budget);
  }

 private:
  std::int32_t number_;
  bool ignores_case_;
  Translation facts_;
};

class BrowserTexts final : public Texts {
 public:
  std::string upper_case(std::string_view utf8) const override { return in_case(utf8, 1); }
  std::string lower_case(std::string_view utf8) const override { return in_case(utf8, 0); }

  CompiledRegex compile(std::string_view pattern, const RegexFlags& flags) const override {
    CompiledRegex compiled;
    Translation facts = internal::translate_pattern(pattern, flags, internal::Dialect::kEcmaScript);
    compiled.groups = facts.groups;
    compiled.problem = facts.problem;
    const bool differs_in_case =
        flags.ignores_case &&
        (facts.has_category || facts.has_back_reference || has_folding_of_several(pattern));
    if (!facts.problem.empty() || facts.has_block || facts.refers_to_unsteady_group ||
        facts.may_run_wild || differs_in_case)
      return compiled;
    const std::int32_t number =
        host_regex_compile(facts.pattern.data(), facts.pattern.size(), flags.ignores_case ? 1 : 0);
    if (number >= 0)
      compiled.regex = std::make_unique<BrowserRegex>(number, flags.ignores_case, std::move(facts));
    return compiled;
  }

 private:
  static std::string in_case(std::string_view utf8, std::int32_t is_upper) {
    std::string changed(host_text_case(utf8.data(), utf8.size(), is_upper), '\0');
    host_text_take(changed.data());
    return changed;
  }
};

}  // namespace

const Texts& system_texts() {
  static const BrowserTexts texts;
  return texts;
}

}  // namespace zicht::feel
