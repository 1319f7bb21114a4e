// Letters in the store: making, changing, finishing. Reading: letter_record.cc.
#include "app/letters_service.h"

#include "app/internal/body.h"
#include "app/internal/letter_filling.h"
#include "app/internal/letter_record.h"
#include "app/internal/letter_step.h"
#include "app/internal/record_draft.h"
#include "base/error_catalogue.h"
#include "base/ids.h"
#include "base/text.h"

namespace zicht::app {
namespace {

using internal::Body;
using internal::FoundLetter;
using model::Action;

constexpr std::size_t kLongestReason = 2'000;  // code points

Language language_of(const Letter& letter) {
  return letter.language == "en" ? Language::kEnglish : Language::kDutch;
}

// ---------------------------------------------------------------- writing

// One version of a letter, before it goes to the store.
struct Version {
  FoundLetter letter;  // as it will be
  std::string event, reason;
};

// As a draft of a record; what time did is written before it.
Result<internal::Draft> draft_of(const LettersService::Ports& ports, Version version) {
  const FoundLetter& letter = version.letter;
  const internal::FoundRecord& found = letter.found;
  const model::Form& form = *found.form.form;
  const Date today = internal::today_of(ports);
  const model::Judge judge = judge_of(*found.rules, found.form, today);
  Json fields = found.record.fields;
  json::object& object = fields.get_object();
  if (letter.made_of != nullptr) {
    const model::LetterPlace& keeps = letter.made_of->keeps;
    const model::Field* title = form.find_field(keeps.title);
    const auto most = static_cast<std::size_t>(title->text_limit());
    object[title->id] = std::string(first_code_points(letter.kept.letter.title, most));
    object[keeps.on] = letter.kept.letter.on.to_string();
  }
  object[letter.field->id] = letter.kept.to_json();
  internal::Draft draft{found, {}, {}, {version.event, "", std::move(version.reason)}};
  if (version.event == "created") {
    ZICHT_TRY(made, model::begin(judge, std::move(fields), today));
    draft.after = std::move(made);
  } else {
    ZICHT_TRY(base, internal::base_of(judge, found.record));
    ZICHT_TRY(changed, model::change(judge, base.record, std::move(fields), today));
    draft.base = std::move(base);
    draft.after = std::move(changed);
  }
  draft.after.id = found.record.id;
  draft.after.organisation = found.record.organisation;
  return draft;
}

Result<Written> conflict(const LettersService::Ports& ports, const Caller& caller,
                         const std::string& id) {
  ZICHT_TRY(now, internal::find_letter(ports, ports.packs.rules(), caller, {id}));
  ZICHT_TRY(document, internal::letter_document(ports, caller, now));
  return Written{std::move(document), false, make_error("AP-0010")};
}

// What stands there now when somebody else was first.
Result<Written> written_or(const LettersService::Ports& ports, const Caller& caller,
                           const std::string& id, const Error& error) {
  return internal::is_stale(error) ? conflict(ports, caller, id) : Result<Written>(error);
}

// The answer to a request that was done before with the same key: the letter as it is now.
Result<Written> replayed(const LettersService::Ports& ports, const Caller& caller,
                         const std::string& id) {
  ZICHT_TRY(now, internal::find_letter(ports, ports.packs.rules(), caller, {id}));
  ZICHT_TRY(document, internal::letter_document(ports, caller, now));
  return Written{std::move(document), true, {}};
}

Result<Written> write(const LettersService::Ports& ports, const Caller& caller,
                      internal::Draft draft, const WriteContext& context) {
  const std::string id = draft.after.id;
  const auto fired = internal::store_fired(ports.store, draft.base, draft.found.record.version);
  if (!fired) return written_or(ports, caller, id, fired.error());
  Unit unit = internal::unit_of(caller, context);
  unit.records.push_back(internal::write_of(draft));
  auto receipt = ports.store.append_and_wait(std::move(unit));
  if (!receipt) return written_or(ports, caller, id, receipt.error());
  if (receipt->is_replay) return replayed(ports, caller, receipt->record);
  draft.after.recorded_at = receipt->recorded_at;
  draft.after.actor = caller.account;
  static_cast<void>(
      internal::tell_changed(ports.store, ports.feed, *draft.found.form.form, draft.after));
  ZICHT_TRY(now, internal::find_letter(ports, ports.packs.rules(), caller, {id}));
  ZICHT_TRY(document, internal::letter_document(ports, caller, now));
  return Written{std::move(document), false, {}};
}

// Version and replay are the same for every write to a letter that exists. `make` gives the draft
// of what the letter becomes.
template <class Make>
Result<Written> write_to(const LettersService::Ports& ports, const Caller& caller,
                         const std::string& id, const WriteContext& context, const Make& make) {
  ZICHT_TRY(letter, internal::find_letter(ports, ports.packs.rules(), caller, {id}));
  const internal::FoundRecord& found = letter.found;
  ZICHT_TRY(is_current,
            internal::is_as_seen(ports.store, found.record, context.expected_version));
  if (!is_current) {
    if (context.idempotency.key_hash.empty()) return conflict(ports, caller, id);
    ZICHT_TRY(receipt, ports.store.replay_of(context.idempotency));
    return receipt ? replayed(ports, caller, receipt->record) : conflict(ports, caller, id);
  }
  if (letter.kept.final_at) return make_error("AP-0262");
  ZICHT_TRY(draft, make(std::move(letter)));
  return write(ports, caller, std::move(draft), context);
}

Result<void> check_may_change(const Caller& caller, const FoundLetter& letter) {
  const internal::FoundRecord& found = letter.found;
  if (may(caller, *found.form.pack, *found.form.form, Action::kChange, found.record)) return {};
  return make_error("AP-0002");
}

// `edit` changes the letter that it is given, and says why.
template <class Edit>
Result<Written> edit_and_write(const LettersService::Ports& ports, const Caller& caller,
                               const std::string& id, const WriteContext& context,
                               const Edit& edit) {
  return write_to(ports, caller, id, context, [&](FoundLetter letter) -> Result<internal::Draft> {
    ZICHT_CHECKED(check_may_change(caller, letter));
    if (!internal::is_open_letter(letter)) return make_error("AP-0352");
    ZICHT_TRY(reason, edit(letter));
    return draft_of(ports, {std::move(letter), "changed", std::move(reason)});
  });
}

// Of a letter that is final: by the step that its template names, else as a change.
Result<internal::Draft> final_draft(const LettersService::Ports& ports, const Caller& caller,
                                    FoundLetter letter) {
  const std::string step = internal::finishing_step(letter);
  std::string reason =
      in_language({"Definitief gemaakt", "Made final"}, language_of(letter.kept.letter));
  if (step.empty()) {
    ZICHT_CHECKED(check_may_change(caller, letter));
    return draft_of(ports, {std::move(letter), "changed", std::move(reason)});
  }
  const json::object request{{"transition", step}, {"reason", reason}};
  const std::string field = letter.field->id;
  Json value = letter.kept.to_json();
  ZICHT_TRY(draft, internal::draft_step(ports, caller, std::move(letter.found), request));
  draft.after.fields.get_object()[field] = std::move(value);
  return draft;
}

// ---------------------------------------------------------------- sources of people

// A record that the editor sees, or a source of the pack.
Result<LetterSource> source_of(const LettersService::Ports& ports, const Caller& caller,
                               const FoundLetter& letter, const Json& json) {
  const json::object* object = json.if_object();
  const auto member = [&](std::string_view key) {
    const Json* value = object == nullptr ? nullptr : object->if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  };
  const model::Pack& pack = *letter.found.form.pack;
  if (const std::string id = member("text"); !id.empty()) {
    for (const model::Source& source : pack.sources) {
      if (source.id != id) continue;
      return LetterSource{SourceKind::kText,
                          pack.id + "/" + id,
                          pack.version,
                          in_language(source.title, language_of(letter.kept.letter)),
                          {}};
    }
    return make_error("AP-0267");
  }
  auto found = internal::find_record(ports.store, letter.found.rules, caller, member("record"), {});
  if (!found && found.error().id != "AP-0001") return found.error();
  const bool is_told = found && !found->form.form->is_about_persons() &&
                       sees_title(found->scope, found->record.organisation, *found->form.form);
  if (!is_told) return make_error("AP-0267");
  return LetterSource{SourceKind::kRecord,
                      found->record.id,
                      std::to_string(found->record.version),
                      found->record.title,
                      {}};
}

// Sentences that people wrote rest on the newest version of their records too.
Result<void> renew_own(const LettersService::Ports& ports, const Caller& caller,
                       const FoundLetter& letter, Letter& fresh) {
  for (LetterSection& section : fresh.sections) {
    for (Sentence& sentence : section.sentences) {
      if (!is_own(sentence.id)) continue;
      for (LetterSource& source : sentence.sources) {
        if (source.kind != SourceKind::kRecord) continue;
        auto now = source_of(ports, caller, letter, json::object{{"record", source.ref}});
        if (now) source = *std::move(now);
        if (!now && now.error().id != "AP-0267") return now.error();
      }
    }
  }
  return {};
}

std::string read_reason(Body& body) {
  const std::string reason(trim(body.text_if("reason").value_or("")));
  if (code_point_length(reason) > kLongestReason) body.add(make_problem("AP-0028", "/reason"));
  return reason;
}

Result<Language> read_language(Body& body) {
  const std::string language = body.text_if("language").value_or("nl");
  if (language != "nl" && language != "en") {
    body.add(make_problem("AP-0022", "/language", {{"expected", "nl / en"}}));
  }
  ZICHT_CHECKED(body.check());
  return language == "en" ? Language::kEnglish : Language::kDutch;
}

Result<std::string> edit_letter(const LettersService::Ports& ports, const Caller& caller,
                                const Json& request, FoundLetter& letter) {
  Body body(request, {"title", "edits", "reason"});
  const auto title = body.text_if("title");
  const Json* edits = body.array_if("edits");
  std::string reason = read_reason(body);
  ZICHT_CHECKED(body.check());
  const std::string words(trim(title.value_or(letter.kept.letter.title)));
  if (words.empty()) {
    return make_error(
        "AP-0264", {{"what", LocalizedText{"een brief heeft een titel", "a letter has a title"}}});
  }
  letter.kept.letter.title = words;
  if (reason.empty()) {
    reason = in_language({"Brief gewijzigd", "Letter changed"}, language_of(letter.kept.letter));
  }
  if (edits == nullptr) return reason;
  const Editing editing{
      caller.account, [&] { return PublicId::random(ports.rng).to_string(); },
      [&](const Json& source) { return source_of(ports, caller, letter, source); }};
  ZICHT_CHECKED(apply_edits(letter.kept, *edits, editing));
  return reason;
}

void take(internal::FilledLetter filled, KeptLetter& kept) {
  kept.reach = std::move(filled.reach);
  kept.named = std::move(filled.named);
  kept.letter = std::move(filled.letter);
}

}  // namespace

Result<Written> LettersService::make(const Caller& caller, const Json& request,
                                     const WriteContext& context) {
  Body body(request, {"template", "language"});
  const std::string name = body.text("template");
  ZICHT_TRY(language, read_language(body));
  const RulebookPtr rules = ports_.packs.rules();
  const auto parts = model::split_full_id(name);
  const model::PackPtr pack = parts ? rules->packs.active(parts->first) : nullptr;
  const auto made_of = pack == nullptr ? nullptr : ports_.templates->find(*pack, name);
  if (made_of == nullptr) return make_error("AP-0261");
  FoundLetter letter{
      {rules, {pack, pack->find_form(made_of->keeps.form)}, {}, {}}, nullptr, {}, made_of};
  const model::Form& form = *letter.found.form.form;
  if (!may(caller, *pack, form, Action::kCreate)) return make_error("AP-0261");
  if (caller.organisation.empty()) return make_error("AP-0008");
  letter.field = model::letter_field(form);
  ZICHT_TRY(filled,
            internal::fill_letter({ports_.store, ports_.organisations, ports_.places}, caller,
                                  *rules, pack, *made_of, {internal::today_of(ports_), language}));
  letter.kept.letter_template = name;
  take(std::move(filled), letter.kept);
  letter.found.record.fields = json::object{};
  letter.found.record.id = PublicId::random(ports_.rng).to_string();
  letter.found.record.organisation = caller.organisation;
  std::string reason = in_language({"Concept gemaakt", "Draft made"}, language);
  ZICHT_TRY(draft, draft_of(ports_, {std::move(letter), "created", std::move(reason)}));
  return write(ports_, caller, std::move(draft), context);
}

Result<Document> LettersService::read(const Caller& caller, const LetterVersion& which) {
  ZICHT_TRY(letter, internal::find_letter(ports_, ports_.packs.rules(), caller, which));
  return internal::letter_document(ports_, caller, letter);
}

Result<Written> LettersService::change(const Caller& caller, const std::string& id,
                                       const Json& body, const WriteContext& context) {
  return edit_and_write(ports_, caller, id, context, [&](FoundLetter& letter) {
    return edit_letter(ports_, caller, body, letter);
  });
}

Result<Written> LettersService::refill(const Caller& caller, const std::string& id,
                                       const WriteContext& context) {
  const auto fill = [&](FoundLetter& letter) -> Result<std::string> {
    const model::PackPtr& pack = letter.found.form.pack;
    if (letter.made_of == nullptr) return make_error("AP-0271");
    const Language language = language_of(letter.kept.letter);
    internal::LetterWish wish{internal::today_of(ports_), language, letter.kept.left_out};
    ZICHT_TRY(filled, internal::fill_letter({ports_.store, ports_.organisations, ports_.places},
                                            caller, *letter.found.rules, pack, *letter.made_of,
                                            wish));
    filled.letter.title = letter.kept.letter.title;
    filled.letter = refilled(letter.kept, std::move(filled.letter));
    ZICHT_CHECKED(renew_own(ports_, caller, letter, filled.letter));
    take(std::move(filled), letter.kept);
    return in_language({"Opnieuw gevuld", "Filled again"}, language);
  };
  return edit_and_write(ports_, caller, id, context, fill);
}

Result<Written> LettersService::finish(const Caller& caller, const std::string& id,
                                       const WriteContext& context) {
  return write_to(ports_, caller, id, context, [&](FoundLetter letter) -> Result<internal::Draft> {
    ZICHT_CHECKED(check_has_sources(letter.kept.letter));
    letter.kept.final_at = ports_.clock.now();
    letter.kept.final_by = caller.account;
    return final_draft(ports_, caller, std::move(letter));
  });
}

Result<std::string> LettersService::compare(const Caller& caller, const std::string& id,
                                            std::int64_t from, std::int64_t to) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(before, internal::find_letter(ports_, rules, caller, {id, from}));
  ZICHT_TRY(after, internal::find_letter(ports_, rules, caller, {id, to}));
  json::array items;
  for (const LetterChange& change : app::compare(before.kept.letter, after.kept.letter)) {
    items.push_back(to_json(change));
  }
  std::string out;
  JsonWriter json(out);
  json.object().key("from").number(from).key("to").number(to);
  json.key("items").value(items).end();
  return out;
}

Result<ExportFile> LettersService::document(const Caller& caller, const LetterVersion& which,
                                            const std::string& format) {
  const bool is_html = format == "html", is_odt = format == "odt";
  if (!is_html && !is_odt && format != "pdf") return make_error("AP-0269");
  const LetterDocuments& makers = ports_.documents;
  if (!makers.html || !makers.odt || makers.pdf == nullptr) return make_error("AP-0270");
  ZICHT_TRY(found, internal::find_letter(ports_, ports_.packs.rules(), caller, which));
  ZICHT_TRY(letter, internal::with_names(ports_.store, caller, found.kept.letter));
  const std::string name = found.found.form.form->id + "-" + letter.on.to_string() + "-v" +
                           std::to_string(found.found.record.version) + "." + format;
  if (is_html) return ExportFile{makers.html(letter), "text/html; charset=utf-8", name};
  std::string odt = makers.odt(letter);
  if (is_odt) return ExportFile{std::move(odt), "application/vnd.oasis.opendocument.text", name};
  // One is made at a time: visitors may not keep everybody waiting.
  std::optional<HeavyPlaces::Turn> turn;
  if (caller.is_visitor()) {
    auto taken = documents_of_visitors_.take(true);
    if (!taken) return make_error("AP-0273");
    turn.emplace(*std::move(taken));
  }
  ZICHT_TRY(pdf, makers.pdf->make_pdf(odt));
  return ExportFile{std::move(pdf), "application/pdf", name};
}

}  // namespace zicht::app
