#include "app/engine_entries.h"

#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

// Reads the members of one item; what does not fit becomes a problem at its pointer.
class ItemReader {
 public:
  ItemReader(const Json& item, std::string where, std::vector<Problem>& problems)
      : item_(item.if_object()), where_(std::move(where)), problems_(problems) {
    if (item_ == nullptr) refuse("");
  }

  std::string text(const char* key) {
    const auto* value = item_ == nullptr ? nullptr : item_->if_contains(key);
    if (value != nullptr && value->is_string()) return std::string(value->as_string());
    if (item_ != nullptr) refuse(std::string("/") + key);
    return {};
  }

  Date date(const char* key) {
    const auto parsed = Date::parse(text(key));
    if (parsed) return *parsed;
    refuse(std::string("/") + key);
    return {};
  }

  LocalizedText both(const char* key) {
    const auto* value = item_ == nullptr ? nullptr : item_->if_contains(key);
    static const Json kNothing;
    ItemReader inner(value == nullptr ? kNothing : *value, where_ + "/" + key, problems_);
    if (inner.item_ == nullptr) return {};
    return {inner.text("nl"), inner.text("en")};
  }

 private:
  void refuse(const std::string& below) {
    problems_.push_back(make_problem("AP-0033", where_ + below));
  }

  const json::object* item_;
  std::string where_;
  std::vector<Problem>& problems_;
};

// The items of an optional array member, each with its pointer.
template <class Read>
void for_each_item(const Json& payload, const std::string& key, std::vector<Problem>& problems,
                   Read read) {
  const auto* object = payload.if_object();
  const auto* list = object == nullptr ? nullptr : object->if_contains(key);
  if (list == nullptr) return;
  if (!list->is_array()) return problems.push_back(make_problem("AP-0033", "/" + key));
  std::size_t index = 0;
  for (const auto& item : list->as_array()) {
    ItemReader reader(item, "/" + key + "/" + std::to_string(index++), problems);
    read(reader);
  }
}

}  // namespace

model::Entry engine_entry(std::string_view kind, const std::string& subject,
                          const std::string& pack_hash, const std::string& actor, Json payload) {
  model::Entry entry;
  entry.organisation = kEngineOrganisation;
  entry.actor = actor;
  entry.purpose = kPurposeOperate;
  entry.subject = subject;
  entry.kind = kind;
  entry.pack_hash = pack_hash;
  entry.retention = "permanent";
  entry.payload = std::move(payload);
  return entry;
}

Json calendar_payload(const calendar::CalendarConfiguration& configuration) {
  json::array designated;
  for (const auto& day : configuration.designated) {
    designated.push_back(json::object{{"date", day.date.to_string()},
                                      {"name", {{"nl", day.name.nl}, {"en", day.name.en}}},
                                      {"source", day.source}});
  }
  json::array recesses;
  for (const auto& [year, recess] : configuration.recesses) {
    recesses.push_back(json::object{{"first", recess.days.first.to_string()},
                                    {"last", recess.days.last.to_string()},
                                    {"source", recess.source}});
  }
  return json::object{{"designated", std::move(designated)}, {"recess", std::move(recesses)}};
}

Result<calendar::Calendar> calendar_from_payload(const Json& payload) {
  std::vector<Problem> problems;
  calendar::CalendarConfiguration configuration;
  if (!payload.is_object()) problems.push_back(make_problem("AP-0033", ""));
  for_each_item(payload, "designated", problems, [&](ItemReader& item) {
    configuration.designated.push_back({item.date("date"), item.both("name"), item.text("source")});
  });
  for_each_item(payload, "recess", problems, [&](ItemReader& item) {
    const DateInterval days{item.date("first"), item.date("last")};
    configuration.recesses[days.first.year()] = {days, item.text("source")};
  });
  if (!problems.empty()) {
    Error error = make_error("AP-0033");
    error.problems = std::move(problems);
    return error;
  }
  return calendar::Calendar::create(std::move(configuration));
}

}  // namespace zicht::app
