// The functions of the module: the engine of dmn/json_engine.h and the forms of model/json_forms.h,
// their texts in the module's memory.
//
// A caller writes a request to input(size), calls one of the functions that give an address, and
// reads output_size() bytes there, before the next call.
#include <emscripten.h>

#include <string>

#include "browser_zones.h"
#include "dmn/json_engine.h"
#include "model/json_forms.h"

namespace {

struct Module {
  zicht::dmn::JsonEngine engine{zicht::browser::browser_zones()};
  zicht::model::JsonForms forms;
  std::string input;
  std::string output;

  const char* answer(std::string text) {
    output = std::move(text);
    return output.data();
  }
};

Module& module() {
  static Module the_module;
  return the_module;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE char* input(std::size_t size) {
  module().input.resize(size);
  return module().input.data();
}

EMSCRIPTEN_KEEPALIVE const char* compile() {
  return module().answer(module().engine.compile(module().input));
}

EMSCRIPTEN_KEEPALIVE const char* evaluate() {
  return module().answer(module().engine.evaluate(module().input));
}

EMSCRIPTEN_KEEPALIVE void release(std::uint32_t handle) { module().engine.release(handle); }

EMSCRIPTEN_KEEPALIVE const char* form_compile() {
  return module().answer(module().forms.compile(module().input));
}

EMSCRIPTEN_KEEPALIVE const char* form_evaluate() {
  return module().answer(module().forms.evaluate(module().input));
}

EMSCRIPTEN_KEEPALIVE void form_release(std::uint32_t handle) { module().forms.release(handle); }

EMSCRIPTEN_KEEPALIVE std::size_t output_size() { return module().output.size(); }

EMSCRIPTEN_KEEPALIVE std::size_t kept() {
  return module().engine.size() + module().forms.size();
}

}  // extern "C"
