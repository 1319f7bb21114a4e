#include "http/internal/transport.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace zicht::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

// Longer pieces would be cut into records of this size anyway.
constexpr std::size_t kMostAtOnce = 1 << 20;

// OpenSSL reads and writes through the socket of Asio, which sends without SIGPIPE and knows when
// it is closed.
template <class Operation>
int transfer(BIO* bio, int retry, Operation operation) {
  error_code ec;
  auto& socket = *static_cast<tcp::socket*>(BIO_get_data(bio));
  const std::size_t bytes = operation(socket, ec);
  BIO_clear_retry_flags(bio);
  if (!ec) return static_cast<int>(bytes);
  if (ec == asio::error::would_block) BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
  return ec == asio::error::eof ? 0 : -1;
}

int read_socket(BIO* bio, char* data, int size) {
  return transfer(bio, BIO_FLAGS_READ, [&](tcp::socket& socket, error_code& ec) {
    return socket.read_some(asio::buffer(data, static_cast<std::size_t>(size)), ec);
  });
}

int write_socket(BIO* bio, const char* data, int size) {
  return transfer(bio, BIO_FLAGS_WRITE, [&](tcp::socket& socket, error_code& ec) {
    return socket.write_some(asio::buffer(data, static_cast<std::size_t>(size)), ec);
  });
}

long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

BIO_METHOD* socket_method() {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "zicht socket");
    BIO_meth_set_read(made, read_socket);
    BIO_meth_set_write(made, write_socket);
    BIO_meth_set_ctrl(made, control);
    return made;
  }();
  return method;
}

}  // namespace

void Transport::Free::operator()(ssl_st* tls) const { SSL_free(tls); }

Transport::Transport(tcp::socket socket, const TlsIdentityPtr& identity)
    : socket_(std::move(socket)) {
  if (!identity) return;
  tls_.reset(SSL_new(identity->context()));
  BIO* bio = BIO_new(socket_method());
  ZICHT_CHECK(tls_ && bio != nullptr, "there is memory for a TLS connection");
  BIO_set_data(bio, &socket_);
  BIO_set_init(bio, 1);
  SSL_set_bio(tls_.get(), bio, bio);
  SSL_set_accept_state(tls_.get());
}

Transport::~Transport() = default;

error_code Transport::outcome(int returned) {
  switch (SSL_get_error(tls_.get(), returned)) {
    case SSL_ERROR_WANT_READ: awaited_ = tcp::socket::wait_read; return asio::error::would_block;
    case SSL_ERROR_WANT_WRITE: awaited_ = tcp::socket::wait_write; return asio::error::would_block;
    case SSL_ERROR_ZERO_RETURN: return asio::error::eof;
    default: is_broken_ = true; return asio::error::connection_reset;
  }
}

std::size_t Transport::read_tls(asio::mutable_buffer buffer, error_code& ec) {
  if (is_broken_) {
    ec = asio::error::connection_reset;
    return 0;
  }
  ERR_clear_error();
  const int count =
      SSL_read(tls_.get(), buffer.data(), static_cast<int>(std::min(buffer.size(), kMostAtOnce)));
  if (count <= 0) ec = outcome(count);
  if (!is_agreed_ && !is_broken_) is_agreed_ = SSL_is_init_finished(tls_.get()) == 1;
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

std::size_t Transport::write_tls(std::string_view bytes, error_code& ec) {
  if (is_broken_) {
    ec = asio::error::connection_reset;
    return 0;
  }
  ERR_clear_error();
  const int count =
      SSL_write(tls_.get(), bytes.data(), static_cast<int>(std::min(bytes.size(), kMostAtOnce)));
  if (count > 0) return static_cast<std::size_t>(count);
  ec = outcome(count);
  return 0;
}

std::size_t Transport::write_some(std::string_view first, std::string_view second,
                                  error_code& ec) {
  if (tls_) return write_tls(first.empty() ? second : first, ec);
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(first), asio::buffer(second)};
  return socket_.write_some(buffers, ec);
}

void Transport::end_sending(error_code& ec) {
  if (tls_ && !is_broken_ && !is_shaking_hands()) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());  // best effort: the client learns of the end from the socket too
  }
  socket_.shutdown(tcp::socket::shutdown_send, ec);
}

void Transport::close() {
  error_code ec;
  socket_.close(ec);
}

}  // namespace zicht::http
