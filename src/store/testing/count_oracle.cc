#include "store/testing/count_oracle.h"

#include <map>
#include <stdexcept>

#include "model/where.h"
#include "store/testing/sample_pack.h"

namespace zicht::store::testing {
namespace {

using model::Grouping;

using Verdict = std::optional<bool>;

const Instant kEver = Instant::at_utc_midnight(Date::of(9000, 1, 1));

const Json* value_in(const json::object& fields, const char* id) { return fields.if_contains(id); }

Verdict either(Verdict a, Verdict b) {
  if ((a && *a) || (b && *b)) return true;
  return a && b ? Verdict(false) : Verdict();
}

Verdict is_code(const json::object& fields, const char* code) {
  const Json* value = value_in(fields, "code");
  return value == nullptr ? Verdict() : Verdict(value->get_string() == code);
}

Verdict number_is_positive(const json::object& fields) {
  const Json* value = value_in(fields, "number");
  return value == nullptr ? Verdict() : Verdict(value->get_int64() > 0);
}

const std::vector<AskedCondition>& conditions() {
  static const std::vector<AskedCondition> all = {
      {"", [](const json::object&) { return Verdict(true); }},
      {"number > 0", number_is_positive},
      {"is_new",
       [](const json::object& fields) {
         const Json* value = value_in(fields, "is_new");
         return value == nullptr ? Verdict() : Verdict(value->get_bool());
       }},
      {"code = \"open\" or number > 0",
       [](const json::object& fields) {
         return either(is_code(fields, "open"), number_is_positive(fields));
       }},
      {"made_on >= @\"2025-05-01\"",
       [](const json::object& fields) {
         const Json* value = value_in(fields, "made_on");
         return value == nullptr ? Verdict()
                                 : Verdict(std::string(value->get_string()) >= "2025-05-01");
       }},
      {"earlier = null",
       [](const json::object& fields) { return Verdict(!fields.contains("earlier")); }}};
  return all;
}

std::string period_by_hand(const std::string& day, Grouping by) {
  const bool is_second = day[5] == '1' || day[6] > '6';
  return day.substr(0, 4) + (by == Grouping::kYear ? "" : is_second ? "-H2" : "-H1");
}

std::optional<std::string> group_by_hand(const json::object& fields, const model::GroupBy& by) {
  const Json* value = value_in(fields, by.field.c_str());
  if (value == nullptr) return std::nullopt;
  if (by.field == "is_new") return value->get_bool() ? "true" : "false";
  if (by.field == "made_on") return period_by_hand(std::string(value->get_string()), by.by);
  if (by.field != "due") return std::string(value->get_string());
  const auto first = period_by_hand(std::string(value->at("first").get_string()), by.by);
  const auto last = period_by_hand(std::string(value->at("last").get_string()), by.by);
  return first == last ? std::optional(first) : std::nullopt;
}

std::optional<Decimal> number_by_hand(const json::object& fields, const std::string& id) {
  if (id.empty()) return Decimal();
  const Json* value = value_in(fields, id.c_str());
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return Decimal::from_integer(value->get_int64());
  return *Decimal::parse(std::string(value->get_string()));
}

using Values = std::vector<std::optional<std::string>>;
using Groups = std::map<std::pair<Values, bool>, model::Tally>;

void tally_by_hand(const Question& asked, const json::object& fields, Verdict counted,
                   model::Tally& tally) {
  if (!counted) {
    ++tally.undetermined;
    return;
  }
  ++tally.rows;
  if (asked.query.part != nullptr) {
    const Verdict part = asked.part->holds(fields);
    if (!part) ++tally.part_undetermined;
    if (part && *part) ++tally.part;
  }
  const auto of = number_by_hand(fields, asked.query.of);
  const auto by = number_by_hand(fields, asked.query.by);
  if (asked.query.of.empty() || !of || !by) return;
  ++tally.valued;
  tally.of = *add(tally.of, *of);
  tally.by = *add(tally.by, *by);
}

// A row with several labels stands under each.
void count_by_hand(const Question& asked, const json::object& fields, Groups& groups) {
  const Verdict counted = asked.where->holds(fields);
  if (counted && !*counted) return;
  Values values;
  std::optional<std::size_t> several;
  for (const auto& by : asked.query.dimensions) {
    const bool has_several = by.field == "labels" && fields.contains("labels");
    if (has_several) several = values.size();
    values.push_back(has_several ? std::nullopt : group_by_hand(fields, by));
  }
  if (!several) return tally_by_hand(asked, fields, counted, groups[{values, false}]);
  bool is_again = false;
  for (const Json& label : fields.at("labels").as_array()) {
    values[*several] = std::string(label.get_string());
    tally_by_hand(asked, fields, counted, groups[{values, is_again}]);
    is_again = true;
  }
}

std::shared_ptr<const feel::Predicate> predicate_of(const char* text, const model::Form& form) {
  if (*text == '\0') return nullptr;
  const auto pushed = model::read_where(text, form, Date::of(2025, 6, 1));
  if (!pushed.predicate) throw std::logic_error(text);
  return std::make_shared<const feel::Predicate>(*pushed.predicate);
}

bool is_seen(const model::RowScope& scope, const model::Record& record) {
  const auto clearance = scope.clearance_in(record.organisation);
  return clearance && record.audience <= *clearance;
}

}  // namespace

void thin_out(Rng& rng, model::Record& record) {
  for (const char* id :
       {"number", "rate", "amount", "is_new", "made_on", "due", "code", "earlier", "labels"}) {
    if (rng.below(4) == 0) record.fields.as_object().erase(id);
  }
}

void change_record(StoreFixture& fixture, BitemporalOracle& oracle, model::Record& record,
                   const std::vector<std::string>& others) {
  Rng& rng = fixture.rng();
  change_randomly(rng, record, fixture.pack(), others);
  thin_out(rng, record);
  const auto first = static_cast<std::int64_t>(rng.below(280));
  record.valid_from = sample_day(first);
  record.valid_to.reset();
  if (rng.below(3) == 0) record.valid_to = sample_day(first + 20);
  const std::string event = record.valid_to ? "corrected" : "changed";
  oracle.add(record, fixture.put(record, event).recorded_at);
}

std::vector<model::Record> write_records(StoreFixture& fixture, BitemporalOracle& oracle,
                                         int records) {
  std::vector<std::string> ids;
  std::vector<model::Record> written;
  for (int at = 0; at < records; ++at) {
    model::Record record = random_record(fixture.rng(), kThing, fixture.pack(), ids);
    thin_out(fixture.rng(), record);
    oracle.add(record, fixture.put(record, "created").recorded_at);
    for (auto changes = fixture.rng().below(3); changes > 0; --changes) {
      change_record(fixture, oracle, record, ids);
    }
    if (ids.size() < 4) ids.push_back(record.id);
    written.push_back(std::move(record));
  }
  return written;
}

Question random_question(StoreFixture& fixture, const BitemporalOracle& oracle) {
  Rng& rng = fixture.rng();
  const model::Form& form = *fixture.pack().find_form("thing");
  Question asked;
  model::CountQuery& query = asked.query;
  query.form = kThing;
  asked.where = &conditions()[rng.below(conditions().size())];
  asked.part = &conditions()[rng.below(conditions().size())];
  query.where = predicate_of(asked.where->text, form);
  query.part = predicate_of(asked.part->text, form);
  const model::GroupBy ways[] = {{"code"},
                                 {"is_new"},
                                 {"earlier"},
                                 {"made_on", Grouping::kYear},
                                 {"made_on", Grouping::kHalfYear},
                                 {"due", Grouping::kYear},
                                 {"due", Grouping::kHalfYear}};
  for (auto count = rng.below(4); count > 0; --count) {
    query.dimensions.push_back(ways[rng.below(std::size(ways))]);
  }
  // Of fields with several values one at most, anywhere among the others.
  if (rng.below(3) == 0) {
    const auto place = static_cast<std::ptrdiff_t>(rng.below(query.dimensions.size() + 1));
    query.dimensions.insert(query.dimensions.begin() + place, {"labels"});
  }
  const char* numbers[] = {"number", "rate", "amount"};
  if (rng.below(2) == 0) query.of = numbers[rng.below(3)];
  if (!query.of.empty() && rng.below(2) == 0) query.by = numbers[rng.below(3)];
  query.scope.clearance =
      rng.below(2) == 0 ? model::Sensitivity::kSecret : model::Sensitivity::kInternal;
  query.scope.elsewhere = model::Sensitivity::kPublic;
  query.scope.organisation = "org-1";
  const auto moment = rng.below(6);  // three of them: now
  if (moment % 2 == 1 && moment != 1) {
    query.as_of.valid_on = sample_day(static_cast<std::int64_t>(rng.below(365)));
  }
  if (moment == 1 || moment == 5) {
    const auto ids = oracle.ids();
    const auto times = oracle.times_of(ids[rng.below(ids.size())]);
    query.as_of.known_at = times[rng.below(times.size())];
  }
  return asked;
}

std::vector<model::Group> counted_by_hand(const Question& asked, const BitemporalOracle& oracle) {
  Groups groups;
  const model::AsOf& moment = asked.query.as_of;
  for (const std::string& id : oracle.ids()) {
    const model::Record* record =
        moment.is_now() ? oracle.find_now(id)
                        : oracle.find(id, moment.valid_on.value_or(Date::max()),
                                      moment.known_at.value_or(kEver));
    if (record == nullptr || !is_seen(asked.query.scope, *record)) continue;
    const model::Record* now = oracle.find_now(id);
    if (now == nullptr || !is_seen(asked.query.scope, *now)) continue;
    count_by_hand(asked, record->fields.as_object(), groups);
  }
  std::vector<model::Group> all;
  for (const auto& [key, tally] : groups) all.push_back({key.first, tally, key.second});
  return all;
}

}  // namespace zicht::store::testing
