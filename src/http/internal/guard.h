// What holds for every operation, before its handler runs. In this order:
//
//   1. the query has known names only;
//   2. the session cookie, if there is one, belongs to a living session (else 401: a forged or
//      ended session never passes as a visitor);
//      and its account has not asked too often (429);
//   3. a request that is not a plain read comes from our own pages (Origin, Sec-Fetch-Site);
//   4. a write of somebody signed in carries the token of the session (CSRF);
//   5. Idempotency-Key and If-Match are there where they are needed;
//   6. the body is JSON.
#pragma once

#include "http/internal/operation.h"

namespace zicht::http {

// Runs the checks and the handler; expected failures become problem answers. What must not tell by
// its time says when it may leave (Response::not_before).
Response guarded(const ApiContext& context, const Endpoint& endpoint, const Request& request);

// The answer of what fails.
Response failure_answer(const ApiContext& context, const Error& error, const Request& request);

// The answer, held until the look is in the read log; the answer of its error when it cannot be.
// Not for what looks past (Operation::looks_past): it would leave between two steps.
Response once_kept(const ApiContext& context, Response response, app::UnkeptLook look,
                   const Request& request);

}  // namespace zicht::http
