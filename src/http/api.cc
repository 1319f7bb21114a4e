#include "http/api.h"

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/error_catalogue.h"
#include "http/internal/guard.h"
#include "http/internal/openapi.h"
#include "http/internal/operation.h"
#include "http/internal/origin.h"
#include "http/problem.h"

namespace zicht::http {
namespace {

// The OpenAPI document of the packs that are active now; made again after an activation.
class DocumentCache {
 public:
  SharedText document(const ApiContext& context, const std::vector<Endpoint>& endpoints) {
    const app::RulebookPtr rules = context.services().packs.rules();
    const std::lock_guard lock(mutex_);
    if (made_for_ != rules->id || document_ == nullptr) {
      document_ = std::make_shared<const std::string>(openapi_document(
          endpoints, public_forms(context, *rules), context.ports.options));
      made_for_ = rules->id;
    }
    return document_;
  }

 private:
  // The document is public, so it shows of each form what a visitor may see.
  static std::vector<FormSchema> public_forms(const ApiContext& context,
                                              const app::Rulebook& rules) {
    std::vector<FormSchema> forms;
    for (const model::PackPtr& pack : rules.packs.all_active()) {
      for (const model::Form& form : pack->forms) {
        auto schema = context.services().catalogue.schema(app::Caller(), form.full_id());
        if (schema) forms.push_back({form.full_id(), *std::move(schema)});
      }
    }
    return forms;
  }

  std::mutex mutex_;
  std::string made_for_;
  SharedText document_;
};

// What the routes share and keep alive.
struct Api {
  explicit Api(const ApiPorts& ports) : context(ports) {
    add_operating_endpoints(endpoints);
    add_session_endpoints(endpoints);
    add_catalogue_endpoints(endpoints);
    add_model_endpoints(endpoints);
    add_indicator_endpoints(endpoints);
    add_round_endpoints(endpoints);
    add_open_data_endpoints(endpoints);
    add_letter_endpoints(endpoints);
    add_record_endpoints(endpoints);
    add_break_endpoints(endpoints);
    add_handover_endpoints(endpoints);
    add_retention_endpoints(endpoints);
    add_file_endpoints(endpoints);
    add_import_endpoints(endpoints);
    add_administration_endpoints(endpoints);
    add_outbox_endpoints(endpoints);
  }
  ApiContext context;
  std::vector<Endpoint> endpoints;
  DocumentCache document;
};

Response metrics_answer(const Api& api, const Request& request) {
  const ApiOptions& options = api.context.ports.options;
  // Behind a proxy every peer looks like this machine.
  const bool is_near = !options.is_behind_proxy && is_from_this_machine(request);
  if (!options.metrics_for_all && !is_near) {
    return problem_response(make_error("HT-0007"), request, 404);
  }
  Response response = text_response(200, api.context.ports.metrics.render());
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

}  // namespace

Counter& refused_sign_ins(MetricsRegistry& metrics) {
  return metrics.counter("zicht_sign_in_refused_total",
                         "Tries to sign in that were wrong, or while locked out.");
}

void add_api(Router& router, const ApiPorts& ports) {
  const auto api = std::make_shared<Api>(ports);
  for (const Endpoint& endpoint : api->endpoints) {
    const Operation& operation = endpoint.operation;
    router.add(operation.method, std::string(operation.pattern),
               {.operation_id = std::string(operation.id),
                .body_limit = operation.takes_file ? ports.options.file_limit
                                                   : ports.options.body_limit,
                .on_io_thread = operation.on_io_thread,
                .quiet = operation.tag == "health",
                .is_sign_in = operation.is_sign_in,
                .workers = operation.workers},
               [api, &endpoint](const Request& request) {
                 return guarded(api->context, endpoint, request);
               });
  }
  router.add(Method::kGet, "/v1/openapi.json", {.operation_id = "readOpenapi"},
             [api](const Request&) {
               Response response = json_response(200, "");
               response.body = *api->document.document(api->context, api->endpoints);
               // Tools on other sites read the description; it holds nothing of anybody.
               return response.with("Access-Control-Allow-Origin", "*");
             });
  router.add(Method::kGet, "/metrics", {.operation_id = "metrics", .quiet = true},
             [api](const Request& request) { return metrics_answer(*api, request); });
}

}  // namespace zicht::http
