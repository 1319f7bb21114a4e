// Payloads of record.put: a full and a bare record go there and back unchanged; every member taken
// out or spoiled gives MO-0001, never a crash.
#include "model/record.h"

#include <doctest/doctest.h>

#include <string>

#include "model/testing/sample_form.h"

namespace zicht::model {
namespace {

Deadline full_deadline() {
  Deadline deadline;
  deadline.name = "comply";
  deadline.status = DeadlineStatus::kSuspended;
  deadline.start = {"begin 2025", {Date::of(2025, 1, 1), Date::of(2025, 1, 31)}};
  deadline.due = {Date::of(2025, 4, 1), Date::of(2025, 4, 30)};
  deadline.warned = {"P14D"};
  deadline.escalated = {"P14D", "P28D"};
  deadline.suspensions = {{Date::of(2025, 2, 1), Date::max()}};
  deadline.extension = Period::of_weeks(6);
  deadline.next = Date::of(2025, 4, 17);
  deadline.why = {{"term", {Date::of(2025, 1, 1), Date::of(2025, 1, 31)},
                   {Date::of(2025, 4, 1), Date::of(2025, 4, 30)}, "awb 6:7", {"nl", "en"}}};
  return deadline;
}

RecordAndEvent full_record() {
  RecordAndEvent out;
  out.event = {"stepped", "fulfil", "because"};
  Record& record = out.record;
  record.id = "5f2q0c7m3e9xk4t8zv1d6w0hya";
  record.form = "probe/visit";
  record.version = 3;
  record.fields = testing::sample_fields();
  record.title = "bezoek";
  record.audience = Sensitivity::kInternal;
  record.process = "life";
  record.state = "running";
  record.state_since = Date::of(2025, 1, 2);
  record.deadlines = {full_deadline()};
  record.tasks = {{"state:running", "editor", {"Doe", "Do"},
                   DateInterval{Date::of(2025, 4, 1), Date::of(2025, 4, 30)},
                   Date::of(2025, 1, 2)},
                  {"bare", "editor", {"Doe", "Do"}, {}, Date::of(2025, 1, 2)}};
  record.marks = {{"fulfil", "anna"}};
  record.valid_from = Date::of(2025, 1, 2);
  record.valid_to = Date::of(2025, 2, 2);
  record.fact = "probe/f1";
  return out;
}

std::string text_of(const Json& value) { return canonical_json(value).value(); }

void check_there_and_back(const RecordAndEvent& original) {
  const Json payload = to_payload(original.record, original.event);
  const auto back = from_payload(payload);
  REQUIRE(back.has_value());
  CHECK(text_of(to_payload(back->record, back->event)) == text_of(payload));
}

TEST_CASE("payload: a full record goes there and back") {
  const RecordAndEvent original = full_record();
  check_there_and_back(original);
  const auto back = from_payload(to_payload(original.record, original.event));
  REQUIRE(back.has_value());
  const Deadline& deadline = back->record.deadlines.at(0);
  CHECK(deadline.start == full_deadline().start);
  CHECK(deadline.due == full_deadline().due);
  CHECK(deadline.why == full_deadline().why);
  CHECK(deadline.suspensions == full_deadline().suspensions);
  CHECK(deadline.extension == full_deadline().extension);
  CHECK(back->record.tasks.at(0).due == original.record.tasks.at(0).due);
  CHECK(back->record.marks == original.record.marks);
  CHECK(back->record.valid_to == original.record.valid_to);
  CHECK(back->event.reason == "because");
}

TEST_CASE("payload: a record without process and options goes there and back") {
  RecordAndEvent original;
  original.event.event = "created";
  original.record.id = "5f2q0c7m3e9xk4t8zv1d6w0hya";
  original.record.form = "probe/visit";
  original.record.version = 1;
  original.record.fields = json::object();
  original.record.valid_from = Date::of(2025, 1, 2);
  check_there_and_back(original);
  const Json payload = to_payload(original.record, original.event);
  CHECK(payload.as_object().size() == 8);
}

TEST_CASE("payload: members of a later engine are passed over") {
  const RecordAndEvent original = full_record();
  Json payload = to_payload(original.record, original.event);
  payload.as_object()["later"] = 1;
  CHECK(from_payload(payload).has_value());
}

// Replaces every value in the tree by something of a wrong kind, one at a time.
void spoil(Json& root, Json& at, int& refused, int& total) {
  const Json original = at;
  at = json::array{1.5};
  ++total;
  const auto outcome = from_payload(root);
  if (!outcome) {
    CHECK(outcome.error().id == "MO-0001");
    ++refused;
  }
  at = original;
  if (at.is_object()) {
    for (auto& [key, value] : at.get_object()) spoil(root, value, refused, total);
  } else if (at.is_array()) {
    for (Json& value : at.get_array()) spoil(root, value, refused, total);
  }
}

TEST_CASE("payload: whatever is spoiled outside the fields is refused with MO-0001") {
  const RecordAndEvent original = full_record();
  Json payload = to_payload(original.record, original.event);
  payload.as_object()["fields"] = json::object();
  int refused = 0;
  int total = 0;
  spoil(payload, payload, refused, total);
  CHECK(total > 50);
  CHECK(refused == total);
}

TEST_CASE("payload: a required member that is missing is refused") {
  const RecordAndEvent original = full_record();
  const Json payload = to_payload(original.record, original.event);
  for (const char* key : {"event", "record", "form", "version", "fields", "title", "audience",
                          "valid_from", "state_since"}) {
    CAPTURE(key);
    Json broken = payload;
    broken.as_object().erase(key);
    const auto outcome = from_payload(broken);
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().message.en.find(key) != std::string::npos);
  }
}

TEST_CASE("names: every enumerator is found again by its name") {
  for (int i = 0; i < 12; ++i) {
    CHECK(find_field_type(name_of(static_cast<FieldType>(i))) == static_cast<FieldType>(i));
  }
  for (int i = 0; i < 5; ++i) {
    const auto status = static_cast<DeadlineStatus>(i);
    CHECK(find_deadline_status(name_of(status)) == status);
  }
  CHECK_FALSE(find_field_type("number").has_value());
  CHECK(name_of(FieldType::kUncertainDate) == "uncertain_date");
  CHECK(name_of(Sensitivity::kSecret) == "secret");
}

}  // namespace
}  // namespace zicht::model
