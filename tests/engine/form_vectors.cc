#include "form_vectors.h"

#include <boost/json/serialize.hpp>
#include <iostream>
#include <set>

#include "app/catalogue_service.h"
#include "app/rules_service.h"
#include "app/testing/counting_feed.h"
#include "app/testing/fake_store.h"
#include "base/amsterdam.h"
#include "base/check.h"
#include "base/rng.h"
#include "packs/testing/folders.h"
#include "packs/testing/random_form.h"

namespace zicht::engine_tests {
namespace {

constexpr int kDocuments = 120;
constexpr int kRandomDocuments = 40;
constexpr std::string_view kDays[] = {"2026-03-10T09:00:00Z", "2024-02-29T23:30:00Z",
                                      "2030-06-01T12:00:00Z"};

json::object parsed(const std::string& text) {
  auto value = parse_json(text);
  ZICHT_CHECK(value.has_value() && value->is_object(), "the server answers an object");
  return std::move(value->get_object());
}

// A server with packs and nothing else.
struct World {
  ManualClock clock{*Instant::parse(kDays[0])};
  app::testing::FakeStore store{clock};
  app::testing::CountingFeed feed;
  app::PacksService packs{store, feed};
  app::CatalogueService catalogue{packs, {}};
  app::RulesService rules{packs, clock};

  explicit World(const std::vector<app::PackFiles>& files) {
    const app::Activation outcome = packs.activate(files, "system");
    if (outcome.error) std::cerr << describe(*outcome.error) << '\n';
    ZICHT_CHECK(!outcome.error, "the packs are good");
  }
};

// Values of fields, as the catalogue has those; now and then one that does not fit.
class RandomValues {
 public:
  explicit RandomValues(Rng& rng) : rng_(rng) {}

  json::object document(const json::object& fields, const json::object& lists) {
    json::object made;
    for (const auto& [id, field] : fields) {
      if (rng_.below(4) != 0) made[id] = value(field.get_object(), lists);
    }
    if (rng_.below(30) == 0) made["no_such_field"] = 1;
    return made;
  }

 private:
  template <std::size_t n>
  const char* one_of(const char* const (&all)[n]) {
    return all[rng_.below(n)];
  }

  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(rng_.below(static_cast<std::uint64_t>(most - least)));
  }

  Json value(const json::object& field, const json::object& lists) {
    if (rng_.below(25) == 0) return misfit();
    const Json* many = field.if_contains("many");
    if (many == nullptr || !many->is_bool() || !many->get_bool()) return item(field, lists);
    json::array items;
    for (std::uint64_t left = rng_.below(5); left > 0; --left) items.push_back(item(field, lists));
    return items;
  }

  Json misfit() {
    switch (rng_.below(6)) {
      case 0: return nullptr;
      case 1: return "\"\\\n\x7f \xC3\xA9\xF0\x9F\x90\x8E";
      case 2: return -7;
      case 3: return json::array{json::object{{"x", "y"}}};
      case 4: return 2.5;
      default: return json::object{{"first", "2026-02-30"}};
    }
  }

  std::string day() {
    return "20" + std::to_string(between(20, 32)) +
           one_of({"-01-31", "-02-28", "-03-10", "-12-01"});
  }

  Json item(const json::object& field, const json::object& lists) {
    const std::string_view type = field.at("type").get_string();
    if (type == "integer") return between(-3, rng_.below(3) == 0 ? 600 : 9);
    if (type == "decimal" || type == "money") {
      const std::string cents = std::to_string(between(10, 99));
      return json::string(std::to_string(between(0, rng_.below(3) == 0 ? 1500 : 60)) + "." + cents);
    }
    if (type == "boolean") return rng_.below(2) == 0;
    if (type == "date") return json::string(day());
    if (type == "uncertain_date") return window();
    if (type == "period") return one_of({"P1Y", "P14D", "P3M", "P1M14D", "P2W", "P0D"});
    if (type == "choice") return code(field, lists);
    if (type == "reference" || type == "account") return json::string(26, '0');
    if (type == "organisation") return one_of({"north", "zuid-1", "Not so"});
    if (type == "url") {
      return one_of({"https://example.org/a.pdf", "https://example.org", "http://x"});
    }
    if (type == "group") return document(field.at("fields").get_object(), lists);
    if (type == "attachment") {
      return json::object{{"file", json::string(26, '1')}, {"name", "foto.png"},
                          {"type", "image/png"}, {"size", between(1, 3000)}};
    }
    return one_of({"ja", "Een zaag", "x", " 1234 ab ", "1234ab", "\xC3\x89\xC3\xA9n", "a\"b\\c",
                   "\xEF\xBB\xBF"
                   "ja",
                   "lang genoeg om te lang te zijn voor een veld"});
  }

  Json window() {
    const std::string first = day();
    const std::string last = rng_.below(2) == 0 ? first : day();
    json::object made{{"first", first}, {"last", last}};
    if (rng_.below(2) == 0) made["words"] = "rond de zomer";
    return made;
  }

  Json code(const json::object& field, const json::object& lists) {
    const std::string_view list = field.at("list").get_string();
    for (const auto& [name, known] : lists) {
      const bool is_it = name == list || std::string_view(name).ends_with("/" + std::string(list));
      const json::object& codes = known.at("codes").get_object();
      if (!is_it || codes.empty() || rng_.below(12) == 0) continue;
      const auto chosen = codes.begin() + static_cast<std::ptrdiff_t>(rng_.below(codes.size()));
      return json::string(chosen->key());
    }
    return "no-such-code";
  }

  Rng& rng_;
};

// The lists that choice fields name, as the web gathers them.
void gather_lists(const json::object& fields, std::set<std::string>& names) {
  for (const auto& [id, field] : fields) {
    const json::object& members = field.get_object();
    if (const Json* list = members.if_contains("list")) names.emplace(list->get_string());
    if (const Json* inner = members.if_contains("fields")) gather_lists(inner->get_object(), names);
  }
}

json::object lists_of(const json::object& catalogue, const std::string& pack,
                      const json::object& fields) {
  std::set<std::string> names;
  gather_lists(fields, names);
  json::object made;
  for (const std::string& name : names) {
    const std::string full = name.find('/') == std::string::npos ? pack + "/" + name : name;
    const std::size_t slash = full.find('/');
    for (const Json& each : catalogue.at("packs").get_array()) {
      if (each.at("name").get_string() != full.substr(0, slash)) continue;
      const Json* list = each.at("lists").get_object().if_contains(full.substr(slash + 1));
      if (list != nullptr) made[full] = json::object{{"codes", list->at("codes")}};
    }
  }
  return made;
}

bool has_rules(const json::object& form) {
  if (form.contains("valid_if") && !form.at("valid_if").get_array().empty()) return true;
  for (const auto& [id, field] : form.at("fields").get_object()) {
    for (const char* key : {"show_if", "required_if", "computed", "valid_if"}) {
      if (field.get_object().contains(key)) return true;
    }
  }
  return false;
}

// Everybody to whom a pack may look different: visitors, each role alone, and all roles together.
std::vector<app::Caller> callers_of(const model::Pack& pack) {
  const auto person = [&](std::vector<std::string> roles, const std::string& purpose) {
    return app::Caller{"account-1", "person-1", "Iemand", "north", std::move(roles), {}, purpose};
  };
  std::vector<app::Caller> callers(1);
  std::vector<std::string> purposes{""};
  for (const model::Named& purpose : pack.purposes) purposes.push_back(pack.id + "/" + purpose.id);
  std::vector<std::string> all;
  for (const model::Role& role : pack.roles) all.push_back(pack.id + "/" + role.id);
  for (const std::string& purpose : purposes) {
    for (const std::string& role : all) callers.push_back(person({role}, purpose));
    callers.push_back(person(all, purpose));
  }
  return callers;
}

// What one caller is told of a form and of documents of it.
template <class MakeDocument>
FormQuestion question_of(World& world, const app::Caller& caller, json::object compile,
                         int documents, const MakeDocument& make) {
  FormQuestion question{std::move(compile), {}};
  const std::string name(question.compile.at("name").get_string());
  for (int i = 0; i < documents; ++i) {
    world.clock.set(*Instant::parse(kDays[static_cast<std::size_t>(i) % std::size(kDays)]));
    const json::object document = make();
    const auto answer =
        world.rules.evaluate(caller, name, json::object{{"fields", document}});
    ZICHT_CHECK(answer.has_value(), "who may fill in a form is told what its rules say");
    const std::string today = amsterdam_date(world.clock.now()).to_string();
    question.asks.push_back({{{"fields", document}, {"today", today}}, *answer});
  }
  return question;
}

json::object compile_of(const std::string& pack, std::string_view id, const json::object& form,
                        const json::object& catalogue) {
  json::object told{{"fields", form.at("fields")}};
  if (form.contains("valid_if")) told["valid_if"] = form.at("valid_if");
  return {{"name", pack + "/" + std::string(id)},
          {"form", std::move(told)},
          {"lists", lists_of(catalogue, pack, form.at("fields").get_object())}};
}

// Gives the question of each form with rules that this caller may fill in; the same one once.
void ask_as(World& world, const app::Caller& caller, const model::Pack& pack, Rng& rng,
            std::set<std::string>& asked, const AskForm& ask) {
  const json::object catalogue = parsed(*world.catalogue.catalogue(caller).json);
  for (const Json& each : catalogue.at("packs").get_array()) {
    if (each.at("name").get_string() != pack.id) continue;
    for (const auto& [id, form] : each.at("forms").get_object()) {
      if (!has_rules(form.get_object())) continue;
      if (!app::may_fill_in(caller, pack, *pack.find_form(id))) continue;
      const json::object compile = compile_of(pack.id, id, form.get_object(), catalogue);
      if (!asked.insert(json::serialize(compile)).second) continue;
      RandomValues values(rng);
      ask(question_of(world, caller, compile, kDocuments, [&] {
        return values.document(form.at("fields").get_object(),
                               compile.at("lists").get_object());
      }));
    }
  }
}

}  // namespace

void ask_forms(const std::string& folder, std::uint64_t seed, const AskForm& ask) {
  std::vector<app::PackFiles> files;
  for (const auto& each : packs::testing::all_packs({folder})) files.push_back(each.files);
  World world(files);
  SeededRng rng(seed);
  std::set<std::string> asked;
  for (const model::PackPtr& pack : world.packs.rules()->packs.all_active()) {
    for (const app::Caller& caller : callers_of(*pack)) {
      ask_as(world, caller, *pack, rng, asked, ask);
    }
  }
}

void ask_random_forms(std::uint64_t seed, int count, const AskForm& ask) {
  SeededRng rng(seed);
  for (int i = 0; i < count; ++i) {
    packs::testing::RandomForm random(rng);
    World world({packs::testing::files_of(random)});
    const model::PackPtr pack = world.packs.rules()->packs.active("rules");
    const app::Caller caller = callers_of(*pack).back();
    const json::object catalogue = parsed(*world.catalogue.catalogue(caller).json);
    const json::object& form =
        catalogue.at("packs").get_array().front().at("forms").at("plan").get_object();
    ask(question_of(world, caller, compile_of("rules", "plan", form, catalogue),
                    kRandomDocuments, [&] { return random.document(); }));
  }
}

}  // namespace zicht::engine_tests
