// Says what the engine thinks of the shape of documents, for the comparison with ajv.
//
//     schema_judge FOLDER...      each folder is a pack
//
// First prints a line {"form", "schema"} per form, then an empty line; then reads lines
// {"form", "document"} and answers each with a line: true or false.
#include <boost/json/serialize.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/json_schema.h"
#include "model/testing/sample_form.h"
#include "model/validate.h"
#include "packs/load.h"
#include "packs/testing/folders.h"

namespace zicht {
namespace {

// Loads what can be loaded, again and again, so that the order of the folders does not matter.
bool load_all(std::vector<packs::Files> waiting, model::PackSet& packs) {
  while (!waiting.empty()) {
    std::vector<packs::Files> left;
    for (const auto& files : waiting) {
      const auto loaded = packs::load(files, packs);
      if (loaded.pack == nullptr) {
        left.push_back(files);
        continue;
      }
      packs.add(loaded.pack);
      packs.activate(loaded.pack->hash);
    }
    if (left.size() == waiting.size()) return false;
    waiting = std::move(left);
  }
  return true;
}

void print_schemas(const model::PackSet& packs) {
  for (const auto& pack : packs.all_active()) {
    for (const auto& form : pack->forms) {
      const Json line = {{"form", form.full_id()},
                         {"schema", model::json_schema(form, packs, model::Sensitivity::kSecret)}};
      std::cout << json::serialize(line) << '\n';
    }
  }
  std::cout << std::endl;  // tidy-allow: the reader waits for this line
}

bool is_accepted(const model::PackSet& packs, const std::string& line) {
  const auto parsed = parse_json(line);
  if (!parsed) return false;
  const auto& object = parsed->as_object();
  const auto* form = packs.find_form(object.at("form").as_string());
  return form != nullptr && model::check_shape(*form, packs, object.at("document")).empty();
}

int judge(const std::vector<std::string>& folders) {
  model::PackSet packs = model::testing::sample_packs();
  std::vector<packs::Files> waiting;
  for (const auto& folder : folders) waiting.push_back(packs::testing::read_folder(folder));
  if (!load_all(std::move(waiting), packs)) {
    std::cerr << "a pack cannot be loaded: zicht pack check says why\n";
    return 1;
  }
  print_schemas(packs);
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << (is_accepted(packs, line) ? "true\n" : "false\n");
  }
  return 0;
}

}  // namespace
}  // namespace zicht

int main(int argc, char** argv) { return zicht::judge({argv + 1, argv + argc}); }
