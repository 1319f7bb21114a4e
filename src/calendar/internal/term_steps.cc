#include "calendar/internal/term_steps.h"

namespace zicht::calendar::internal {
namespace {

// "30 april 2025", or for a window "een dag van 1 tot en met 30 april 2025".
LocalizedText day_words(const DateInterval& days) {
  const LocalizedText text = long_text(days);
  if (days.is_one_day()) return text;
  return {"een dag van " + text.nl, "a day from " + text.en};
}

std::string citation(const Regime* regime) {
  if (regime == nullptr) return {};
  if (regime->article.empty()) return regime->law;
  return regime->law + " art. " + regime->article;
}

// The term that counted: the request's, or that of the version in force on the first start day.
Period term_of(const DateInterval& start, const TermRequest& request) {
  if (request.term || request.regime == nullptr) return request.term.value_or(Period{});
  const RegimeVersion* version = request.regime->find_version(start.first);
  return version == nullptr ? Period{} : version->term.value_or(Period{});
}

TermStep term_step(const DateInterval& start, const TermRequest& request, const DateInterval& to) {
  const LocalizedText length = long_text(term_of(start, request));
  const LocalizedText from = day_words(start);
  const LocalizedText end = day_words(to);
  return {"term",
          start,
          to,
          citation(request.regime),
          {"De termijn van " + length.nl + " loopt vanaf de dag na " + from.nl + " en eindigt op " +
               end.nl + ".",
           "The term of " + length.en + " runs from the day after " + from.en + " and ends on " +
               end.en + "."}};
}

TermStep extension_step(const TermRequest& request, const DateInterval& from,
                        const DateInterval& to) {
  const LocalizedText length = long_text(*request.extension);
  const LocalizedText end = day_words(to);
  return {"extension",
          from,
          to,
          citation(request.regime),
          {"De termijn is met " + length.nl + " verlengd en eindigt op " + end.nl + ".",
           "The term is extended by " + length.en + " and ends on " + end.en + "."}};
}

TermStep suspension_step(const TermRequest& request, const DateInterval& from,
                         const DateInterval& to) {
  LocalizedText text;
  const LocalizedText end = day_words(to);
  if (to.last == Date::max()) {
    text = {"De termijn is opgeschort; de opschorting heeft nog geen einde.",
            "The term is suspended; the suspension has no end yet."};
  } else if (from == to) {
    text = {"De opschorting valt buiten de termijn en verandert het einde niet.",
            "The suspension lies outside the term and does not change its end."};
  } else {
    text = {"Opgeschorte dagen tellen niet mee: de termijn eindigt op " + end.nl + ".",
            "Suspended days do not count: the term ends on " + end.en + "."};
  }
  return {"suspension", from, to, citation(request.regime), text};
}

TermStep two_days_step(const DateInterval& from, const DateInterval& to) {
  const LocalizedText end = day_words(to);
  return {"two_working_days",
          from,
          to,
          "Algemene termijnenwet art. 2",
          {"De termijn moet ten minste twee werkdagen bevatten en eindigt op " + end.nl + ".",
           "The term has to hold at least two working days and ends on " + end.en + "."}};
}

TermStep next_day_step(const DateInterval& from, const DateInterval& to, const Calendar& calendar) {
  LocalizedText text{"De laatste dag is een werkdag; het einde schuift niet op.",
                     "The last day is a working day; the end does not move."};
  if (from != to) {
    const LocalizedText end = day_words(to);
    LocalizedText why{"een zaterdag, zondag of feestdag", "a Saturday, Sunday or holiday"};
    const auto holiday = calendar.find_holiday(from.first);
    if (from.is_one_day() && holiday) why = holiday->name;
    text = {"De laatste dag valt op " + why.nl +
                ": de termijn eindigt op de eerstvolgende werkdag, " + end.nl + ".",
            "The last day falls on " + why.en + ": the term ends on the next working day, " +
                end.en + "."};
  }
  return {"next_working_day", from, to, "Algemene termijnenwet art. 1", text};
}

TermStep no_act_step(const DateInterval& start, const TermRequest& request,
                     const DateInterval& days) {
  const RegimeVersion* version = request.regime->find_version(start.first);
  const bool is_too_long = version != nullptr && version->general_terms_act;
  LocalizedText text{
      "De Algemene termijnenwet geldt hier niet: het einde schuift niet op voor een weekend of "
      "feestdag.",
      "The general terms act does not hold here: the end does not move for a weekend or holiday."};
  if (is_too_long) {
    text = {
        "De Algemene termijnenwet geldt niet voor een termijn van deze lengte; het einde schuift "
        "niet op.",
        "The general terms act does not hold for a term of this length; the end does not move."};
  }
  return {"outside_general_terms_act", days, days,
          is_too_long ? "Algemene termijnenwet art. 4" : citation(request.regime), text};
}

}  // namespace

std::vector<TermStep> explain(const DateInterval& start, const TermRequest& request,
                              const Calendar& calendar, const Stages& earliest,
                              const Stages& latest) {
  const auto at = [&](Stage stage) {
    return DateInterval{earliest.ends[stage], latest.ends[stage]};
  };
  std::vector<TermStep> steps{term_step(start, request, at(kTerm))};
  if (request.extension) steps.push_back(extension_step(request, at(kTerm), at(kExtension)));
  if (!request.suspensions.empty()) {
    steps.push_back(suspension_step(request, at(kExtension), at(kSuspension)));
  }
  if (latest.act_applies) {
    if (at(kSuspension) != at(kTwoWorkingDays)) {
      steps.push_back(two_days_step(at(kSuspension), at(kTwoWorkingDays)));
    }
    steps.push_back(next_day_step(at(kTwoWorkingDays), at(kNextWorkingDay), calendar));
  } else if (request.regime != nullptr) {
    steps.push_back(no_act_step(start, request, at(kNextWorkingDay)));
  }
  return steps;
}

}  // namespace zicht::calendar::internal
