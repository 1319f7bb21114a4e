#include "facts.h"

#include <algorithm>

#include "base/check.h"

namespace zicht::checklist {
namespace {

using feel::Value;

std::vector<Value> texts(const std::vector<std::string>& all) {
  std::vector<Value> made;
  for (const auto& one : all) made.push_back(Value::string(one));
  return made;
}

Fact proof(std::string name, Said Person::*member) {
  return {std::move(name), texts({"nee", "ja, bewijs ontbreekt nog", "ja, met bewijs"}),
          [member](Person& person, std::size_t at) { person.*member = static_cast<Said>(at); }};
}

// The first value makes it true.
Fact either(std::string name, const std::vector<std::string>& values, bool Person::*member) {
  return {std::move(name), texts(values),
          [member](Person& person, std::size_t at) { person.*member = at == 0; }};
}

Fact flag(std::string name, bool Person::*member) {
  return {std::move(name),
          {Value::boolean(true), Value::boolean(false)},
          [member](Person& person, std::size_t at) { person.*member = at == 0; }};
}

std::vector<Fact> make_facts() {
  return {
      {"Nationaliteit", texts({"Nederlands", "EU of EER of Zwitserland", "ander land"}),
       [](Person& person, std::size_t at) { person.nationality = static_cast<Nationality>(at); }},
      proof("Werkt nu", &Person::works),
      proof("Werkte eerder hier", &Person::worked),
      proof("Kan niet werken", &Person::unable),
      either("Waarom gestopt", {"zelf gestopt", "ontslagen of contract afgelopen"},
             &Person::has_quit),
      either("Duur van het werk", {"langer dan een jaar", "een jaar of korter"},
             &Person::over_a_year),
      flag("Zes maanden voorbij", &Person::half_year_gone),
      proof("Ingeschreven bij UWV", &Person::registered),
      {"Beroepsopleiding",
       texts({"nee", "ja, bewijs ontbreekt nog", "ja, past bij het vorige werk",
              "ja, in een ander vak"}),
       [](Person& person, std::size_t at) { person.training = static_cast<Training>(at); }},
      proof("Vijf jaar hier", &Person::five_years),
      flag("Twee jaar weg geweest", &Person::two_years_away),
      proof("Familielid", &Person::family),
      proof("Eigen geld met verzekering", &Person::means),
      flag("Korter dan drie maanden hier", &Person::short_stay),
      flag("Zoekt werk", &Person::seeks_work),
  };
}

void complete(Answers& answers, const std::vector<std::size_t>& open, std::size_t at,
              const std::function<void(const Answers&)>& see) {
  if (at == open.size()) return see(answers);
  for (std::size_t value = 0; value < facts()[open[at]].values.size(); ++value) {
    answers[open[at]] = value;
    complete(answers, open, at + 1, see);
  }
}

}  // namespace

const std::vector<Fact>& facts() {
  static const std::vector<Fact> kFacts = make_facts();
  return kFacts;
}

Answers random_answers(Rng& rng) {
  Answers answers;
  // Half of the people have few grounds, so that what is left of them decides.
  const bool has_little = rng.below(2) == 0;
  for (const auto& fact : facts()) {
    answers.emplace_back(rng.below(fact.values.size()));
    const bool is_proof = fact.values.size() >= 3 && fact.name != "Nationaliteit";
    if (is_proof && has_little && rng.below(3) != 0) answers.back() = 0;
  }
  if (rng.below(4) != 0) answers[place_of("Nationaliteit")] = 1;
  return answers;
}

Person person_of(const Answers& answers) {
  Person person;
  for (std::size_t i = 0; i < answers.size(); ++i) facts()[i].set(person, answers[i].value());
  return person;
}

std::vector<dmn::InputValue> inputs_of(const Answers& answers) {
  std::vector<dmn::InputValue> made;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i]) continue;
    made.push_back({.name = facts()[i].name, .value = facts()[i].values[*answers[i]]});
  }
  return made;
}

void each_completion(const Answers& answers, const std::vector<std::size_t>& open,
                     const std::function<void(const Answers&)>& see) {
  Answers all = answers;
  complete(all, open, 0, see);
}

std::vector<std::size_t> unknown(const Answers& answers) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i]) places.push_back(i);
  }
  return places;
}

std::size_t place_of(std::string_view name) {
  const auto found = std::find_if(facts().begin(), facts().end(),
                                  [&](const Fact& fact) { return fact.name == name; });
  ZICHT_CHECK(found != facts().end(), "a model asks what the oracle does not know");
  return static_cast<std::size_t>(found - facts().begin());
}

std::string said(Treatment treatment) {
  constexpr std::array kSaid = {"Gelijke behandeling", "Nog niet te bepalen: bewijs ontbreekt",
                                "Geen gelijke behandeling bij opvang", "Checklist niet nodig",
                                "Andere toets nodig"};
  return kSaid.at(static_cast<std::size_t>(treatment));
}

std::string said(Refusal refusal) {
  constexpr std::array kSaid = {"Eerste drie maanden", "Zoekt werk", "Geen reden gevonden"};
  return kSaid.at(static_cast<std::size_t>(refusal));
}

// By the decision that tells it.
std::string said(Clash clash) {
  constexpr std::array kSaid = {"Vijf jaar hier en toch kort hier",
                                "Met eigen geld hier en toch kort hier",
                                "Lang geleden gewerkt en toch kort hier"};
  return kSaid.at(static_cast<std::size_t>(clash));
}

std::string said(Shelter shelter) {
  constexpr std::array kSaid = {
      "Toegang tot opvang", "Geen toegang tot opvang, wel andere hulp bekijken",
      "Geen toegang tot opvang", "Eerst het bewijs", "Eerst een andere toets"};
  return kSaid.at(static_cast<std::size_t>(shelter));
}

std::string said(Evidence evidence) {
  constexpr std::array kSaid = {"bewijs van het werk nu",
                                "bewijs van het werk van eerder",
                                "bewijs waarom iemand na het werk werknemer blijft",
                                "bewijs van vijf jaar in Nederland",
                                "bewijs van de familieband en van het recht van de EU-burger",
                                "bewijs van geld of studie en van de verzekering"};
  return kSaid.at(static_cast<std::size_t>(evidence));
}

}  // namespace zicht::checklist
