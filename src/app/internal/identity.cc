#include "app/internal/identity.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/error_catalogue.h"

namespace zicht::app::internal {
namespace {

constexpr std::size_t kMostPersons = 50;

using Pair = std::pair<std::string, std::string>;

Pair pair_in(const model::IdentityRule& rule, const model::Record& record) {
  const auto one = model::texts_in(record.fields, rule.of);
  const auto other = model::texts_in(record.fields, rule.as);
  return {one.empty() ? "" : one.front(), other.empty() ? "" : other.front()};
}

// All that links join to a person, the person too, and whom splits keep from one of them.
struct Circle {
  std::set<std::string> persons;
  std::set<Pair> splits;  // in both directions
};

// Follows what the caller may see, but for `without`, the record that is being written.
class CircleSearch {
 public:
  CircleSearch(Store& store, const Rulebook& rules, const Caller& caller, std::string without)
      : store_(store), rules_(rules), caller_(caller), without_(std::move(without)) {}

  // `known`: what is said of the person alone; null: to be looked up.
  Result<Circle> around(const std::string& person, const std::vector<PersonLink>* known = nullptr) {
    Circle circle{{person}, {}};
    std::vector<std::string> fresh{person};
    while (!fresh.empty() && circle.persons.size() <= kMostPersons) {
      ZICHT_TRY(links, visible_links(fresh, known));
      known = nullptr;
      fresh.clear();
      for (const PersonLink& link : links) {
        if (link.is_split) {
          circle.splits.insert({link.one, link.other});
          circle.splits.insert({link.other, link.one});
          continue;
        }
        for (const std::string& each : {link.one, link.other}) {
          if (circle.persons.insert(each).second) fresh.push_back(each);
        }
      }
    }
    return circle;
  }

 private:
  Result<std::vector<PersonLink>> visible_links(const std::vector<std::string>& persons,
                                                const std::vector<PersonLink>* known) {
    auto said =
        known == nullptr ? store_.person_links(persons) : Result<std::vector<PersonLink>>(*known);
    ZICHT_TRY(links, std::move(said));
    std::set<std::string> sources;
    for (const PersonLink& link : links) sources.insert(link.source);
    ZICHT_TRY(visible, visible_references(store_, rules_, caller_, sources));
    std::erase_if(links, [&](const PersonLink& link) {
      return link.source == without_ || !visible.contains(link.source);
    });
    return links;
  }

  Store& store_;
  const Rulebook& rules_;
  const Caller& caller_;
  const std::string without_;
};

bool is_kept_apart(const Circle& one, const Circle& other) {
  const auto joins = [](const Pair& split, const Circle& from, const Circle& to) {
    return from.persons.contains(split.first) && to.persons.contains(split.second);
  };
  const auto any = [&](const std::set<Pair>& splits) {
    return std::any_of(splits.begin(), splits.end(),
                       [&](const Pair& split) { return joins(split, one, other); });
  };
  return any(one.splits) || any(other.splits);
}

}  // namespace

Result<std::set<std::string>> same_persons(Store& store, const Caller& caller,
                                           const FoundRecord& found) {
  if (!found.form.form->is_person || !found.rules->says_identity) return std::set<std::string>();
  const std::string& person = found.record.id;
  const auto* known = found.links ? &*found.links : nullptr;
  ZICHT_TRY(circle, CircleSearch(store, *found.rules, caller, {}).around(person, known));
  circle.persons.erase(person);
  // Two acts at one moment can leave a link beside a split: then the split counts.
  std::erase_if(circle.persons, [&](const std::string& each) {
    return circle.splits.contains({person, each});
  });
  return circle.persons;
}

Result<void> check_identity(Store& store, const Rulebook& rules, const Caller& caller,
                            const model::Form& form, const model::Record* before,
                            const model::Record& after) {
  if (!form.identity) return {};
  const model::IdentityRule& rule = *form.identity;
  const Pair pair = pair_in(rule, after);
  const bool is_same_pair = before != nullptr && pair_in(rule, *before) == pair;
  if (before != nullptr && rule.split.contains(before->state) && !is_same_pair) {
    return make_error("AP-0141");
  }
  const bool links = rule.linked.contains(after.state), splits = rule.split.contains(after.state);
  if (pair.first == pair.second && !pair.first.empty()) return make_error("AP-0142");
  if ((!links && !splits) || (is_same_pair && before->state == after.state)) return {};
  CircleSearch search(store, rules, caller, after.id);
  ZICHT_TRY(one, search.around(pair.first));
  if (splits) {
    if (one.persons.contains(pair.second)) return make_error("AP-0143");
    return {};
  }
  ZICHT_TRY(other, search.around(pair.second));
  if (is_kept_apart(one, other)) return make_error("AP-0140");
  return {};
}

}  // namespace zicht::app::internal
