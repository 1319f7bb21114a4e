// Where a request comes from: our own pages or another site's, this machine or another.
#pragma once

#include "http/message.h"

namespace zicht::http {

// True when the request says that it was sent by a page of this site, or by no page at all. A
// proxy in front must pass the Host of the browser on.
bool is_from_own_site(const Request& request);

// True when the other side is this machine and no proxy passed the request on.
bool is_from_this_machine(const Request& request);

}  // namespace zicht::http
