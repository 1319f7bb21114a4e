#include "app/rules_service.h"

#include <boost/json/serialize.hpp>

#include "app/internal/body.h"
#include "app/internal/found_record.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "model/evaluation.h"

namespace zicht::app {

Result<std::string> RulesService::evaluate(const Caller& caller, const std::string& full_form,
                                           const Json& request) const {
  const RulebookPtr rules = packs_.rules();
  const ActiveForm form = find_active_form(*rules, full_form);
  if (form.form == nullptr) return unknown_form(*rules, full_form);
  if (!may_fill_in(caller, *form.pack, *form.form)) return make_error("AP-0003");
  internal::Body body(request, {"fields"});
  const Json& given = body.object("fields");
  ZICHT_CHECKED(body.check());
  const Date today = amsterdam_date(clock_.now());
  const model::Form visible =
      visible_form(internal::writing_scope(*rules, caller, full_form), *form.form);
  ZICHT_TRY(told, model::evaluation_of(visible, rules->packs, given, today));
  return json::serialize(told);
}

}  // namespace zicht::app
