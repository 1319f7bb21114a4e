// Leaves a store as an engine would that could read more than this one. For tests.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "app/engine_entries.h"
#include "app/packs_service.h"

namespace zicht::app::testing {

// Version 9.0.0 of the pack with these files and one that no engine can read becomes active.
inline void activate_unreadable(Store& store, const std::string& pack, const PackFiles& files) {
  json::object texts;
  for (const auto& [path, text] : files) texts[path] = text;
  texts["forms/later.yaml"] = "form: later\n";
  const std::string hash = "later-" + pack;
  Unit unit;
  unit.actor = kSystemActor;
  unit.entries = {engine_entry(model::kPackStored, pack, hash, "system",
                               json::object{{"pack", pack},
                                            {"version", "9.0.0"},
                                            {"hash", hash},
                                            {"files", std::move(texts)}}),
                  engine_entry(model::kPackActivated, pack, hash, "system",
                               json::object{{"pack", pack}, {"hash", hash}})};
  REQUIRE(store.append_and_wait(std::move(unit)).has_value());
}

}  // namespace zicht::app::testing
