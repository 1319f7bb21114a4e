// Asks the engine of the server and writes what it answers, for the comparison with the browser's.
//
//     engine_vectors EXPRESSIONS.json [FOLDER OF THE KIT]
//
// A line for each question: {"set","compile","compiled","asks":[[request, answer]...]}, all texts.
// Of forms the answers are those of the server at `_evaluate`.
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/time_zone.h"
#include "dmn/json_engine.h"
#include "dmn_folders.h"
#include "form_vectors.h"
#include "model/json_forms.h"
#include "vectors.h"

namespace zicht::engine_tests {
namespace {

constexpr int kRandom = 4000;
constexpr int kNumbers = 600;
constexpr int kRandomForms = 120;

void write_line(const std::string& set, const std::string& compile, const std::string& compiled,
                json::array asks) {
  std::cout << json::serialize(json::object{{"set", set},
                                            {"compile", compile},
                                            {"compiled", compiled},
                                            {"asks", std::move(asks)}})
            << '\n';
}

std::optional<std::uint32_t> handle_in(const std::string& compiled) {
  const auto answer = parse_json(compiled);
  const json::value* handle =
      answer.has_value() ? answer->get_object().if_contains("handle") : nullptr;
  if (handle == nullptr) return std::nullopt;
  return static_cast<std::uint32_t>(handle->get_int64());
}

void write_answers(dmn::JsonEngine& engine, const std::string& set, const Question& question) {
  const std::string compile = json::serialize(question.compile);
  const std::string compiled = engine.compile(compile);
  const auto handle = handle_in(compiled);
  json::array asks;
  for (json::object ask : question.asks) {
    if (!handle) break;
    ask["handle"] = *handle;
    const std::string request = json::serialize(ask);
    asks.push_back(json::array{request, engine.evaluate(request)});
  }
  if (handle) engine.release(*handle);
  write_line(set, compile, compiled, std::move(asks));
}

void write_form(model::JsonForms& forms, const std::string& set, const FormQuestion& question) {
  const std::string compile = json::serialize(question.compile);
  const std::string compiled = forms.compile(compile);
  const auto handle = handle_in(compiled);
  json::array asks;
  for (FormQuestion::Asked ask : question.asks) {
    ask.request["handle"] = handle.value_or(0);
    asks.push_back(json::array{json::serialize(ask.request), ask.answer});
  }
  if (handle) forms.release(*handle);
  write_line(set, compile, compiled, std::move(asks));
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
  model::JsonForms forms;
  const auto form_writer = [&](const char* set) {
    return [&forms, set](const FormQuestion& question) { write_form(forms, set, question); };
  };
  for (const char* folder : {"packs", "tests/packs", "tests/engine/packs"}) {
    ask_forms(folder, 20'261'129, form_writer("forms"));
  }
  ask_random_forms(20'261'130, kRandomForms, form_writer("random forms"));
  if (arguments.size() > 2) ask_kit(dmn::testing::test_folders(arguments[2]), writer("kit"));
  return 0;
}

}  // namespace
}  // namespace zicht::engine_tests

int main(int count, char** arguments) {
  return zicht::engine_tests::run({arguments, arguments + count});
}
