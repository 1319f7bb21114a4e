// Finds the handler of a request: method + pattern such as `/v1/records/{id}`.
//
//   Router router;
//   router.add(Method::kGet, "/v1/records/{id}", {.operation_id = "readRecord"}, read_record);
//   router.set_fallback(serve_files);            // every path that no pattern knows
//
// Patterns: literal segments and whole-segment parameters. A literal wins over a parameter, so
// `/v1/records/_search` and `/v1/records/{id}` live together. Literals are compared with the path
// as sent; parameters are percent-decoded and never empty.
//
// All routes are added before the server starts; after that the router is only read, from any
// number of threads.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"

namespace zicht::http {

// Called on the worker pool (or on the io thread, see RouteOptions), concurrently with itself.
using Handler = std::function<Response(const Request&)>;

inline constexpr std::size_t kDefaultBodyLimit = 1024 * 1024;  // bytes

// Whose threads run a handler. Who waits long has others than the general ones, so that it keeps
// nobody waiting (ServerOptions says how many there are of each).
enum class Workers : std::uint8_t {
  kGeneral,
  kPasswords,  // hashes a password
  kPatient,    // waits for somebody else's machine, or for whole tables to be written anew
};

struct RouteOptions {
  std::string operation_id;                      // unique; the operationId of the OpenAPI document
  std::size_t body_limit = kDefaultBodyLimit;    // bytes; more is answered with 413
  bool on_io_thread = false;  // true only for handlers that never wait and need microseconds
  bool quiet = false;         // true: no access log line and no rate (probes, every second)
  bool is_sign_in = false;    // true: counts to the rate of tries to sign in too
  Workers workers = Workers::kGeneral;
};

struct Route {
  Method method = Method::kGet;
  std::string pattern;
  RouteOptions options;
  Handler handler;
  std::vector<std::string> parameter_names;
  std::size_t index = 0;  // place in Router::routes(); that of the fallback is routes().size()
};

class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // Requires: the pattern begins with `/`, has no empty segment, and method + shape of the pattern
  // and the operation id are new. HEAD is served by GET and cannot be added.
  void add(Method method, std::string pattern, RouteOptions options, Handler handler);

  // Answers GET and HEAD for paths that no pattern knows (files of the web interface).
  void set_fallback(Handler handler);

  struct Match {
    const Route* route = nullptr;  // null: nothing for this method and path
    std::string allow;             // the methods that the path has; empty: path unknown (404)
  };

  // Fills request.parameters on a match. HEAD finds the route of GET.
  Match find(Request& request) const;

  // Counts the fallback too, whether set or not: one more than the largest Route::index.
  std::size_t index_count() const { return routes_.size() + 1; }

  // In the order added; the fallback is not among them. Pointers stay valid.
  const std::deque<Route>& routes() const { return routes_; }

 private:
  struct Node;
  const Node* walk(const Node& node, std::string_view rest,
                   std::vector<std::string_view>& captured) const;

  std::deque<Route> routes_;
  std::unique_ptr<Node> root_;
  std::unique_ptr<Route> fallback_;
};

}  // namespace zicht::http
