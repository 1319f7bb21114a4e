#include "app/task_service.h"

#include <algorithm>

#include "app/internal/body.h"
#include "app/internal/found_record.h"
#include "app/internal/held_roles.h"
#include "app/present/record_json.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

constexpr std::int64_t kMostCounted = 99;

// The window of a task may hang on a field that is not visible in this row.
bool sees_window(const ActiveForm& form, const TaskItem& item) {
  const model::RowScope scope{item.clearance, item.clearance, ""};
  for (const model::Process& process : form.pack->processes) {
    for (const model::DeadlineRule& rule : process.deadlines) {
      if (process.find_state(item.state) == nullptr) continue;
      if (!sees_deadline(scope, *form.form, item.organisation, rule)) return false;
    }
  }
  return true;
}

void write_item(JsonWriter& json, const Rulebook& rules, const TaskItem& item, Date today) {
  const ActiveForm form = find_active_form(rules, item.form);
  const bool tells_title = form.form == nullptr || sees_title(item.clearance, *form.form);
  json.object().member("key", item.task.key);
  json.key("record").object().member("id", item.record).member("form", item.form);
  json.member("title", tells_title ? item.title : form.form->title.nl);
  json.member("state", item.state).end();
  json.member("role", item.task.role).member("what", item.task.what);
  bool is_overdue = false;
  if (item.task.due && form.form != nullptr && sees_window(form, item)) {
    json.key("due").object().member("first", item.task.due->first.to_string());
    json.member("last", item.task.due->last.to_string()).end();
    is_overdue = item.task.due->last < today;
  }
  json.member("opened", item.task.opened.to_string());
  json.key("overdue").boolean(is_overdue).end();
}

}  // namespace

Result<std::string> TaskService::search(const Caller& caller, const Json& request) {
  if (caller.is_visitor()) return make_error("AP-0004");
  internal::Body body(request, {"limit", "cursor"});
  TaskQuery query;
  query.cursor = body.text_if("cursor").value_or("");
  query.limit = body.page_size();
  ZICHT_CHECKED(body.check());
  const RulebookPtr rules = packs_.rules();
  query.today = amsterdam_date(clock_.now());
  query.held = internal::held_roles(*rules, caller);
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  if (query.held.empty()) {
    json.end().key("count_hint").number(0).end();
    return out;
  }
  ZICHT_TRY(page, store_.tasks(query));
  Look look("tasks");
  for (const TaskItem& item : page.tasks) {
    look.add_title(*rules, item.record, item.form);
    write_item(json, *rules, item, query.today);
  }
  json.end().member_if("next", page.next);
  ZICHT_TRY(count, counted(query, page));
  json.key("count_hint").number(count).end();
  ZICHT_CHECKED(reads_.note(caller, look));
  return out;
}

// From the first task on, also for a later page; a page that holds all of them needs no counting.
Result<std::int64_t> TaskService::counted(TaskQuery query, const TaskPage& page) {
  const auto shown = static_cast<std::int64_t>(page.tasks.size());
  if (query.cursor.empty() && page.next.empty()) return std::min(shown, kMostCounted);
  query.limit = kMostCounted;
  query.cursor.clear();
  ZICHT_TRY(first, store_.tasks(query));
  return static_cast<std::int64_t>(first.tasks.size());
}

}  // namespace zicht::app
