#include "model/internal/catalogue_form.h"

#include "base/decimal.h"
#include "base/error_catalogue.h"
#include "model/internal/shape.h"
#include "model/rule.h"

namespace zicht::model::internal {
namespace {

// Members of objects. What has another shape reads as nothing, and the first such place is told.
class CatalogueReader {
 public:
  CatalogueForm read(const Json& request) {
    CatalogueForm made;
    const std::string name = text(request, "name", "/name");
    const auto parts = split_full_id(name);
    if (!parts) wrong("/name", R"("pack/form")");
    made.form.pack = parts ? parts->first : "";
    made.form.id = parts ? parts->second : "";
    const Json& form = member(request, "form");
    made.form.fields = fields(form, "/form/fields");
    auto rules = std::make_shared<FormRules>();
    rules->valid_if = conditions(form, "/form/valid_if");
    made.form.rules = std::move(rules);
    made.packs = lists(made.form.pack, request);
    return made;
  }

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  void wrong(const std::string& where, std::string_view expected) {
    if (error_) return;
    error_ = make_error("FE-0071", {{"where", where}, {"expected", std::string(expected)}});
  }

  // JSON's null where there is none.
  static const Json& member(const Json& object, std::string_view name) {
    static const Json none;
    const json::object* members = object.if_object();
    const Json* found = members == nullptr ? nullptr : members->if_contains(name);
    return found == nullptr ? none : *found;
  }

  const json::object& members_of(const Json& object, const std::string& where) {
    static const json::object none;
    const json::object* members = object.if_object();
    if (members == nullptr) wrong(where, "{...}");
    return members == nullptr ? none : *members;
  }

  std::string text(const Json& object, std::string_view name, const std::string& where) {
    const Json& found = member(object, name);
    if (!found.is_string()) wrong(where, R"("...")");
    return found.is_string() ? std::string(found.get_string()) : std::string();
  }

  // Empty where it is absent.
  std::string text_if(const Json& object, std::string_view name, const std::string& where) {
    return member(object, name).is_null() ? std::string() : text(object, name, where);
  }

  static bool flag(const Json& object, std::string_view name) {
    const bool* found = member(object, name).if_bool();
    return found != nullptr && *found;
  }

  std::int64_t number_or(const Json& object, std::string_view name, std::int64_t otherwise,
                         const std::string& where) {
    const Json& found = member(object, name);
    if (found.is_null()) return otherwise;
    if (!found.is_int64()) wrong(where, "1");
    return found.is_int64() ? found.get_int64() : otherwise;
  }

  LocalizedText both(const Json& object, std::string_view name, const std::string& where) {
    const Json& found = member(object, name);
    return {text(found, "nl", where + "/nl"), text(found, "en", where + "/en")};
  }

  // As the catalogue has it: of decimals and money a number as text, else a number.
  std::optional<std::int64_t> limit(const Json& object, std::string_view name, const Field& field,
                                    const std::string& where) {
    const Json& found = member(object, name);
    if (found.is_null()) return std::nullopt;
    const bool is_text = field.type == FieldType::kDecimal || field.type == FieldType::kMoney;
    if (!is_text && found.is_int64()) return found.get_int64();
    if (is_text && found.is_string()) {
      const auto number = Decimal::parse(std::string_view(found.get_string()));
      const auto scaled = number ? number->to_scaled(field.scale)
                                 : Result<std::int64_t>(number.error());
      if (scaled) return *scaled;
    }
    wrong(where, R"(1, "12.50")");
    return std::nullopt;
  }

  std::optional<Date> day_if(const Json& object, std::string_view name, const std::string& where) {
    const std::string written = text_if(object, name, where);
    if (written.empty()) return std::nullopt;
    const auto day = Date::parse(written);
    if (!day) wrong(where, R"("2025-01-31")");
    return day ? std::optional(*day) : std::nullopt;
  }

  std::vector<Field> fields(const Json& object, const std::string& where) {
    std::vector<Field> made;
    for (const auto& [id, value] : members_of(member(object, "fields"), where)) {
      made.push_back(field(id, value, where + "/" + std::string(id)));
    }
    return made;
  }

  Field field(std::string_view id, const Json& object, const std::string& where) {
    Field made;
    made.id = id;
    const auto type = find_field_type(text(object, "type", where + "/type"));
    if (!type) wrong(where + "/type", R"("text", "date", ...)");
    made.type = type.value_or(FieldType::kText);
    made.label = both(object, "label", where + "/label");
    made.list = text_if(object, "list", where + "/list");
    if (made.type == FieldType::kGroup) made.fields = fields(object, where + "/fields");
    if (made.type == FieldType::kAttachment) made.fields = attachment_fields();
    made.is_required = flag(object, "required");
    made.is_many = flag(object, "many");
    made.is_long = flag(object, "long");
    made.scale = made.type == FieldType::kMoney
                     ? kMoneyScale
                     : static_cast<int>(number_or(object, "scale", 0, where + "/scale"));
    made.min = limit(object, "min", made, where + "/min");
    made.max = limit(object, "max", made, where + "/max");
    made.max_items = number_or(object, "max_items", made.max_items, where + "/max_items");
    made.retired = day_if(object, "retired", where + "/retired");
    made.rules = rules(object, where);
    return made;
  }

  std::shared_ptr<const FieldRules> rules(const Json& object, const std::string& where) {
    const auto rule_if = [&](std::string_view name) -> std::optional<Rule> {
      const Json& found = member(object, name);
      if (found.is_null()) return std::nullopt;
      return rule(found, where + "/" + std::string(name));
    };
    FieldRules made{.show_if = rule_if("show_if"), .required_if = rule_if("required_if"),
                    .computed = rule_if("computed"),
                    .valid_if = conditions(object, where + "/valid_if")};
    if (!made.show_if && !made.required_if && !made.computed && made.valid_if.empty()) return {};
    return std::make_shared<const FieldRules>(std::move(made));
  }

  Rule rule(const Json& object, const std::string& where) {
    return {text(object, "rule", where + "/rule"), {}, {}};
  }

  std::vector<Condition> conditions(const Json& object, const std::string& where) {
    std::vector<Condition> made;
    const Json& found = member(object, "valid_if");
    if (found.is_null()) return made;
    if (!found.is_array()) {
      wrong(where, R"([{"rule": "...", "message": {...}}])");
      return made;
    }
    for (const Json& each : found.get_array()) {
      const std::string place = where + "/" + std::to_string(made.size());
      made.push_back({rule(each, place), both(each, "message", place + "/message")});
    }
    return made;
  }

  // A pack for each that has a list, with those lists alone; that of the form is among them.
  PackSet lists(const std::string& own, const Json& request) {
    std::map<std::string, Pack, std::less<>> made;
    made[own];
    for (const auto& [name, value] : members_of(member(request, "lists"), "/lists")) {
      const std::string where = "/lists/" + std::string(name);
      const auto parts = split_full_id(std::string_view(name));
      if (!parts) wrong(where, R"("pack/list")");
      if (!parts) break;
      made[std::string(parts->first)].lists.push_back(
          list(std::string(parts->second), value, where));
    }
    PackSet packs;
    for (auto& [id, pack] : made) {
      pack.id = id;
      pack.hash = id;
      packs.add(std::make_shared<const Pack>(std::move(pack)));
      packs.activate(id);
    }
    return packs;
  }

  List list(std::string id, const Json& object, const std::string& where) {
    List made;
    made.id = std::move(id);
    for (const auto& [code, value] : members_of(member(object, "codes"), where + "/codes")) {
      const std::string place = where + "/codes/" + std::string(code);
      made.codes.push_back({.code = std::string(code), .label = {},
                            .from = day_if(value, "from", place + "/from"),
                            .to = day_if(value, "to", place + "/to"), .note = {}});
    }
    return made;
  }

  std::optional<Error> error_;
};

}  // namespace

Result<CatalogueForm> read_catalogue_form(const Json& request) {
  CatalogueReader reader;
  CatalogueForm made = reader.read(request);
  if (reader.error()) return *reader.error();
  return made;
}

}  // namespace zicht::model::internal
