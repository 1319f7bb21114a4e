#include "calendar/internal/vague_phrase.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <string>
#include <vector>

#include "base/text.h"
#include "calendar/internal/vague_words.h"

namespace zicht::calendar::internal {
namespace {

using Words = std::vector<std::string>;

// Reads words from left to right; every accept_ function either consumes or changes nothing.
class Reader {
 public:
  explicit Reader(Words words) : words_(std::move(words)) {}

  bool is_at_end() const { return at_ == words_.size(); }

  // `phrase`: lower-case words without accents, one blank between them.
  bool accept(std::string_view phrase) {
    std::size_t at = at_;
    while (!phrase.empty()) {
      const std::string_view word = phrase.substr(0, phrase.find(' '));
      if (at == words_.size() || words_[at] != word) return false;
      phrase.remove_prefix(std::min(word.size() + 1, phrase.size()));
      ++at;
    }
    at_ = at;
    return true;
  }

  bool accept_any(std::initializer_list<std::string_view> phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [&](auto p) { return accept(p); });
  }

  template <class T, std::size_t N>
  std::optional<T> accept_named(const std::array<Word<T>, N>& table) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const Word<T>& entry) { return accept(entry.word); });
    if (found == table.end()) return std::nullopt;
    return found->meaning;
  }

  // A number of one to `most_digits` digits.
  std::optional<int> accept_number(std::size_t least_digits, std::size_t most_digits) {
    if (is_at_end()) return std::nullopt;
    const std::string& word = words_[at_];
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (word.size() < least_digits || word.size() > most_digits ||
        !std::all_of(word.begin(), word.end(), is_digit)) {
      return std::nullopt;
    }
    ++at_;
    int number = 0;
    std::from_chars(word.data(), word.data() + word.size(), number);
    return number;
  }

  std::optional<int> accept_year() { return accept_number(4, 4); }

  std::size_t mark() const { return at_; }
  void go_back(std::size_t mark) { at_ = mark; }

 private:
  Words words_;
  std::size_t at_ = 0;
};

Anchor explicit_day(int year, int month, int day) {
  return {.kind = AnchorKind::kDay,
          .number = month,
          .day = day,
          .year = year,
          .which = Which::kExplicit};
}

// "2026", "van 2026", "van dit jaar", "volgend jaar": sets the year of an anchor, if it is there.
void read_year(Reader& reader, Anchor& anchor) {
  const std::size_t mark = reader.mark();
  reader.accept_any({"van het jaar", "van", "in", "het jaar"});
  if (const auto year = reader.accept_year()) {
    anchor.year = *year;
    anchor.which = Which::kExplicit;
  } else if (reader.accept_any({"dit jaar", "dit kalenderjaar"})) {
    anchor.which = Which::kThis;
  } else if (reader.accept_any({"volgend jaar", "volgend kalenderjaar"})) {
    anchor.which = Which::kNext;
  } else {
    reader.go_back(mark);
  }
}

// "31-01-2025", "2025-01-31", "31 januari 2025", "31 januari".
std::optional<Anchor> read_day(Reader& reader) {
  const std::size_t mark = reader.mark();
  if (const auto year = reader.accept_year()) {
    const auto month = reader.accept_number(2, 2);
    const auto day = month ? reader.accept_number(2, 2) : std::nullopt;
    if (day) return explicit_day(*year, *month, *day);
  } else if (const auto day = reader.accept_number(1, 2)) {
    if (const auto name = reader.accept_named(kMonths)) {
      Anchor anchor{.kind = AnchorKind::kDay, .number = *name, .day = *day};
      read_year(reader, anchor);
      return anchor;
    }
    const auto month = reader.accept_number(1, 2);
    const auto of_year = month ? reader.accept_year() : std::nullopt;
    if (of_year) return explicit_day(*of_year, *month, *day);
  }
  reader.go_back(mark);
  return std::nullopt;
}

// Month, season, recess, quarter or half, by its name, without year.
std::optional<Anchor> read_named(Reader& reader) {
  if (const auto month = reader.accept_named(kMonths)) {
    return Anchor{.kind = AnchorKind::kMonth, .number = *month};
  }
  if (const auto season = reader.accept_named(kSeasons)) {
    return Anchor{.kind = AnchorKind::kSeason, .number = *season};
  }
  if (reader.accept_any({"zomerreces", "zomerreces van de tweede kamer"})) {
    return Anchor{.kind = AnchorKind::kRecess};
  }
  if (const auto quarter = reader.accept_named(kQuarterNames)) {
    return Anchor{.kind = AnchorKind::kQuarter, .number = *quarter};
  }
  const std::size_t mark = reader.mark();
  if (const auto ordinal = reader.accept_named(kOrdinals)) {
    if (reader.accept("kwartaal")) return Anchor{.kind = AnchorKind::kQuarter, .number = *ordinal};
    if (*ordinal <= 2 && reader.accept_any({"helft", "halfjaar"})) {
      return Anchor{.kind = AnchorKind::kHalf, .number = *ordinal};
    }
  }
  reader.go_back(mark);
  return std::nullopt;
}

// "dit jaar", "deze maand", "volgende week", "komende zomer".
std::optional<Anchor> read_relative(Reader& reader) {
  const std::size_t mark = reader.mark();
  const bool is_this = reader.accept_any({"dit", "deze"});
  const bool is_next = !is_this && reader.accept_any({"volgend", "volgende"});
  const bool is_coming = !is_this && !is_next && reader.accept_any({"komend", "komende"});
  const Which which = is_next ? Which::kNext : Which::kThis;
  if (is_this || is_next) {
    if (reader.accept_any({"jaar", "kalenderjaar"})) {
      return Anchor{.kind = AnchorKind::kYear, .which = which};
    }
    if (reader.accept("kwartaal")) return Anchor{.kind = AnchorKind::kQuarter, .which = which};
    if (reader.accept("maand")) return Anchor{.kind = AnchorKind::kMonth, .which = which};
    if (reader.accept("week")) return Anchor{.kind = AnchorKind::kWeek, .which = which};
  }
  if (is_this || is_coming) {
    const auto season = reader.accept_named(kSeasons);
    const bool is_recess = !season && reader.accept("zomerreces");
    const Which year = is_this && season != kWinter ? Which::kThis : Which::kFirstToCome;
    if (season) return Anchor{.kind = AnchorKind::kSeason, .number = *season, .which = year};
    if (is_recess) return Anchor{.kind = AnchorKind::kRecess, .which = year};
  }
  reader.go_back(mark);
  return std::nullopt;
}

// "2025", "het jaar 2025", "2026 q1", "het jaar" and "de maand" (those of the day of writing).
std::optional<Anchor> read_year_anchor(Reader& reader) {
  if (reader.accept_any({"kalenderjaar", "jaar"})) {
    if (const auto year = reader.accept_year()) {
      return Anchor{.kind = AnchorKind::kYear, .year = *year, .which = Which::kExplicit};
    }
    return Anchor{.kind = AnchorKind::kYear, .which = Which::kThis};
  }
  if (reader.accept("maand")) return Anchor{.kind = AnchorKind::kMonth, .which = Which::kThis};
  const auto year = reader.accept_year();
  if (!year) return std::nullopt;
  if (const auto quarter = reader.accept_named(kQuarterNames)) {
    return Anchor{
        .kind = AnchorKind::kQuarter, .number = *quarter, .year = *year, .which = Which::kExplicit};
  }
  return Anchor{.kind = AnchorKind::kYear, .year = *year, .which = Which::kExplicit};
}

std::optional<Anchor> read_anchor(Reader& reader) {
  reader.accept_any({"de", "het"});
  const auto part = reader.accept_named(kParts);
  if (part) {
    reader.accept_any({"van", "in"});
    reader.accept_any({"de", "het"});
  }
  std::optional<Anchor> anchor = part ? std::nullopt : read_day(reader);
  if (!anchor) anchor = read_relative(reader);
  if (!anchor) {
    anchor = read_named(reader);
    if (anchor) read_year(reader, *anchor);
  }
  if (!anchor) anchor = read_year_anchor(reader);
  if (!anchor) return std::nullopt;
  // "winter 2025-2026" names one winter; "winter 2026" alone can be either.
  if (anchor->kind == AnchorKind::kSeason && anchor->number == kWinter &&
      anchor->which == Which::kExplicit) {
    const auto second_year = reader.accept_year();
    if (second_year && *second_year != anchor->year + 1) return std::nullopt;
    anchor->last_year = second_year.value_or(0);
  }
  if (part) anchor->part = *part;
  // "1 juli a.s.": the coming one, which it is without those words too.
  if (anchor->which == Which::kFirstToCome) reader.accept_any({"a s", "aanstaande"});
  return anchor;
}

std::optional<Period> of_unit(Reader& reader, int count, int count_of_days) {
  if (reader.accept_any({"dagen", "dag"})) return Period::of_days(count_of_days);
  if (reader.accept_any({"weken", "week"})) return Period::of_weeks(count);
  if (reader.accept_any({"maanden", "maand"})) return Period::of_months(count);
  if (reader.accept_any({"jaren", "jaar"})) return Period::of_years(count);
  return std::nullopt;
}

// "binnen enkele weken", "over enkele weken", "de komende maanden", "binnen zes weken".
std::optional<Phrase> read_within(Reader& reader) {
  const bool is_coming = reader.accept_any({"in de komende", "de komende", "komende"});
  const bool is_over = !is_coming && reader.accept("over");
  if (!is_coming && !is_over && !reader.accept("binnen")) return std::nullopt;
  Phrase phrase{.relation = Relation::kWithin};
  const bool is_some = reader.accept_any({"enkele", "een paar", "enige"});
  auto count = is_some ? std::nullopt : reader.accept_named(kCounts);
  if (!is_some && !count) count = reader.accept_number(1, 3);
  if (count) {
    const auto latest = of_unit(reader, *count, *count);
    if (!latest || is_over) return std::nullopt;
    phrase.earliest = phrase.latest = *latest;
    return phrase;
  }
  if (!is_some && !is_coming) return std::nullopt;
  const std::size_t unit = reader.mark();
  const auto latest = of_unit(reader, kMostOfSome, kMostDaysOfSome);
  reader.go_back(unit);
  const auto earliest = of_unit(reader, kFewestOfSome, kFewestOfSome);
  if (!latest || latest->years > 0) return std::nullopt;
  phrase.latest = *latest;
  phrase.earliest = *earliest;
  return phrase;
}

std::optional<Phrase> read_spell(Reader& reader) {
  const auto months = reader.accept_named(kSpells);
  if (!months) return std::nullopt;
  return Phrase{.relation = Relation::kSpell, .latest = Period::of_months(*months)};
}

std::optional<Phrase> read_phrase(Reader& reader) {
  if (auto phrase = read_spell(reader)) return phrase;
  reader.accept_named(kFillers);
  const std::size_t mark = reader.mark();
  if (auto phrase = read_within(reader)) return phrase;
  reader.go_back(mark);
  Phrase phrase;
  phrase.relation = reader.accept_named(kRelations).value_or(Relation::kIn);
  const auto anchor = read_anchor(reader);
  if (!anchor) return std::nullopt;
  phrase.anchor = *anchor;
  if (phrase.relation != Relation::kBetween) return phrase;
  const auto until = reader.accept("en") ? read_anchor(reader) : std::nullopt;
  if (!until) return std::nullopt;
  phrase.until = *until;
  // "Tussen 20 maart en 4 juni 2024": the year stands once, for both.
  if (anchor->which == Which::kFirstToCome && until->which == Which::kExplicit) {
    phrase.anchor.which = Which::kExplicit;
    phrase.anchor.year = until->year;
  }
  return phrase;
}

}  // namespace

std::optional<Phrase> parse_phrase(std::string_view words) {
  constexpr std::size_t kLongestWording = 200;
  if (words.size() > kLongestWording) return std::nullopt;
  Reader reader(fold_for_search(words));
  auto phrase = read_phrase(reader);
  if (!reader.is_at_end()) return std::nullopt;
  return phrase;
}

}  // namespace zicht::calendar::internal
