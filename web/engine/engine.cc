// The functions of the module: the engine of dmn/json_engine.h, its texts in the module's memory.
//
// A caller writes a request to input(size), calls compile() or evaluate(), and reads output_size()
// bytes at the address that comes back, before the next call.
#include <emscripten.h>

#include <string>

#include "browser_zones.h"
#include "dmn/json_engine.h"

namespace {

struct Module {
  zicht::dmn::JsonEngine engine{zicht::browser::browser_zones()};
  std::string input;
  std::string output;
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
  module().output = module().engine.compile(module().input);
  return module().output.data();
}

EMSCRIPTEN_KEEPALIVE const char* evaluate() {
  module().output = module().engine.evaluate(module().input);
  return module().output.data();
}

EMSCRIPTEN_KEEPALIVE std::size_t output_size() { return module().output.size(); }

EMSCRIPTEN_KEEPALIVE void release(std::uint32_t handle) { module().engine.release(handle); }

EMSCRIPTEN_KEEPALIVE std::size_t kept() { return module().engine.size(); }

}  // extern "C"
