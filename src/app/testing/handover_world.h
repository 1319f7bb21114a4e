// The world of the probe pack with two more organisations to which files are handed over.
#pragma once

#include <string>
#include <utility>

#include "app/handover_service.h"
#include "app/testing/probe_world.h"
#include "base/error_catalogue.h"

namespace zicht::app::testing {

struct HandoverWorld : ProbeWorld {
  // Planners of the organisation that receives, and of a third.
  static Caller southern() { return signed_in(21, "south", "planner"); }
  static Caller western() { return signed_in(22, "west", "planner"); }
  static Caller privacy_officer() { return person("fg", "north", {"privacy-officer"}); }

  HandoverWorld() { put_organisation("west", "Bibliotheek West"); }

  static json::object terms(json::object more = {}) {
    json::object body{{"organisation", "south"}, {"reason", "Verhuisd"}, {"basis", "Artikel 1"}};
    for (const auto& [key, value] : more) body[key] = value;
    return body;
  }
  std::string offer(const std::string& record, json::object more = {},
                    const Caller& caller = planner(), const std::string& key = "") {
    const auto made =
        handovers.offer(caller, record, terms(std::move(more)), {0, {key, key}});
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    return std::string(parsed(*made).at("id").as_string());
  }
  std::string refused_offer(const std::string& record, json::object more,
                            const Caller& caller = planner()) {
    return failure(handovers.offer(caller, record, terms(std::move(more)), {}));
  }
  std::string act(const Caller& caller, const std::string& id, HandoverAct act,
                  const std::string& reason = "Zo is het") {
    return failure(handovers.act(caller, id, act, json::object{{"reason", reason}}));
  }
  std::string accept(const std::string& id) { return act(southern(), id, HandoverAct::kAccept); }
  std::string handed(const std::string& record, json::object more = {}) {
    const std::string id = offer(record, std::move(more));
    REQUIRE(accept(id) == "");
    return id;
  }

  // The caller as the server knows them now.
  Caller now(Caller caller) {
    caller.is_receiving = *store.is_receiving(caller.organisation);
    return caller;
  }
  std::string sees(const Caller& caller, const std::string& id) { return seen(now(caller), id); }
  std::string finds(const Caller& caller, const std::string& form) {
    return found(now(caller), form);
  }
  json::array listed(const Caller& caller, json::object body = {}) {
    const auto page = handovers.search(now(caller), body);
    REQUIRE_MESSAGE(page.has_value(), (page ? "" : describe(page.error())));
    return parsed(*page).at("items").as_array();
  }
  void set_day(const std::string& day) { clock.set(*Instant::parse(day + "T09:00:00Z")); }
  // The probe pack with another line of access to the form of a child.
  void activate_with(const std::string& old_line, const std::string& new_line) {
    auto files = packs::testing::read_folder("tests/packs/probe");
    const auto replace = [&files](const std::string& file, const std::string& from,
                                  const std::string& to) {
      std::string& text = files.at(file);
      const auto at = text.find(from);
      REQUIRE(at != std::string::npos);
      text.replace(at, from.size(), to);
    };
    replace("forms/child.yaml", old_line, new_line);
    replace("pack.yaml", "version: 1.0.0", "version: 1.0.1");
    REQUIRE_FALSE(packs.activate({files}, "system").error);
  }
};

}  // namespace zicht::app::testing
