// Fills an installation with records of one form, for measurements at scale.
//
//     seed CONFIG FORM COUNT
//
// Every filterable field gets one value in half of the records, another in one of a hundred, and
// many different ones in the others; a third value occurs nowhere. Prints {"field": {"half", "one",
// "none"}} with filters of the public fields that have such values, so that 50, 1 and 0 % hits can
// be asked for; for dates and amounts also ranges over many values. Goes through the store like
// everything else: sealed, chained, projected, in groups.
#include <boost/json/serialize.hpp>

#include <charconv>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>

#include "base/ids.h"
#include "model/life.h"
#include "server/folder.h"
#include "server/installation.h"

namespace zicht {
namespace {

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "seed: %s\n", why.c_str());
  std::exit(1);
}

// Values of a field: 0 for half of the records, 1 for one of a hundred, 2 for none; from 10 on all
// different as far as the type allows.
class Values {
 public:
  Values(const model::PackSet& packs, const std::string& pack) : packs_(packs), pack_(pack) {}

  std::optional<Json> of(const model::Field& field, std::int64_t n) const {
    switch (field.type) {
      case model::FieldType::kText:
        return Json("woord" + std::to_string(n));
      case model::FieldType::kInteger:
        return Json(field.min.value_or(0) + n % span(field));
      case model::FieldType::kDecimal:
        return Json(std::to_string(n % 200));
      case model::FieldType::kMoney:
        return Json(std::to_string(n % 5000) + ".00");
      case model::FieldType::kBoolean:
        return n > 1 ? std::nullopt : std::optional<Json>(n == 0);
      case model::FieldType::kDate:
        return Json(day(n));
      case model::FieldType::kUncertainDate:
        return Json({{"first", day(n)}, {"last", day(n)}});
      case model::FieldType::kPeriod:
        return Json("P" + std::to_string(n % 900 + 1) + "D");
      case model::FieldType::kChoice:
        return code(field, n);
      case model::FieldType::kReference:
        return Json(id(n));
      case model::FieldType::kUrl:
      case model::FieldType::kGroup:
      case model::FieldType::kAccount:
      case model::FieldType::kAttachment:
      case model::FieldType::kOrganisation:
      case model::FieldType::kFigures:
        return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  static std::int64_t span(const model::Field& field) {
    return std::max<std::int64_t>(3, field.max.value_or(1'000'000) - field.min.value_or(0));
  }
  static std::string day(std::int64_t n) {
    return add_days(Date::of(2000, 1, 1), n % 9000)->to_string();
  }
  static std::string id(std::int64_t n) {
    SeededRng rng(static_cast<std::uint64_t>(n % 50));
    return PublicId::random(rng).to_string();
  }
  std::optional<Json> code(const model::Field& field, std::int64_t n) const {
    const bool is_full = field.list.find('/') != std::string::npos;
    const auto* list = packs_.find_list(is_full ? field.list : pack_ + "/" + field.list);
    if (list == nullptr || list->codes.empty()) return std::nullopt;
    return Json(list->codes[static_cast<std::size_t>(n) % list->codes.size()].code);
  }

  const model::PackSet& packs_;
  std::string pack_;
};

json::object fields_of(const model::Form& form, const Values& values, std::int64_t number) {
  // Half, one of a hundred, and the rest spread over values from 10 on.
  const std::int64_t n = number % 2 == 0 ? 0 : number % 100 == 1 ? 1 : 10 + number % 7919;
  json::object fields;
  for (const auto& field : form.fields) {
    if (!field.is_filterable && !field.is_required) continue;
    const auto value = values.of(field, n);
    if (!value) continue;
    fields[field.id] = field.is_many ? Json(json::array{*value}) : *value;
  }
  return fields;
}

// From one value to another; of an uncertain date its first day.
Json range(const model::Field& field, Json from, Json to) {
  for (Json* bound : {&from, &to}) {
    if (bound->is_object()) *bound = Json(bound->as_object().at("first"));
  }
  return {{"field", field.id}, {"from", std::move(from)}, {"to", std::move(to)}};
}

json::object filters_of(const model::Field& field, const Values& values) {
  const bool is_uncertain = field.type == model::FieldType::kUncertainDate;
  json::object filters;
  const char* names[] = {"half", "one", "none"};
  for (std::int64_t n = 0; n < 3; ++n) {
    const auto value = values.of(field, n);
    if (!value) continue;
    filters[names[n]] = is_uncertain ? range(field, *value, *value)
                                     : Json{{"field", field.id}, {"equals", *value}};
  }
  const bool is_spread = is_uncertain || field.type == model::FieldType::kDate ||
                         field.type == model::FieldType::kMoney;
  if (!is_spread || field.is_many) return filters;
  filters["range of half"] = range(field, *values.of(field, 0), *values.of(field, 30));
  filters["range of many"] = range(field, *values.of(field, 10), *values.of(field, 4990));
  filters["range of few"] = range(field, *values.of(field, 3000), *values.of(field, 3160));
  return filters;
}

void print_filters(const model::Form& form, const Values& values) {
  json::object out;
  for (const auto& field : form.fields) {
    // The least role may not ask for more.
    const bool is_public = field.sensitivity == model::Sensitivity::kPublic;
    if (field.is_filterable && is_public) out[field.id] = filters_of(field, values);
  }
  std::printf("%s\n", json::serialize(out).c_str());
}

// Waits for room, so that memory does not grow with the count.
class Room {
 public:
  void take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ < 1024; });
    ++waiting_;
  }
  void give() {
    const std::lock_guard lock(mutex_);
    --waiting_;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
};

void seed(server::Installation& installation, const std::string& full_form, std::int64_t count) {
  const auto rules = installation.services().packs.rules();
  const auto form = app::find_active_form(*rules, full_form);
  if (form.form == nullptr) fail("there is no form " + full_form);
  const Values values(rules->packs, form.pack->id);
  const auto judge = app::judge_of(*rules, form, installation.today());
  Room room;
  for (std::int64_t i = 0; i < count; ++i) {
    auto record = model::begin(judge, fields_of(*form.form, values, i), installation.today());
    if (!record) fail(describe(record.error()));
    record->id = PublicId::random(installation.rng()).to_string();
    record->organisation = "demo";
    app::Unit unit;
    unit.actor = "system";
    unit.purpose = "work";
    unit.records.push_back({std::move(*record), {"created", "", ""}, 0});
    room.take();
    installation.store().append(std::move(unit), [&room](Result<app::Receipt> receipt) {
      if (!receipt) fail(describe(receipt.error()));
      room.give();
    });
  }
  room.wait();
  print_filters(*form.form, values);
}

}  // namespace
}  // namespace zicht

int main(int argc, char** argv) {
  if (argc != 4) zicht::fail("usage: seed CONFIG FORM COUNT");
  const auto text = zicht::server::read_file(argv[1]);
  if (!text) zicht::fail(zicht::describe(text.error()));
  const auto config = zicht::server::parse_config(*text, argv[1]);
  zicht::server::QuietFeed feed;
  const auto installation = zicht::server::Installation::open({config.config, &feed, false});
  if (!installation) zicht::fail(zicht::describe(installation.error()));
  std::int64_t count = 0;
  const std::string_view number(argv[3]);
  if (std::from_chars(number.begin(), number.end(), count).ec != std::errc{}) {
    zicht::fail("COUNT is a number");
  }
  zicht::seed(**installation, argv[2], count);
  return 0;
}
