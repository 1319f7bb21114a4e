// Who asks: the address at the other end of the socket, or the one that a trusted proxy tells.
//
// A header that says where a request came from is believed only from a proxy that is named; anybody
// else could write it. The addresses in it are read from the end, because each proxy adds behind
// what it was sent: the first that is no trusted proxy is the client.
#pragma once

#include <optional>
#include <string_view>

#include "http/limits.h"
#include "http/message.h"

namespace zicht::http {

// Of `text` as a proxy writes it: numeric, a port behind it, [brackets] around IPv6. Nothing when
// it is none ("unknown", a name).
std::optional<NetAddress> forwarded_address(std::string_view text);

// Requires: `peer` is the address of the socket.
NetAddress client_address(const NetAddress& peer, const Request& request,
                          const LimitOptions& options);

}  // namespace zicht::http
