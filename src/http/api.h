// The interface under /v1 (docs/formats/api.md): every operation, over the use cases of app.
//
//   Router router;
//   add_api(router, {.services = services, .events = hub, .metrics = metrics, .clock = clock,
//                    .options = {.is_https = true}});
//
// One table of operations (internal/*_endpoints.cc) makes both the routes and the OpenAPI
// document, so that they cannot differ. What holds for every operation stands in one place
// (internal/guard.h): session, origin, CSRF token, idempotency key, If-Match, JSON body.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/services.h"
#include "base/clock.h"
#include "http/event_hub.h"
#include "http/limits.h"
#include "http/metrics.h"
#include "http/router.h"

namespace zicht::http {

struct ApiOptions {
  bool is_https = false;         // reached over TLS: the cookie is Secure and has the __Host- name
  bool is_behind_proxy = false;  // a proxy passes requests on: who the peer is says nothing
  bool metrics_for_all = false;  // else /metrics answers the machine itself only
  Rate account = {};             // of each account; from this machine itself without limit
  // How long the answer takes at least that something is not there, or not to be seen; and of which
  // the time of a search is a multiple. Zero: no waiting.
  std::chrono::milliseconds not_visible_time{5};
  std::size_t body_limit = kDefaultBodyLimit;  // bytes, for every operation with a JSON body
  std::size_t file_limit = std::size_t{25} << 20;  // bytes, for uploads
  std::string api_version = "1.0.0";
  // Whom developers turn to; stands in the OpenAPI document.
  std::string contact_name = "Zicht";
  std::string contact_email = "zicht@example.org";
  std::string contact_url = "https://example.org/zicht";
};

// One thing that is watched about the server; `since` when it is not as it should be.
struct HealthCheck {
  std::string id;
  LocalizedText title;
  std::int64_t value = 0;
  std::int64_t threshold = 0;
  std::optional<Instant> since = {};
};

// All of it outlives the server.
struct ApiPorts {
  app::Services& services;
  EventHub& events;
  MetricsRegistry& metrics;
  const Clock& clock;
  ApiOptions options;
  std::function<std::vector<HealthCheck>()> health = {};  // for administrators; empty: nothing
};

// Counts tries to sign in with a wrong password or code, or while locked out.
Counter& refused_sign_ins(MetricsRegistry& metrics);

// Adds every operation, /metrics included. Call once per router.
void add_api(Router& router, const ApiPorts& ports);

}  // namespace zicht::http
