// The access decision: a golden table per sensitivity x relation that a person can review, then
// every combination of roles against a naive evaluator that asks each role by itself.
#include "app/access.h"

#include <doctest/doctest.h>

#include <string>

#include "app/testing/naive_access.h"

namespace zicht::app {
namespace {

using model::Action;
using model::Sensitivity;

constexpr Sensitivity kAll[] = {Sensitivity::kPublic, Sensitivity::kInternal,
                                Sensitivity::kConfidential, Sensitivity::kSecret};

model::Field field_of(Sensitivity sensitivity) {
  model::Field field;
  field.id = std::string(model::name_of(sensitivity));
  field.sensitivity = sensitivity;
  return field;
}

model::Pack probe_pack() {
  model::Pack pack;
  pack.id = "probe";
  pack.roles = {{"reader", {}, Sensitivity::kInternal, true},
                {"worker", {}, Sensitivity::kConfidential, false},
                {"keeper", {}, Sensitivity::kSecret, true},
                {"outsider", {}, Sensitivity::kSecret, true},
                {"auditor", {}, Sensitivity::kConfidential, true}};
  model::Form form;
  form.id = "thing";
  form.pack = "probe";
  form.title = {"Ding", "Thing"};
  form.name = {"internal"};
  for (const Sensitivity s : kAll) form.fields.push_back(field_of(s));
  const auto plain = [](std::set<Action> actions) {
    model::AccessRule rule;
    rule.actions = std::move(actions);
    return std::vector<model::AccessRule>{std::move(rule)};
  };
  form.access = {{"visitor", plain({Action::kRead})},
                 {"reader", plain({Action::kRead, Action::kExport})},
                 {"worker", plain({Action::kRead, Action::kCreate, Action::kChange})},
                 {"keeper", plain({Action::kRead, Action::kCorrect})},
                 {"outsider", plain({Action::kCreate})},
                 {"auditor", plain({Action::kRead})}};
  pack.forms = {form};
  return pack;
}

Caller caller_with(std::vector<std::string> roles) {
  return {"acc", "person", "Anna", "own", std::move(roles)};
}

model::Record row(const std::string& organisation, Sensitivity audience) {
  model::Record record;
  record.organisation = organisation;
  record.audience = audience;
  record.title = "title";
  record.fields = json::object{};
  for (const Sensitivity s : kAll) {
    record.fields.as_object().emplace(model::name_of(s), "value");
  }
  return record;
}

// What is seen of a row: a letter per visible field (p i c s), "-" when the row itself is not.
std::string seen(const Caller& caller, const std::string& organisation, Sensitivity audience) {
  const model::Pack pack = probe_pack();
  const model::Form& form = pack.forms[0];
  const auto scope = scope_of(caller, pack, form);
  const auto record = row(organisation, audience);
  if (!sees_row(scope, record)) return "-";
  std::string text;
  const auto visible = visible_part(scope, form, record);
  for (const auto& member : visible.fields.as_object()) text += member.key()[0];
  return text;
}

struct Golden {
  const char* roles;      // separated by blanks; "" = signed in without a role; "visitor"
  const char* own[4];     // rows of the own organisation by audience, from public to secret
  const char* others[4];  // rows of another organisation
};

// Reviewed by hand: columns are audiences of the row, letters the fields seen in it.
const Golden kGolden[] = {
    {"visitor", {"p", "-", "-", "-"}, {"p", "-", "-", "-"}},
    {"", {"p", "-", "-", "-"}, {"p", "-", "-", "-"}},
    {"probe/reader", {"pi", "pi", "-", "-"}, {"pi", "pi", "-", "-"}},
    {"probe/worker", {"pic", "pic", "pic", "-"}, {"p", "-", "-", "-"}},
    {"probe/reader probe/worker", {"pic", "pic", "pic", "-"}, {"pi", "pi", "-", "-"}},
    {"probe/keeper", {"pics", "pics", "pics", "pics"}, {"pics", "pics", "pics", "pics"}},
    {"probe/outsider", {"p", "-", "-", "-"}, {"p", "-", "-", "-"}},
    {"probe/worker probe/outsider", {"pic", "pic", "pic", "-"}, {"p", "-", "-", "-"}},
    {"auditor", {"pic", "pic", "pic", "-"}, {"pic", "pic", "pic", "-"}},
    {"probe/auditor", {"p", "-", "-", "-"}, {"p", "-", "-", "-"}},
    {"administrator", {"p", "-", "-", "-"}, {"p", "-", "-", "-"}},
    {"other/keeper", {"p", "-", "-", "-"}, {"p", "-", "-", "-"}},
    {"keeper", {"p", "-", "-", "-"}, {"p", "-", "-", "-"}},
};

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  return out;
}

TEST_CASE("access: the golden table of sensitivity x relation holds") {
  for (const Golden& golden : kGolden) {
    CAPTURE(golden.roles);
    const bool is_visitor = std::string(golden.roles) == "visitor";
    const Caller caller = is_visitor ? Caller{} : caller_with(words(golden.roles));
    for (int i = 0; i < 4; ++i) {
      CAPTURE(i);
      CHECK(seen(caller, "own", kAll[i]) == golden.own[i]);
      CHECK(seen(caller, "another", kAll[i]) == golden.others[i]);
    }
  }
}

TEST_CASE("access: every set of roles sees what the naive evaluator grants") {
  const model::Pack pack = probe_pack();
  const model::Form& form = pack.forms[0];
  const std::vector<std::string> pool = {"probe/reader", "probe/worker",  "probe/keeper",
                                         "auditor",      "administrator", "probe/outsider",
                                         "other/keeper", "probe/visitor", "probe/auditor"};
  for (unsigned set = 0; set < (1U << pool.size()); ++set) {
    std::vector<std::string> roles;
    for (std::size_t i = 0; i < pool.size(); ++i) {
      if ((set >> i & 1U) != 0) roles.push_back(pool[i]);
    }
    const Caller caller = caller_with(roles);
    for (const std::string organisation : {"own", "another"}) {
      for (const Sensitivity audience : kAll) {
        std::string naive;
        for (const model::Field& field : form.fields) {
          if (testing::naive_sees(caller, pack, form, field, organisation, audience)) {
            naive += field.id[0];
          }
        }
        const std::string engine = seen(caller, organisation, audience);
        CHECK((engine == "-" ? "" : engine) == naive);
      }
    }
  }
}

TEST_CASE("access: an action needs a role that was given it") {
  const model::Pack pack = probe_pack();
  const model::Form& form = pack.forms[0];
  CHECK(may({}, pack, form, Action::kRead));
  CHECK_FALSE(may({}, pack, form, Action::kExport));
  CHECK(may(caller_with({"probe/reader"}), pack, form, Action::kExport));
  CHECK_FALSE(may(caller_with({"probe/reader"}), pack, form, Action::kChange));
  CHECK_FALSE(may(caller_with({"administrator"}), pack, form, Action::kChange));
  CHECK(may(caller_with({"probe/outsider"}), pack, form, Action::kCreate));
  Caller visitor;
  visitor.roles = {"probe/keeper"};
  CHECK_FALSE(may(visitor, pack, form, Action::kCorrect));
}

TEST_CASE("access: a step needs one of its roles, and time's own steps are for nobody") {
  const model::Pack pack = probe_pack();
  const auto own = row("own", Sensitivity::kPublic);
  model::Transition step;
  step.roles = {"worker"};
  CHECK(may_take(caller_with({"probe/worker"}), pack, pack.forms[0], step, own));
  CHECK_FALSE(may_take(caller_with({"probe/keeper"}), pack, pack.forms[0], step, own));
  CHECK_FALSE(may_take({}, pack, pack.forms[0], step, own));
  step.is_automatic = true;
  CHECK_FALSE(may_take(caller_with({"probe/worker"}), pack, pack.forms[0], step, own));
}

TEST_CASE("access: a role for the own organisation changes and steps no other rows") {
  const model::Pack pack = probe_pack();
  const model::Form& form = pack.forms[0];
  const Caller worker = caller_with({"probe/worker"});
  model::Transition step;
  step.roles = {"worker"};
  for (const Sensitivity audience : kAll) {
    const bool is_cleared = audience <= Sensitivity::kConfidential;
    CHECK(may(worker, pack, form, Action::kChange, row("own", audience)) == is_cleared);
    CHECK(may_take(worker, pack, pack.forms[0], step, row("own", audience)) == is_cleared);
    CHECK_FALSE(may(worker, pack, form, Action::kChange, row("another", audience)));
    CHECK_FALSE(may_take(worker, pack, pack.forms[0], step, row("another", audience)));
  }
  const Caller both = caller_with({"probe/worker", "probe/keeper"});
  CHECK_FALSE(may(both, pack, form, Action::kChange, row("another", Sensitivity::kPublic)));
  CHECK(may(both, pack, form, Action::kCorrect, row("another", Sensitivity::kSecret)));
}

TEST_CASE("access: a title made of an invisible field is replaced by the form's") {
  const model::Pack pack = probe_pack();
  const model::Form& form = pack.forms[0];
  const auto record = row("another", Sensitivity::kPublic);
  CHECK(visible_part(scope_of({}, pack, form), form, record).title == "Ding");
  const auto reader = caller_with({"probe/reader"});
  CHECK(visible_part(scope_of(reader, pack, form), form, record).title == "title");
}

TEST_CASE("access: a group is as sensitive as the most sensitive field in it") {
  model::Field group = field_of(Sensitivity::kPublic);
  group.type = model::FieldType::kGroup;
  group.fields = {field_of(Sensitivity::kSecret)};
  CHECK_FALSE(sees_field(model::RowScope{}, group));
  CHECK(sees_field(model::RowScope{Sensitivity::kSecret, {}, ""}, group));
}

}  // namespace
}  // namespace zicht::app
