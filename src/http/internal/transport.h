// The bytes of one client: a socket as it is, or with TLS on it.
//
// A thin layer that the state machine of a connection drives: reads call back, writes are tried at
// once and waited for. TLS is OpenSSL over the non-blocking socket; the handshake happens within
// the first read, so that whoever bounds the time of that read bounds the handshake too.
//
// On the thread of its loop alone. A handler keeps what owns the transport alive.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include "http/tls.h"

struct ssl_st;

namespace zicht::http {

class Transport {
 public:
  using tcp = boost::asio::ip::tcp;
  using error_code = boost::system::error_code;

  // `identity` null: without TLS. Requires: the socket is non-blocking.
  Transport(tcp::socket socket, const TlsIdentityPtr& identity);
  ~Transport();
  Transport(Transport&&) = delete;

  // Calls handler(error_code, bytes), never before it returns. At the proper end of what the client
  // sends: error::eof.
  template <class Handler>
  void read_some(boost::asio::mutable_buffer buffer, Handler handler) {
    if (!tls_) return socket_.async_read_some(buffer, std::move(handler));
    error_code ec;
    const std::size_t bytes = read_tls(buffer, ec);
    if (ec != boost::asio::error::would_block) {
      boost::asio::post(socket_.get_executor(),
                        [handler = std::move(handler), ec, bytes]() mutable {
                          handler(ec, bytes);
                        });
      return;
    }
    socket_.async_wait(awaited_, [this, buffer, handler = std::move(handler)](
                                     error_code failed) mutable {
      if (failed) return handler(failed, 0);
      read_some(buffer, std::move(handler));
    });
  }

  // Sends what goes at once, of `first` and then `second`. error::would_block: nothing went; call
  // again with the same bytes after wait_to_write.
  std::size_t write_some(std::string_view first, std::string_view second, error_code& ec);

  // Calls handler(error_code) when write_some may be called again.
  template <class Handler>
  void wait_to_write(Handler handler) {
    socket_.async_wait(tls_ ? awaited_ : tcp::socket::wait_write, std::move(handler));
  }

  // Whether TLS has not been agreed yet.
  bool is_shaking_hands() const { return tls_ && !is_agreed_; }

  // Tells the other side that all has been sent; over TLS in a way that nobody in between can
  // forge.
  void end_sending(error_code& ec);
  void close();

 private:
  struct Free {
    void operator()(ssl_st* tls) const;
  };
  std::size_t read_tls(boost::asio::mutable_buffer buffer, error_code& ec);
  std::size_t write_tls(std::string_view bytes, error_code& ec);
  // What the outcome of an operation means, and what to wait for.
  error_code outcome(int returned);

  tcp::socket socket_;
  std::unique_ptr<ssl_st, Free> tls_;
  tcp::socket::wait_type awaited_ = tcp::socket::wait_read;
  bool is_agreed_ = false;  // the handshake is over
  bool is_broken_ = false;  // OpenSSL must not be asked for anything more
};

}  // namespace zicht::http
