#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "model/rule.h"
#include "packs/internal/readers.h"

namespace zicht::packs::internal {
namespace {

using model::Field;
using model::FieldType;

constexpr std::int64_t kLongestText = 100'000;
constexpr std::int64_t kMostItems = 10'000;
constexpr std::int64_t kMostFiles = 100;   // in one field
constexpr std::int64_t kUsualFiles = 20;
constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;
constexpr int kMaxScale = 9;
constexpr int kMoneyScale = 2;

const std::vector<std::string> kFieldKeys = {
    "type", "label", "hint", "list", "form", "fields", "accept", "required", "many", "long", "min",
    "max", "max_items", "scale", "sensitivity", "filterable", "sortable", "searchable", "retired",
    "indicators", "on", "counted", "corrects", "show_if", "required_if", "computed", "valid_if"};
const std::vector<std::string> kEditionKeys = {"indicators", "on", "counted", "corrects"};
const std::vector<std::string> kRuleKeys = {"show_if", "required_if", "computed", "valid_if"};

bool is_one_of(FieldType type, std::initializer_list<FieldType> types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

// Which types a key means something for; the keys that are not here suit all.
bool suits(std::string_view key, FieldType type) {
  if (key == "list") return type == FieldType::kChoice;
  if (key == "form") return type == FieldType::kReference;
  if (key == "fields") return type == FieldType::kGroup;
  if (key == "accept") return type == FieldType::kAttachment;
  if (key == "long" || key == "searchable") return type == FieldType::kText;
  if (key == "scale") return type == FieldType::kDecimal;
  if (key == "min" || key == "max") {
    return is_one_of(type, {FieldType::kText, FieldType::kInteger, FieldType::kDecimal,
                            FieldType::kMoney});
  }
  if (std::find(kEditionKeys.begin(), kEditionKeys.end(), key) != kEditionKeys.end()) {
    return type == FieldType::kFigures;
  }
  if (key == "required" || key == "many") return type != FieldType::kFigures;
  if (key == "filterable") {
    return !is_one_of(type, {FieldType::kUrl, FieldType::kGroup, FieldType::kAttachment,
                             FieldType::kFigures});
  }
  if (key == "sortable") {
    return !is_one_of(type, {FieldType::kUrl, FieldType::kGroup, FieldType::kAttachment,
                             FieldType::kFigures, FieldType::kPeriod,
                             FieldType::kReference, FieldType::kAccount,
                             FieldType::kOrganisation});
  }
  return true;
}

// A `false` that says the default is harmless everywhere.
bool says_something(const Node& node, std::string_view key) {
  const Node* value = node.find(key);
  return value != nullptr && !(value->is_scalar() && value->text == "false");
}

class FieldReader {
 public:
  FieldReader(const Source& source, const Member& member, const std::string& pack, bool in_group)
      : source_(source), member_(member), map_(source, member.value, kFieldKeys), pack_(pack),
        in_group_(in_group) {}

  Field read() {
    check_id(source_, member_.place, member_.key, IdKind::kSnake);
    field_.id = member_.key;
    read_type();
    field_.label = map_.localized("label");
    field_.hint = map_.localized_if("hint");
    read_flags();
    read_target();
    read_scale_and_limits();
    if (field_.type == FieldType::kGroup) read_group();
    if (field_.type == FieldType::kAttachment) read_attachment();
    if (field_.type == FieldType::kFigures) read_edition();
    read_rules();
    if (has_type_) check_suits();
    return std::move(field_);
  }

 private:
  void read_type() {
    if (map_.need("type") == nullptr) return;
    const auto type =
        map_.word_if<FieldType>("type", model::find_field_type, names_of<FieldType>(16));
    has_type_ = type.has_value();
    field_.type = type.value_or(FieldType::kText);
  }

  void read_flags() {
    field_.is_required = map_.boolean_or("required", false);
    field_.is_many = map_.boolean_or("many", false);
    field_.is_long = map_.boolean_or("long", false);
    field_.is_filterable = map_.boolean_or("filterable", false);
    field_.is_sortable = map_.boolean_or("sortable", false);
    field_.is_searchable = map_.boolean_or("searchable", false);
    field_.sensitivity = map_.word_if<model::Sensitivity>("sensitivity", model::find_sensitivity,
                                                          names_of<model::Sensitivity>(4))
                             .value_or(model::Sensitivity::kPublic);
    field_.retired = map_.date_if("retired");
    const bool is_files = field_.type == FieldType::kAttachment;
    field_.max_items = map_.integer_if("max_items", 1, is_files ? kMostFiles : kMostItems)
                           .value_or(is_files ? kUsualFiles : field_.max_items);
  }

  void read_target() {
    if (field_.type == FieldType::kChoice && has_type_) field_.list = map_.text("list");
    if (field_.type == FieldType::kReference) {
      const std::string form = map_.text("form");
      if (!form.empty()) field_.form = full_id(form, pack_);
    }
    const std::string own = pack_ + "/";
    if (field_.list.starts_with(own)) field_.list.erase(0, own.size());
  }

  void read_scale_and_limits() {
    const auto scale = map_.integer_if("scale", 0, kMaxScale);
    field_.scale = static_cast<int>(scale.value_or(0));
    if (field_.type == FieldType::kMoney) field_.scale = kMoneyScale;
    field_.min = limit("min");
    field_.max = limit("max");
    const std::int64_t most = field_.type == FieldType::kText ? field_.text_limit() : kMaxInteger;
    const std::int64_t top = field_.max.value_or(most);
    if (field_.min && *field_.min > top) source_.error("PK-0063", map_.find("min")->place);
  }

  std::optional<std::int64_t> limit(std::string_view key) {
    const Node* node = map_.find(key);
    if (node == nullptr) return std::nullopt;
    if (field_.type == FieldType::kText) {
      return read_integer(source_, *node, key, 1, kLongestText);
    }
    if (!is_one_of(field_.type, {FieldType::kDecimal, FieldType::kMoney})) {
      return read_integer(source_, *node, key, -kMaxInteger, kMaxInteger);
    }
    const auto decimal = Decimal::parse(node->text);
    if (node->is_scalar() && decimal) {
      if (const auto scaled = decimal->to_scaled(field_.scale)) return *scaled;
    }
    source_.error("PK-0022", node->place,
                  {{"name", std::string(key)},
                   {"expected", LocalizedText{"een getal dat in de schaal past, zoals 12.50",
                                              "a number that fits the scale, such as 12.50"}}});
    return std::nullopt;
  }

  void read_group() {
    const Node* fields = map_.need("fields");
    if (in_group_) source_.error("PK-0064", member_.place);
    if (fields == nullptr || !expect_map(source_, *fields, "fields") || in_group_) return;
    for (const Member& member : fields->members) {
      field_.fields.push_back(FieldReader(source_, member, pack_, true).read());
    }
  }

  void read_attachment() {
    if (in_group_) source_.error("PK-0064", member_.place);
    field_.fields = model::attachment_fields();
    const Node* accept = map_.find("accept");
    if (accept == nullptr || !expect_sequence(source_, *accept, "accept")) return;
    const std::vector<std::string> kinds(model::kFileKinds.begin(), model::kFileKinds.end());
    for (const Node& item : accept->items) {
      const auto find = [&](std::string_view name) -> std::optional<std::string> {
        const auto found = std::find(kinds.begin(), kinds.end(), name);
        return found == kinds.end() ? std::nullopt : std::optional(*found);
      };
      if (auto kind = read_word<std::string>(source_, item, "accept", find, kinds)) {
        field_.accept.push_back(*std::move(kind));
      }
    }
  }

  void read_edition() {
    if (in_group_) source_.error("PK-0064", member_.place);
    const auto is_there = [&](const std::string& key) { return map_.has(key); };
    if (std::none_of(kEditionKeys.begin(), kEditionKeys.end(), is_there)) return;
    model::EditionRule rule;
    if (map_.need("indicators") != nullptr) rule.indicators = map_.texts_or_none("indicators");
    rule.on = map_.text("on");
    rule.counted = map_.text_or("counted");
    rule.corrects = map_.text_or("corrects");
    field_.edition = std::move(rule);
  }

  // Texts only; they are compiled when the whole form is known (check_rules.cc).
  void read_rules() {
    const auto is_there = [&](const std::string& key) { return map_.has(key); };
    if (std::none_of(kRuleKeys.begin(), kRuleKeys.end(), is_there)) return;
    auto rules = std::make_shared<model::FieldRules>();
    rules->show_if = read_rule("show_if");
    rules->required_if = read_rule("required_if");
    rules->computed = read_rule("computed");
    rules->valid_if = read_conditions(source_, map_, "valid_if");
    field_.rules = std::move(rules);
  }

  std::optional<model::Rule> read_rule(std::string_view key) const {
    const Node* node = map_.find(key);
    if (node == nullptr) return std::nullopt;
    return model::Rule{read_text(source_, *node, key), {}, {}};
  }

  void refuse(std::string_view key, const LocalizedText& why) {
    source_.error("PK-0061", map_.node().place_at({key}),
                  {{"key", std::string(key)}, {"why", why}});
  }

  void check_suits() {
    const std::string type(model::name_of(field_.type));
    for (const Member& member : map_.node().members) {
      if (suits(member.key, field_.type) || !says_something(map_.node(), member.key)) continue;
      refuse(member.key, {"past niet bij type " + type, "does not suit type " + type});
    }
    if (!field_.is_many && map_.has("max_items")) {
      refuse("max_items", {"heeft alleen zin met many: true", "only makes sense with many: true"});
    }
    if (field_.is_many && field_.is_sortable) {
      refuse("sortable", {"kan niet bij many: true", "is not possible with many: true"});
    }
    const bool may_filter_many = is_one_of(
        field_.type, {FieldType::kChoice, FieldType::kReference, FieldType::kText,
                      FieldType::kAccount, FieldType::kOrganisation});
    if (field_.is_many && field_.is_filterable && !may_filter_many) {
      refuse("filterable",
             {"kan met many: true alleen bij choice, reference, account, organisation en text",
              "with many: true is possible for choice, reference, account, organisation and text "
              "only"});
    }
    if (field_.is_long && field_.is_filterable) {
      refuse("filterable", {"kan niet bij een lange tekst", "is not possible for a long text"});
    }
    check_sealed();
    check_group_member();
    check_computed();
  }

  void check_computed() {
    if (field_.is_required && map_.has("required_if")) {
      refuse("required_if", {"heeft geen zin met required: true",
                             "makes no sense with required: true"});
    }
    if (!field_.is_computed()) return;
    if (is_one_of(field_.type,
                  {FieldType::kGroup, FieldType::kAttachment, FieldType::kReference,
                   FieldType::kAccount, FieldType::kOrganisation, FieldType::kFigures})) {
      const std::string type(model::name_of(field_.type));
      refuse("computed", {"kan niet bij type " + type, "is not possible for type " + type});
    }
    for (const char* key : {"required", "retired", "show_if", "required_if"}) {
      if (!says_something(map_.node(), key)) continue;
      refuse(key, {"heeft geen zin bij een veld dat wordt berekend",
                   "makes no sense for a field that is computed"});
    }
  }

  // What is kept sealed cannot be looked through.
  void check_sealed() {
    if (field_.sensitivity < model::Sensitivity::kConfidential) return;
    for (const char* key : {"filterable", "sortable", "searchable"}) {
      if (!says_something(map_.node(), key)) continue;
      refuse(key, {"kan niet bij een vertrouwelijk of geheim veld, want dat wordt versleuteld",
                   "is not possible for a confidential or secret field, because it is sealed"});
    }
  }

  void check_group_member() {
    if (!in_group_) return;
    for (const std::string& key : kRuleKeys) {
      if (!map_.has(key)) continue;
      refuse(key, {"kan niet bij een veld in een groep; zet de regel bij de groep of het formulier",
                   "is not possible inside a group; put the rule at the group or the form"});
    }
    for (const char* key : {"filterable", "sortable", "searchable", "sensitivity"}) {
      if (!says_something(map_.node(), key)) continue;
      refuse(key, {"kan niet bij een veld in een groep", "is not possible inside a group"});
    }
  }

  const Source& source_;
  const Member& member_;
  const MapReader map_;
  const std::string& pack_;
  bool in_group_;
  bool has_type_ = false;
  Field field_;
};

model::Basis read_basis(const Source& source, const MapReader& form) {
  model::Basis basis;
  const Node* node = form.find("basis");
  if (node == nullptr) {
    if (form.node().is_map()) source.error("PK-0060", form.node().place);
    return basis;
  }
  const MapReader map(source, *node,
                      {"law", "article", "controller", "recipients", "purpose", "retention",
                       "special", "vulnerable"});
  basis.law = map.text("law");
  basis.article = map.text("article");
  basis.controller = map.localized("controller");
  basis.recipients = map.localized("recipients");
  basis.purpose = map.localized("purpose");
  basis.retention = map.text("retention");
  if (!basis.retention.empty() && basis.retention != "permanent") {
    static_cast<void>(read_period(source, *map.find("retention"), "retention"));
  }
  if (const Node* special = map.find("special");
      special != nullptr && expect_sequence(source, *special, "special")) {
    for (const Node& item : special->items) {
      const auto word = read_word<model::SpecialData>(source, item, "special",
                                                      model::find_special_data,
                                                      names_of<model::SpecialData>(10));
      if (word) basis.special.insert(*word);
    }
  }
  if (map.has("vulnerable")) basis.is_vulnerable = map.boolean_or("vulnerable", false);
  return basis;
}

model::ProcessChoice read_process_choice(const Source& source, const MapReader& form) {
  model::ProcessChoice choice;
  const Node* node = form.find("process");
  if (node == nullptr) return choice;
  if (node->is_scalar()) {
    choice.process = read_text(source, *node, "process");
    return choice;
  }
  const MapReader map(source, *node, {"by", "map"});
  choice.by_field = map.text("by");
  static_cast<void>(map.need("map"));
  for (auto& [code, process] : map.pairs_or_none("map")) choice.by_code.emplace(code, process);
  return choice;
}

void add_action(const Source& source, const Node& node, std::string_view name,
                std::set<model::Action>& actions) {
  const auto action = read_word<model::Action>(source, node, name, model::find_action,
                                               names_of<model::Action>(6));
  if (action) actions.insert(*action);
}

model::AgeRange read_age_range(const Source& source, const MapReader& rule) {
  constexpr std::int64_t kOldest = 150;
  const Node* node = rule.find("subject_age");
  if (node == nullptr) return {};
  const MapReader map(source, *node, {"from", "below"});
  model::AgeRange range;
  if (const auto years = map.integer_if("from", 0, kOldest)) range.from = static_cast<int>(*years);
  if (const auto years = map.integer_if("below", 1, kOldest)) {
    range.below = static_cast<int>(*years);
  }
  if (range.from && range.below && *range.from >= *range.below) {
    source.error("PK-0063", node->place);
  }
  return range;
}

model::AccessRule read_access_rule(const Source& source, const Node& node,
                                   const std::string& pack) {
  const MapReader map(source, node, {"do", "relation", "purpose", "clearance", "subject_age"});
  model::AccessRule rule;
  if (const Node* actions = map.need("do");
      actions != nullptr && expect_sequence(source, *actions, "do")) {
    for (const Node& item : actions->items) add_action(source, item, "do", rule.actions);
  }
  for (const std::string& relation : map.texts_or_none("relation")) {
    rule.relations.insert(relation == model::kSelf ? relation : full_id(relation, pack));
  }
  for (const std::string& purpose : map.texts_or_none("purpose")) {
    rule.purposes.insert(full_id(purpose, pack));
  }
  rule.clearance = map.word_if<model::Sensitivity>("clearance", model::find_sensitivity,
                                                   names_of<model::Sensitivity>(4));
  rule.subject_age = read_age_range(source, map);
  return rule;
}

// A list of actions is one rule without conditions; else a list of rules.
void read_access(const Source& source, const MapReader& form, model::Form& made) {
  const Node* node = form.need("access");
  if (node == nullptr || !expect_map(source, *node, "access")) return;
  for (const Member& member : node->members) {
    std::vector<model::AccessRule>& rules = made.access[member.key];
    if (!expect_sequence(source, member.value, member.key)) continue;
    model::AccessRule plain;
    for (const Node& item : member.value.items) {
      if (item.is_map()) {
        rules.push_back(read_access_rule(source, item, made.pack));
      } else {
        add_action(source, item, member.key, plain.actions);
      }
    }
    if (!plain.actions.empty()) rules.push_back(std::move(plain));
  }
}

std::optional<model::BreakRule> read_break_rule(const Source& source, const MapReader& form) {
  constexpr std::int64_t kMostHours = 168;
  const Node* node = form.find("break_glass");
  if (node == nullptr) return {};
  const MapReader map(source, *node, {"roles", "hours", "breakable", "report"});
  model::BreakRule rule;
  if (map.need("roles") != nullptr) {
    for (const std::string& role : map.texts_or_none("roles")) rule.roles.insert(role);
  }
  if (map.need("hours") != nullptr) rule.hours = map.integer_if("hours", 1, kMostHours).value_or(1);
  if (map.need("breakable") != nullptr) {
    rule.breakable = map.word_if<model::Sensitivity>("breakable", model::find_sensitivity,
                                                     names_of<model::Sensitivity>(4))
                         .value_or(model::Sensitivity::kPublic);
  }
  rule.report = map.text("report");
  return rule;
}

void read_persons(const Source& source, const MapReader& form, model::Form& made) {
  made.about = form.texts_or_none("about");
  if (made.about == std::vector<std::string>{std::string(model::kSelf)}) {
    made.about.clear();
    made.is_person = true;
  }
  made.born = form.text_or("born");
  made.members = form.text_or("members");
  const Node* node = form.find("relation");
  if (node == nullptr) return;
  const MapReader map(source, *node, {"kind", "of", "holder", "from", "until"});
  model::RelationRule rule;
  rule.kind = full_id(map.text("kind"), made.pack);
  rule.of = map.text("of");
  rule.holder = map.text("holder");
  rule.from = map.text_or("from");
  rule.until = map.text_or("until");
  made.relation = std::move(rule);
}

void read_identity(const Source& source, const MapReader& form, model::Form& made) {
  const Node* node = form.find("identity");
  if (node == nullptr) return;
  const MapReader map(source, *node, {"of", "as", "linked", "split"});
  model::IdentityRule rule;
  rule.of = map.text("of");
  rule.as = map.text("as");
  for (const std::string& state : map.texts_or_none("linked")) rule.linked.insert(state);
  for (const std::string& state : map.texts_or_none("split")) rule.split.insert(state);
  made.identity = std::move(rule);
}

void read_links(const Source& source, const MapReader& form, model::Form& made) {
  const Node* node = form.find("links");
  if (node == nullptr || !expect_sequence(source, *node, "links")) return;
  for (const Node& item : node->items) {
    const MapReader map(source, item, {"field", "title", "reverse"});
    made.links.push_back({map.text("field"), map.localized("title"), map.localized("reverse")});
  }
}

}  // namespace

model::Form read_form(const Source& source, const Node& node, const std::string& stem,
                      const std::string& pack) {
  const MapReader map(source, node,
                      {"form", "title", "plural", "description", "subject", "about", "born",
                       "members", "relation", "identity", "basis", "audience", "name", "process",
                       "access", "break_glass", "links", "fields", "valid_if"});
  model::Form form;
  form.id = read_file_id(source, map, "form", stem);
  form.pack = pack;
  form.title = map.localized("title");
  form.plural = map.localized("plural");
  form.description = map.localized("description");
  if (map.need("subject") != nullptr) {
    form.subject = map.closed("subject", {"none", "organisation", "person", "region"});
  }
  read_persons(source, map, form);
  read_identity(source, map, form);
  form.basis = read_basis(source, map);
  if (map.need("audience") != nullptr) {
    form.audience = map.word_if<model::Sensitivity>("audience", model::find_sensitivity,
                                                    names_of<model::Sensitivity>(4))
                        .value_or(model::Sensitivity::kSecret);
  }
  if (map.need("name") != nullptr) form.name = map.texts_or_none("name");
  form.process = read_process_choice(source, map);
  read_access(source, map, form);
  form.break_glass = read_break_rule(source, map);
  read_links(source, map, form);
  if (map.has("valid_if")) {
    auto rules = std::make_shared<model::FormRules>();
    rules->valid_if = read_conditions(source, map, "valid_if");
    form.rules = std::move(rules);
  }
  const Node* fields = map.need("fields");
  if (fields == nullptr || !expect_map(source, *fields, "fields")) return form;
  for (const Member& member : fields->members) {
    form.fields.push_back(FieldReader(source, member, pack, false).read());
  }
  return form;
}

}  // namespace zicht::packs::internal
