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

// The installation in a data folder, opened for a test.
inline std::unique_ptr<Installation> opened(const std::string& data, app::ChangeFeed& feed) {
  Config config;
  config.data = data;
  auto installation = Installation::open({config, &feed, false});
  if (!installation) FAIL(describe(installation.error()));
  return std::move(*installation);
}

}  // namespace zicht::server::testing
