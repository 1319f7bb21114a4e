// What the `zicht` command says to the person at the terminal: Dutch when the locale is Dutch, else
// English. Answers go to standard output, problems to standard error.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/result.h"

namespace zicht::server {

// Exit codes of the command.
inline constexpr int kGood = 0;
inline constexpr int kBad = 1;    // what was asked failed, or a check found something
inline constexpr int kUsage = 2;  // the command line is not understood

// By LC_ALL, LC_MESSAGES, LANG: the first that is set decides; nl* is Dutch.
[[nodiscard]] const std::string& in_own_language(const LocalizedText& text);

void say(const LocalizedText& text);
void say(const std::string& text);

// "file:line:column: error PK-0012: message" and an indented hint, one block each.
void report(const std::vector<Diagnostic>& diagnostics, const std::string& folder);
void report(const Error& error);

// Says what a report in the shape of store/verify.h counted, its problems or that all is good, and
// answers the exit code.
int conclude(const Result<Json>& outcome, const LocalizedText& good);

// As report() writes it; for tests.
[[nodiscard]] std::string rendered(const Diagnostic& diagnostic, const std::string& folder);
[[nodiscard]] std::string rendered(const Error& error);

}  // namespace zicht::server
