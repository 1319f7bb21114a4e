#include "stats/surveillance/agreed_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "stats/surveillance/internal/settings.h"

namespace zicht::stats {
namespace {

// The events of one key by date, as a window that moves.
class Window {
 public:
  Window(const std::vector<RuleEvent>& events, const AgreedRule& rule)
      : events_(events), rule_(rule) {}

  // True where the rule is met with the event at `at` for sources that were not told yet.
  bool moves_to(std::size_t at) {
    add(events_[at].source, 1);
    while (days_between(events_[begin_].date, events_[at].date) > rule_.within_days)
      add(events_[begin_++].source, -1);
    if (distinct() < rule_.distinct || is_told()) return false;
    told_.clear();
    for (const auto& [source, count] : sources_) told_.insert(source);
    told_unknown_ = unknown_;
    return true;
  }

  [[nodiscard]] RuleHit hit(std::size_t at) const {
    return {events_[at].key, events_[begin_].date, events_[at].date, distinct(), at - begin_ + 1};
  }

 private:
  void add(const std::string& source, int count) {
    if (source.empty()) {
      unknown_ += count;
    } else if ((sources_[source] += count) == 0) {
      sources_.erase(source);
    }
  }

  [[nodiscard]] int distinct() const {
    return static_cast<int>(sources_.size()) + (rule_.unknown_is_distinct ? unknown_ : 0);
  }

  [[nodiscard]] bool is_told() const {
    if (told_.empty() && told_unknown_ == 0) return false;
    if (rule_.unknown_is_distinct && unknown_ > told_unknown_) return false;
    return std::all_of(sources_.begin(), sources_.end(),
                       [&](const auto& one) { return told_.contains(one.first); });
  }

  const std::vector<RuleEvent>& events_;
  const AgreedRule& rule_;
  std::size_t begin_ = 0;
  std::map<std::string, int> sources_;
  int unknown_ = 0, told_unknown_ = 0;
  std::set<std::string> told_;
};

}  // namespace

Result<std::vector<RuleHit>> agreed_rule(std::vector<RuleEvent> events, const AgreedRule& rule) {
  ZICHT_CHECKED(internal::require_setting(rule.distinct >= 1, "distinct", "distinct >= 1"));
  ZICHT_CHECKED(
      internal::require_setting(rule.within_days >= 0, "within_days", "within_days >= 0"));
  std::stable_sort(events.begin(), events.end(),
                   [](const RuleEvent& a, const RuleEvent& b) { return a.date < b.date; });
  std::map<std::string, std::vector<RuleEvent>> by_key;
  for (auto& event : events) by_key[event.key].push_back(std::move(event));
  std::vector<RuleHit> hits;
  for (const auto& [key, of_key] : by_key) {
    Window window(of_key, rule);
    for (std::size_t at = 0; at < of_key.size(); ++at) {
      if (window.moves_to(at)) hits.push_back(window.hit(at));
    }
  }
  std::stable_sort(hits.begin(), hits.end(), [](const RuleHit& a, const RuleHit& b) {
    return std::tie(a.last, a.key) < std::tie(b.last, b.key);
  });
  return hits;
}

}  // namespace zicht::stats
