// Records of the invented pack in tests/packs/probe, made through the use cases as people would.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "server/installation.h"

namespace zicht::server::testing {

inline const std::string kWorker = "00000000000000000000000002";

inline app::Caller somebody(const std::string& account, const std::string& role) {
  app::Caller caller;
  caller.account = account;
  caller.person = account;
  caller.name = account;
  caller.organisation = "north";
  caller.roles = {role};
  return caller;
}

inline app::Caller planner() { return somebody("account-planner", "probe/planner"); }

inline app::Caller worker() {
  app::Caller caller = somebody(kWorker, "probe/psychologist");
  caller.purpose = "probe/care";
  return caller;
}

// The id of a new record.
inline std::string make(app::Services& services, const app::Caller& caller,
                        const std::string& form, json::object fields) {
  const json::object body{{"form", "probe/" + form}, {"fields", std::move(fields)}};
  const auto written = services.records.create(caller, body, {});
  if (!written) FAIL(describe(written.error()));
  return std::string(parse_json(written->document.json)->at("id").as_string());
}

// Puts the account of the worker, unless it is there.
inline void put_worker(app::Store& store) {
  const auto known = store.find_account(kWorker);
  if (!known) FAIL(describe(known.error()));
  if (*known) return;
  model::Entry entry;
  entry.organisation = "north";
  entry.subject = kWorker;
  entry.kind = model::kAccountPut;
  entry.payload = json::object{{"account", kWorker},
                               {"person", kWorker},
                               {"login", "worker"},
                               {"name", "Worker"},
                               {"organisation", "north"},
                               {"roles", json::array{"probe/psychologist"}},
                               {"active", true},
                               {"demo", false}};
  app::Unit unit;
  unit.actor = "system";
  unit.purpose = "operate";
  unit.entries.push_back(std::move(entry));
  const auto put = store.append_and_wait(std::move(unit));
  if (!put) FAIL(describe(put.error()));
}

// The installation in a data folder, opened for a test, with the worker's account.
inline std::unique_ptr<Installation> opened(const Config& config, app::ChangeFeed& feed) {
  auto installation = Installation::open({config, &feed, false});
  if (!installation) FAIL(describe(installation.error()));
  put_worker((*installation)->services().store);
  return std::move(*installation);
}
inline std::unique_ptr<Installation> opened(const std::string& data, app::ChangeFeed& feed) {
  Config config;
  config.data = data;
  return opened(config, feed);
}

}  // namespace zicht::server::testing
