#include "app/processing_register.h"

#include <algorithm>
#include <set>

namespace zicht::app {
namespace {

using model::Field;
using model::Form;
using model::Sensitivity;

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

const LocalizedText& word_of(Sensitivity sensitivity) {
  static const LocalizedText kWords[] = {{"openbaar", "public"},
                                         {"intern", "internal"},
                                         {"vertrouwelijk", "confidential"},
                                         {"geheim", "secret"}};
  return kWords[static_cast<std::size_t>(sensitivity)];
}

const LocalizedText& word_of(model::SpecialData special) {
  static const LocalizedText kWords[] = {
      {"ras of etnische afkomst", "race or ethnic origin"},
      {"politieke opvattingen", "political opinions"},
      {"religie of levensovertuiging", "religion or belief"},
      {"lidmaatschap van een vakbond", "union membership"},
      {"genetische gegevens", "genetic data"},
      {"biometrische gegevens", "biometric data"},
      {"gezondheid", "health"},
      {"seksueel gedrag of gerichtheid", "sex life or orientation"},
      {"strafrechtelijke gegevens", "criminal offences"},
      {"nationaal identificatienummer", "national identification number"}};
  return kWords[static_cast<std::size_t>(special)];
}

// What a table is made with: the packs, and the language in which it is told.
class Teller {
 public:
  Teller(const std::vector<model::PackPtr>& packs, Language language)
      : packs_(packs), language_(language) {
    for (const model::PackPtr& pack : packs) set_.add(pack), set_.activate(pack->hash);
  }

  const std::string& in(const LocalizedText& text) const { return in_language(text, language_); }
  std::string say(const char* nl, const char* en) const { return in({nl, en}); }

  // The persons whom records of a form are about.
  std::string persons_of(const Form& form) const {
    std::vector<std::string> all;
    if (form.is_person) all.push_back(in(form.plural));
    for (const std::string& name : form.about) {
      const Field* field = form.find_field(name);
      const Form* target = field == nullptr ? nullptr : form_named(field->form, form.pack);
      if (target != nullptr) all.push_back(in(target->plural));
    }
    const bool names_staff = std::any_of(form.fields.begin(), form.fields.end(), [](const auto& f) {
      return f.type == model::FieldType::kAccount;
    });
    if (names_staff) all.push_back(say("medewerkers", "staff"));
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return joined(all, ", ");
  }

  // "intern: Naam, Geboren op; geheim: Adres"
  std::string data_of(const Form& form) const {
    std::vector<std::string> parts;
    for (int level = 0; level < 4; ++level) {
      const auto sensitivity = static_cast<Sensitivity>(level);
      std::vector<std::string> labels;
      for (const Field& field : form.fields) {
        if (!field.retired && field.sensitivity == sensitivity) labels.push_back(in(field.label));
      }
      if (labels.empty()) continue;
      parts.push_back(in(word_of(sensitivity)) + ": " + joined(labels, ", "));
    }
    return joined(parts, "; ");
  }

  std::string special_of(const Form& form) const {
    std::vector<std::string> words;
    for (const auto special : form.basis.special) words.push_back(in(word_of(special)));
    return joined(words, ", ");
  }

  std::string retention_of(const Form& form) const {
    return form.basis.retention == "permanent" ? say("blijvend", "permanent")
                                               : form.basis.retention;
  }

  std::string readers_of(const Form& form, const model::Pack& pack) const {
    std::vector<std::string> roles;
    for (const auto& [role, rules] : form.access) {
      if (rules.empty()) continue;
      const model::Role* declared = pack.find_role(role);
      roles.push_back(in(declared != nullptr ? declared->title : model::role_title(set_, role)));
    }
    return joined(roles, ", ");
  }

  // What the engine does for each form, and what the form asks of it.
  std::string security_of(const Form& form, const model::Pack& pack) const {
    std::vector<std::string> all;
    const auto sealed = std::count_if(form.fields.begin(), form.fields.end(), [](const auto& f) {
      return f.sensitivity >= Sensitivity::kConfidential;
    });
    if (sealed > 0) {
      all.push_back(std::to_string(sealed) + say(" velden verzegeld opgeslagen",
                                                 " fields stored sealed"));
    }
    all.push_back(say("journaal met een sleutel per mens", "journal with a key per person"));
    all.push_back(say("leeslog van iedere blik", "read log of every look"));
    const bool is_conditional = std::any_of(
        form.access.begin(), form.access.end(), [](const auto& each) {
          return std::any_of(each.second.begin(), each.second.end(),
                             [](const auto& rule) { return rule.is_conditional(); });
        });
    if (is_conditional) {
      all.push_back(say("toegang naar relatie, doel of leeftijd",
                        "access by relation, purpose or age"));
    }
    if (form.break_glass) {
      all.push_back(say("noodtoegang met reden, gemeld en nagekeken",
                        "emergency access with a reason, reported and reviewed"));
    }
    if (asks_four_eyes(form, pack)) all.push_back(say("vier ogen", "four eyes"));
    if (form.basis.retention != "permanent") {
      all.push_back(say("vernietiging na de bewaartermijn", "destruction after retention"));
    }
    return joined(all, "; ");
  }

  const Form* form_named(const std::string& name, const std::string& own_pack) const {
    const bool is_full = name.find('/') != std::string::npos;
    return set_.find_form(is_full ? name : own_pack + "/" + name);
  }

  const std::vector<model::PackPtr>& packs() const { return packs_; }

 private:
  static bool asks_four_eyes(const Form& form, const model::Pack& pack) {
    std::set<std::string> processes = {form.process.process};
    for (const auto& [code, process] : form.process.by_code) processes.insert(process);
    return std::any_of(pack.processes.begin(), pack.processes.end(), [&](const auto& process) {
      return processes.contains(process.id) &&
             std::any_of(process.transitions.begin(), process.transitions.end(),
                         [](const auto& step) { return !step.four_eyes.empty(); });
    });
  }

  const std::vector<model::PackPtr>& packs_;
  const Language language_;
  model::PackSet set_;
};

std::vector<const Form*> about_persons(const model::Pack& pack) {
  std::vector<const Form*> forms;
  for (const Form& form : pack.forms) {
    if (form.is_about_persons()) forms.push_back(&form);
  }
  return forms;
}

TextTable register_of(const Teller& tell) {
  TextTable table;
  table.title = tell.say("Verwerkingsregister (AVG art. 30)", "Processing register (GDPR art. 30)");
  table.headings = {tell.say("Verwerking", "Processing"),
                    tell.say("Formulier", "Form"),
                    tell.say("Verwerkingsverantwoordelijke", "Controller"),
                    tell.say("Doel", "Purpose"),
                    tell.say("Grondslag", "Legal basis"),
                    tell.say("Categorieën betrokkenen", "Categories of persons"),
                    tell.say("Categorieën gegevens", "Categories of data"),
                    tell.say("Bijzondere gegevens", "Special categories"),
                    tell.say("Ontvangers", "Recipients"),
                    tell.say("Rollen met toegang", "Roles with access"),
                    tell.say("Bewaartermijn", "Retention"),
                    tell.say("Beveiliging", "Security")};
  for (const model::PackPtr& pack : tell.packs()) {
    for (const Form* form : about_persons(*pack)) {
      const std::string special = tell.special_of(*form);
      table.rows.push_back({tell.in(pack->title) + ": " + tell.in(form->plural),
                            form->full_id(),
                            tell.in(form->basis.controller),
                            tell.in(form->basis.purpose),
                            form->basis.law + " " + form->basis.article,
                            tell.persons_of(*form),
                            tell.data_of(*form),
                            special.empty() ? tell.say("geen genoemd", "none named") : special,
                            tell.in(form->basis.recipients),
                            tell.readers_of(*form, *pack),
                            tell.retention_of(*form),
                            tell.security_of(*form, *pack)});
    }
  }
  table.notes = {
      tell.say("Niet uit een pakket te weten, en zelf aan te vullen: naam en contactgegevens van "
               "de verwerkingsverantwoordelijke en de functionaris gegevensbescherming, "
               "verwerkers, en doorgifte buiten de EER.",
               "Not to be known from a pack, and yours to add: name and contact details of the "
               "controller and the data protection officer, processors, and transfers outside the "
               "EEA.")};
  return table;
}

// The answers of one pack to what is asked before a DPIA.
class PreDpia {
 public:
  PreDpia(const Teller& tell, const model::Pack& pack)
      : tell_(tell), pack_(pack), forms_(about_persons(pack)) {}

  void add_to(TextTable& table) {
    add_description();
    add_criteria();
    ask("Uitkomst", "Outcome",
        std::to_string(met_) +
            tell_.say(" van de negen criteria volgen uit het pakket. Bij twee of meer is een DPIA "
                      "in de regel verplicht.",
                      " of the nine criteria follow from the pack. With two or more a DPIA is as "
                      "a rule obligatory."),
        tell_.say("Of de criteria die het pakket niet kan weten gelden, en het besluit.",
                  "Whether the criteria that the pack cannot know hold, and the decision."));
    for (auto& row : rows_) table.rows.push_back(std::move(row));
  }

 private:
  void ask(const char* nl, const char* en, std::string says, std::string missing) {
    rows_.push_back({tell_.say(nl, en), tell_.in(pack_.title), std::move(says),
                     missing.empty() ? tell_.say("niets", "nothing") : std::move(missing)});
  }
  // A criterion that the pack answers or leaves open.
  void criterion(const char* nl, const char* en, bool follows, std::string why,
                 std::string missing) {
    if (follows) ++met_;
    const std::string answer = follows ? tell_.say("Ja: ", "Yes: ")
                                       : tell_.say("Niet uit het pakket op te maken. ",
                                                   "Does not follow from the pack. ");
    ask(nl, en, answer + why, std::move(missing));
  }

  template <class Tell>
  std::string of_forms(Tell tell) const {
    std::set<std::string> parts;
    for (const Form* form : forms_) {
      const std::string part = tell(*form);
      if (!part.empty()) parts.insert(part);
    }
    return joined({parts.begin(), parts.end()}, "; ");
  }

  void add_description() {
    ask("Wiens gegevens?", "Whose data?",
        of_forms([&](const Form& form) { return tell_.persons_of(form); }),
        tell_.say("Hoeveel mensen het zijn.", "How many persons they are."));
    ask("Waarvoor?", "What for?",
        of_forms([&](const Form& form) { return tell_.in(form.basis.purpose); }),
        tell_.say("Waarom dit nodig is, en of het met minder kan.",
                  "Why this is necessary, and whether less would do."));
    ask("Op welke grondslag?", "On which legal basis?",
        of_forms([](const Form& form) { return form.basis.law + " " + form.basis.article; }),
        tell_.say("De grond van AVG art. 6, en bij bijzondere gegevens die van art. 9.",
                  "The ground of GDPR art. 6, and for special categories that of art. 9."));
    ask("Voor wie?", "For whom?",
        of_forms([&](const Form& form) { return tell_.in(form.basis.recipients); }),
        tell_.say("Verwerkers, en doorgifte buiten de EER.",
                  "Processors, and transfers outside the EEA."));
    ask("Hoe lang?", "How long?",
        of_forms([&](const Form& form) { return tell_.retention_of(form); }), "");
    ask("Hoe beveiligd?", "How secured?",
        of_forms([&](const Form& form) { return tell_.security_of(form, pack_); }),
        tell_.say("Maatregelen buiten Zicht: apparaten, netwerk, opleiding.",
                  "Measures outside Zicht: devices, network, training."));
  }

  void add_criteria() {
    criterion("1. Mensen beoordelen op kenmerken", "1. Evaluation or scoring", false, "",
              tell_.say("Of iemand met deze gegevens mensen scoort of voorspelt.",
                        "Whether anybody scores or predicts persons with these data."));
    const std::string automatic = automatic_steps();
    criterion("2. Geautomatiseerde besluiten", "2. Automated decisions", false,
              automatic.empty() ? tell_.say("Geen stap gaat vanzelf.", "No step is automatic.")
                                : tell_.say("Vanzelf gaan: ", "Automatic are: ") + automatic,
              tell_.say("Of zo'n stap rechtsgevolgen voor mensen heeft.",
                        "Whether such a step has legal effects for persons."));
    criterion("3. Stelselmatig volgen", "3. Systematic monitoring", false, "",
              tell_.say("Of mensen worden gevolgd, bijvoorbeeld in de openbare ruimte.",
                        "Whether persons are monitored, for instance in public space."));
    const std::string special = of_forms([&](const Form& form) {
      const std::string words = tell_.special_of(form);
      return words.empty() ? "" : tell_.in(form.title) + " (" + words + ")";
    });
    const std::string sensitive = of_forms([&](const Form& form) {
      const bool is_sealed = std::any_of(form.fields.begin(), form.fields.end(), [](const auto& f) {
        return f.sensitivity >= Sensitivity::kConfidential;
      });
      return is_sealed ? tell_.in(form.title) : "";
    });
    criterion("4. Gevoelige gegevens", "4. Sensitive data", !special.empty() || !sensitive.empty(),
              special.empty() ? sensitive.empty()
                                    ? ""
                                    : tell_.say("vertrouwelijke of geheime velden in ",
                                                "confidential or secret fields in ") + sensitive
                              : special,
              special.empty() ? tell_.say("Welke bijzondere gegevens in vrije tekst komen.",
                                          "Which special categories end up in free text.")
                              : "");
    criterion("5. Op grote schaal", "5. Large scale", false, "",
              tell_.say("Het aantal mensen, de hoeveelheid, de duur en het gebied.",
                        "The number of persons, the volume, the duration and the area."));
    criterion("6. Gegevens koppelen", "6. Matching data sets", !pack_.needs.empty(),
              pack_.needs.empty() ? ""
                                  : tell_.say("verwijst naar gegevens van ", "refers to data of ") +
                                        joined(pack_.needs, ", "),
              tell_.say("Of gegevens van buiten Zicht worden gekoppeld.",
                        "Whether data from outside Zicht are matched."));
    add_vulnerable();
    criterion("8. Nieuwe techniek", "8. New technology", false, "",
              tell_.say("Of de inzet nieuw is voor uw organisatie.",
                        "Whether its use is new to your organisation."));
    criterion("9. Een recht of dienst onthouden", "9. Keeping from a right or service", false, "",
              tell_.say("Of mensen door de uitkomst geen dienst of contract krijgen.",
                        "Whether the outcome keeps persons from a service or contract."));
  }

  void add_vulnerable() {
    const std::string said = of_forms([&](const Form& form) {
      return form.basis.is_vulnerable.value_or(false) ? tell_.in(form.title) : "";
    });
    const std::string by_age = of_forms([&](const Form& form) {
      const bool asks = std::any_of(form.access.begin(), form.access.end(), [](const auto& each) {
        return std::any_of(each.second.begin(), each.second.end(), [](const auto& rule) {
          return rule.subject_age != model::AgeRange{};
        });
      });
      return asks ? tell_.in(form.title) : "";
    });
    std::string why = said;
    if (said.empty() && !by_age.empty()) {
      why = tell_.say("regels naar leeftijd in ", "rules by age in ") + by_age;
    }
    criterion("7. Kwetsbare mensen", "7. Vulnerable persons", !why.empty(), why,
              why.empty() ? tell_.say("Of het kinderen, cliënten of anderen in een "
                                      "afhankelijke positie zijn.",
                                      "Whether they are children, clients or others who depend.")
                          : "");
  }

  std::string automatic_steps() const {
    std::vector<std::string> steps;
    for (const model::Process& process : pack_.processes) {
      for (const model::Transition& step : process.transitions) {
        if (step.is_automatic) steps.push_back(tell_.in(step.label));
      }
    }
    return joined(steps, ", ");
  }

  const Teller& tell_;
  const model::Pack& pack_;
  const std::vector<const Form*> forms_;
  std::vector<std::vector<std::string>> rows_;
  int met_ = 0;
};

TextTable pre_dpia_of(const Teller& tell) {
  TextTable table;
  table.title = tell.say("Pre-DPIA: is een gegevensbeschermingseffectbeoordeling nodig?",
                         "Pre-DPIA: is a data protection impact assessment needed?");
  table.headings = {tell.say("Vraag", "Question"), tell.say("Pakket", "Pack"),
                    tell.say("Wat het pakket zegt", "What the pack says"),
                    tell.say("Wat het pakket niet kan weten", "What the pack cannot know")};
  for (const model::PackPtr& pack : tell.packs()) {
    if (!about_persons(*pack).empty()) PreDpia(tell, *pack).add_to(table);
  }
  table.notes = {
      tell.say("De negen criteria zijn die van de Europese toezichthouders (WP 248), die de "
               "Autoriteit Persoonsgegevens volgt. Kijk ook op haar lijst van verwerkingen "
               "waarvoor een DPIA altijd verplicht is.",
               "The nine criteria are those of the European supervisors (WP 248), which the Dutch "
               "supervisor follows. Look at its list of processing for which a DPIA is always "
               "obligatory too.")};
  return table;
}

// What would be markup stays text.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += ' ';
      continue;
    }
    if (c == '*' || c == '_' || c == '`' || c == '#' || c == '[' || c == ']' || c == '<' ||
        c == '>' || c == '|' || c == '\\') {
      out += '\\';
    }
    out += c;
  }
  return out;
}

}  // namespace

TextTable processing_table(ProcessingDocument document, const std::vector<model::PackPtr>& packs,
                           Language language) {
  const Teller tell(packs, language);
  return document == ProcessingDocument::kRegister ? register_of(tell) : pre_dpia_of(tell);
}

std::string to_markdown(const TextTable& table) {
  std::string out = "# " + escaped(table.title) + "\n";
  for (const auto& row : table.rows) {
    out += "\n## " + escaped(row[0]) + "\n\n";
    for (std::size_t i = 1; i < row.size(); ++i) {
      out += "- **" + escaped(table.headings[i]) + "**: " + escaped(row[i]) + "\n";
    }
  }
  for (const std::string& note : table.notes) out += "\n" + escaped(note) + "\n";
  return out;
}

Result<std::string> to_file(const TextTable& table, TableSink& sink) {
  sink.begin(table.title, table.headings);
  for (const auto& row : table.rows) {
    std::vector<Cell> cells;
    for (const std::string& text : row) cells.push_back(text.empty() ? Cell() : Cell(text));
    sink.row(cells);
  }
  for (const std::string& note : table.notes) sink.note(note);
  return sink.finish();
}

}  // namespace zicht::app
