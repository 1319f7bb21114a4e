#include "stats/surveillance/judgement.h"

#include "base/check.h"

namespace zicht::stats {

std::string_view name_of(NotJudged why) {
  switch (why) {
    case NotJudged::kNone:
      return "";
    case NotJudged::kNoCount:
      return "no_count";
    case NotJudged::kShortHistory:
      return "short_history";
    case NotJudged::kGaps:
      return "gaps";
    case NotJudged::kTooFewCases:
      return "too_few_cases";
    case NotJudged::kEmptyHistory:
      return "empty_history";
    case NotJudged::kNoSpread:
      return "no_spread";
    case NotJudged::kNoFit:
      return "no_fit";
    case NotJudged::kTooFresh:
      return "too_fresh";
    case NotJudged::kOutsideRange:
      return "outside_range";
  }
  ZICHT_CHECK(false, "every reason has a name");
}

LocalizedText words_of(NotJudged why) {
  switch (why) {
    case NotJudged::kNone:
      return {};
    case NotJudged::kNoCount:
      return {"Over deze periode is niets geteld.", "This period was not counted."};
    case NotJudged::kShortHistory:
      return {"Er gaan te weinig perioden aan vooraf om mee te vergelijken.",
              "There are too few periods before it to compare with."};
    case NotJudged::kGaps:
      return {"Te veel van de perioden om mee te vergelijken zijn niet geteld.",
              "Too many of the periods to compare with were not counted."};
    case NotJudged::kTooFewCases:
      return {"De laatste tijd is er te weinig geteld om van een grens te spreken.",
              "Too little was counted of late to speak of a bound."};
    case NotJudged::kEmptyHistory:
      return {"In de perioden om mee te vergelijken is niets voorgevallen.",
              "Nothing happened in the periods to compare with."};
    case NotJudged::kNoSpread:
      return {"De perioden om mee te vergelijken zijn alle gelijk; toeval is niet te meten.",
              "The periods to compare with are all equal; chance cannot be measured."};
    case NotJudged::kNoFit:
      return {"Het model past niet op deze aantallen.", "The model does not fit these counts."};
    case NotJudged::kTooFresh:
      return {"Van deze periode is nog te weinig binnen.",
              "Too little of this period has come in yet."};
    case NotJudged::kOutsideRange:
      return {"Deze periode ligt voor de eerste die beoordeeld wordt.",
              "This period is before the first one to be judged."};
  }
  ZICHT_CHECK(false, "every reason has words");
}

}  // namespace zicht::stats
