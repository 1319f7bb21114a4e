// zicht retention: the list of what may go, and destroying what was approved of it.
#include "base/error_catalogue.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/retention.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

int failed(const Error& error) {
  report(error);
  return kBad;
}

int list(Installation& installation, const Arguments& arguments) {
  const auto today =
      Date::parse(arguments.option("today", installation.today().to_string()));
  if (!today) {
    report(today.error());
    return kUsage;
  }
  const auto due = installation.services().retention.due(*today);
  if (!due) return failed(due.error());
  for (const app::DueRecord& each : *due) {
    say("  " + each.due.to_string() + "  " + each.record.form + " " + each.record.record);
  }
  const std::string count = std::to_string(due->size());
  say(LocalizedText{count + " dossiers zijn aan vernietiging toe.",
                    count + " records are due."});
  const std::string file = arguments.option("to");
  if (file.empty()) return kGood;
  const auto written = write_file(file, render_list(*due), true);
  return written ? kGood : failed(written.error());
}

int approve(Installation& installation, const Arguments& arguments) {
  const auto text = read_file(arguments.words[1]);
  if (!text) return failed(text.error());
  const auto listed = parse_list(*text);
  if (!listed) return failed(listed.error());
  const std::string account = administrator(installation, arguments.option("by"));
  if (account.empty()) return kBad;
  const auto outcome =
      installation.services().retention.erase({*listed, account, installation.today()});
  if (!outcome) return failed(outcome.error());
  const std::string erased = std::to_string(outcome->erased), left = std::to_string(outcome->left);
  say(LocalizedText{erased + " dossiers zijn vernietigd; " + left +
                        " van de lijst zijn niet meer aan vernietiging toe.",
                    erased + " records were destroyed; " + left +
                        " of the list are not due any more."});
  if (outcome->unwiped) return failed(*outcome->unwiped);
  return kGood;
}

}  // namespace

int run_retention(const Words& words) {
  const auto arguments = understood(words, {{"to", "today", "by"}, {}, 1, 2});
  if (!arguments) return kUsage;
  const bool is_list = arguments->words == Words{"list"};
  const bool is_approval = arguments->words.size() == 2 && arguments->words[0] == "approve" &&
                           arguments->options.contains("by");
  if (!is_list && !is_approval) {
    report(make_error("SV-0023"));
    return kUsage;
  }
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  return is_list ? list(*installation, *arguments) : approve(*installation, *arguments);
}

}  // namespace zicht::server
