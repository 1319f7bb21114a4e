// Every question that can be put to a server, operation by operation of its OpenAPI document.
//
// Requests read, or fail on purpose, so that asking changes nothing but the read log. An operation
// that the document has and this does not is told: then nobody has looked at what it lets out.
#pragma once

#include <string>
#include <vector>

#include "http/testing/client.h"
#include "wire_world.h"

namespace zicht::wire {

struct Request {
  std::string operation, method, path, body;
  std::string headers = {};
  // The answer holds chance (a secret, an id of an upload), so two worlds may differ in it.
  bool is_of_chance = false;
  bool may_sign_out = false;            // sent without the session
};

// About the records of `asked` and all forms; `ids` may name records that are not there.
// `operations`: ids of the OpenAPI document; the test fails for one that has no request.
std::vector<Request> all_requests(const World& world, const std::vector<std::string>& ids,
                                  const std::vector<std::string>& operations);

// The operations of the document that the server gives.
std::vector<std::string> operations_of(const World& world);

http::testing::Reply send(http::testing::TestClient& client, const Asker& asker,
                          const Request& request);

}  // namespace zicht::wire
