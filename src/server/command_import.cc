// zicht import: a table becomes records of a form. Without --accept it is a dry run.
#include <charconv>
#include <optional>

#include "base/error_catalogue.h"
#include "packs/yaml_json.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

int failed(const Error& error) {
  report(error);
  return kBad;
}

// Who imports: an active account, with what its roles allow.
std::optional<app::Caller> caller_of(Installation& installation, const std::string& login) {
  const auto account = installation.store().find_account_by_login(login);
  if (!account) return report(account.error()), std::nullopt;
  if (!*account || !(*account)->is_active) return report(make_error("AP-0002")), std::nullopt;
  const app::Account& found = **account;
  return app::Caller{.account = found.id,
                     .person = found.person,
                     .name = found.name,
                     .organisation = found.organisation,
                     .roles = found.roles,
                     .subject = found.subject};
}

// The file of a mapping as the API takes it; absent: reported.
std::optional<Json> mapping_in(const Arguments& arguments) {
  const std::string path = arguments.option("mapping");
  const auto text = read_file(path);
  if (!text) return report(text.error()), std::nullopt;
  auto read = packs::json_from_yaml(*text, path);
  report(read.diagnostics, "");
  json::object* mapping = read.value ? read.value->if_object() : nullptr;
  if (mapping == nullptr) return std::nullopt;
  mapping->erase("import");
  if (const std::string form = arguments.option("form"); !form.empty()) (*mapping)["form"] = form;
  return std::move(read.value);
}

LocalizedText both_languages(const Json& told, const char* key) {
  const json::object& both = told.at(key).as_object();
  return {std::string(both.at("nl").as_string()), std::string(both.at("en").as_string())};
}

void say_problem(const std::string& before, const Json& problem) {
  say("  " + before + in_own_language(both_languages(problem, "message")) + " " +
      in_own_language(both_languages(problem, "hint")));
}

// What the dry run says; the exit code is bad while rows have errors.
int tell(const std::string& plan) {
  const auto parsed = parse_json(plan);
  if (!parsed) return failed(parsed.error());
  const auto count = [&](const char* key) {
    return std::to_string(parsed->at("counts").at(key).as_int64());
  };
  say(LocalizedText{count("new") + " nieuw, " + count("changed") + " gewijzigd, " + count("same") +
                        " gelijk, " + count("errors") + " met een fout.",
                    count("new") + " new, " + count("changed") + " changed, " + count("same") +
                        " the same, " + count("errors") + " with an error."});
  for (const Json& row : parsed->at("rows").as_array()) {
    const Json* problems = row.as_object().if_contains("problems");
    if (problems == nullptr) continue;
    for (const Json& each : problems->as_array()) {
      say_problem(std::to_string(row.at("line").as_int64()) + ": ", each);
    }
  }
  if (parsed->at("counts").at("errors").as_int64() > 0) return kBad;
  std::string keys;
  for (const Json& question : parsed->at("questions").as_array()) {
    const std::string key(question.at("key").as_string());
    say_problem(key + ": ", question);
    keys += (keys.empty() ? " --confirm " : ",") + key;
  }
  const std::string words = "--accept " + std::string(parsed->at("plan").as_string()) + keys;
  say(LocalizedText{"Klopt het? Geef dezelfde opdracht met " + words,
                    "Is it right? Give the same command with " + words});
  return kGood;
}

// The whole word as a number; absent: it is none, which was said.
std::optional<std::int64_t> year_in(const std::string& word) {
  std::int64_t year = 0;
  const char* end = word.data() + word.size();
  const auto [stop, wrong] = std::from_chars(word.data(), end, year);
  if (wrong == std::errc() && stop == end) return year;
  say(LocalizedText{"--year " + word + ": geef een jaartal, zoals --year 2024",
                    "--year " + word + ": give a year, such as --year 2024"});
  return std::nullopt;
}

}  // namespace

int run_import(const Words& words) {
  const auto arguments =
      understood(words, {{"form", "mapping", "by", "year", "accept", "confirm"}, {}, 1, 1});
  if (!arguments) return kUsage;
  if (arguments->option("mapping").empty() || arguments->option("by").empty()) {
    say(LocalizedText{"zicht import BESTAND --mapping BESTAND --by LOGIN",
                      "zicht import FILE --mapping FILE --by LOGIN"});
    return kUsage;
  }
  std::optional<std::int64_t> year;
  if (const std::string word = arguments->option("year"); !word.empty()) {
    year = year_in(word);
    if (!year) return kUsage;
  }
  auto content = read_file(arguments->words[0]);
  if (!content) return failed(content.error());
  auto mapping = mapping_in(*arguments);
  if (!mapping) return kBad;
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  const auto caller = caller_of(*installation, arguments->option("by"));
  if (!caller) return kBad;
  app::ImportService::Given given{*std::move(content), *std::move(mapping), year};
  app::ImportService& imports = installation->services().imports;
  const std::string plan = arguments->option("accept");
  if (plan.empty()) {
    const auto rehearsed = imports.rehearse_given(*caller, given);
    return rehearsed ? tell(*rehearsed) : failed(rehearsed.error());
  }
  const auto accepted = imports.accept_given(
      *caller, given, plan, split_list(arguments->option("confirm")), {});
  if (!accepted) return failed(accepted.error());
  say(*accepted);
  return kGood;
}

}  // namespace zicht::server
