#include "calendar/vague.h"

#include <algorithm>

#include "base/period.h"
#include "calendar/internal/vague_phrase.h"

namespace zicht::calendar {
namespace {

using internal::Anchor;
using internal::AnchorKind;
using internal::Part;
using internal::Phrase;
using internal::Relation;
using internal::Which;

constexpr std::int64_t kLongestWritingDays = 3653;

DateInterval months_of(int year, int first_month, int count) {
  const Date first = Date::of(year, first_month, 1);
  return {first, last_day_of_month(*add_months(first, count - 1))};
}

// The season that begins in that year.
DateInterval season_of(int year, int season) { return months_of(year, 3 * season, 3); }

bool is_within_years(const DateInterval& days) {
  return days.first.year() >= kFirstYear && days.last.year() <= kLastYear;
}

// A piece of a stretch of months: which months, counted from 0.
DateInterval months_within(const DateInterval& whole, int from, int count) {
  const Date first = *add_months(whole.first, from);
  return {first, last_day_of_month(*add_months(first, count - 1))};
}

std::optional<DateInterval> part_of(AnchorKind kind, const DateInterval& whole, Part part) {
  if (part == Part::kWhole) return whole;
  const int which = static_cast<int>(part) - static_cast<int>(Part::kBegin);
  switch (kind) {
    case AnchorKind::kYear: {
      constexpr int kFirstMonths[] = {0, 5, 10};
      return months_within(whole, kFirstMonths[which], 2);
    }
    case AnchorKind::kMonth: {
      const Date first = *add_days(whole.first, 10 * which);
      return DateInterval{first, part == Part::kEnd ? whole.last : *add_days(first, 9)};
    }
    case AnchorKind::kSeason:
    case AnchorKind::kQuarter:
      return months_within(whole, which, 1);
    default:
      return std::nullopt;
  }
}

// Places an anchor such as "the summer" in time, seen from the day of writing.
class AnchorPlacement {
 public:
  AnchorPlacement(const Anchor& anchor, Relation relation, const Calendar& calendar)
      : anchor_(anchor), relation_(relation), calendar_(calendar) {}

  std::optional<DateInterval> days_when(Date written) {
    switch (anchor_.which) {
      case Which::kExplicit:
        return named_by_year();
      case Which::kThis:
        return around_writing(written, 0);
      case Which::kNext:
        return around_writing(written, 1);
      case Which::kFirstToCome:
        return first_to_come(written);
    }
    return std::nullopt;
  }

  // True when a recess was needed that the calendar does not have.
  bool has_assumed_recess() const { return has_assumed_recess_; }

 private:
  std::optional<DateInterval> whole_in(int year) {
    if (year <= kFirstYear || year >= kLastYear) return std::nullopt;
    switch (anchor_.kind) {
      case AnchorKind::kDay: {
        const bool is_month = anchor_.number >= 1 && anchor_.number <= 12;
        if (!is_month || anchor_.day < 1 || anchor_.day > days_in_month(year, anchor_.number)) {
          return std::nullopt;
        }
        return DateInterval::of_day(Date::of(year, anchor_.number, anchor_.day));
      }
      case AnchorKind::kMonth:
        return months_of(year, anchor_.number, 1);
      case AnchorKind::kQuarter:
        return months_of(year, 3 * anchor_.number - 2, 3);
      case AnchorKind::kHalf:
        return months_of(year, 6 * anchor_.number - 5, 6);
      case AnchorKind::kSeason:
        return season_of(year, anchor_.number);
      case AnchorKind::kRecess:
        return recess_in(year);
      case AnchorKind::kYear:
        return months_of(year, 1, 12);
      case AnchorKind::kWeek:
        return std::nullopt;
    }
    return std::nullopt;
  }

  DateInterval recess_in(int year) {
    if (const Recess* recess = calendar_.find_summer_recess(year)) return recess->days;
    has_assumed_recess_ = true;
    return months_of(year, 7, 2);
  }

  std::optional<DateInterval> in_year(int year) {
    const auto whole = whole_in(year);
    return whole ? part_of(anchor_.kind, *whole, anchor_.part) : std::nullopt;
  }

  std::optional<DateInterval> named_by_year() {
    const bool is_winter =
        anchor_.kind == AnchorKind::kSeason && anchor_.number == internal::kWinter;
    const auto days = in_year(anchor_.year);
    if (!is_winter || anchor_.last_year != 0 || !days) return days;
    const auto winter_before = in_year(anchor_.year - 1);
    return winter_before ? std::optional(span_of(*winter_before, *days)) : std::nullopt;
  }

  // This (0) or the next (1) week, month, quarter or year, seen from the day of writing.
  std::optional<DateInterval> around_writing(Date written, int steps) {
    const bool is_bare = anchor_.number == 0;
    if (anchor_.kind == AnchorKind::kWeek) {
      const auto monday = add_days(written, 7 * steps - static_cast<int>(written.weekday()) + 1);
      const auto sunday = monday ? add_days(*monday, 6) : monday;
      if (!sunday) return std::nullopt;
      return DateInterval{*monday, *sunday};
    }
    if (is_bare && anchor_.kind == AnchorKind::kMonth) {
      return months_from(written, written.month(), steps);
    }
    if (is_bare && anchor_.kind == AnchorKind::kQuarter) {
      const int first_month = (written.month() - 1) / 3 * 3 + 1;
      return months_from(written, first_month, 3 * steps, 3);
    }
    return in_year(written.year() + steps);
  }

  std::optional<DateInterval> months_from(Date written, int month, int later, int count = 1) {
    const auto first = add_months(Date::of(written.year(), month, 1), later);
    if (!first) return std::nullopt;
    return part_of(anchor_.kind, months_of(first->year(), first->month(), count), anchor_.part);
  }

  // Eight years ahead reach the next 29 February, also across a century.
  std::optional<DateInterval> first_to_come(Date written) {
    const bool must_begin_later = relation_ == Relation::kBefore && anchor_.part != Part::kEnd;
    for (int year = written.year() - 1; year <= written.year() + 8; ++year) {
      const auto days = in_year(year);
      if (days && (must_begin_later ? days->first : days->last) >= written &&
          !(must_begin_later && days->first == written)) {
        return days;
      }
    }
    return std::nullopt;
  }

  const Anchor& anchor_;
  Relation relation_;
  const Calendar& calendar_;
  bool has_assumed_recess_ = false;
};

DateInterval widened(const DateInterval& anchor) {
  if (anchor.is_one_day()) return {*add_days(anchor.first, -14), *add_days(anchor.last, 14)};
  return {*add_months(anchor.first, -1), *add_months(anchor.last, 1)};
}

// The one day on which "voor" or "uiterlijk" falls due.
std::optional<DateInterval> due_on(Date due, Date written) {
  return due < written ? std::nullopt : std::optional(DateInterval::of_day(due));
}

std::optional<DateInterval> related(const Phrase& phrase, const DateInterval& anchor,
                                    Date written) {
  const bool is_own_year = phrase.anchor.which == Which::kExplicit;
  DateInterval days = anchor;
  switch (phrase.relation) {
    case Relation::kBy:
      return due_on(anchor.last, written);
    case Relation::kBefore: {
      const bool ends_inside = phrase.anchor.part == Part::kEnd;
      return due_on(ends_inside ? anchor.last : *add_days(anchor.first, -1), written);
    }
    case Relation::kAfter:
      return DateInterval{*add_days(anchor.last, 1), *add_months(anchor.last, 3)};
    case Relation::kAround:
      days = widened(anchor);
      break;
    default:
      break;
  }
  if (!is_own_year && days.contains(written)) days.first = written;
  return days;
}

// The days on which the phrase falls due when it was written on some day.
class Placement {
 public:
  Placement(const Phrase& phrase, const Calendar& calendar)
      : phrase_(phrase),
        anchor_(phrase.anchor, phrase.relation, calendar),
        until_(phrase.until, phrase.relation, calendar) {}

  std::optional<DateInterval> days_when(Date written) {
    if (phrase_.relation == Relation::kWithin || phrase_.relation == Relation::kSpell) {
      const auto first = add_period(written, phrase_.earliest);
      const auto last = add_period(written, phrase_.latest);
      if (!first || !last) return std::nullopt;
      return DateInterval{*first, *last};
    }
    const auto anchor = anchor_.days_when(written);
    if (!anchor || phrase_.relation != Relation::kBetween) {
      return anchor ? related(phrase_, *anchor, written) : std::nullopt;
    }
    const auto until = until_.days_when(written);
    if (!until || until->last < anchor->first) return std::nullopt;
    return DateInterval{anchor->first, until->last};
  }

  bool has_assumed_recess() const {
    return anchor_.has_assumed_recess() || until_.has_assumed_recess();
  }

 private:
  const Phrase& phrase_;
  AnchorPlacement anchor_;
  AnchorPlacement until_;
};

LocalizedText relation_rule(const Phrase& phrase) {
  switch (phrase.relation) {
    case Relation::kBefore:
      if (phrase.anchor.part == Part::kEnd) {
        return {"‘Voor het eind’ is uiterlijk op de laatste dag.",
                "‘Before the end’ is on the last day at the latest."};
      }
      return {"‘Voor’ en ‘tot’: uiterlijk op de dag ervoor.",
              "‘Before’: on the day before at the latest."};
    case Relation::kBy:
      return {"‘Uiterlijk’: op de laatste dag.", "‘At the latest’: on the last day."};
    case Relation::kAround:
      return {"‘Rond’: een maand eerder tot een maand later; bij een dag twee weken.",
              "‘Around’: a month earlier to a month later; for a day two weeks."};
    case Relation::kAfter:
      return {"‘Na’: de drie maanden erna.", "‘After’: the three months after it."};
    case Relation::kWithin:
      return {"Gerekend vanaf de dag van schrijven; ‘enkele’ is twee tot zes.",
              "Counted from the day of writing; ‘some’ is two to six."};
    case Relation::kSpell:
      return {"Hier staat geen datum: genomen is een grens van " + long_text(phrase.latest).nl +
                  " na de dag van schrijven.",
              "There is no date here: a limit of " + long_text(phrase.latest).en +
                  " after the day of writing is taken."};
    case Relation::kIn:
    case Relation::kFrom:
    case Relation::kBetween:
      break;
  }
  return {};
}

LocalizedText part_rule(const Anchor& anchor) {
  if (anchor.part == Part::kWhole) return {};
  switch (anchor.kind) {
    case AnchorKind::kYear:
      return {
          "Begin: januari tot en met maart; midden: mei tot en met augustus; eind: oktober tot "
          "en met december.",
          "Beginning: January to March; middle: May to August; end: October to December."};
    case AnchorKind::kMonth:
      return {"Begin, midden en eind van een maand: dag 1-10, 11-20 en vanaf 21.",
              "Beginning, middle and end of a month: days 1-10, 11-20 and from 21."};
    default:
      return {"Begin, midden en eind: de eerste, tweede en derde maand.",
              "Beginning, middle and end: the first, second and third month."};
  }
}

LocalizedText season_rule(const Anchor& anchor) {
  switch (anchor.number) {
    case internal::kSpring:
      return {"Voorjaar: maart, april en mei (meteorologisch, KNMI).",
              "Spring: March, April and May (meteorological, KNMI)."};
    case internal::kSummer:
      return {"Zomer: juni, juli en augustus (meteorologisch, KNMI).",
              "Summer: June, July and August (meteorological, KNMI)."};
    case internal::kAutumn:
      return {"Najaar: september, oktober en november (meteorologisch, KNMI).",
              "Autumn: September, October and November (meteorological, KNMI)."};
    default:
      return {"Winter: december, januari en februari (meteorologisch, KNMI).",
              "Winter: December, January and February (meteorological, KNMI)."};
  }
}

LocalizedText recess_rule(bool is_assumed) {
  if (is_assumed) {
    return {"De data van dit zomerreces zijn niet ingevuld: juli en augustus genomen.",
            "The dates of this summer recess are not filled in: July and August are taken."};
  }
  return {"Zomerreces: de data die de Tweede Kamer heeft vastgesteld.",
          "Summer recess: the dates set by the House of Representatives."};
}

void append(LocalizedText& text, const LocalizedText& sentence) {
  if (sentence.nl.empty()) return;
  text.nl += " " + sentence.nl;
  text.en += " " + sentence.en;
}

LocalizedText explain(const Phrase& phrase, const DateInterval& window, const DateInterval& written,
                      bool has_assumed_recess) {
  LocalizedText text = long_text(window);
  text = {"Gelezen als: " + text.nl + ".", "Read as: " + text.en + "."};
  const Anchor& anchor = phrase.anchor;
  append(text, relation_rule(phrase));
  const bool has_anchor =
      phrase.relation != Relation::kWithin && phrase.relation != Relation::kSpell;
  if (has_anchor) {
    append(text, part_rule(anchor));
    if (anchor.kind == AnchorKind::kSeason) append(text, season_rule(anchor));
    if (anchor.kind == AnchorKind::kRecess) append(text, recess_rule(has_assumed_recess));
    if (anchor.which == Which::kFirstToCome) {
      append(text, {"Zonder jaartal: de eerste die na het schrijven nog kan komen.",
                    "Without a year: the first that can still come after writing."});
    }
  }
  if (!written.is_one_day()) {
    append(text,
           {"De dag van schrijven staat niet vast: dit omvat wat het op elk van die dagen kan "
            "betekenen.",
            "The day of writing is not certain: this covers what it can mean on each of those "
            "days."});
  }
  return text;
}

bool is_plain_day(const Phrase& phrase) {
  return phrase.relation == Relation::kIn && phrase.anchor.kind == AnchorKind::kDay &&
         phrase.anchor.which == Which::kExplicit;
}

}  // namespace

std::optional<Interpretation> interpret(std::string_view words, const DateInterval& written,
                                        const Calendar& calendar) {
  if (!is_within_years(written) || written.last < written.first ||
      written.length_in_days() > kLongestWritingDays) {
    return std::nullopt;
  }
  const auto phrase = internal::parse_phrase(words);
  if (!phrase) return std::nullopt;
  Placement placement(*phrase, calendar);
  std::optional<DateInterval> window;
  for (Date day = written.first; day <= written.last; day = *add_days(day, 1)) {
    // A day on which the words make no sense cannot have been the day of writing.
    const auto days = placement.days_when(day);
    if (days) window = window ? span_of(*window, *days) : *days;
  }
  if (!window || !is_within_years(*window)) return std::nullopt;
  if (is_plain_day(*phrase)) {
    return Interpretation{*window, long_text(*window), true};
  }
  return Interpretation{*window, explain(*phrase, *window, written, placement.has_assumed_recess()),
                        false};
}

}  // namespace zicht::calendar
