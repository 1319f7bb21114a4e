// What a handler gets and what it gives back: `Request` and `Response`.
//
// They are plain values. Nothing here knows sockets or the web framework, so a handler can be
// tested by calling it:
//
//   Request request;
//   request.method = Method::kGet;
//   request.path = "/v1/health";
//   Response response = handler(request);
//
// Not done here: routing (router.h), reading and writing of bytes (server.h), error bodies
// (problem.h).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace zicht::http {

class EventHub;
struct Event;

// kOther stands for every method that Zicht does not offer (TRACE, CONNECT, made-up ones).
enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };

// "GET" for kGet and so on; "OTHER" for kOther.
std::string_view method_name(Method method);

// Methods are case-sensitive (RFC 9110, 9.1): "get" is kOther.
Method method_from(std::string_view name);

// Compares ASCII letters without case, as header names are compared.
bool equals_ignoring_case(std::string_view left, std::string_view right);

// The languages that people are answered in. Dutch unless English is preferred.
enum class Language : std::uint8_t { kDutch, kEnglish };

// "nl" or "en".
std::string_view language_tag(Language language);

// Chooses from an Accept-Language value (RFC 9110, 12.5.4) by weight; the first wins a tie.
// Region subtags count for their language; `*`, an empty or a broken value gives Dutch.
Language negotiate_language(std::string_view accept_language);

// Header fields of a request in the order received. All text lies in one block, so that a
// connection that serves many requests allocates it once.
class HeaderList {
 public:
  void clear();
  void add(std::string_view name, std::string_view value);

  // The first value with this name, ignoring case. The view lives until the list changes.
  std::optional<std::string_view> find(std::string_view name) const;

  // Every value with this name, in the order received. The views live until the list changes.
  std::vector<std::string_view> find_all(std::string_view name) const;

  // How often the name occurs; callers refuse repeated fields that may occur once.
  std::size_t count(std::string_view name) const;

  std::size_t size() const { return fields_.size(); }

 private:
  struct Field {
    std::uint32_t name_at;
    std::uint32_t name_size;
    std::uint32_t value_at;
    std::uint32_t value_size;
  };
  std::string_view name_of(const Field& field) const;

  std::string text_;
  std::vector<Field> fields_;
};

// Decoded pairs of a query string or of a path pattern, in the order received.
using NamedValues = std::vector<std::pair<std::string, std::string>>;

// The first value with this exact name.
std::optional<std::string_view> find_value(const NamedValues& values, std::string_view name);

// One request, completely read. Valid UTF-8 without NUL is guaranteed for path, query and path
// parameters; the body is bytes as sent.
struct Request {
  Method method = Method::kGet;
  std::string path;          // as sent, not decoded, without the query: never write it to a log
  NamedValues parameters;    // `{name}` of the route pattern -> decoded segment
  NamedValues query;         // decoded; `+` is a space
  HeaderList headers;
  std::string body;
  std::string peer;          // numeric address of the other side, without port
  std::string request_id;    // made by the server, 32 hex digits, unique
  std::string traceparent;   // W3C trace context as received when well formed, else empty
  Language language = Language::kDutch;

  // A path parameter of the matched pattern. Requires: the pattern has `{name}`.
  std::string_view parameter(std::string_view name) const;

  std::optional<std::string_view> query_value(std::string_view name) const {
    return find_value(query, name);
  }
  std::optional<std::string_view> header(std::string_view name) const {
    return headers.find(name);
  }

  // Makes it empty but keeps the memory for the next request of the connection.
  void clear();
};

// A body that is produced piece by piece, for downloads of any size. `next` is called on the
// worker pool, one call at a time, and only after the previous piece has been sent: it fills
// `piece` (aim at 16 to 256 KiB) and returns false when nothing more will come. An exception ends
// the connection without a proper end, so that the client sees a broken download, not a short one.
struct StreamBody {
  std::function<bool(std::string& piece)> next;
};

// A stream of server-sent events from `hub` (event_hub.h), which must outlive the server.
struct EventStreamBody {
  EventHub* hub = nullptr;
  std::function<bool(const Event&)> filter;    // which events this client may know of
  std::optional<std::uint64_t> last_event_id;  // what the client saw last: resume after it
  std::function<bool()> is_over{};             // who listens may no longer; empty: never
};

using SharedText = std::shared_ptr<const std::string>;
using Body = std::variant<std::string, SharedText, StreamBody, EventStreamBody>;

// One answer. The server adds Date, Content-Length, Connection, security headers, API-Version and
// Request-Id itself; a handler sets only what it knows.
struct Response {
  int status = 200;
  std::string content_type;  // empty: no Content-Type, for answers without a body
  std::vector<std::pair<std::string, std::string>> headers;
  Body body;
  bool cacheable = false;    // true: the handler sets Cache-Control; false: `no-store`
  bool embeddable = false;   // true: other sites may frame it (SecurityOptions::embed_ancestors)
  bool close = false;        // true: the connection ends after this answer
  // The server keeps the answer until then; no worker waits with it.
  std::chrono::steady_clock::time_point not_before{};
  // Set: the answer may not leave before this has called what it is given, once, from any thread;
  // with null for it to leave, or with what leaves in its place. Called by the server after the
  // handler, while the request is there; no worker waits with it. Not for handlers on the io
  // thread.
  using Leave = std::function<void(std::shared_ptr<Response> instead)>;
  std::function<void(Leave)> hold;

  // Catalogue id of the error that the body tells about (problem.h); it goes into the log.
  std::string error_id;

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  std::optional<std::string_view> header(std::string_view name) const;

  // The body as text. Requires: it is a string or shared text.
  std::string_view text() const;
};

// Common answers.
Response json_response(int status, std::string json);
Response text_response(int status, std::string text);
Response empty_response(int status);

// "OK" for 200 and so on; empty for a status that Zicht does not use.
std::string_view reason_phrase(int status);

}  // namespace zicht::http
