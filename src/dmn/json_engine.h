// The engine for whoever speaks JSON: texts in, texts out. The browser's module is this and no
// more, and tests ask it the same things on both sides.
//
//     JsonEngine engine(system_time_zones());
//     engine.compile(R"({"kind":"expression","text":"age >= 18",
//                        "variables":[{"name":"age","type":"number"}]})");
//                                            // {"handle":1,"type":"boolean","warnings":[]}
//     engine.evaluate(R"({"handle":1,"facts":{"age":17}})");
//                                            // {"value":false,"outcome":"no","missing":[],...}
//     engine.release(1);
//
// The shapes are told in docs/formats/engine.md. Every answer is an object; what went wrong as a
// whole is {"error":{"id","message":{nl,en},"hint":{nl,en},"problems":[...]}}. Values keep all
// their digits. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/time_zone.h"

namespace zicht::dmn {

class JsonEngine {
 public:
  // Requires: `zones` outlives this.
  explicit JsonEngine(const TimeZones& zones);
  ~JsonEngine();
  JsonEngine(const JsonEngine&) = delete;
  JsonEngine& operator=(const JsonEngine&) = delete;

  // Keeps what was compiled under a number that is never given twice. Errors: those of parse_json,
  // FE-0071 for another shape, those of feel::compile and Engine::compile.
  [[nodiscard]] std::string compile(std::string_view request);

  // Errors: those of parse_json, FE-0071 for another shape, FE-0072 for a number that is not kept,
  // DM-0050 for an unknown decision, FE-0070 where only the server can tell, FE-0101 to FE-0103.
  [[nodiscard]] std::string evaluate(std::string_view request);

  // Forgets it; nothing happens where it is not kept.
  void release(std::uint32_t handle);

  // How many are kept.
  [[nodiscard]] std::size_t size() const { return kept_.size(); }

  class Kept;  // an expression, unary tests or a model

 private:
  const TimeZones& zones_;
  std::map<std::uint32_t, std::unique_ptr<const Kept>> kept_;
  std::uint32_t last_handle_ = 0;
};

}  // namespace zicht::dmn
