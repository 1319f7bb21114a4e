#include "exchange/internal/clamd.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/error_catalogue.h"

namespace zicht::exchange::internal {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;
constexpr std::size_t kLongestAnswer = 4096;

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  bool connect_to(const std::string& path, int timeout_seconds) const {
    sockaddr_un address{};
    if (descriptor_ < 0 || path.size() >= sizeof(address.sun_path)) return false;
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    timeval time{};
    time.tv_sec = timeout_seconds;
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
    return ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }

  bool send_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  std::string receive_all() const {
    std::string answer;
    std::array<char, 512> block{};
    while (answer.size() < kLongestAnswer) {
      const auto got = ::recv(descriptor_, block.data(), block.size(), 0);
      if (got <= 0) break;
      answer.append(block.data(), static_cast<std::size_t>(got));
    }
    return answer;
  }

 private:
  int descriptor_;
};

std::string length_prefix(std::size_t size) {
  std::string prefix;
  for (const int shift : {24, 16, 8, 0}) prefix += static_cast<char>((size >> shift) & 0xFF);
  return prefix;
}

}  // namespace

Result<void> scan_with_clamd(const std::string& socket_path, int timeout_seconds,
                             std::string_view content) {
  const Socket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket.connect_to(socket_path, timeout_seconds)) return make_error("EX-0053");
  bool is_sent = socket.send_all(std::string_view("zINSTREAM\0", 10));
  while (is_sent && !content.empty()) {
    const std::string_view block = content.substr(0, kBlock);
    content.remove_prefix(block.size());
    is_sent = socket.send_all(length_prefix(block.size())) && socket.send_all(block);
  }
  // Also when it hung up half way: it may have said why, and a virus is the answer that counts.
  if (is_sent) is_sent = socket.send_all(length_prefix(0));
  const std::string answer = socket.receive_all();
  const std::string_view text(answer.c_str());
  if (text.ends_with(" FOUND")) return make_error("EX-0052");
  if (is_sent && text == "stream: OK") return {};
  return make_error("EX-0053");
}

}  // namespace zicht::exchange::internal
