#include "http/api.h"

#include <memory>
#include <string>
#include <utility>

#include "app/services.h"
#include "app/testing/fake_files.h"
#include "app/testing/fake_outbox.h"
#include "app/testing/fake_read_log.h"
#include "app/testing/fake_retention.h"
#include "app/testing/fake_sign_in.h"
#include "base/error.h"
#include "base/json.h"
#include "base/rng.h"
#include "http/change_feed.h"
#include "http/event_hub.h"
#include "http/metrics.h"
#include "http/target.h"
#include "packs/testing/folders.h"
#include "targets.h"

namespace zicht::fuzz {
namespace {

constexpr const char* kPassword = "correct horse battery";

// Everything of a server but sockets, with a session of somebody who has every role.
class World {
 public:
  World() {
    must(services_.accounts.put_organisation({"library", "Bibliotheek"}).has_value(), "a world");
    std::vector<std::string> roles = {"administrator", "auditor", "privacy-officer"};
    for (const packs::testing::PackFolder& folder : packs::testing::all_packs({"tests/packs"})) {
      must(!services_.packs.activate({folder.files}, "system").error, "the packs of tests load");
    }
    for (const model::PackPtr& pack : services_.packs.rules()->packs.all_active()) {
      for (const model::Role& role : pack->roles) {
        if (!model::is_builtin_role(role.id)) roles.push_back(pack->id + "/" + role.id);
      }
    }
    app::Accounts::NewAccount account;
    account.login = "all";
    account.name = "All";
    account.organisation = "library";
    account.roles = roles;
    account.password = kPassword;
    const auto put = services_.accounts.put_account(account);
    must(put.has_value(), put ? "" : describe(put.error()));
    http::add_api(router_, {services_, hub_, metrics_, clock_, http::ApiOptions{}});
    sign_in();
  }

  // Nothing when there is no such operation.
  std::optional<http::Response> answer(http::Request& request) {
    request.request_id = std::string(32, '0');
    request.peer = "127.0.0.1";
    request.headers.add("Cookie", cookie_);
    request.headers.add("X-Csrf-Token", csrf_);
    request.headers.add("Content-Type", "application/json");
    request.headers.add("Idempotency-Key", "fuzz-key-" + std::to_string(++asked_));
    const http::Router::Match match = router_.find(request);
    if (match.route == nullptr) return std::nullopt;
    http::Response response = match.route->handler(request);
    if (const auto hold = std::exchange(response.hold, {})) {
      // The log of this world answers on the same thread.
      hold([&response](std::shared_ptr<http::Response> instead) {
        if (instead) response = std::move(*instead);
      });
    }
    return response;
  }

  std::int64_t asked() const { return asked_; }

 private:
  void sign_in() {
    http::Request request;
    request.method = http::Method::kPost;
    request.path = "/v1/session";
    request.body = std::string(R"({"login":"all","password":")") + kPassword + R"("})";
    const auto response = answer(request);
    must(response && response->status == 200, "somebody signs in");
    const std::string_view cookie = *response->header("Set-Cookie");
    cookie_ = cookie.substr(0, cookie.find(';'));
    csrf_ = std::string(parse_json(response->text())->at("csrf_token").as_string());
  }

  ManualClock clock_{*Instant::parse("2025-06-01T10:00:00Z")};
  SeededRng rng_{1};
  http::EventHub hub_;
  http::HubChangeFeed feed_{hub_};
  http::MetricsRegistry metrics_;
  app::testing::FakeFileStore files_{clock_};
  app::testing::FakeInspector inspector_;
  app::testing::FakeOutbox store_{clock_, &files_};
  app::testing::FakeSender sender_;
  app::testing::FakeRetention retention_;
  app::testing::FakeCredentialStore credentials_;
  app::testing::FakeHasher hasher_;
  app::testing::FakeReadLog read_log_;
  app::Services services_{app::ServicePorts{store_, credentials_, files_, inspector_, hasher_,
                                            feed_, clock_, rng_, {}, "fuzz", read_log_, store_,
                                            sender_, retention_}};
  http::Router router_;
  std::string cookie_, csrf_;
  std::int64_t asked_ = 0;
};

void look_at(const http::Response& response) {
  must(response.status >= 200 && response.status < 500, "no input is a fault of the server");
  if (response.status >= 400) {
    must(response.content_type == "application/problem+json", "an error is a problem document");
    must(!response.error_id.empty(), "an error has an id");
  }
  if (const auto* stream = std::get_if<http::StreamBody>(&response.body)) {
    for (std::string piece; stream->next(piece); piece.clear()) {
    }
    return;
  }
  if (std::holds_alternative<http::EventStreamBody>(response.body)) return;
  if (response.content_type.find("json") == std::string::npos) return;
  must(parse_json(response.text()).has_value(), "what says it is JSON is JSON");
}

}  // namespace

void api(std::string_view input) {
  // What inputs wrote is forgotten from time to time, so that a long run stays small.
  static std::unique_ptr<World> world;
  if (world == nullptr || world->asked() > 2000) world = std::make_unique<World>();
  std::string_view line = take_line(input);
  const std::size_t space = std::min(line.find(' '), line.size());
  http::Request request;
  request.method = http::method_from(line.substr(0, space));
  line.remove_prefix(std::min(space + 1, line.size()));
  if (http::parse_target(line, request)) return;
  if (const std::string_view version = take_line(input); !version.empty()) {
    request.headers.add("If-Match", version);
  }
  request.body = std::string(input);
  if (const auto response = world->answer(request)) look_at(*response);
}

}  // namespace zicht::fuzz
