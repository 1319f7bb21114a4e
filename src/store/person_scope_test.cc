// The conditions of a scope inside the queries: what a page, titles, links and tasks give must be
// what the scope says of each record by itself (RowScope::clearance_in).
// Method: random persons, ties, teams and notes on both databases, changed and moved; random
// scopes; the oracle looks through all records. A rebuild must find the same tables.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/amsterdam.h"
#include "base/ids.h"
#include "store/testing/care_entries.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using model::Sensitivity;
using testing::StoreFixture;
using testing::TestDatabase;

const std::string kAccounts[] = {std::string(25, '0') + "1", std::string(25, '0') + "2",
                                 std::string(25, '0') + "3"};
const std::string kKinds[] = {"care/worker", "care/guardian"};
const std::string kOrganisations[] = {"org-0", "org-1"};
const std::string kHandedForms[] = {"care/note", "care/child"};

model::Field field(std::string id, model::FieldType type, bool is_many = false) {
  model::Field result;
  result.id = std::move(id);
  result.type = type;
  result.is_many = is_many;
  result.is_filterable = type == model::FieldType::kReference || type == model::FieldType::kChoice;
  return result;
}

model::Form form(const std::string& id, std::vector<model::Field> fields) {
  model::Form result;
  result.id = id;
  result.pack = "care";
  result.subject = "person";
  result.basis.retention = "P15Y";
  result.fields = std::move(fields);
  return result;
}

model::Pack care_pack() {
  using enum model::FieldType;
  model::Form child = form("child", {field("born", kDate)});
  child.is_person = true;
  child.born = "born";
  model::Form team = form("team", {field("staff", kAccount, true)});
  team.subject = "none";
  team.members = "staff";
  const auto tie = [](const std::string& id, const std::string& kind, model::FieldType holder) {
    model::Form result = form(id, {field("of", kReference, true), field("holder", holder),
                                   field("since", kDate), field("until", kDate)});
    result.about = {"of"};
    result.relation = {kind, "of", "holder", "since", "until"};
    return result;
  };
  model::Form note = form("note", {field("child", kReference), field("others", kReference, true),
                                   field("kind", kChoice)});
  note.about = {"child", "others"};
  model::Form same = form("same", {field("one", kReference), field("other", kReference)});
  same.about = {"one", "other"};
  same.identity = {.of = "one", .as = "other", .linked = {"linked"}, .split = {"split"}};
  model::Pack pack;
  pack.id = "care";
  pack.version = "1.0.0";
  pack.hash = std::string(64, 'c');
  pack.forms = {child, team, tie("by-account", kKinds[0], kAccount),
                tie("by-person", kKinds[1], kReference), tie("by-team", kKinds[0], kReference),
                note, same};
  return pack;
}

template <class T>
const auto& one_of(Rng& rng, const T& items) {
  return items[rng.below(std::size(items))];
}

class PersonWorld {
 public:
  explicit PersonWorld(StoreFixture& fixture) : f_(fixture), rng_(fixture.rng()) {
    REQUIRE(f_.store().prepare_forms(pack_).has_value());
    f_.clock().set(*Instant::parse("2026-01-31T09:00:00Z"));
    for (int i = 0; i < 12; ++i) add("child", child());
    for (int i = 0; i < 3; ++i) add("team", team());
    for (const auto* id : {"by-account", "by-person", "by-team"}) {
      for (int i = 0; i < 6; ++i) add(id, tie(id));
    }
    for (int i = 0; i < 40; ++i) add("note", note());
    for (int i = 0; i < 30; ++i) change();
    // The last account is bound to nobody.
    bind(kAccounts[0], ids_["child"][0]);
    bind(kAccounts[1], ids_["child"][1]);
    bind(kAccounts[2], ids_["child"][2]);
    bind(kAccounts[2], "");
    for (int i = 0; i < 20; ++i) hand_over(i);
    for (int i = 0; i < 8; ++i) add("same", same(), i % 3 == 0 ? "split" : "linked");
  }

  std::string subject_of(const std::string& account) const {
    const auto at = subjects_.find(account);
    return at == subjects_.end() ? "" : at->second;
  }

  // What somebody is to a person, from the records alone.
  model::Standing standing(const std::string& person, const std::string& account,
                           const std::string& subject, const std::string& organisation) const {
    model::Standing out;
    const Date today = amsterdam_date(f_.clock().now());
    const auto born = texts(records_.at(person), "born");
    if (!born.empty()) out.age = age(*Date::parse(born[0]), today);
    if (!subject.empty() && subject == person) out.relations.emplace(model::kSelf);
    for (const Granted& each : granted_) {
      const Date from = *Date::parse(each.from);
      const bool has_ended = !each.until.empty() && *Date::parse(each.until) <= today;
      if (each.person != person || !each.is_accepted || today < from || has_ended) continue;
      const model::Handed handed{each.keeper, each.form};
      if (each.receiver == organisation) out.handed.insert(handed);
      if (each.gives_up) out.given_up.insert(handed);
    }
    for (const auto& [id, record] : records_) {
      const auto& rule = form_of(record).relation;
      if (!rule || !has(texts(record, "of"), person)) continue;
      const auto since = texts(record, "since"), until = texts(record, "until");
      if (!since.empty() && today < *Date::parse(since[0])) continue;
      if (!until.empty() && *Date::parse(until[0]) <= today) continue;
      for (const std::string& holder : texts(record, "holder")) {
        const bool is_member =
            records_.contains(holder) && has(texts(records_.at(holder), "staff"), account);
        const bool is_own = !subject.empty() && holder == subject;
        if (holder != account && !is_own && !is_member) continue;
        if (record.organisation == records_.at(person).organisation) {
          out.relations.insert(rule->kind);
        } else {
          out.told.insert({rule->kind, record.organisation});
        }
      }
    }
    return out;
  }

  std::optional<Sensitivity> seen(const model::RowScope& scope, const model::Record& record) const {
    model::About about;
    for (const std::string& person :
         model::subjects_of(form_of(record), record.id, record.fields)) {
      about.push_back(standing(person, scope.account, scope.subject, scope.organisation));
    }
    const auto clearance = scope.clearance_in(record.organisation, about, record.id);
    return clearance && record.audience <= *clearance ? clearance : std::nullopt;
  }

  model::RowScope random_scope() {
    model::RowScope scope = model::no_scope();
    scope.organisation = one_of(rng_, kOrganisations);
    scope.has_own_rows = rng_.below(3) == 0;
    scope.clearance = static_cast<Sensitivity>(rng_.below(3));
    if (rng_.below(4) == 0) scope.elsewhere = Sensitivity::kPublic;
    scope.account = one_of(rng_, kAccounts);
    scope.subject = subject_of(scope.account);
    for (auto count = rng_.below(3); count < 3; ++count) {
      model::ConditionalReach reach{.clearance = static_cast<Sensitivity>(rng_.below(4))};
      if (rng_.below(3) != 0) reach.relations.insert(one_of(rng_, kKinds));
      if (rng_.below(3) == 0) reach.relations.emplace(model::kSelf);
      if (rng_.below(3) == 0) reach.subject_age.from = static_cast<int>(rng_.below(18));
      if (rng_.below(3) == 0) reach.subject_age.below = static_cast<int>(rng_.below(18));
      while (rng_.below(4) == 0) reach.records.insert(any_record());
      if (rng_.below(3) == 0) reach.handed_form = one_of(rng_, kHandedForms);
      reach.is_own_only = rng_.below(3) == 0 || (reach.relations.empty() && reach.records.empty() &&
                                                 reach.handed_form.empty() &&
                                                 reach.subject_age == model::AgeRange{});
      scope.through.push_back(std::move(reach));
    }
    return scope;
  }

  const std::map<std::string, model::Record>& records() const { return records_; }
  const std::vector<std::string>& ids(const std::string& form) { return ids_[form]; }

  const model::Form* find_form(std::string_view full) const {
    return pack_.find_form(full.substr(5));
  }

  static std::vector<std::string> texts(const model::Record& record, std::string_view name) {
    return model::texts_in(record.fields, name);
  }
  static bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }

 private:
  std::string any_record() {
    auto at = records_.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(rng_.below(records_.size())));
    return at->first;
  }

  static int age(Date born, Date today) {
    int years = 0;
    while (*add_months(born, 12 * (years + 1)) <= today) ++years;
    return years;
  }

  const model::Form& form_of(const model::Record& record) const {
    return *pack_.find_form(record.form.substr(5));
  }

  json::object child() {
    json::object fields;
    // Among them birthdays today and tomorrow.
    const int year = 2006 + static_cast<int>(rng_.below(18));
    const Date day = Date::of(year, 1, 29 + static_cast<int>(rng_.below(3)));
    if (rng_.below(5) != 0) fields.emplace("born", day.to_string());
    return fields;
  }
  json::object team() {
    json::array staff;
    for (const std::string& account : kAccounts) {
      if (rng_.below(2) == 0) staff.emplace_back(account);
    }
    return staff.empty() ? json::object() : json::object{{"staff", staff}};
  }
  json::object tie(std::string_view form) {
    json::object fields{{"of", json::array{one_of(rng_, ids_["child"])}}};
    if (form == "by-account") fields.emplace("holder", one_of(rng_, kAccounts));
    if (form == "by-person") fields.emplace("holder", one_of(rng_, ids_["child"]));
    if (form == "by-team") fields.emplace("holder", one_of(rng_, ids_["team"]));
    const char* days[] = {"2026-01-30", "2026-01-31", "2026-02-01"};
    if (rng_.below(2) == 0) fields.emplace("since", one_of(rng_, days));
    if (rng_.below(2) == 0) fields.emplace("until", one_of(rng_, days));
    return fields;
  }
  json::object note() {
    json::object fields{{"kind", rng_.below(2) == 0 ? "talk" : "other"}};
    if (rng_.below(8) != 0) fields.emplace("child", one_of(rng_, ids_["child"]));
    if (rng_.below(3) == 0) fields.emplace("others", json::array{one_of(rng_, ids_["child"])});
    return fields;
  }

  json::object same() {
    return {{"one", one_of(rng_, ids_["child"])}, {"other", one_of(rng_, ids_["child"])}};
  }

  void bind(const std::string& account, const std::string& subject) {
    model::Entry entry;
    entry.organisation = "org-0";
    entry.kind = std::string(model::kAccountPut);
    entry.subject = account;
    entry.retention = "permanent";
    entry.payload = json::object{{"account", account}, {"person", account}, {"login", account},
                                 {"name", "Anna"}, {"organisation", "org-0"},
                                 {"roles", json::array{}}, {"active", true}, {"demo", false}};
    if (!subject.empty()) entry.payload.as_object().emplace("subject", subject);
    app::Unit unit;
    unit.actor = "system";
    unit.purpose = "operate";
    unit.entries.push_back(std::move(entry));
    REQUIRE(f_.store().append_and_wait(std::move(unit)).has_value());
    subjects_[account] = subject;
  }

  struct Granted {
    std::string person, keeper, receiver, form, from, until;
    bool gives_up = false, is_accepted = false;
  };

  void hand_over(int number) {
    const char* days[] = {"2026-01-30", "2026-01-31", "2026-02-01"};
    Granted made{.person = one_of(rng_, ids_["child"]),
                 .keeper = one_of(rng_, kOrganisations),
                 .receiver = one_of(rng_, kOrganisations),
                 .form = rng_.below(2) == 0 ? "" : one_of(rng_, kHandedForms),
                 .from = one_of(rng_, days),
                 .until = rng_.below(2) == 0 ? "" : one_of(rng_, days),
                 .gives_up = rng_.below(2) == 0};
    const std::string id = "handover-" + std::to_string(number);
    json::array forms;
    if (!made.form.empty()) forms.emplace_back(made.form);
    json::object payload{{"basis", "law"}, {"form", "care/child"}, {"forms", std::move(forms)},
                         {"from", made.from}, {"gives_up", made.gives_up}, {"handover", id},
                         {"reason", "why"}, {"receiver", made.receiver}};
    if (!made.until.empty()) payload.emplace("until", made.until);
    write(model::kHandoverOffered, made, std::move(payload));
    made.is_accepted = rng_.below(4) != 0;
    if (made.is_accepted) write(model::kHandoverAccepted, made, {{"handover", id}});
    if (made.is_accepted && rng_.below(5) == 0) {
      write(model::kHandoverWithdrawn, made, {{"handover", id}});
      made.is_accepted = false;
    }
    granted_.push_back(std::move(made));
  }

  void write(std::string_view kind, const Granted& of, json::object payload) {
    app::Unit unit = testing::entry_about(kind, of.person, {of.person}, std::move(payload));
    unit.entries.front().organisation = of.keeper;
    unit.entries.front().retention = "P15Y";
    const auto receipt = f_.store().append_and_wait(std::move(unit));
    if (!receipt.has_value()) FAIL(describe(receipt.error()));
  }

  void add(const std::string& form_id, json::object fields, std::string state = "") {
    model::Record record;
    record.id = PublicId::random(rng_).to_string();
    record.form = "care/" + form_id;
    record.organisation = one_of(rng_, kOrganisations);
    record.pack_hash = pack_.hash;
    record.version = 1;
    record.fields = std::move(fields);
    record.state = std::move(state);
    record.title = "title of " + record.id;
    record.audience = static_cast<Sensitivity>(rng_.below(4));
    record.valid_from = Date::of(2026, 1, 1);
    if (form_id == "note") {
      record.tasks.push_back({.key = "state:open",
                              .role = "worker",
                              .what = {"Doe iets", "Do something"},
                              .due = std::nullopt,
                              .opened = record.valid_from});
    }
    f_.put(record, "created");
    f_.clock().set(*Instant::parse("2026-01-31T09:00:00Z"));
    ids_[form_id].push_back(record.id);
    records_.emplace(record.id, std::move(record));
  }

  void change() {
    auto at = records_.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(rng_.below(records_.size())));
    model::Record& record = at->second;
    const std::string id = record.form.substr(5);
    record.fields = id == "child" ? child() : id == "team" ? team() : id == "note" ? note()
                                                                                  : tie(id);
    record.audience = static_cast<Sensitivity>(rng_.below(4));
    ++record.version;
    f_.put(record);
    f_.clock().set(*Instant::parse("2026-01-31T09:00:00Z"));
  }

  StoreFixture& f_;
  Rng& rng_;
  const model::Pack pack_ = care_pack();
  std::map<std::string, model::Record> records_;
  std::map<std::string, std::vector<std::string>> ids_;
  std::map<std::string, std::string> subjects_;   // by account
  std::vector<Granted> granted_;
};

void on_both(const std::function<void(StoreFixture&, PersonWorld&)>& run) {
  testing::on_both([&run](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture fixture(test, 4711);
    PersonWorld world(fixture);
    run(fixture, world);
  });
}

// All pages of a query, as ids.
std::multiset<std::string> paged(StoreFixture& fixture, model::Query query) {
  std::multiset<std::string> ids;
  do {
    const auto page = fixture.store().page(query);
    REQUIRE(page.has_value());
    for (const model::Record& record : page->records) ids.insert(record.id);
    query.cursor = page->next;
  } while (!query.cursor.empty());
  return ids;
}

TEST_CASE("person scope: a page holds exactly the records that the conditions reach") {
  std::size_t found = 0;
  on_both([&](StoreFixture& fixture, PersonWorld& world) {
    for (int round = 0; round < 60; ++round) {
      CAPTURE(round);
      model::Query query;
      query.form = one_of(fixture.rng(), std::vector<std::string>{"care/note", "care/child"});
      query.scope = world.random_scope();
      query.limit = 3;
      const bool is_filtered = query.form == "care/note" && fixture.rng().below(2) == 0;
      if (is_filtered) query.filters.push_back({"kind", {Json("talk")}, {}, {}});
      std::multiset<std::string> expected;
      for (const auto& [id, record] : world.records()) {
        if (record.form != query.form || !world.seen(query.scope, record)) continue;
        if (!is_filtered || PersonWorld::has(PersonWorld::texts(record, "kind"), "talk")) {
          expected.insert(id);
        }
      }
      CHECK(paged(fixture, query) == expected);
      query.as_of.valid_on = Date::of(2026, 1, 31);
      CHECK(paged(fixture, query) == expected);
      found += expected.size();
    }
  });
  CHECK(found > 300);
}

TEST_CASE("person scope: titles, links and tasks say how much is seen of each record") {
  on_both([&](StoreFixture& fixture, PersonWorld& world) {
    for (int round = 0; round < 30; ++round) {
      CAPTURE(round);
      const model::RowScope scope = world.random_scope();
      std::vector<std::string> all;
      for (const auto& [id, record] : world.records()) all.push_back(id);
      const auto titles = fixture.store().references(all, [&](std::string_view) { return scope; });
      REQUIRE(titles.has_value());
      app::TaskQuery tasks{.held = {{"care/note", {"worker"}, scope}}, .today = {}, .limit = 200,
                           .cursor = {}};
      const auto page = fixture.store().tasks(tasks);
      REQUIRE(page.has_value());
      std::map<std::string, Sensitivity> with_task;
      for (const app::TaskItem& item : page->tasks) with_task[item.record] = item.clearance;
      const std::string child = one_of(fixture.rng(), world.ids("child"));
      const auto links = fixture.store().referring(child, "care/note", "child", scope, 200);
      REQUIRE(links.has_value());
      std::map<std::string, Sensitivity> linked;
      for (const app::RecordLink& link : *links) linked[link.record] = link.clearance;
      for (const auto& [id, record] : world.records()) {
        const auto seen = world.seen(scope, record);
        CHECK(titles->contains(id) == seen.has_value());
        if (seen && titles->contains(id)) CHECK(titles->at(id).clearance == *seen);
        if (record.form != "care/note") continue;
        CHECK(with_task.contains(id) == seen.has_value());
        if (seen && with_task.contains(id)) CHECK(with_task.at(id) == *seen);
        const bool is_linked = PersonWorld::has(PersonWorld::texts(record, "child"), child);
        CHECK(linked.contains(id) == (seen && is_linked));
      }
    }
  });
}

TEST_CASE("person scope: what somebody is to each person is found for all at once") {
  std::size_t told = 0;
  on_both([&](StoreFixture& fixture, PersonWorld& world) {
    for (const std::string& account : kAccounts) {
      const std::string subject = world.subject_of(account);
      CHECK((*fixture.store().find_account(account))->subject == subject);
      const std::string organisation = one_of(fixture.rng(), kOrganisations);
      const auto found =
          fixture.store().standings(world.ids("child"), {account, subject, organisation});
      REQUIRE(found.has_value());
      for (const std::string& child : world.ids("child")) {
        const auto expected = world.standing(child, account, subject, organisation);
        const auto at = found->find(child);
        const model::Standing known = at == found->end() ? model::Standing() : at->second;
        CHECK(known.relations == expected.relations);
        CHECK(known.told == expected.told);
        told += expected.told.size();
        CHECK(known.age == expected.age);
        CHECK(known.handed == expected.handed);
        CHECK(known.given_up == expected.given_up);
      }
    }
  });
  CHECK(told > 0);
}

TEST_CASE("person scope: a record is opened with what is told of its persons one by one") {
  std::size_t handed = 0, related = 0;
  on_both([&](StoreFixture& fixture, PersonWorld& world) {
    SqlStore& store = fixture.store();
    const app::WhoAsks who{kAccounts[0], world.subject_of(kAccounts[0]), kOrganisations[0]};
    const auto form_of = [&](std::string_view form) {
      const model::Form* found = world.find_form(form);
      return found->is_about_persons() ? found : nullptr;
    };
    for (int round = 0; round < 2; ++round) {  // the second time its form is remembered
      for (const auto& [id, record] : world.records()) {
        const auto opened = store.opened(id, who, form_of);
        REQUIRE(opened.has_value());
        const auto alone = store.record(id, {});
        REQUIRE(alone.has_value());
        CHECK(opened->record.fields == alone->fields);
        CHECK(opened->record.version == record.version);
        const auto persons = store.subjects({id});
        REQUIRE(persons.has_value());
        const std::vector<std::string> list(persons->begin(), persons->end());
        CHECK(opened->standings == *store.standings(list, who));
        CHECK(opened->links == *store.person_links(list));
        CHECK(opened->handed_to == *store.handed_to(id));
        handed += opened->handed_to.size();
        for (const auto& [person, standing] : opened->standings) related += standing.told.size();
      }
    }
    const auto plain = store.opened(world.ids("child").front(), who,
                                    [](std::string_view) { return nullptr; });
    REQUIRE(plain.has_value());
    CHECK(plain->standings.empty());
    const auto absent = store.opened(std::string(26, '0'), who, form_of);
    REQUIRE_FALSE(absent.has_value());
    CHECK(absent.error().code == Code::kNotFound);
  });
  CHECK(handed > 0);
  CHECK(related > 0);
}

// What is told of a record when it is opened; links in any order.
struct Told {
  Json fields{};
  std::int64_t version = 0;
  model::Standings standings{};
  std::set<std::string> handed_to{}, links{};
  bool operator==(const Told&) const = default;
};

Told told_of(const Result<app::OpenedRecord>& opened) {
  if (!opened.has_value()) return {.fields = Json(opened.error().id)};
  Told told{.fields = opened->record.fields,
            .version = opened->record.version,
            .standings = opened->standings,
            .handed_to = opened->handed_to};
  for (const app::PersonLink& link : opened->links) told.links.insert(link.source);
  return told;
}

TEST_CASE("person scope: who opens records at the same time is told what each would be alone") {
  on_both([&](StoreFixture& fixture, PersonWorld& world) {
    SqlStore& store = fixture.store();
    std::vector<std::string> ids{std::string(26, '0')};  // one that is not there
    for (const auto& [id, record] : world.records()) ids.push_back(id);
    const auto form_of = [&](std::string_view form) {
      const model::Form* found = world.find_form(form);
      return found->is_about_persons() ? found : nullptr;
    };
    constexpr std::size_t kThreads = 9;
    std::vector<app::WhoAsks> askers;
    std::vector<std::vector<Told>> alone(kThreads), together(kThreads);
    for (std::size_t at = 0; at < kThreads; ++at) {
      const std::string& account = kAccounts[at % 3];
      askers.push_back({account, world.subject_of(account), kOrganisations[at / 3 % 2]});
      for (const std::string& id : ids) {
        alone[at].push_back(told_of(store.opened(id, askers[at], form_of)));
      }
    }
    std::atomic<std::size_t> begun = 0;
    std::vector<std::thread> threads;
    for (std::size_t at = 0; at < kThreads; ++at) {
      threads.emplace_back([&, at] {
        // Nobody goes on before all are there.
        ++begun;
        while (begun < kThreads) std::this_thread::yield();
        together[at].resize(ids.size());
        for (std::size_t step = 0; step < ids.size(); ++step) {
          const std::size_t which = (step + at / 2) % ids.size();  // two ask for the same
          together[at][which] = told_of(store.opened(ids[which], askers[at], form_of));
        }
      });
    }
    for (std::thread& each : threads) each.join();
    for (std::size_t at = 0; at < kThreads; ++at) CHECK(together[at] == alone[at]);
    CHECK(std::any_of(alone[0].begin(), alone[0].end(),
                      [](const Told& each) { return each.links.size() > 1; }));
    CHECK(alone[0] != alone[1]);
    CHECK(alone[0] != alone[3]);
  });
}

TEST_CASE("person scope: who is asked for a form and fails costs nobody else an answer") {
  on_both([&](StoreFixture& fixture, PersonWorld& world) {
    const app::WhoAsks who{kAccounts[0], "", kOrganisations[0]};
    const std::string id = world.ids("child").front();
    const auto failed =
        fixture.store().opened(id, who, [](std::string_view) -> const model::Form* {
          throw std::runtime_error("a failed check");
        });
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().id == "ST-0095");
    CHECK(fixture.store().opened(id, who, [](std::string_view) { return nullptr; }).has_value());
  });
}

TEST_CASE("person scope: a rebuild gives the same relations") {
  on_both([&](StoreFixture& fixture, PersonWorld&) {
    const auto report = fixture.store().rebuild_check();
    REQUIRE(report.has_value());
    CAPTURE(report->differences.empty() ? std::string() : report->differences.front());
    CHECK(report->differences.empty());
  });
}

}  // namespace
}  // namespace zicht::store
