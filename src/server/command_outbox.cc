// zicht outbox: what waits to be sent, for an operator at the terminal.
#include "base/error_catalogue.h"
#include "server/commands.h"
#include "server/opening.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

constexpr std::int64_t kPage = 200;

// Ids only: what it says and who gets it are looked up elsewhere, by whoever may.
void say_message(const app::OutboxMessage& message) {
  say(message.id + "  " + std::string(name_of(message.kind)) + "  " +
      std::string(name_of(message.state)) + "  " + message.happened.to_string() + "  " +
      std::to_string(message.tries) + (message.error.empty() ? "" : "  " + message.error));
}

Result<void> list_state(app::Outbox& outbox, app::MessageState state) {
  app::OutboxFilter filter{.state = state, .after = {}, .limit = kPage};
  while (true) {
    ZICHT_TRY(messages, outbox.messages(filter));
    for (const auto& message : messages) say_message(message);
    if (static_cast<std::int64_t>(messages.size()) < kPage) return {};
    filter.after = std::pair(messages.back().happened, messages.back().id);
  }
}

Result<void> list(app::Outbox& outbox, const Arguments& arguments) {
  ZICHT_TRY(counts, outbox.counts());
  say(LocalizedText{"Te versturen: " + std::to_string(counts.waiting) +
                        ", opgegeven: " + std::to_string(counts.dead),
                    "To be sent: " + std::to_string(counts.waiting) +
                        ", given up: " + std::to_string(counts.dead)});
  if (arguments.has("sent")) return list_state(outbox, app::MessageState::kSent);
  if (!arguments.has("dead")) ZICHT_CHECKED(list_state(outbox, app::MessageState::kWaiting));
  return list_state(outbox, app::MessageState::kDead);
}

Result<void> resend_all(app::Outbox& outbox) {
  ZICHT_TRY(count, outbox.resend_dead());
  say(LocalizedText{"Opnieuw te versturen: " + std::to_string(count),
                    "To be sent again: " + std::to_string(count)});
  return {};
}

int finished(const Result<void>& outcome) {
  if (outcome) return kGood;
  report(outcome.error());
  return kBad;
}

// "list", "resend ID", "resend --all" or "drop ID".
bool is_understood(const Arguments& arguments) {
  const std::string& what = arguments.words[0];
  const std::size_t ids = arguments.words.size() - 1;
  if (what == "list") return ids == 0 && !arguments.has("all");
  if (arguments.has("dead") || arguments.has("sent")) return false;
  if (what == "resend") return ids == (arguments.has("all") ? 0U : 1U);
  return what == "drop" && ids == 1 && !arguments.has("all");
}

}  // namespace

int run_outbox(const Words& words) {
  const auto arguments = understood(words, {{}, {"dead", "sent", "all"}, 1, 2});
  if (!arguments) return kUsage;
  if (!is_understood(*arguments)) {
    report(make_error("SV-0023"));
    return kUsage;
  }
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  app::Outbox& outbox = installation->services().outbox;
  const std::string& what = arguments->words[0];
  if (what == "list") return finished(list(outbox, *arguments));
  if (arguments->has("all")) return finished(resend_all(outbox));
  const std::string& id = arguments->words[1];
  return finished(what == "resend" ? outbox.resend(id) : outbox.drop(id));
}

}  // namespace zicht::server
