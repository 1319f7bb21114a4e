#include "http/server.h"

#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/ip/address.hpp>

#include "base/check.h"
#include "base/error_catalogue.h"
#include "http/internal/loop.h"

namespace zicht::http {

using tcp = boost::asio::ip::tcp;

struct Server::Impl {
  Impl(ServerOptions options, Router router, MetricsRegistry& metrics, RequestLog& log)
      : state(std::move(options), std::move(router), metrics, log) {}

  std::size_t connection_count() const {
    std::size_t count = 0;
    for (const auto& loop : loops) count += loop->connection_count();
    return count;
  }

  void wait_for_connections(std::chrono::milliseconds time) {
    std::unique_lock lock(state.ending);
    state.ended.wait_for(lock, time, [this] { return connection_count() == 0; });
  }

  ServerState state;
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::thread> threads;
  std::uint16_t port = 0;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Router router,
                                              MetricsRegistry& metrics, RequestLog& log) {
  ZICHT_CHECK(options.io_threads > 0, "a server has at least one io thread");
  boost::system::error_code ec;
  const auto address = boost::asio::ip::make_address(options.address, ec);
  const std::string place = options.address + ":" + std::to_string(options.port);
  if (ec) return make_error("HT-0001", {{"address", place}, {"reason", ec.message()}});

  tcp::endpoint endpoint(address, options.port);
  const std::size_t io_threads = options.io_threads;
  auto impl = std::make_unique<Impl>(std::move(options), std::move(router), metrics, log);
  for (std::size_t i = 0; i < io_threads; ++i) {
    impl->loops.push_back(std::make_unique<Loop>(impl->state));
    std::string reason = i == 0 && endpoint.port() != 0 ? impl->loops[0]->probe(endpoint) : "";
    if (reason.empty()) reason = impl->loops.back()->listen(endpoint);
    if (!reason.empty()) {
      return make_error("HT-0001", {{"address", place}, {"reason", reason}});
    }
  }
  impl->port = endpoint.port();
  for (const auto& loop : impl->loops) {
    impl->threads.emplace_back([loop = loop.get()] { loop->run(); });
  }
  return std::make_unique<Server>(std::move(impl));
}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

std::uint16_t Server::port() const { return impl_->port; }

void Server::use(TlsIdentityPtr identity) {
  ZICHT_CHECK(identity && impl_->state.identity(), "a server with TLS goes on with TLS");
  impl_->state.use(std::move(identity));
}

void Server::stop(std::chrono::milliseconds grace) {
  if (impl_->state.is_stopping.exchange(true)) return;
  for (const auto& loop : impl_->loops) loop->begin_stop();
  impl_->wait_for_connections(grace);
  for (const auto& loop : impl_->loops) loop->cut_off();
  impl_->wait_for_connections(std::chrono::seconds(1));
  impl_->state.pool.stop();
  impl_->state.password_pool.stop();
  impl_->state.patient_pool.stop();
  impl_->state.wait_for_held();
  for (const auto& loop : impl_->loops) loop->finish();
  for (std::thread& thread : impl_->threads) thread.join();
}

}  // namespace zicht::http
