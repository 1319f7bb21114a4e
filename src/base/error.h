// What can go wrong and how it is told to people: Code, Error, Problem, Diagnostic.
//
//     return make_error("ZB-0001", {{"text", input}});          // error_catalogue.h
//
// Every text exists in Dutch and in English and says what is wrong and what to do. Texts come from
// the catalogue (error_catalogue.h), never from the place where the error arises. No personal data
// goes into an error: name the field, not its value, where the value may be about a person.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zicht {

// The same text in both languages of the product.
struct LocalizedText {
  std::string nl{};
  std::string en{};
  bool operator==(const LocalizedText&) const = default;
};

// What the caller can do next. One table in http turns it into a status.
enum class Code {
  kInvalidArgument,     // mend the request; sending it again does not help
  kNotFound,            // there is nothing here that the caller may see
  kConflict,            // somebody else changed it: read again, then decide
  kPermissionDenied,    // the caller may not do this
  kFailedPrecondition,  // the thing is not in a state that allows this
  kUnavailable,         // try again later
  kResourceExhausted,   // too big, too many, too fast
  kInternal,            // a fault of ours
  kUnauthenticated,     // sign in first
};

// "invalid_argument" and so on: the stable spelling in logs and tests.
std::string_view code_name(Code code);

// An id from the catalogue: two capitals for the component, a dash, four digits ("AP-0007").
using DiagnosticId = std::string;

// One thing that is wrong in something larger, such as one field of a document.
struct Problem {
  DiagnosticId id{};
  std::string where{};  // JSON pointer ("/fields/2/label") or "file:line:column"; empty = the whole
  LocalizedText message{};
  LocalizedText hint{};
  bool operator==(const Problem&) const = default;
};

// An expected failure. `problems` lists every mistake at once where there can be several.
struct Error {
  Code code = Code::kInternal;
  DiagnosticId id{};
  LocalizedText message{};
  LocalizedText hint{};
  std::vector<Problem> problems{};
  bool operator==(const Error&) const = default;
};

// One line of English for logs and test output: "AP-0007 not_found: message [where: message]".
std::string describe(const Error& error);

enum class Severity { kError, kWarning };

// A finding in an authored file (pack, upload). A file is refused when one has Severity::kError.
struct Diagnostic {
  DiagnosticId id{};
  Severity severity = Severity::kError;
  std::string file{};        // path as the author knows it
  std::uint32_t line = 0;    // from 1; 0 = the file as a whole
  std::uint32_t column = 0;  // from 1, in code points; 0 = the line as a whole
  LocalizedText message{};
  LocalizedText hint{};
  bool operator==(const Diagnostic&) const = default;
};

// "forms/measure.yaml:12:3", leaving out what is 0.
std::string location_of(const Diagnostic& diagnostic);

// True when at least one diagnostic is an error.
bool has_errors(const std::vector<Diagnostic>& diagnostics);

}  // namespace zicht
