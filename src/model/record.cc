#include "model/record.h"

#include <algorithm>

#include <array>

#include "base/error_catalogue.h"
#include "model/internal/names.h"

namespace zicht::model {
namespace {

constexpr std::array<std::string_view, 5> kStatusNames = {"open", "met", "stopped", "missed",
                                                          "suspended"};

Error malformed(std::string_view member) {
  return make_error("MO-0001", {{"what", std::string(member)}});
}

json::object object_of(const LocalizedText& text) { return {{"nl", text.nl}, {"en", text.en}}; }

json::object object_of(const DateInterval& days) {
  return {{"first", days.first.to_string()}, {"last", days.last.to_string()}};
}

json::array array_of(const std::vector<std::string>& texts) {
  json::array out;
  out.reserve(texts.size());
  for (const std::string& text : texts) out.emplace_back(text);
  return out;
}

void put_if(json::object& out, std::string_view key, std::string_view value) {
  if (!value.empty()) out.emplace(key, value);
}

json::object object_of(const calendar::TermStep& step) {
  json::object out{{"rule", step.rule},
                   {"from", object_of(step.from)},
                   {"to", object_of(step.to)},
                   {"text", object_of(step.text)}};
  put_if(out, "source", step.source);
  return out;
}

// Reads members of one object; the first thing that does not fit is kept and ends up in the error.
class Reader {
 public:
  explicit Reader(const Json& value) : object_(value.if_object()) {
    if (object_ == nullptr) fail("object");
  }

  std::string text(std::string_view key) {
    const Json* value = required(key);
    return value == nullptr ? std::string() : text_of(*value, key);
  }
  std::string text_or_empty(std::string_view key) {
    const Json* value = find(key);
    return value == nullptr ? std::string() : text_of(*value, key);
  }
  std::int64_t number(std::string_view key) {
    const Json* value = required(key);
    if (value != nullptr && value->is_int64()) return value->get_int64();
    fail(key);
    return 0;
  }
  Date date(std::string_view key) { return parsed<Date>(required(key), key); }
  std::optional<Date> date_if(std::string_view key) {
    const Json* value = find(key);
    if (value == nullptr) return std::nullopt;
    return parsed<Date>(value, key);
  }
  std::optional<Period> period_if(std::string_view key) {
    const Json* value = find(key);
    if (value == nullptr) return std::nullopt;
    return parsed<Period>(value, key);
  }
  LocalizedText localized(std::string_view key) {
    const Json* value = required(key);
    if (value == nullptr) return {};
    Reader inner(*value);
    LocalizedText out{inner.text("nl"), inner.text("en")};
    adopt(inner, key);
    return out;
  }
  DateInterval interval(std::string_view key) {
    const Json* value = required(key);
    return value == nullptr ? DateInterval{} : interval_of(*value, key);
  }
  DateInterval own_interval() {
    const DateInterval out{date("first"), date("last")};
    if (out.last < out.first) fail("last");
    return out;
  }
  DateInterval interval_of(const Json& value, std::string_view key) {
    Reader inner(value);
    const DateInterval out = inner.own_interval();
    adopt(inner, key);
    return out;
  }
  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> out;
    each(key, [&](const Json& value) { out.push_back(text_of(value, key)); });
    return out;
  }
  // Calls `take` for every element of an array that may be absent.
  template <class Take>
  void each(std::string_view key, Take take) {
    const Json* value = find(key);
    if (value == nullptr) return;
    const json::array* items = value->if_array();
    if (items == nullptr) return fail(key);
    for (const Json& item : *items) take(item);
  }
  const Json* find(std::string_view key) const {
    return object_ == nullptr ? nullptr : object_->if_contains(key);
  }
  const Json* required(std::string_view key) {
    const Json* value = find(key);
    if (value == nullptr) fail(key);
    return value;
  }
  void fail(std::string_view key) {
    if (failed_.empty()) failed_ = key;
  }
  void adopt(const Reader& inner, std::string_view key) {
    if (!inner.is_good()) fail(std::string(key) + "." + inner.failed_);
  }
  template <class T>
  void adopt(const Result<T>& inner, std::string_view key) {
    if (!inner) fail(key);
  }
  bool is_good() const { return failed_.empty(); }
  Error error() const { return malformed(failed_); }

 private:
  std::string text_of(const Json& value, std::string_view key) {
    if (const json::string* text = value.if_string()) return std::string(*text);
    fail(key);
    return {};
  }
  template <class T>
  T parsed(const Json* value, std::string_view key) {
    const json::string* text = value == nullptr ? nullptr : value->if_string();
    if (text != nullptr) {
      if (const auto good = T::parse(*text)) return *good;
    }
    fail(key);
    return {};
  }

  const json::object* object_;
  std::string failed_;
};

calendar::TermStep term_step_from(Reader& outer, const Json& value) {
  Reader reader(value);
  calendar::TermStep step{reader.text("rule"), reader.interval("from"), reader.interval("to"),
                          reader.text_or_empty("source"), reader.localized("text")};
  outer.adopt(reader, "why");
  return step;
}

void put_position(json::object& out, const Record& record) {
  put_if(out, "process", record.process);
  if (!record.state.empty()) {
    out.emplace("state", record.state);
    out.emplace("state_since", record.state_since.to_string());
  }
  if (!record.deadlines.empty()) {
    json::array& deadlines = out["deadlines"].emplace_array();
    for (const Deadline& deadline : record.deadlines) deadlines.push_back(to_json(deadline));
  }
  if (!record.tasks.empty()) {
    json::array& tasks = out["tasks"].emplace_array();
    for (const Task& task : record.tasks) tasks.push_back(to_json(task));
  }
  if (!record.marks.empty()) {
    json::object& marks = out["marks"].emplace_object();
    for (const auto& [transition, person] : record.marks) marks.emplace(transition, person);
  }
}

void read_position(Reader& reader, Record& record) {
  record.process = reader.text_or_empty("process");
  record.state = reader.text_or_empty("state");
  if (!record.state.empty()) record.state_since = reader.date("state_since");
  reader.each("deadlines", [&](const Json& value) {
    auto deadline = deadline_from_json(value);
    reader.adopt(deadline, "deadlines");
    if (deadline) record.deadlines.push_back(*std::move(deadline));
  });
  reader.each("tasks", [&](const Json& value) {
    auto task = task_from_json(value);
    reader.adopt(task, "tasks");
    if (task) record.tasks.push_back(*std::move(task));
  });
  const Json* marks = reader.find("marks");
  if (marks == nullptr) return;
  if (!marks->is_object()) return reader.fail("marks");
  for (const auto& [transition, person] : marks->get_object()) {
    if (!person.is_string()) return reader.fail("marks");
    record.marks.emplace(std::string(transition), std::string(person.get_string()));
  }
}

}  // namespace

std::string_view name_of(DeadlineStatus status) {
  return internal::name_in(kStatusNames, status);
}

std::optional<DeadlineStatus> find_deadline_status(std::string_view name) {
  return internal::find_in<DeadlineStatus>(kStatusNames, name);
}

Json to_json(const Deadline& deadline) {
  json::object start = object_of(deadline.start.window);
  put_if(start, "words", deadline.start.words);
  json::object out{{"name", deadline.name},
                   {"status", name_of(deadline.status)},
                   {"start", std::move(start)},
                   {"first", deadline.due.first.to_string()},
                   {"last", deadline.due.last.to_string()}};
  if (!deadline.warned.empty()) out.emplace("warned", array_of(deadline.warned));
  if (!deadline.escalated.empty()) out.emplace("escalated", array_of(deadline.escalated));
  if (!deadline.suspensions.empty()) {
    json::array& suspensions = out["suspensions"].emplace_array();
    for (const DateInterval& days : deadline.suspensions) suspensions.push_back(object_of(days));
  }
  if (deadline.extension) out.emplace("extension", deadline.extension->to_string());
  if (deadline.next) out.emplace("next", deadline.next->to_string());
  if (!deadline.why.empty()) {
    json::array& why = out["why"].emplace_array();
    for (const calendar::TermStep& step : deadline.why) why.push_back(object_of(step));
  }
  return out;
}

Result<Deadline> deadline_from_json(const Json& json) {
  Reader reader(json);
  Deadline deadline;
  deadline.name = reader.text("name");
  const auto status = find_deadline_status(reader.text("status"));
  if (!status) reader.fail("status");
  deadline.status = status.value_or(DeadlineStatus::kOpen);
  if (const Json* start = reader.required("start")) {
    deadline.start.window = reader.interval_of(*start, "start");
    Reader words(*start);
    deadline.start.words = words.text_or_empty("words");
    reader.adopt(words, "start");
  }
  deadline.due = reader.own_interval();
  deadline.warned = reader.texts("warned");
  deadline.escalated = reader.texts("escalated");
  reader.each("suspensions", [&](const Json& value) {
    deadline.suspensions.push_back(reader.interval_of(value, "suspensions"));
  });
  deadline.extension = reader.period_if("extension");
  deadline.next = reader.date_if("next");
  reader.each("why", [&](const Json& value) {
    deadline.why.push_back(term_step_from(reader, value));
  });
  if (!reader.is_good()) return reader.error();
  return deadline;
}

Json to_json(const Task& task) {
  json::object out{{"key", task.key}, {"role", task.role}, {"what", object_of(task.what)}};
  if (task.due) {
    out.emplace("due_first", task.due->first.to_string());
    out.emplace("due_last", task.due->last.to_string());
  }
  out.emplace("opened", task.opened.to_string());
  return out;
}

Result<Task> task_from_json(const Json& json) {
  Reader reader(json);
  Task task;
  task.key = reader.text("key");
  task.role = reader.text("role");
  task.what = reader.localized("what");
  if (const auto first = reader.date_if("due_first")) {
    task.due = DateInterval{*first, reader.date("due_last")};
    if (task.due->last < *first) reader.fail("due_last");
  }
  task.opened = reader.date("opened");
  if (!reader.is_good()) return reader.error();
  return task;
}

Json to_payload(const Record& record, const RecordEvent& event) {
  json::object out;
  out.reserve(20);
  out.emplace("event", event.event);
  out.emplace("record", record.id);
  out.emplace("form", record.form);
  out.emplace("version", record.version);
  out.emplace("fields", record.fields);
  out.emplace("title", record.title);
  out.emplace("audience", name_of(record.audience));
  out.emplace("valid_from", record.valid_from.to_string());
  if (record.valid_to) out.emplace("valid_to", record.valid_to->to_string());
  put_if(out, "transition", event.transition);
  put_if(out, "reason", event.reason);
  put_if(out, "fact", record.fact);
  put_position(out, record);
  return out;
}

Result<RecordAndEvent> from_payload(const Json& payload) {
  Reader reader(payload);
  RecordAndEvent out;
  out.event.event = reader.text("event");
  out.event.transition = reader.text_or_empty("transition");
  out.event.reason = reader.text_or_empty("reason");
  Record& record = out.record;
  record.id = reader.text("record");
  record.form = reader.text("form");
  record.version = reader.number("version");
  if (record.version < 1) reader.fail("version");
  const Json* fields = reader.required("fields");
  if (fields != nullptr && fields->is_object()) {
    record.fields = *fields;
  } else {
    reader.fail("fields");
  }
  record.title = reader.text("title");
  const auto audience = find_sensitivity(reader.text("audience"));
  if (!audience) reader.fail("audience");
  record.audience = audience.value_or(Sensitivity::kSecret);
  record.valid_from = reader.date("valid_from");
  record.valid_to = reader.date_if("valid_to");
  record.fact = reader.text_or_empty("fact");
  read_position(reader, record);
  if (!reader.is_good()) return reader.error();
  return out;
}

std::vector<std::string> texts_in(const Json& fields, std::string_view field) {
  std::vector<std::string> texts;
  const json::object* object = fields.if_object();
  const Json* value = object == nullptr ? nullptr : object->if_contains(field);
  if (value == nullptr) return texts;
  if (value->is_string()) texts.emplace_back(value->get_string());
  if (!value->is_array()) return texts;
  for (const Json& item : value->get_array()) {
    if (item.is_string()) texts.emplace_back(item.get_string());
  }
  return texts;
}

std::vector<std::string> subjects_of(const Form& form, const std::string& id, const Json& fields) {
  if (form.is_person) return {id};
  std::vector<std::string> persons;
  for (const std::string& field : form.about) {
    for (std::string& person : texts_in(fields, field)) persons.push_back(std::move(person));
  }
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  return persons;
}

}  // namespace zicht::model
