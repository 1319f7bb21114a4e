// Header lists, language negotiation and the small helpers of requests and responses, by tables.
#include "http/message.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace zicht::http;

TEST_CASE("language: Dutch unless English weighs more") {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", "nl"},
      {"nl", "nl"},
      {"en", "en"},
      {"EN-gb", "en"},
      {"en-US,en;q=0.9,nl;q=0.8", "en"},
      {"nl;q=0.5, en;q=0.6", "en"},
      {"nl, en", "nl"},
      {"en, nl", "en"},
      {"de, fr;q=0.9", "nl"},
      {"de, en;q=0.1", "en"},
      {"en;q=0", "nl"},
      {"en;q=abc", "nl"},
      {"en;q=1.5", "nl"},
      {"en;q=nan", "nl"},
      {"*", "nl"},
      {"english", "nl"},
      {",,;q=1,en", "en"},
  };
  for (const auto& [header, expected] : table) {
    CAPTURE(header);
    CHECK(language_tag(negotiate_language(header)) == expected);
  }
}

TEST_CASE("headers: names are found in any case, the first value wins, views stay right") {
  HeaderList headers;
  for (int i = 0; i < 50; ++i) headers.add("X-" + std::to_string(i), std::to_string(i));
  headers.add("Accept", "first");
  headers.add("ACCEPT", "second");
  CHECK(headers.find("x-49") == "49");
  CHECK(headers.find("accept") == "first");
  CHECK(headers.count("Accept") == 2);
  CHECK_FALSE(headers.find("X-50").has_value());
  headers.clear();
  CHECK(headers.size() == 0);
  CHECK_FALSE(headers.find("accept").has_value());
}

TEST_CASE("method: names are case-sensitive and unknown ones are kOther") {
  for (const char* name : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    CHECK(method_name(method_from(name)) == name);
  }
  CHECK(method_from("get") == Method::kOther);
  CHECK(method_from("TRACE") == Method::kOther);
  CHECK(method_from("OTHER") == Method::kOther);
}

TEST_CASE("response: every status that is used has a reason phrase") {
  for (const int status : {200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 406, 408, 409, 412,
                           413, 415, 417, 428, 429, 431, 500, 501, 503, 505}) {
    CAPTURE(status);
    CHECK_FALSE(reason_phrase(status).empty());
  }
}
