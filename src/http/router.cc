#include "http/router.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "http/target.h"

namespace zicht::http {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

struct Router::Node {
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;
  std::unique_ptr<Node> parameter;
  std::array<const Route*, 8> routes{};

  Node* literal(std::string_view segment) const {
    for (const auto& [text, node] : literals) {
      if (text == segment) return node.get();
    }
    return nullptr;
  }

  // The child for a segment of a pattern, made when it is new.
  Node* descend(std::string_view segment) {
    if (is_parameter(segment)) {
      if (!parameter) parameter = std::make_unique<Node>();
      return parameter.get();
    }
    if (Node* known = literal(segment)) return known;
    literals.emplace_back(segment, std::make_unique<Node>());
    return literals.back().second.get();
  }

  bool has_routes() const {
    return std::any_of(routes.begin(), routes.end(), [](const Route* r) { return r != nullptr; });
  }

  // "GET, HEAD, POST" as for the Allow header.
  std::string allow() const {
    std::string list;
    const auto append = [&list](std::string_view name) {
      list.append(list.empty() ? "" : ", ").append(name);
    };
    for (const Route* route : routes) {
      if (route == nullptr) continue;
      append(method_name(route->method));
      if (route->method == Method::kGet) append("HEAD");
    }
    return list;
  }
};

namespace {

struct Segment {
  std::string_view text;
  std::string_view rest;  // what follows the slash
  bool is_last;
};

Segment first_segment(std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {path, {}, true};
  return {path.substr(0, slash), path.substr(slash + 1), false};
}

Method lookup_method(Method method) { return method == Method::kHead ? Method::kGet : method; }

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Method method, std::string pattern, RouteOptions options, Handler handler) {
  ZICHT_CHECK(method != Method::kHead && method != Method::kOther, "method cannot be routed");
  ZICHT_CHECK(pattern.starts_with('/'), "a route pattern begins with a slash");
  for (const Route& route : routes_) {
    ZICHT_CHECK(route.options.operation_id != options.operation_id, "operation id is used twice");
  }
  Route& route = routes_.emplace_back();
  route.index = routes_.size() - 1;
  if (fallback_) fallback_->index = routes_.size();
  route.method = method;
  route.pattern = std::move(pattern);
  route.options = std::move(options);
  route.handler = std::move(handler);

  Node* node = root_.get();
  Segment segment = first_segment(std::string_view(route.pattern).substr(1));
  while (true) {
    ZICHT_CHECK(!segment.text.empty(), "a route pattern has an empty segment");
    if (is_parameter(segment.text)) {
      route.parameter_names.emplace_back(segment.text.substr(1, segment.text.size() - 2));
    }
    node = node->descend(segment.text);
    if (segment.is_last) break;
    segment = first_segment(segment.rest);
  }
  const Route*& slot = node->routes[static_cast<std::size_t>(method)];
  ZICHT_CHECK(slot == nullptr, "method and pattern are routed twice");
  slot = &route;
}

void Router::set_fallback(Handler handler) {
  fallback_ = std::make_unique<Route>();
  fallback_->index = routes_.size();
  fallback_->pattern = "(files)";
  fallback_->options.operation_id = "files";
  fallback_->handler = std::move(handler);
}

const Router::Node* Router::walk(const Node& node, std::string_view rest,
                                 std::vector<std::string_view>& captured) const {
  const Segment segment = first_segment(rest);
  const auto descend = [&](const Node& child) -> const Node* {
    if (!segment.is_last) return walk(child, segment.rest, captured);
    return child.has_routes() ? &child : nullptr;
  };
  if (const Node* child = node.literal(segment.text)) {
    if (const Node* found = descend(*child)) return found;
  }
  if (!node.parameter || segment.text.empty()) return nullptr;
  captured.push_back(segment.text);
  if (const Node* found = descend(*node.parameter)) return found;
  captured.pop_back();
  return nullptr;
}

Router::Match Router::find(Request& request) const {
  Match match;
  request.parameters.clear();
  std::vector<std::string_view> captured;
  const Node* node = walk(*root_, std::string_view(request.path).substr(1), captured);
  if (node == nullptr) {
    const bool is_read = request.method == Method::kGet || request.method == Method::kHead;
    if (fallback_ && is_read) match.route = fallback_.get();
    if (fallback_ && !is_read) match.allow = "GET, HEAD";
    return match;
  }
  match.route = node->routes[static_cast<std::size_t>(lookup_method(request.method))];
  if (match.route == nullptr) {
    match.allow = node->allow();
    return match;
  }
  TargetFault ignored{};
  for (std::size_t i = 0; i < captured.size(); ++i) {
    request.parameters.emplace_back(match.route->parameter_names[i],
                                    percent_decode(captured[i], false, ignored).value_or(""));
  }
  return match;
}

}  // namespace zicht::http
