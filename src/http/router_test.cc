// Which handler a request gets, by tables.
#include "http/router.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/check.h"

using namespace zicht::http;

namespace {

Response answer(const Request&) { return {}; }

Router make_router() {
  Router router;
  router.add(Method::kGet, "/v1/records/{id}", {.operation_id = "read"}, answer);
  router.add(Method::kPut, "/v1/records/{id}", {.operation_id = "change"}, answer);
  router.add(Method::kPost, "/v1/records/_search", {.operation_id = "search"}, answer);
  router.add(Method::kGet, "/v1/records/{id}/history", {.operation_id = "history"}, answer);
  router.add(Method::kGet, "/v1/{a}/{b}/{c}/{d}", {.operation_id = "deep"}, answer);
  router.add(Method::kGet, "/v1/x/y/z", {.operation_id = "literal"}, answer);
  return router;
}

struct Outcome {
  std::string operation;
  std::string allow;
  NamedValues parameters;
};

Outcome find(const Router& router, Method method, const std::string& path) {
  Request request;
  request.method = method;
  request.path = path;
  const auto match = router.find(request);
  return {match.route != nullptr ? match.route->options.operation_id : "", match.allow,
          request.parameters};
}

struct Throw {};
void throw_on_check(const zicht::CheckFailure&) { throw Throw(); }

}  // namespace

TEST_CASE("router: literals win over parameters, parameters are decoded") {
  const Router router = make_router();
  CHECK(find(router, Method::kGet, "/v1/records/42").operation == "read");
  CHECK(find(router, Method::kGet, "/v1/records/42").parameters == NamedValues{{"id", "42"}});
  CHECK(find(router, Method::kGet, "/v1/records/a%2Fb%20c").parameters ==
        NamedValues{{"id", "a/b c"}});
  CHECK(find(router, Method::kPost, "/v1/records/_search").operation == "search");
  CHECK(find(router, Method::kGet, "/v1/records/7/history").operation == "history");
  CHECK(find(router, Method::kHead, "/v1/records/7").operation == "read");
}

TEST_CASE("router: a literal that leads nowhere is left for a parameter") {
  const Router router = make_router();
  const Outcome outcome = find(router, Method::kGet, "/v1/x/y/other/z");
  CHECK(outcome.operation == "deep");
  CHECK(outcome.parameters ==
        NamedValues{{"a", "x"}, {"b", "y"}, {"c", "other"}, {"d", "z"}});
}

TEST_CASE("router: unknown paths and other methods are told apart") {
  const Router router = make_router();
  for (const char* path : {"/", "/v1", "/v1/records", "/v1/records/", "/v1/records/1/", "//",
                           "/v1//records", "/v1/records/1/history/x/y"}) {
    CAPTURE(path);
    CHECK(find(router, Method::kGet, path).operation == "");
    CHECK(find(router, Method::kGet, path).allow == "");
  }
  CHECK(find(router, Method::kDelete, "/v1/records/1").allow == "GET, HEAD, PUT");
  CHECK(find(router, Method::kGet, "/v1/records/_search").allow == "POST");
  CHECK(find(router, Method::kOther, "/v1/records/1/history").allow == "GET, HEAD");
}

TEST_CASE("router: the fallback takes reads of unknown paths only") {
  Router router = make_router();
  router.set_fallback(answer);
  CHECK(find(router, Method::kGet, "/any/page").operation == "files");
  CHECK(find(router, Method::kHead, "/").operation == "files");
  CHECK(find(router, Method::kPost, "/any/page").allow == "GET, HEAD");
  CHECK(find(router, Method::kDelete, "/v1/records/1").allow == "GET, HEAD, PUT");
}

TEST_CASE("router: the table of routes can be listed in order") {
  const Router router = make_router();
  REQUIRE(router.routes().size() == 6);
  for (std::size_t i = 0; i < 6; ++i) CHECK(router.routes()[i].index == i);
  CHECK(router.routes()[2].pattern == "/v1/records/_search");
}

TEST_CASE("router: a route that is added twice or badly written is a bug that is caught") {
  Router router = make_router();
  const auto before = zicht::set_check_handler(throw_on_check);
  CHECK_THROWS_AS(
      router.add(Method::kGet, "/v1/records/{other}", {.operation_id = "again"}, answer), Throw);
  CHECK_THROWS_AS(router.add(Method::kGet, "/v1/new", {.operation_id = "read"}, answer), Throw);
  CHECK_THROWS_AS(router.add(Method::kGet, "v1", {.operation_id = "slash"}, answer), Throw);
  CHECK_THROWS_AS(router.add(Method::kGet, "/v1//a", {.operation_id = "empty"}, answer), Throw);
  CHECK_THROWS_AS(router.add(Method::kHead, "/v1/a", {.operation_id = "head"}, answer), Throw);
  zicht::set_check_handler(before);
}
