// One operation of the API: what the OpenAPI document says of it and what runs.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/access.h"
#include "app/record_service.h"
#include "app/sign_in.h"
#include "base/json.h"
#include "base/result.h"
#include "http/api.h"
#include "http/message.h"
#include "http/rate_limiter.h"
#include "http/router.h"

namespace zicht::http {

enum class QueryType : std::uint8_t { kText, kDate, kDateTime, kInteger };

struct QueryKey {
  std::string_view name;  // camelCase
  QueryType type = QueryType::kText;
  std::string_view description;
  std::vector<std::string_view> choices{};  // empty: whatever the type takes
};

// Who may try; the use case decides the rest.
enum class Admission : std::uint8_t {
  kAll,
  kAllIgnoringSession,  // the session is not even looked up: probes, signing in
  kSignedIn,
};

struct Operation {
  Method method = Method::kGet;
  std::string_view pattern;
  std::string_view id;             // camelCase, unique
  std::string_view tag;
  std::string_view summary;
  Admission admission = Admission::kAll;
  bool is_write = false;           // signed-in callers send X-Csrf-Token
  bool needs_idempotency_key = false;
  bool needs_if_match = false;
  std::string_view body = {};      // schema of the JSON body; empty: none
  bool takes_file = false;         // the body is the content of a file, as it is
  int status = 200;
  std::string_view answer = {};    // schema of the answer; empty: no content
  std::string_view answer_type = "application/json";
  std::vector<QueryKey> query = {};
  bool on_io_thread = false;
  bool is_sign_in = false;         // a try at a password or code
  Workers workers = Workers::kGeneral;
  // It looks past what the caller may not see, which takes time: who is signed in gets its answer
  // after a whole number of times ApiOptions::not_visible_time.
  bool looks_past = false;
};

// One request after the guard let it pass.
struct ApiCall {
  const Request& request;
  app::Caller caller;                          // a visitor when nobody is signed in
  std::optional<app::SignedIn> signed_in;
  std::string token;                           // of the session; empty for visitors
  Json body;                                   // when the operation has one
  app::WriteContext context;

  app::Language language() const {
    return request.language == Language::kDutch ? app::Language::kDutch
                                                : app::Language::kEnglish;
  }
  std::string parameter(std::string_view name) const {
    return std::string(request.parameter(name));
  }
};

// What handlers share. The ports outlive the routes.
struct ApiContext {
  explicit ApiContext(const ApiPorts& ports_)
      : ports(ports_),
        account_rate(std::make_shared<RateLimiter>(ports_.options.account)),
        limited(ports_.metrics.counter("zicht_http_rate_limited_total",
                                       "Requests refused because one client asked too often.",
                                       {{"by", "account"}})) {}
  ApiPorts ports;
  std::shared_ptr<RateLimiter> account_rate;
  Counter& limited;
  app::Services& services() const { return ports.services; }
};

using ApiHandler = std::function<Result<Response>(const ApiContext&, const ApiCall&)>;

struct Endpoint {
  Operation operation;
  ApiHandler handler;
};

// The parts of the table, one per group of operations.
void add_session_endpoints(std::vector<Endpoint>& endpoints);
void add_record_endpoints(std::vector<Endpoint>& endpoints);
void add_break_endpoints(std::vector<Endpoint>& endpoints);
void add_handover_endpoints(std::vector<Endpoint>& endpoints);
void add_retention_endpoints(std::vector<Endpoint>& endpoints);
void add_file_endpoints(std::vector<Endpoint>& endpoints);
void add_import_endpoints(std::vector<Endpoint>& endpoints);
void add_catalogue_endpoints(std::vector<Endpoint>& endpoints);
void add_model_endpoints(std::vector<Endpoint>& endpoints);
void add_indicator_endpoints(std::vector<Endpoint>& endpoints);
void add_round_endpoints(std::vector<Endpoint>& endpoints);
void add_letter_endpoints(std::vector<Endpoint>& endpoints);
void add_open_data_endpoints(std::vector<Endpoint>& endpoints);
void add_administration_endpoints(std::vector<Endpoint>& endpoints);
void add_outbox_endpoints(std::vector<Endpoint>& endpoints);
void add_operating_endpoints(std::vector<Endpoint>& endpoints);

}  // namespace zicht::http
