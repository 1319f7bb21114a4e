#include "dmn/internal/texts.h"

#include <charconv>

namespace zicht::dmn::internal {
namespace {

// "3:7", as FEEL tells the place of a problem within a text.
feel::LineColumn parse_place(std::string_view where) {
  feel::LineColumn place;
  const auto colon = where.find(':');
  if (colon == where.npos) return place;
  std::from_chars(where.data(), where.data() + colon, place.line);
  std::from_chars(where.data() + colon + 1, where.data() + where.size(), place.column);
  return place;
}

}  // namespace

feel::CompileOptions Texts::next() {
  feel::CompileOptions options;
  options.unknown_names = feel::CompileOptions::UnknownNames::kNull;
  options.source = count_++;
  return options;
}

std::optional<feel::Expression> Texts::expression(const Text& text, const feel::Scope& scope,
                                                  const TextPlace& place) {
  auto compiled = feel::compile(text.text, scope, next());
  if (!compiled) return failed(text, place, compiled.error()), std::nullopt;
  warn(text, place, compiled->warnings());
  return *std::move(compiled);
}

std::optional<feel::UnaryTests> Texts::unary_tests(const Text& text, const feel::Scope& scope,
                                                   const feel::Type& input,
                                                   const TextPlace& place) {
  auto compiled = feel::compile_unary_tests(text.text, scope, input, next());
  if (!compiled) return failed(text, place, compiled.error()), std::nullopt;
  warn(text, place, compiled->warnings());
  return *std::move(compiled);
}

void Texts::failed(const Text& text, const TextPlace& place, const Error& error) {
  for (const auto& problem : error.problems) {
    const auto within = parse_place(problem.where);
    // A line of the text is a line of the file; columns are those of the text.
    const FilePlace at{place.file, text.line + within.line - 1, within.column};
    auto told =
        make_diagnostic("DM-0033", at, {{"element", place.element}, {"problem", problem.message}});
    told.hint = problem.hint;
    problems_.add(std::move(told));
  }
}

void Texts::warn(const Text& text, const TextPlace& place,
                 const std::vector<feel::Finding>& warnings) {
  for (const auto& warning : warnings) {
    auto found = feel::to_diagnostic(warning, text.text, {place.file, text.line, 1});
    auto told = make_diagnostic("DM-0034", {found.file, found.line, found.column},
                                {{"element", place.element}, {"problem", found.message}},
                                Severity::kWarning);
    told.hint = found.hint;
    problems_.add(std::move(told));
  }
}

void Texts::report(std::string_view id, const TextPlace& place, const Arguments& arguments,
                   Severity severity) {
  if (!problems_.wants(severity, place.file)) return;
  Arguments all = arguments;
  all.emplace_back("element", place.element);
  problems_.add(make_diagnostic(id, {place.file, place.line}, all, severity));
}

}  // namespace zicht::dmn::internal
