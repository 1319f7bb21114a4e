#include "base/rng.h"
#include "store/key_escrow.h"
#include "targets.h"

namespace zicht::fuzz {

void escrow(std::string_view input) {
  static const store::RecipientKeys recipient = [] {
    SeededRng rng(1);
    return store::make_recipient(rng);
  }();
  must(!store::from_escrow(input, recipient.secret_key).has_value(),
       "what was not sealed for the recipient does not open");
  must(!store::from_escrow("", input).has_value(), "no secret key opens nothing");
}

}  // namespace zicht::fuzz
