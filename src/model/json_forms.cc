#include "model/json_forms.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "base/error_catalogue.h"
#include "base/error_json.h"
#include "model/compile_rules.h"
#include "model/evaluation.h"
#include "model/internal/catalogue_form.h"

namespace zicht::model {
namespace {

Error wrong(std::string_view where, std::string_view expected) {
  return make_error("FE-0071",
                    {{"where", std::string(where)}, {"expected", std::string(expected)}});
}

// Compiles every rule of the form; false for one that does not compile here.
class FormCompiler {
 public:
  explicit FormCompiler(Form& form) : form_(form), names_(names_of_rules(form)) {}

  bool run() {
    auto made = std::make_shared<FormRules>(*form_.rules);
    compile(made->valid_if);
    for (Field& field : form_.fields) {
      if (field.rules == nullptr) continue;
      auto rules = std::make_shared<FieldRules>(*field.rules);
      for (auto* rule : {&rules->show_if, &rules->required_if, &rules->computed}) {
        if (*rule) compile(**rule);
      }
      compile(rules->valid_if);
      field.rules = std::move(rules);
    }
    ComputedOrder order = order_of_computed(form_);
    made->computed = std::move(order.fields);
    made->slots = form_.fields;
    form_.rules = std::move(made);
    return is_whole_ && order.rings.empty();
  }

 private:
  void compile(Rule& rule) {
    is_whole_ = compile_rule(rule, form_, names_).has_value() && is_whole_;
  }
  void compile(std::vector<Condition>& conditions) {
    for (Condition& condition : conditions) compile(condition.rule);
  }

  Form& form_;
  const feel::Scope names_;
  bool is_whole_ = true;
};

std::optional<std::uint32_t> handle_in(const json::object& request) {
  const Json* given = request.if_contains("handle");
  const std::int64_t* number = given == nullptr ? nullptr : given->if_int64();
  if (number == nullptr || *number < 0 || *number > 0xffffffff) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

std::optional<Date> day_in(const json::object& request) {
  const Json* given = request.if_contains("today");
  if (given == nullptr || !given->is_string()) return std::nullopt;
  const auto day = Date::parse(std::string_view(given->get_string()));
  return day ? std::optional(*day) : std::nullopt;
}

}  // namespace

std::string JsonForms::compile(std::string_view request) {
  const auto parsed = parse_json(request);
  if (!parsed) return error_answer(parsed.error());
  auto read = internal::read_catalogue_form(*parsed);
  if (!read) return error_answer(read.error());
  if (!FormCompiler(read->form).run()) {
    return error_answer(make_error("FE-0073", {{"form", read->form.full_id()}}));
  }
  kept_.emplace(++last_handle_, Kept{std::move(read->form), std::move(read->packs)});
  return json::serialize(json::object{{"handle", last_handle_}});
}

std::string JsonForms::evaluate(std::string_view request) const {
  const auto parsed = parse_json(request);
  if (!parsed) return error_answer(parsed.error());
  const json::object* asked = parsed->if_object();
  if (asked == nullptr) return error_answer(wrong("/", "{...}"));
  const auto handle = handle_in(*asked);
  if (!handle) return error_answer(wrong("/handle", "1"));
  const auto day = day_in(*asked);
  if (!day) return error_answer(wrong("/today", R"("2025-01-31")"));
  const Json* fields = asked->if_contains("fields");
  if (fields == nullptr || !fields->is_object()) return error_answer(wrong("/fields", "{...}"));
  const auto found = kept_.find(*handle);
  if (found == kept_.end()) {
    return error_answer(make_error("FE-0072", {{"handle", std::to_string(*handle)}}));
  }
  const auto told = evaluation_of(found->second.form, found->second.packs, *fields, *day);
  return told ? json::serialize(*told) : error_answer(told.error());
}

void JsonForms::release(std::uint32_t handle) { kept_.erase(handle); }

}  // namespace zicht::model
