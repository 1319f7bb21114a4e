// What a decision table may give while questions are open.
#include <algorithm>

#include "dmn/internal/partial.h"

namespace zicht::dmn::internal {

using feel::Value;

namespace {

// Rules of which every set is tried, where the outcome depends on all that match.
constexpr std::size_t kMaxSubsets = 6;
// Rules of a UNIQUE table of which it is looked up whether two can match together.
constexpr std::size_t kMaxPairs = 64;

void add_once(std::vector<Unknown>& to, Unknown one) {
  if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
}

std::vector<std::size_t> with(std::vector<std::size_t> rules, std::size_t one) {
  rules.insert(std::lower_bound(rules.begin(), rules.end(), one), one);
  return rules;
}

}  // namespace

std::vector<Value> Partial::known_slots(const Node& node) {
  std::vector<Unknown> uses;
  for (const auto& slot : node.slots) add_uses(plan_, slot, uses);
  for (const auto one : uses) {
    if (possible(one).is_single()) values_[one] = &possible(one).values()[0];
  }
  auto slots = slots_of(plan_, node, values_);
  for (const auto one : uses) values_[one] = nullptr;
  return slots;
}

// The rules that match for one value of a column: those that may, and of a cell that looks at
// something open not surely.
void Partial::add_value(const Part& part, std::size_t column, const Value& value,
                        std::vector<Value>& slots, bool tests_all, Column& to,
                        std::vector<Hit>* each) {
  const auto& parts = part.table->parts();
  const auto& cells = parts.cells[column];
  const auto facts = std::span<const Value>(slots).first(parts.scope_size);
  if (parts.inputs[column].allowed && !value.is_null() &&
      !parts.inputs[column].allowed->test(value, facts, context_).is_true()) {
    to.may_be_refused = true;
    return;
  }
  to.may_be_unknown = to.may_be_unknown || value.is_null();
  const auto& index = part.table->index(column);
  const RuleSet* found = index.is_useful() ? index.find(value) : nullptr;
  RuleSet may = found != nullptr ? *found : RuleSet(cells.size(), true);
  RuleSet must = may;
  const auto decide = [&](std::size_t rule) {
    if (!tests_all || !cells[rule]->used_slots().empty()) return must.remove(rule);
    const Value hit = cells[rule]->test(value, facts, context_);
    if (hit.is_true()) return;
    must.remove(rule);
    // A cell that is not known matches no more than one that is false, but it may have decided.
    if (hit.is_false()) may.remove(rule);
    if (hit.is_null()) to.may_be_unknown = true;
  };
  if (found != nullptr) {
    for (const auto rule : part.general[column]) decide(rule);
  } else {
    for (std::size_t rule = 0; rule < cells.size(); ++rule) {
      if (cells[rule]) decide(rule);
    }
  }
  (void)context_.take_passed_over();  // told by `may_be_unknown`
  to.may |= may;
  to.must &= must;
  if (each != nullptr) each->push_back({std::move(may), std::move(must)});
}

Partial::Column Partial::column_of(const Part& part, std::size_t column, const Node& node,
                                   std::vector<Value>& slots) {
  const Part& own = part.parts[column];
  // A column that is one open question is the same until that is answered.
  const bool is_whole = own.same_as && plan_.is_topic(*own.same_as) &&
                        set_[*own.same_as] == nullptr && part.general[column].empty();
  if (const auto kept = whole_.find(&own); is_whole && kept != whole_.end()) return kept->second;
  const auto& cells = part.table->parts().cells[column];
  Column made;
  made.seen = see(own, node);
  const auto& possible = made.seen.possible;
  made.may = RuleSet(cells.size(), possible.is_any);
  made.must = RuleSet(cells.size(), true);
  if (possible.is_any) {
    made.may_be_unknown = true;
    made.may_be_refused = part.table->parts().inputs[column].allowed.has_value();
    for (std::size_t rule = 0; rule < cells.size(); ++rule) {
      if (cells[rule]) made.must.remove(rule);
    }
  } else {
    const auto values = possible.values();
    const bool tests_all = values.size() * part.general[column].size() <= kMaxTests;
    for (const auto& value : values)
      add_value(part, column, value, slots, tests_all, made, nullptr);
    // Where all are refused no rule is looked at; any set will do.
  }
  if (is_whole) whole_.insert_or_assign(&own, made);
  return made;
}

Partial::Table Partial::table_of(const Part& part, const Node& node) {
  const auto& parts = part.table->parts();
  Table table;
  RuleSet may(parts.rules.size(), true);
  RuleSet must = may;
  auto slots = known_slots(node);
  for (std::size_t c = 0; c < parts.inputs.size(); ++c) {
    table.columns.push_back(column_of(part, c, node, slots));
    may &= table.columns.back().may;
    must &= table.columns.back().must;
  }
  for (const auto rule : may.rules()) {
    table.active.push_back(rule);
    (must.has(rule) ? table.must : table.undecided).push_back(rule);
    if (must.has(rule) && parts.hit_policy == HitPolicy::kFirst) break;
  }
  table.is_live.resize(parts.inputs.size());
  for (std::size_t c = 0; c < parts.inputs.size(); ++c) {
    const RuleSet& own = table.columns[c].must;
    table.is_live[c] = std::any_of(table.undecided.begin(), table.undecided.end(),
                                   [&](std::size_t rule) { return !own.has(rule); });
  }
  return table;
}

Partial::Seen Partial::see_table(const Part& part, const Node& node) {
  const Table table = table_of(part, node);
  Seen seen;
  seen.possible = outcomes(part, table, node, seen.may_pass_over);
  if (seen.is_settled()) return seen;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Column& column = table.columns[c];
    if (!table.is_live[c] && !column.may_be_refused && !column.seen.may_pass_over) continue;
    for (const auto one : column.seen.live) add_once(seen.live, one);
    for (const auto rule : part.general[c]) {
      if (!std::binary_search(table.undecided.begin(), table.undecided.end(), rule)) continue;
      std::vector<Unknown> uses;
      for (const auto slot : part.table->parts().cells[c][rule]->used_slots())
        if (slot < node.slots.size()) add_uses(plan_, node.slots[slot], uses);
      for (const auto one : uses) {
        if (!possible(one).is_single()) add_once(seen.live, one);
      }
    }
  }
  for (const auto one : part.output_uses) {
    if (!possible(one).is_single()) add_once(seen.live, one);
  }
  seen.open = std::max<std::size_t>(table.undecided.size(), 1);
  return seen;
}

Possible Partial::outcomes(const Part& part, const Table& table, const Node& node,
                           bool& may_pass_over) {
  Possible possible;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Column& column = table.columns[c];
    may_pass_over =
        may_pass_over || column.seen.may_pass_over || (column.may_be_unknown && table.is_live[c]);
  }
  if (!is_known(part.output_uses)) {
    may_pass_over = may_pass_over || part.can_pass_over;
    possible.is_any = true;
    return possible;
  }
  std::vector<Value> slots = known_slots(node);
  Frame frame{context_, plan_.session, slots};
  add_outcomes(part, table, node, frame, possible);
  may_pass_over = may_pass_over || !context_.take_passed_over().empty();
  if (may_pass_over) possible.add(undetermined());
  for (const auto& column : table.columns) {
    if (column.may_be_refused) possible.add(undetermined());
  }
  const bool must_be_alone = part.table->parts().hit_policy == HitPolicy::kUnique;
  if (must_be_alone && possible.is_single() && table.active.size() > 1 &&
      may_overlap(part, table, node))
    possible.add(undetermined());
  return possible;
}

// For each value of a column that is not refused.
std::vector<Partial::Hit> Partial::hits_of(const Part& part, const Table& table, std::size_t column,
                                           std::vector<Value>& slots) {
  const auto& possible = table.columns[column].seen.possible;
  Column unused;
  unused.may = RuleSet(part.table->parts().rules.size());
  unused.must = unused.may;
  const bool tests_all = possible.values().size() * part.general[column].size() <= kMaxTests;
  std::vector<Hit> hits;
  for (const auto& value : possible.values())
    add_value(part, column, value, slots, tests_all, unused, &hits);
  return hits;
}

// Whether some rule surely matches, whichever of its values each column has.
bool Partial::is_covered(const Part& part, const Table& table, const Node& node) {
  std::size_t count = 1;
  for (const auto& column : table.columns) {
    if (column.seen.possible.is_any) return false;
    count *= std::max<std::size_t>(column.seen.possible.values().size(), 1);
    if (count > kMaxCovered) return false;
  }
  auto slots = known_slots(node);
  std::vector<RuleSet> matching = {RuleSet(part.table->parts().rules.size(), true)};
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::vector<RuleSet> next;
    for (const auto& hit : hits_of(part, table, c, slots)) {
      for (const auto& before : matching) {
        next.push_back(before);
        next.back() &= hit.must;
      }
    }
    matching = std::move(next);
  }
  return std::none_of(matching.begin(), matching.end(),
                      [](const RuleSet& one) { return one.is_empty(); });
}

void Partial::add_outcomes(const Part& part, const Table& table, const Node& node, Frame& frame,
                           Possible& possible) {
  const TableCode& code = *part.table;
  const auto& parts = code.parts();
  const auto& undecided = table.undecided;
  const auto add = [&](const std::vector<std::size_t>& rules) {
    if (!possible.is_any) possible.add(code.result_of(rules, frame));
  };
  const bool takes_best = parts.hit_policy == HitPolicy::kPriority ||
                          parts.aggregation == Aggregation::kMin ||
                          parts.aggregation == Aggregation::kMax;
  const bool takes_one = parts.hit_policy == HitPolicy::kUnique ||
                         parts.hit_policy == HitPolicy::kAny ||
                         parts.hit_policy == HitPolicy::kFirst;
  if (undecided.empty() || takes_best || takes_one) {
    // Without a rule that surely matches it may be that none does, unless they leave no room.
    if (undecided.empty() || !table.must.empty() || !is_covered(part, table, node)) add(table.must);
    for (const auto rule : undecided)
      add(takes_best ? with(table.must, rule) : std::vector<std::size_t>{rule});
    return;
  }
  if (undecided.size() > kMaxSubsets) {
    possible.is_any = true;
    return;
  }
  for (std::size_t set = 0; set < (std::size_t{1} << undecided.size()); ++set) {
    std::vector<std::size_t> rules = table.must;
    for (std::size_t i = 0; i < undecided.size(); ++i) {
      if ((set >> i & 1) != 0) rules = with(std::move(rules), undecided[i]);
    }
    add(rules);
  }
}

// Whether two rules can match together, column by column.
bool Partial::may_overlap(const Part& part, const Table& table, const Node& node) {
  const auto& active = table.active;
  if (active.size() > kMaxPairs) return true;
  std::vector<std::uint64_t> together(active.size(), ~std::uint64_t{0});
  auto slots = known_slots(node);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const auto& possible = table.columns[c].seen.possible;
    if (possible.is_any) continue;
    std::vector<std::uint64_t> here(active.size());
    for (const auto& hit : hits_of(part, table, c, slots)) {
      std::uint64_t rules = 0;
      for (std::size_t i = 0; i < active.size(); ++i)
        rules |= hit.may.has(active[i]) ? std::uint64_t{1} << i : 0;
      for (std::size_t i = 0; i < active.size(); ++i) here[i] |= (rules >> i & 1) != 0 ? rules : 0;
    }
    for (std::size_t i = 0; i < active.size(); ++i) together[i] &= here[i];
  }
  const std::uint64_t all =
      active.size() == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << active.size()) - 1;
  for (std::size_t i = 0; i < active.size(); ++i) {
    if ((together[i] & all & ~(std::uint64_t{1} << i)) != 0) return true;
  }
  return false;
}

std::vector<Hanging> Partial::hanging(std::size_t node, Unknown on) {
  std::vector<Hanging> found;
  const Node& one = plan_.graph->nodes[node];
  std::vector<const Part*> left = {&plan_.logic[node]};
  while (!left.empty()) {
    const Part& part = *left.back();
    left.pop_back();
    if (part.kind != Part::Kind::kTable) {
      for (const auto& piece : part.parts) left.push_back(&piece);
      continue;
    }
    const Table table = table_of(part, one);
    Hanging hanging{part.table, {}};
    for (const auto rule : table.undecided) {
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const auto& live = table.columns[c].seen.live;
        if (table.columns[c].must.has(rule) ||
            std::find(live.begin(), live.end(), on) == live.end())
          continue;
        hanging.rules.push_back(rule);
        break;
      }
    }
    if (!hanging.rules.empty()) found.push_back(std::move(hanging));
  }
  return found;
}

}  // namespace zicht::dmn::internal
