// The rules of forms for whoever speaks JSON: texts in, texts out, as dmn/json_engine.h has for
// expressions and models. The browser's module is these two, and tests ask them the same things on
// both sides.
//
//     JsonForms forms;
//     forms.compile(R"({"name":"care/plan","form":{...},"lists":{...}})");     // {"handle":1}
//     forms.evaluate(R"({"handle":1,"fields":{"starts":"2026-01-01"},"today":"2026-03-02"})");
//                                       // {"fields":{"ends":{"shown":true,...}},"messages":[]}
//     forms.release(1);
//
// A form comes as the catalogue tells it to the asker (docs/formats/api.md), so with the fields
// that the asker sees; an answer is that of `_evaluate` (evaluation.h), to the byte. The shapes are
// told in docs/formats/engine.md. What went wrong as a whole is {"error":{...}}. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "model/pack.h"

namespace zicht::model {

class JsonForms {
 public:
  // Keeps the form under a number that is never given twice. Errors: those of parse_json, FE-0071
  // for another shape, FE-0073 for a form of which the server alone can judge the rules, as they
  // rest on fields that are not given or use what this engine does not know.
  [[nodiscard]] std::string compile(std::string_view request);

  // Errors: those of parse_json, FE-0071 for another shape, FE-0072 for a number that is not kept,
  // FE-0070 where only the server can judge.
  [[nodiscard]] std::string evaluate(std::string_view request) const;

  // Forgets it; nothing happens where it is not kept.
  void release(std::uint32_t handle);

  // How many are kept.
  [[nodiscard]] std::size_t size() const { return kept_.size(); }

 private:
  struct Kept {
    Form form;
    PackSet packs;                      // the lists of its fields, nothing else
  };
  std::map<std::uint32_t, Kept> kept_;
  std::uint32_t last_handle_ = 0;
};

}  // namespace zicht::model
