// Asks the engine of the server and writes what it answers, for the comparison with the browser's.
//
//     engine_vectors EXPRESSIONS.json [FOLDER OF THE KIT]
//
// A line for each question: {"set","compile","compiled","asks":[[request, answer]...]}, all texts.
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/time_zone.h"
#include "dmn/json_engine.h"
#include "dmn_folders.h"
#include "vectors.h"

namespace zicht::engine_tests {
namespace {

constexpr int kRandom = 4000;
constexpr int kNumbers = 600;

void write_answers(dmn::JsonEngine& engine, const std::string& set, const Question& question) {
  const std::string compile = json::serialize(question.compile);
  const std::string compiled = engine.compile(compile);
  const auto answer = parse_json(compiled);
  const json::value* handle =
      answer.has_value() ? answer->get_object().if_contains("handle") : nullptr;
  json::array asks;
  for (json::object ask : question.asks) {
    if (handle == nullptr) break;
    ask["handle"] = *handle;
    const std::string request = json::serialize(ask);
    asks.push_back(json::array{request, engine.evaluate(request)});
  }
  if (handle != nullptr) engine.release(static_cast<std::uint32_t>(handle->get_int64()));
  std::cout << json::serialize(json::object{
                   {"set", set}, {"compile", compile}, {"compiled", compiled}, {"asks", asks}})
            << '\n';
}

int run(const std::vector<std::string>& arguments) {
  const auto texts = parse_json(dmn::testing::text_of_file(arguments.at(1)));
  if (!texts.has_value() || !texts->is_array()) {
    std::cerr << arguments[1] << " is no list of expressions\n";
    return 1;
  }
  std::vector<std::string> expressions;
  for (const Json& text : texts->get_array()) expressions.emplace_back(text.get_string());
  dmn::JsonEngine engine(system_time_zones());
  const auto writer = [&](const char* set) {
    return [&engine, set](const Question& question) { write_answers(engine, set, question); };
  };
  ask_texts(expressions, writer("texts"));
  ask_random(20'261'127, kRandom, writer("random"));
  ask_numbers(20'261'128, kNumbers, writer("numbers"));
  ask_zones(writer("zones"));
  ask_patterns(writer("patterns"));
  if (arguments.size() > 2) ask_kit(dmn::testing::test_folders(arguments[2]), writer("kit"));
  return 0;
}

}  // namespace
}  // namespace zicht::engine_tests

int main(int count, char** arguments) {
  return zicht::engine_tests::run({arguments, arguments + count});
}
