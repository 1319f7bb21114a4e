#include "server/terminal.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace zicht::server {
namespace {

bool is_dutch() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return std::string_view(value).starts_with("nl");
  }
  return false;
}

void write(std::FILE* stream, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

// The problems of a report in the shape of store/verify.h and store/rebuild.h.
std::size_t say_problems(const Json& report_document) {
  const auto* problems = report_document.as_object().if_contains("problems");
  if (problems == nullptr) return 0;
  for (const auto& problem : problems->as_array()) {
    const auto& texts = problem.as_object();
    const auto text = [&](const char* key) {
      const auto& both = texts.at(key).as_object();
      return in_own_language(
          {std::string(both.at("nl").as_string()), std::string(both.at("en").as_string())});
    };
    say("  " + std::string(texts.at("where").as_string()) + ": " +
        std::string(texts.at("id").as_string()) + ": " + text("message") + " " + text("hint"));
  }
  return problems->as_array().size();
}

}  // namespace

const std::string& in_own_language(const LocalizedText& text) {
  return is_dutch() ? text.nl : text.en;
}

void say(const LocalizedText& text) { say(in_own_language(text)); }
void say(const std::string& text) { write(stdout, text + "\n"); }

std::string rendered(const Diagnostic& diagnostic, const std::string& folder) {
  const bool is_error = diagnostic.severity == Severity::kError;
  const LocalizedText word =
      is_error ? LocalizedText{"fout", "error"} : LocalizedText{"let op", "warning"};
  const std::string prefix = folder.empty() ? "" : folder + "/";
  return prefix + location_of(diagnostic) + ": " + in_own_language(word) + " " + diagnostic.id +
         ": " + in_own_language(diagnostic.message) + "\n    " + in_own_language(diagnostic.hint) +
         "\n";
}

std::string rendered(const Error& error) {
  std::string text = error.id + ": " + in_own_language(error.message) + "\n";
  if (!in_own_language(error.hint).empty()) text += "    " + in_own_language(error.hint) + "\n";
  for (const auto& problem : error.problems) {
    text += "  " + problem.where + ": " + problem.id + ": " + in_own_language(problem.message) +
            " " + in_own_language(problem.hint) + "\n";
  }
  return text;
}

void report(const std::vector<Diagnostic>& diagnostics, const std::string& folder) {
  for (const auto& diagnostic : diagnostics) write(stderr, rendered(diagnostic, folder));
}

void report(const Error& error) { write(stderr, rendered(error)); }

int conclude(const Result<Json>& outcome, const LocalizedText& good) {
  if (!outcome) {
    report(outcome.error());
    return kBad;
  }
  for (const auto& member : outcome->as_object()) {
    if (member.value().is_int64()) {
      say(std::string(member.key()) + ": " + std::to_string(member.value().as_int64()));
    }
  }
  if (say_problems(*outcome) > 0) return kBad;
  say(good);
  return kGood;
}

}  // namespace zicht::server
