// zicht erase: destroys what the store holds about one person.
#include "base/error_catalogue.h"
#include "server/commands.h"
#include "server/opening.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

void say_records(const std::vector<store::ErasedRecord>& records) {
  for (const auto& each : records) say("  " + each.form + " " + each.record);
}

int list(Installation& installation, const std::string& person) {
  const auto plan = installation.store().plan_erasure(person);
  if (!plan) {
    report(plan.error());
    return kBad;
  }
  say(LocalizedText{"Wordt gewist:", "Will be erased:"});
  say_records(plan->records);
  for (const auto& each : plan->accounts) {
    say(LocalizedText{"  account " + each.account, "  account " + each.account});
  }
  if (plan->shared.empty()) return kGood;
  say(LocalizedText{"Gaat ook over anderen; beslis per dossier:",
                    "About others too; decide on each record:"});
  say_records(plan->shared);
  return kGood;
}

int erase(Installation& installation, store::ErasureOrder order, const std::string& login) {
  order.actor = administrator(installation, login);
  if (order.actor.empty()) return kBad;
  const auto erased = installation.store().erase_person(order);
  if (!erased) report(erased.error());
  // Who was erased before may have left bytes behind that could not be wiped then.
  if (!erased && erased.error().id != "ST-0041") return kBad;
  const auto wiped = installation.store().wipe_removed();
  if (!wiped) report(wiped.error());
  if (!erased || !wiped) return kBad;
  const std::string count = std::to_string(erased->records.size());
  say(LocalizedText{count + " dossiers zijn gewist.", count + " records were erased."});
  return kGood;
}

}  // namespace

int run_erase(const Words& words) {
  const auto arguments = understood(words, {{"by", "reason", "keep"}, {"list"}, 1, 1});
  if (!arguments) return kUsage;
  const bool is_order = !arguments->option("by").empty() && !arguments->option("reason").empty();
  if (!arguments->has("list") && !is_order) {
    report(make_error("SV-0061"));
    return kUsage;
  }
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  const std::string& person = arguments->words[0];
  if (arguments->has("list")) return list(*installation, person);
  return erase(*installation,
               {.person = person,
                .actor = {},
                .reason = arguments->option("reason"),
                .keep = split_list(arguments->option("keep"))},
               arguments->option("by"));
}

}  // namespace zicht::server
