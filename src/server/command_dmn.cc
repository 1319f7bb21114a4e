// zicht dmn check, eval, interview, tck.
#include <boost/json/serialize.hpp>

#include "base/error_catalogue.h"
#include "dmn/check.h"
#include "feel/value_json.h"
#include "server/commands.h"
#include "server/dmn_files.h"
#include "server/dmn_interview.h"
#include "server/folder.h"
#include "server/here_and_now.h"
#include "server/opening.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

int check(const std::string& path) {
  auto file = open_dmn(path);
  if (!file) return report(file.error()), kBad;
  if (file->engine) {
    const HereAndNow here;
    for (auto& one : dmn::check_model(*file->engine, here.environment()))
      file->diagnostics.push_back(std::move(one));
  }
  report(file->diagnostics, "");
  if (has_errors(file->diagnostics)) return kBad;
  if (file->diagnostics.empty()) say(LocalizedText{"Het model is goed.", "The model is good."});
  return kGood;
}

// Null where the model cannot be used; what is wrong was reported.
std::shared_ptr<const dmn::Engine> usable_model(const std::string& path) {
  const auto file = open_dmn(path);
  if (!file) return report(file.error()), nullptr;
  report(file->diagnostics, "");
  return has_errors(file->diagnostics) ? nullptr : file->engine;
}

// The inputs of a JSON object, texts in the types that the model wants.
Result<std::vector<dmn::InputValue>> inputs_of(const std::string& path, const dmn::Engine& engine,
                                               const dmn::Request& request,
                                               const feel::Environment& environment) {
  std::vector<dmn::InputValue> inputs;
  if (path.empty()) return inputs;
  ZICHT_TRY(text, read_file(path));
  ZICHT_TRY(value, feel::parse_value(text));
  if (!value.is(feel::Kind::kContext)) return make_error("FE-0040", {{"path", path}});
  const auto known = engine.inputs_of(request.kind, request.name);
  const feel::Context& context = value.as_context();
  for (std::size_t i = 0; i < context.size(); ++i) {
    dmn::InputValue input{context.shape().names()[i], context.slots()[i]};
    for (const auto& one : known) {
      if (one.name == input.name)
        input.value = feel::typed_from_json(input.value, one.type, *environment.zones);
    }
    inputs.push_back(std::move(input));
  }
  return inputs;
}

int evaluate(const Arguments& arguments) {
  const auto engine = usable_model(arguments.words[1]);
  if (!engine) return kBad;
  const HereAndNow here;
  dmn::Request request;
  request.name = arguments.option("decision");
  if (const auto service = arguments.option("service"); !service.empty()) {
    request.kind = dmn::TargetKind::kService;
    request.name = service;
  }
  const std::string level = arguments.option("explain");
  request.explain = level == "full"    ? dmn::ExplainLevel::kFull
                    : level == "brief" ? dmn::ExplainLevel::kBrief
                                       : dmn::ExplainLevel::kOff;
  auto inputs = inputs_of(arguments.option("input"), *engine, request, here.environment());
  if (!inputs) return report(inputs.error()), kBad;
  request.inputs = *std::move(inputs);
  const auto answer = engine->evaluate(request, here.environment());
  if (answer.error) return report(*answer.error), kBad;
  say(feel::literal_of(answer.value));
  if (!level.empty()) say(json::serialize(dmn::to_json(answer.explanation)));
  if (const auto reason = answer.value.null_reason()) {
    for (const auto& cause : reason->causes()) report(cause.to_error());
  }
  return kGood;
}

int interview(const Arguments& arguments) {
  const auto engine = usable_model(arguments.words[1]);
  if (!engine) return kBad;
  const HereAndNow here;
  const auto made =
      dmn::Interview::create(engine, arguments.option("decision"), here.environment());
  if (!made) return report(made.error()), kBad;
  const std::string replies = arguments.option("input");
  return replies.empty() ? hold_interview(*engine, *made, here.environment())
                         : tell_step(*engine, *made, here.environment(), replies);
}

int run_kit(const std::string& root, const std::string& report_path) {
  const auto folders = read_test_folders(root);
  if (!folders) return report(folders.error()), kBad;
  const HereAndNow here;
  const auto outcome = dmn::run_test_folders(*folders, here.environment());
  if (!report_path.empty()) {
    if (const auto written = write_file(report_path, outcome.csv, false); !written)
      return report(written.error()), kBad;
  } else {
    for (const auto& failure : outcome.failures) say(failure);
  }
  say(outcome.summary());
  return kGood;
}

}  // namespace

int run_dmn(const Words& words) {
  const auto arguments =
      understood(words, {{"decision", "service", "input", "explain", "report"}, {}, 2, 2});
  if (!arguments) return kUsage;
  const std::string& what = arguments->words[0];
  const std::string& place = arguments->words[1];
  const std::string level = arguments->option("explain");
  if (what == "check") return check(place);
  if (what == "interview" && level.empty()) return interview(*arguments);
  if (what == "tck") return run_kit(place, arguments->option("report"));
  if (what == "eval" && (level.empty() || level == "brief" || level == "full"))
    return evaluate(*arguments);
  report(make_error("SV-0022", {{"command", "dmn " + what}}));
  return kUsage;
}

}  // namespace zicht::server
