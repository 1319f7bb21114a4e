#include "base/error_json.h"

#include <boost/json/serialize.hpp>

namespace zicht {

json::object text_json(const LocalizedText& text) { return {{"nl", text.nl}, {"en", text.en}}; }

json::object error_json(const Error& error) {
  json::array problems;
  for (const Problem& problem : error.problems) {
    problems.push_back(told_json(problem, problem.where));
  }
  return {{"id", error.id},
          {"message", text_json(error.message)},
          {"hint", text_json(error.hint)},
          {"problems", std::move(problems)}};
}

std::string error_answer(const Error& error) {
  return json::serialize(json::object{{"error", error_json(error)}});
}

}  // namespace zicht
