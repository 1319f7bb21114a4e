// Reads the members of a request body and gathers everything that is wrong with it.
//
//     Body body(json, {"form", "fields", "valid_from", "reason"});
//     const std::string form = body.text("form");
//     ZICHT_CHECKED(body.check());                          // AP-0020 with all problems
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"

namespace zicht::app::internal {

class Body {
 public:
  // Members other than `possible` are problems. `json` outlives the Body.
  Body(const Json& json, std::initializer_list<std::string_view> possible);

  // Required; a default value with a problem when absent or of another kind.
  std::string text(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  const Json& object(std::string_view key);
  Date date(std::string_view key);

  // Absent when absent; a problem when of another kind.
  std::optional<std::string> text_if(std::string_view key);
  std::optional<std::int64_t> number_if(std::string_view key);
  std::optional<bool> boolean_if(std::string_view key);
  std::optional<Date> date_if(std::string_view key);
  std::optional<std::vector<std::string>> texts_if(std::string_view key);
  // The same; one that is not a `possible` name is a problem (AP-0077) that tells which are.
  std::optional<std::vector<std::string>> names_if(std::string_view key,
                                                   const std::vector<std::string>& possible);
  // "limit" of a page, 50 when absent; a problem when it is not from 1 to `most`.
  std::int64_t page_size(std::int64_t most = 200);
  const Json* object_if(std::string_view key);
  const Json* array_if(std::string_view key);

  void add(Problem problem) { problems_.push_back(std::move(problem)); }
  void add(std::vector<Problem> problems);
  [[nodiscard]] bool is_sound() const { return problems_.empty(); }
  // Errors: AP-0020 with the problems so far.
  [[nodiscard]] Result<void> check() const;

 private:
  const Json* find(std::string_view key) const;
  void missing(std::string_view key);
  void wrong_kind(std::string_view key, const LocalizedText& expected);

  const json::object* object_;
  std::vector<Problem> problems_;
};

// AP-0020 with these problems. Requires: there is one.
[[nodiscard]] Error body_error(std::vector<Problem> problems);

}  // namespace zicht::app::internal
