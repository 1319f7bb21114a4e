// Every parser takes what once broke one, and slight changes of it, without breaking a promise.
// Method: the inputs of fuzz/corpus and, from each, mutants by a fixed seed. A broken promise ends
// the program (targets.h); the sanitizers of the asan preset see the rest.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "base/rng.h"
#include "targets.h"

using namespace zicht;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> corpus_of(std::string_view target) {
  std::vector<std::string> inputs;
  const fs::path folder = fs::path("fuzz/corpus") / target;
  if (!fs::is_directory(folder)) return inputs;
  std::set<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.insert(entry.path());
  for (const fs::path& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return inputs;
}

// Some bytes changed, doubled, left out, or exchanged with a piece of another input.
std::string mutant_of(const std::string& input, const std::string& other, Rng& rng) {
  std::string mutant = input;
  const std::size_t changes = 1 + rng.below(4);
  for (std::size_t i = 0; i < changes; ++i) {
    const std::size_t at = rng.below(mutant.size() + 1);
    const std::size_t length = rng.below(std::min<std::size_t>(mutant.size() - at, 16) + 1);
    switch (rng.below(4)) {
      case 0:
        mutant.replace(at, length, 1, static_cast<char>(rng.below(256)));
        break;
      case 1:
        mutant.erase(at, length);
        break;
      case 2:
        mutant.insert(at, mutant.substr(at, length));
        break;
      default:
        mutant.insert(at, other.substr(rng.below(other.size() + 1), 16));
        break;
    }
  }
  return mutant;
}

}  // namespace

TEST_CASE("fuzz: every target has inputs, and every folder of inputs a target") {
  std::set<std::string> names;
  for (const fuzz::Target& target : fuzz::targets()) {
    CAPTURE(target.name);
    CHECK_FALSE(corpus_of(target.name).empty());
    names.emplace(target.name);
  }
  for (const auto& entry : fs::directory_iterator("fuzz/corpus")) {
    CHECK(names.contains(entry.path().filename().string()));
  }
}

TEST_CASE("fuzz: no input of the corpus, and no slight change of one, breaks a promise") {
  constexpr std::size_t kMutantsOfTarget = 1500;
  SeededRng rng(20261127);
  for (const fuzz::Target& target : fuzz::targets()) {
    CAPTURE(target.name);
    const std::vector<std::string> inputs = corpus_of(target.name);
    for (const std::string& input : inputs) fuzz::run(target, input);
    for (std::size_t i = 0; i < kMutantsOfTarget && !inputs.empty(); ++i) {
      const std::string& input = inputs[i % inputs.size()];
      fuzz::run(target, mutant_of(input, inputs[rng.below(inputs.size())], rng));
    }
    CHECK(true);
  }
}
