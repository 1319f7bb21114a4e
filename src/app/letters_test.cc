// Letters through the use case: what goes in, who is told, how people change them and what that
// leaves. The pack tests/packs/letters is invented for it.
#include "app/letters_service.h"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <utility>

#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

// Says what it was given, after what happens while it works.
class TellingMaker final : public PdfMaker {
 public:
  Result<std::string> make_pdf(std::string_view document) override {
    if (meanwhile) std::exchange(meanwhile, {})();
    return "%PDF-" + std::string(document);
  }
  std::function<void()> meanwhile;  // once
};

std::string words_of(const Letter& letter) {
  std::string words = letter.title + "|";
  for (const LetterSection& section : letter.sections) {
    for (const Sentence& sentence : section.sentences) {
      words += sentence.text + (sentence.edited_by.empty() ? "" : " *" + sentence.edited_by) + "|";
    }
  }
  return words;
}

struct LettersWorld : RecordWorld {
  TellingMaker pdf;
  LettersService letters{ports({words_of, words_of, &pdf})};

  LettersService::Ports ports(LetterDocuments documents) {
    return {{store, packs, organisations, feed, clock, rng,
             [](std::string_view, Language) { return std::unique_ptr<TableSink>(); },
             reads, file_store, places},
            std::move(documents)};
  }

  LettersWorld() {
    REQUIRE_FALSE(
        packs.activate({packs::testing::read_folder("tests/packs/letters")}, "system").error);
    put_account({"account-wim", "wim", "wim", "Wim", "north", {"letters/writer"}, true, false, ""});
  }

  static Caller writer() { return person("wim", "north", {"letters/writer"}); }
  static Caller guest() { return person("gerda", "south", {"letters/guest"}); }

  Document fence(std::string_view fields) { return make(writer(), "letters/fence", fields); }
  Document painted(const std::string& what) {
    Document made = fence(R"({"what":")" + what + R"(","colour":"green"})");
    REQUIRE(step(writer(), made, "paint") == "");
    return made;
  }

  // Leaves what the store leaves of a record that is erased.
  void erase(const std::string& id) {
    RecordWrite write{*store.record(id, {}), {"changed", "", ""}, 0};
    write.expected_version = write.record.version++;
    write.record.fields = json::object{};
    write.record.title = "Gewist / Erased";
    write.record.state = model::kErasedState;
    write.record.audience = model::Sensitivity::kInternal;
    Unit unit;
    unit.actor = "system";
    unit.records.push_back(std::move(write));
    REQUIRE(store.append_and_wait(std::move(unit)).has_value());
  }

  Json made(const char* language = "nl") {
    const json::object body{{"template", "letters/fences"}, {"language", language}};
    const auto written = letters.make(writer(), body, {});
    REQUIRE_MESSAGE(written.has_value(), (written ? "" : describe(written.error())));
    return parsed(written->document.json);
  }

  Json changed(const Json& letter, const std::string& edits) {
    const Json body = json::object{{"edits", parsed(edits)}};
    return after(letters.change(writer(), id_of(letter), body, at(letter)));
  }

  static Json after(const Result<Written>& written) {
    REQUIRE_MESSAGE(written.has_value(), (written ? "" : describe(written.error())));
    REQUIRE_FALSE(written->conflict);
    return parsed(written->document.json);
  }

  static std::string id_of(const Json& letter) { return std::string(letter.at("id").as_string()); }
  static WriteContext at(const Json& letter) { return {letter.at("version").as_int64(), {}}; }

  std::string refusal(const Json& letter, const std::string& edits) {
    const Json body = json::object{{"edits", parsed(edits)}};
    return failure(letters.change(writer(), id_of(letter), body, at(letter)));
  }
};

const Json& sentence(const Json& letter, std::size_t section, std::size_t at) {
  return letter.at("sections").at(section).at("sentences").at(at);
}

std::string text(const Json& letter, std::size_t section, std::size_t at) {
  return std::string(sentence(letter, section, at).at("text").as_string());
}

std::size_t count(const Json& letter, std::size_t section) {
  return letter.at("sections").at(section).at("sentences").as_array().size();
}

TEST_CASE("letters: a draft tells records and figures, each sentence with its source") {
  LettersWorld world;
  const Document gate = world.painted("Poort");
  Document fence = world.fence(R"({"what":"Zuid","colour":"blue","metres":"1234.5","gate":true,)"
                               R"("beside":")" +
                               gate.id + R"("})");
  REQUIRE(world.step(LettersWorld::writer(), fence, "paint",
                     R"({"painted_on":{"first":"2026-01-02","last":"2026-01-02"}})") == "");
  world.fence(R"({"what":"Kaal"})");
  const Json letter = world.made();
  CHECK(letter.at("title") == "Hekken");
  CHECK(letter.at("on") == "2026-01-31");
  CHECK(letter.at("may_change") == true);
  CHECK(text(letter, 0, 0) == "Over hekken.");
  CHECK(sentence(letter, 0, 0).at("sources").at(0).at("title") == "Verzonnen hekkenlijst");
  CHECK(text(letter, 0, 1) == "2 van 3 hekken: 66,7 procent van de hekken, op 31 januari 2026.");
  CHECK(sentence(letter, 0, 1).at("sources").at(0).at("ref") == "letters/painted");
  CHECK(sentence(letter, 0, 1).at("sources").at(0).at("on") == "2026-01-31");
  REQUIRE(count(letter, 1) == 2);
  CHECK(text(letter, 1, 0) ==
        "Zuid is blauw, naast Poort, 1.234,5 meter, 2 januari 2026; poort: ja; Geverfd.");
  const Json& source = sentence(letter, 1, 0).at("sources").at(0);
  CHECK(source.at("ref").as_string() == fence.id);
  CHECK(source.at("version") == "2");
  CHECK(source.at("title") == "Zuid");
  CHECK(sentence(letter, 1, 0).at("id").as_string() == "painted/" + fence.id);
  // Nobody said where it stands.
  CHECK(text(letter, 1, 1).find("naast niet bekend") != std::string::npos);
  CHECK(text(letter, 1, 1).find("meter, ooit;") != std::string::npos);
  const Json& table = letter.at("sections").at(1).at("tables").at(0);
  CHECK(table.at("rows").as_array().size() == 3);
  CHECK(table.at("rows").at(2).at(1).as_string().size() > 0);
  CHECK(table.at("sources").as_array().size() == 3);
  const Json english = world.made("en");
  CHECK(text(english, 0, 1) == "2 of 3 fences: 66.7 per cent of the fences, on 31 January 2026.");
  CHECK(text(english, 1, 0).find("1,234.5 metres") != std::string::npos);
}

TEST_CASE("letters: without records a part says so, or nothing") {
  LettersWorld world;
  const Json letter = world.made();
  CHECK(text(letter, 0, 1) ==
        "0 van 0 hekken: niet bekend procent van de hekken, op 31 januari 2026.");
  CHECK(text(letter, 1, 0) == "Er is niets geverfd.");
  CHECK(sentence(letter, 1, 0).at("sources").at(0).at("kind") == "text");
  CHECK(letter.at("sections").at(1).at("tables").as_array().empty());
}

TEST_CASE("letters: a part that finds more than a letter holds says which, and makes none") {
  LettersWorld world;
  for (int i = 0; i <= 2'000; ++i) world.fence(R"({"what":"Kaal"})");
  const Json body = json::object{{"template", "letters/fences"}};
  const auto refused = world.letters.make(LettersWorld::writer(), body, {});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().id == "AP-0266");
  CHECK(refused.error().message.en.find("\"all\"") != std::string::npos);
}

TEST_CASE("letters: who may not make them is told of no template, and makes none") {
  LettersWorld world;
  const Json body = json::object{{"template", "letters/fences"}};
  CHECK(LettersWorld::failure(world.letters.make(LettersWorld::guest(), body, {})) == "AP-0261");
  CHECK(LettersWorld::failure(world.letters.make({}, body, {})) == "AP-0261");
  const Json other = json::object{{"template", "letters/walls"}};
  CHECK(LettersWorld::failure(world.letters.make(LettersWorld::writer(), other, {})) == "AP-0261");
  const Json listed = parsed(*world.letters.list(LettersWorld::guest()));
  CHECK(listed.at("templates").as_array().empty());
  CHECK(parsed(*world.letters.list(LettersWorld::writer())).at("templates").at(1).at("name") ==
        "letters/fences");
  world.made();
  const Json kept = parsed(*world.letters.list(LettersWorld::writer()));
  CHECK_FALSE(kept.at("items").at(0).as_object().contains("state"));  // there is no process
}

TEST_CASE("letters: a letter is there for who may see all that it rests on, and for nobody else") {
  LettersWorld world;
  Document fence = world.painted("Zuid");
  const Json letter = world.made();
  const std::string id = LettersWorld::id_of(letter);
  const auto sees = [&](const Caller& caller) {
    const bool is_read = world.letters.read(caller, {id}).has_value();
    const Json listed = parsed(*world.letters.list(caller));
    CHECK(listed.at("items").as_array().size() == (is_read ? 1 : 0));
    CHECK(world.letters.document(caller, {id}, "html").has_value() == is_read);
    CHECK(world.letters.compare(caller, id, 1, 1).has_value() == is_read);
    return is_read;
  };
  CHECK(sees({}));
  CHECK(sees(LettersWorld::guest()));
  REQUIRE(world.step(LettersWorld::writer(), fence, "hide") == "");
  CHECK(sees(LettersWorld::writer()));
  CHECK_FALSE(sees(LettersWorld::guest()));
  CHECK_FALSE(sees({}));
  CHECK(LettersWorld::failure(world.letters.read(LettersWorld::guest(), {id})) == "AP-0260");
  // Nor is it told with the record, to nobody.
  CHECK_FALSE(world.read(LettersWorld::writer(), id).at("fields").as_object().contains("content"));
}

TEST_CASE("letters: erasing a record that a letter rests on opens it to nobody else") {
  LettersWorld world;
  Document fence = world.painted("Zuid");
  const std::string id = LettersWorld::id_of(world.made());
  const auto seen_by = [&](const Caller& caller) {
    const bool is_listed =
        !parsed(*world.letters.list(caller)).at("items").as_array().empty();
    const std::string refused = LettersWorld::failure(world.letters.read(caller, {id}));
    CHECK(is_listed == refused.empty());
    return refused;
  };
  REQUIRE(world.step(LettersWorld::writer(), fence, "hide") == "");
  CHECK(seen_by(LettersWorld::guest()) == "AP-0260");
  world.erase(fence.id);
  CHECK(seen_by(LettersWorld::guest()) == "AP-0260");
  CHECK(seen_by({}) == "AP-0260");
  CHECK(seen_by(LettersWorld::writer()) == "");
  // It may have been in a state that the writer does not see.
  packs::Files files = packs::testing::read_folder("tests/packs/letters");
  files = packs::testing::replaced(files, "processes/fence-life.yaml",
                                   "meaning: ended, audience: internal",
                                   "meaning: ended, audience: confidential");
  files = packs::testing::replaced(files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  CHECK(seen_by(LettersWorld::writer()) == "AP-0260");
}

TEST_CASE("letters: what stands in the record of a letter is changed by letters alone") {
  LettersWorld world;
  const Json letter = world.made();
  const std::string id = LettersWorld::id_of(letter);
  const Json fields = json::object{{"title", "Anders"}, {"on", "2026-01-31"}};
  const json::object body{{"fields", fields}, {"reason", "x"}};
  const Caller writer = LettersWorld::writer();
  CHECK(LettersWorld::failure(world.records.change(writer, id, body, {1, {}})) == "AP-0265");
  const json::object past{{"fields", fields}, {"valid_from", "2026-01-31"}, {"reason", "x"}};
  CHECK(LettersWorld::failure(world.records.correct(writer, id, past, {1, {}})) == "AP-0265");
  const json::object fresh{{"form", "letters/report"}, {"fields", fields}};
  CHECK(LettersWorld::failure(world.records.create(writer, fresh, {})) == "AP-0265");
  CHECK(world.read(writer, id).at("actions").as_array().empty());
  CHECK(LettersWorld::failure(world.letters.read(writer, {world.painted("Zuid").id})) == "AP-0260");
}

TEST_CASE("letters: a sentence that is reworded keeps its source and what it said") {
  LettersWorld world;
  world.painted("Zuid");
  const Json letter = world.made();
  const std::string id(sentence(letter, 1, 0).at("id").as_string());
  const Json after =
      world.changed(letter, R"([{"do":"reword","id":")" + id + R"(","text":" Zuid is af. "}])");
  const Json& reworded = sentence(after, 1, 0);
  CHECK(after.at("version") == 2);
  CHECK(reworded.at("text") == "Zuid is af.");
  CHECK(reworded.at("was") == sentence(letter, 1, 0).at("text"));
  CHECK(reworded.at("by") == "Wim");
  CHECK(reworded.at("edited") == true);
  CHECK(reworded.at("sources") == sentence(letter, 1, 0).at("sources"));
  CHECK(after.at("versions").at(0).at("reason") == "Brief gewijzigd");
  CHECK(after.at("versions").at(1).at("reason") == "Concept gemaakt");
  // Back to what the template says: nobody edited it.
  const Json back = world.changed(
      after, R"([{"do":"reword","id":")" + id + R"(","text":")" + text(letter, 1, 0) + R"("}])");
  CHECK(sentence(back, 1, 0).at("edited") == false);
  CHECK_FALSE(sentence(back, 1, 0).as_object().contains("was"));
  // A visitor is told no names.
  const Json seen = parsed(world.letters.read({}, {LettersWorld::id_of(letter), 2})->json);
  CHECK(sentence(seen, 1, 0).at("by") == "een medewerker");
  CHECK(LettersWorld::failure(world.letters.read({}, {LettersWorld::id_of(letter), 9})) ==
        "AP-0268");
}

TEST_CASE("letters: a sentence of somebody keeps a letter from being final until it has a source") {
  LettersWorld world;
  const Document fence = world.painted("Zuid");
  const Json letter = world.made();
  const Json added =
      world.changed(letter, R"([{"do":"add","section":0,"text":"Wij weten meer."}])");
  REQUIRE(count(added, 0) == 3);
  const Json& own = sentence(added, 0, 2);
  CHECK(own.at("own") == true);
  CHECK(own.at("sources").as_array().empty());
  const std::string id(own.at("id").as_string());
  const auto refused = world.letters.finish(LettersWorld::writer(), LettersWorld::id_of(added),
                                            LettersWorld::at(added));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().id == "AP-0251");
  CHECK(refused.error().problems.at(0).where == id);
  const auto with_source = [&](const std::string& source) {
    return R"([{"do":"source","id":")" + id + R"(","source":)" + source + "}]";
  };
  CHECK(world.refusal(added, with_source(R"({"record":"nothing"})")) == "AP-0267");
  CHECK(world.refusal(added, with_source(R"({"text":"imagined"})")) == "AP-0267");
  const Json sourced = world.changed(added, with_source(R"({"record":")" + fence.id + R"("})"));
  CHECK(sentence(sourced, 0, 2).at("sources").at(0).at("version") == "2");
  const Json last = LettersWorld::after(world.letters.finish(
      LettersWorld::writer(), LettersWorld::id_of(letter), LettersWorld::at(sourced)));
  CHECK(last.at("final").at("by") == "Wim");
  CHECK(last.at("may_change") == false);
  CHECK(world.refusal(last, "[]") == "AP-0262");
  CHECK(LettersWorld::failure(world.letters.refill(
            LettersWorld::writer(), LettersWorld::id_of(letter), LettersWorld::at(last))) ==
        "AP-0262");
}

TEST_CASE("letters: filled again they tell what is new and keep what people did") {
  LettersWorld world;
  Document zuid = world.painted("Zuid");
  const Document noord = world.painted("Noord");
  const Json letter = world.made();
  const std::string of_zuid = "painted/" + zuid.id, of_noord = "painted/" + noord.id;
  const Json edited = world.changed(
      letter, R"([{"do":"reword","id":")" + of_zuid +
                  R"(","text":"Zuid is af."},)"
                  R"({"do":"add","after":")" +
                  of_zuid + R"(","text":"En mooi.","source":{"record":")" + zuid.id +
                  R"("}},{"do":"leave_out","id":")" + of_noord +
                  R"("},)"
                  R"({"do":"leave_out","id":"all"},{"do":"leave_out","id":"about"}])");
  CHECK(count(edited, 1) == 2);
  const json::object fields{{"what", "Zuidoost"}, {"colour", "blue"}};
  const json::object body{{"fields", fields}, {"reason", "verbouwd"}};
  const auto moved = world.records.change(LettersWorld::writer(), zuid.id, body, {2, {}});
  REQUIRE(moved.has_value());
  const Json back = world.changed(edited, R"([{"do":"put_back","id":"about"}])");
  const Json fresh = LettersWorld::after(world.letters.refill(
      LettersWorld::writer(), LettersWorld::id_of(letter), LettersWorld::at(back)));
  CHECK(text(fresh, 0, 0) == "Over hekken.");
  REQUIRE(count(fresh, 1) == 2);
  CHECK(text(fresh, 1, 0) == "Zuid is af.");
  CHECK(sentence(fresh, 1, 0).at("sources").at(0).at("version") == "3");
  CHECK(sentence(fresh, 1, 0).at("was").as_string().starts_with("Zuidoost is blauw"));
  CHECK(text(fresh, 1, 1) == "En mooi.");
  CHECK(sentence(fresh, 1, 1).at("sources").at(0).at("version") == "3");
  CHECK(fresh.at("sections").at(1).at("tables").as_array().empty());
  CHECK(fresh.at("left_out").as_array().size() == 2);
  const Json told =
      parsed(*world.letters.compare(LettersWorld::writer(), LettersWorld::id_of(letter), 3, 4));
  std::string changes;
  for (const Json& each : told.at("items").as_array()) {
    changes += std::string(each.at("change").as_string()) + " ";
  }
  CHECK(changes == "added source_changed source_changed ");
}

TEST_CASE("letters: what was left out is told in its own words, to who may read where it stood") {
  LettersWorld world;
  Document zuid = world.painted("Zuid");
  const Json letter = world.made();
  const std::string of_zuid = "painted/" + zuid.id;
  const Json edited = world.changed(letter, R"([{"do":"leave_out","id":"all"},)"
                                            R"({"do":"leave_out","id":")" +
                                                of_zuid + R"("}])");
  const Json last = world.changed(edited, R"([{"do":"leave_out","id":"about"}])");
  const Json& left_out = last.at("left_out");
  REQUIRE(left_out.as_array().size() == 3);
  CHECK(left_out.at(0).at("id") == "about");
  CHECK(left_out.at(0).at("text") == "Over hekken.");
  CHECK(left_out.at(1).at("id") == "all");
  CHECK(left_out.at(1).at("text") == "Alle hekken");
  CHECK(left_out.at(2).at("id").as_string() == of_zuid);
  CHECK(left_out.at(2).at("text").as_string() == text(letter, 1, 0));
  // The letter does not rest on it any more; the version that told of it does.
  REQUIRE(world.step(LettersWorld::writer(), zuid, "hide") == "");
  const auto seen = world.letters.read(LettersWorld::guest(), {LettersWorld::id_of(letter)});
  REQUIRE(seen.has_value());
  const Json guest = parsed(seen->json);
  CHECK(guest.at("left_out").at(0).at("text") == "Over hekken.");
  CHECK_FALSE(guest.at("left_out").at(1).as_object().contains("text"));
  CHECK_FALSE(guest.at("left_out").at(2).as_object().contains("text"));
}

TEST_CASE("letters: edits that cannot be read are refused, all of them together") {
  LettersWorld world;
  world.painted("Zuid");
  const Json letter = world.made();
  const std::string id(sentence(letter, 1, 0).at("id").as_string());
  for (const std::string& edits :
       {std::string(R"([{"do":"sing"}])"), std::string(R"(["reword"])"),
        std::string(R"([{"do":"add","section":7,"text":"x"}])"),
        std::string(R"([{"do":"add","section":0,"text":" "}])"),
        R"([{"do":"reword","id":")" + id + R"(","text":""}])",
        R"([{"do":"source","id":")" + id + R"(","source":{"text":"invented"}}])"}) {
    CAPTURE(edits);
    CHECK(world.refusal(letter, edits) == "AP-0264");
  }
  CHECK(world.refusal(letter, R"([{"do":"reword","id":"no","text":"x"}])") == "AP-0263");
  CHECK(world.refusal(letter, R"([{"do":"leave_out","id":"no"}])") == "AP-0263");
  CHECK(world.refusal(letter, R"([{"do":"put_back","id":"about"}])") == "AP-0263");
  CHECK(world.refusal(letter, R"([{"do":"add","section":0,"text":"x"},{"do":"sing"}])") ==
        "AP-0264");
  const Json now =
      parsed(world.letters.read(LettersWorld::writer(), {LettersWorld::id_of(letter)})->json);
  CHECK(now.at("version") == 1);
  CHECK(LettersWorld::failure(world.letters.change(LettersWorld::guest(),
                                                   LettersWorld::id_of(letter), json::object{},
                                                   LettersWorld::at(letter))) == "AP-0002");
}

TEST_CASE("letters: the same request again makes nothing twice") {
  LettersWorld world;
  const json::object body{{"template", "letters/fences"}};
  const Idempotency key = idempotency_of("account-wim", "key-1234", "POST", "/v1/letters", "x");
  const auto first = world.letters.make(LettersWorld::writer(), body, {0, key});
  const auto again = world.letters.make(LettersWorld::writer(), body, {0, key});
  REQUIRE(first.has_value());
  REQUIRE(again.has_value());
  CHECK(again->is_replay);
  CHECK(again->document.id == first->document.id);
  const json::object change{{"title", "Anders"}};
  const Idempotency other = idempotency_of("account-wim", "key-5678", "POST", "/v1/l", "y");
  const std::string id = first->document.id;
  const Caller writer = LettersWorld::writer();
  CHECK_FALSE(world.letters.change(writer, id, change, {1, other})->is_replay);
  const auto changed = world.letters.change(writer, id, change, {1, other});
  REQUIRE(changed.has_value());
  CHECK(changed->is_replay);
  CHECK(changed->document.version == 2);
}

TEST_CASE("letters: who is too late is shown what stands there now") {
  LettersWorld world;
  const Json letter = world.made();
  const Json after = world.changed(letter, R"([{"do":"add","section":0,"text":"Eerst."}])");
  const Json body = json::object{{"title", "Later"}};
  const auto late = world.letters.change(LettersWorld::writer(), LettersWorld::id_of(letter), body,
                                         LettersWorld::at(letter));
  REQUIRE(late.has_value());
  REQUIRE(late->conflict);
  CHECK(late->conflict->id == "AP-0010");
  CHECK(parsed(late->document.json).at("version") == 2);
  const Json titled = LettersWorld::after(world.letters.change(
      LettersWorld::writer(), LettersWorld::id_of(letter), body, LettersWorld::at(after)));
  CHECK(titled.at("title") == "Later");
  CHECK(world.read(LettersWorld::writer(), LettersWorld::id_of(letter)).at("title") == "Later");
}

TEST_CASE("letters: documents are made of a version, with names, or it is said why not") {
  LettersWorld world;
  const Json letter = world.made();
  const std::string id = LettersWorld::id_of(letter);
  world.changed(letter, R"([{"do":"add","section":0,"text":"Van mij."}])");
  const auto html = world.letters.document(LettersWorld::writer(), {id}, "html");
  REQUIRE(html.has_value());
  CHECK(html->content.find("Van mij. *Wim|") != std::string::npos);
  CHECK(html->file_name == "report-2026-01-31-v2.html");
  const auto before = world.letters.document(LettersWorld::writer(), {id, 1}, "pdf");
  REQUIRE(before.has_value());
  CHECK(before->content.starts_with("%PDF-Hekken|"));
  CHECK(before->content.find("Van mij") == std::string::npos);
  CHECK(LettersWorld::failure(world.letters.document({}, {id}, "docx")) == "AP-0269");
  LettersService bare(world.ports({}));
  CHECK(LettersWorld::failure(bare.document({}, {id}, "pdf")) == "AP-0270");
}

TEST_CASE("letters: a PDF for a visitor keeps other visitors from PDFs, and from nothing else") {
  LettersWorld world;
  const std::string id = LettersWorld::id_of(world.made());
  world.pdf.meanwhile = [&] {
    CHECK(LettersWorld::failure(world.letters.document({}, {id}, "pdf")) == "AP-0273");
    CHECK(world.letters.document({}, {id}, "odt").has_value());
    CHECK(world.letters.document(LettersWorld::writer(), {id}, "pdf").has_value());
    CHECK(world.places.take(true).has_value());
  };
  CHECK(world.letters.document({}, {id}, "pdf").has_value());
  const auto place = world.places.take(true);
  REQUIRE(place.has_value());
  CHECK(world.letters.document({}, {id}, "pdf").has_value());
}

// A letter that also tells of the pack `rounds`, which the pack of the letter does not need.
struct HarvestWorld : LettersWorld {
  explicit HarvestWorld(const char* from = "niets", const char* to = "niets") {
    packs::Files files = packs::testing::read_folder("tests/packs/letters");
    files["letters/harvests.yaml"] =
        packs::testing::read_folder("tests/letters").at("harvests.yaml");
    files = packs::testing::replaced(files, "letters/harvests.yaml", from, to);
    files = packs::testing::replaced(files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
    REQUIRE_FALSE(packs.activate({files}, "system").error);
  }

  // With rows of which a few fields may be kept from others.
  void plant(const char* file = "forms/crop.yaml", const char* from = "max: 200}",
             const char* to = "max: 200}") {
    packs::Files files = packs::testing::read_folder("tests/packs/rounds");
    files = packs::testing::replaced(files, file, from, to);
    REQUIRE_FALSE(packs.activate({files}, "system").error);
    beans = make(keeper(), "rounds/crop", R"({"name":"Bonen","asked":"Staan er bonen?"})").id;
    peas = make(keeper(), "rounds/crop", R"({"name":"Erwten"})").id;
    spring = season("Voorjaar", "2025-03-01");
    autumn = season("Najaar", "2025-09-01");
    garden = make(keeper(), "rounds/garden", R"({"name":"Noord","kind":"garden"})").id;
  }

  static Caller keeper() { return person("karel", "north", {"rounds/keeper"}); }
  static Caller other_keeper() { return person("kaat", "north", {"rounds/keeper"}); }

  std::string season(const std::string& name, const std::string& day) {
    return make(keeper(), "rounds/season",
                R"({"name":")" + name + R"(","day":{"first":")" + day + R"(","last":")" + day +
                    R"("}})")
        .id;
  }
  Document harvest(const std::string& crop, const std::string& when, const std::string& how,
                   bool is_public = true) {
    Document made = make(keeper(), "rounds/harvest",
                         R"({"title":"Oogst","by":"garden","why":"Droog","season":")" + when +
                             R"(","crop":")" + crop + R"(","garden":")" + garden +
                             R"(","how":")" + how + R"("})");
    REQUIRE(step(keeper(), made, "hand-in") == "");
    if (is_public) REQUIRE(step(other_keeper(), made, "show") == "");
    return made;
  }

  Json told(const Caller& caller = writer()) {
    const auto written =
        letters.make(caller, json::object{{"template", "letters/harvests"}}, {});
    REQUIRE_MESSAGE(written.has_value(), (written ? "" : describe(written.error())));
    return parsed(written->document.json);
  }
  static std::string headings(const Json& letter) {
    std::string all;
    for (const Json& section : letter.at("sections").as_array()) {
      all += std::string(section.at("heading").as_string()) + "|";
    }
    return all;
  }

  std::string beans, peas, spring, autumn, garden;
};

TEST_CASE("letters: what is of a pack that is not there is left out, with its sections") {
  HarvestWorld world;
  world.fence(R"({"what":"Zuid","metres":"1.0"})");
  world.fence(R"({"what":"Noord","metres":"2.0"})");
  const Json letter = world.told();
  CHECK(HarvestWorld::headings(letter) == "Oogst langs de hekken|Hekken|");
  CHECK(text(letter, 1, 0) == "Noord.");   // the longest first
  CHECK(text(letter, 1, 1) == "Zuid.");
}

TEST_CASE("letters: rows of another pack are told, the newest of each, with all they rest on") {
  HarvestWorld world;
  world.plant();
  world.harvest(world.beans, world.spring, "well");
  const Document newest = world.harvest(world.beans, world.autumn, "poorly");
  const Document peas = world.harvest(world.peas, world.spring, "well");
  world.harvest(world.peas, world.autumn, "well", false);   // nobody published it
  const Json letter = world.told();
  CHECK(HarvestWorld::headings(letter) ==
        "Oogst langs de hekken|Uit de tuinen|Het nieuwst|Alles|Hekken|");
  REQUIRE(count(letter, 2) == 2);
  CHECK(text(letter, 2, 0) == "Erwten: Goed. Gevraagd: niets Peildag: 1 maart 2025.");
  CHECK(text(letter, 2, 1) ==
        "Bonen: Matig. Gevraagd: Staan er bonen? Peildag: 1 september 2025.");
  CHECK(sentence(letter, 2, 0).at("id").as_string() == "newest/" + peas.id);
  // The row, and what the definition and the day were read from.
  const Json& sources = sentence(letter, 2, 1).at("sources");
  REQUIRE(sources.as_array().size() == 3);
  CHECK(sources.at(0).at("ref").as_string() == newest.id);
  CHECK(sources.at(0).at("version") == "3");
  CHECK(sources.at(1).at("ref").as_string() == world.beans);
  CHECK(sources.at(1).at("title") == "Bonen");
  CHECK(sources.at(2).at("ref").as_string() == world.autumn);
  CHECK(text(letter, 3, 0) == "Het laatste seizoen is Najaar.");
  CHECK(count(letter, 3) == 1);
  const Json& table = letter.at("sections").at(3).at("tables").at(0);
  CHECK(table.at("rows").as_array().size() == 3);
  CHECK(table.at("rows").at(0).at(1) == "1 maart 2025");
  CHECK(table.at("sources").as_array().size() == 5);   // three rows and two seasons
  CHECK(world.letters.read({}, {LettersWorld::id_of(letter)}).has_value());
}

TEST_CASE("letters: a newer row of another pack is seen when a letter is filled again") {
  HarvestWorld world;
  world.plant();
  const Document old = world.harvest(world.beans, world.spring, "well");
  const Json letter = world.told();
  const Json own = world.changed(letter, R"([{"do":"add","section":4,"text":"Hekken helpen."}])");
  world.harvest(world.beans, world.autumn, "well");
  const Json fresh = LettersWorld::after(world.letters.refill(
      LettersWorld::writer(), LettersWorld::id_of(letter), LettersWorld::at(own)));
  REQUIRE(count(fresh, 2) == 1);
  CHECK(text(fresh, 2, 0).ends_with("Peildag: 1 september 2025."));
  const Json told =
      parsed(*world.letters.compare(LettersWorld::writer(), LettersWorld::id_of(letter), 2, 3));
  const json::array& changes = told.at("items").as_array();
  CHECK(changes.back().at("change") == "gone");
  CHECK(changes.back().at("id").as_string() == "newest/" + old.id);
  CHECK(text(fresh, 4, count(fresh, 4) - 1) == "Hekken helpen.");
}

TEST_CASE("letters: what people wrote stays in its section when one of another pack comes") {
  HarvestWorld world;
  const Json letter = world.told();
  const Json own = world.changed(letter, R"([{"do":"add","section":1,"text":"Hekken helpen."}])");
  world.plant();
  const Json fresh = LettersWorld::after(world.letters.refill(
      LettersWorld::writer(), LettersWorld::id_of(letter), LettersWorld::at(own)));
  CHECK(HarvestWorld::headings(fresh) ==
        "Oogst langs de hekken|Uit de tuinen|Het nieuwst|Alles|Hekken|");
  CHECK(text(fresh, 2, 0) == "Er is geen oogst openbaar.");
  CHECK(text(fresh, 4, 0) == "Hekken helpen.");
}

TEST_CASE("letters: what the maker does not see of another pack is not in the letter") {
  SUBCASE("a field of the form") {
    HarvestWorld world;
    world.plant("forms/harvest.yaml", "en: What}, required: true, max: 60}",
                "en: What}, required: true, max: 60, sensitivity: internal}");
    world.harvest(world.beans, world.autumn, "well");
    CHECK(HarvestWorld::headings(world.told()) ==
          "Oogst langs de hekken|Uit de tuinen|Alles|Hekken|");
  }
  SUBCASE("a field behind a reference") {
    HarvestWorld world;
    world.plant("forms/crop.yaml", "max: 200}", "max: 200, sensitivity: internal}");
    world.harvest(world.beans, world.autumn, "well");
    CHECK(HarvestWorld::headings(world.told()) ==
          "Oogst langs de hekken|Uit de tuinen|Alles|Hekken|");
    // Who keeps the gardens too is told, and then nobody else reads that letter.
    const Caller both =
        LettersWorld::person("wim", "north", {"letters/writer", "rounds/keeper"});
    const Json letter = world.told(both);
    CHECK(text(letter, 2, 0).find("Staan er bonen?") != std::string::npos);
    CHECK(world.letters.read(both, {LettersWorld::id_of(letter)}).has_value());
    CHECK(LettersWorld::failure(world.letters.read({}, {LettersWorld::id_of(letter)})) ==
          "AP-0260");
    CHECK(LettersWorld::failure(
              world.letters.read(LettersWorld::writer(), {LettersWorld::id_of(letter)})) ==
          "AP-0260");
  }
  SUBCASE("the form") {
    HarvestWorld world;
    world.plant("forms/harvest.yaml", "  visitor: [read]\n", "");
    world.harvest(world.beans, world.autumn, "well");
    CHECK(HarvestWorld::headings(world.told()) ==
          "Oogst langs de hekken|Uit de tuinen|Alles|Hekken|");
  }
}

TEST_CASE("letters: what does not fit another pack is left out, and the rest is told") {
  // Nobody could say so when the letter was checked: that pack came later.
  HarvestWorld world("{crop.asked|", "{crop.question|");
  world.plant();
  CHECK(HarvestWorld::headings(world.told()) ==
        "Oogst langs de hekken|Uit de tuinen|Alles|Hekken|");
}

// A letter of a kind that two people look at.
struct CharterWorld : LettersWorld {
  explicit CharterWorld(const std::string& audience_of_draft = "public") {
    if (audience_of_draft != "public") {
      packs::Files files = packs::testing::read_folder("tests/packs/letters");
      files = packs::testing::replaced(files, "processes/charter-life.yaml",
                                       "meaning: draft, audience: public",
                                       "meaning: draft, audience: " + audience_of_draft);
      files = packs::testing::replaced(files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
      REQUIRE_FALSE(packs.activate({files}, "system").error);
    }
    fence(R"({"what":"Zuid"})");
    const json::object body{{"template", "letters/charter"}};
    letter = after(letters.make(writer(), body, {}));
  }
  static Caller second() { return person("wilma", "north", {"letters/writer"}); }

  std::string take(const Caller& caller, const char* transition) {
    const json::object body{{"transition", transition}};
    const auto taken = records.step(caller, id_of(letter), body, at(letter));
    if (taken) letter = parsed(letters.read(caller, {id_of(letter)})->json);
    return failure(taken);
  }
  std::string finish(const Caller& caller) {
    const auto done = letters.finish(caller, id_of(letter), at(letter));
    if (done) letter = parsed(done->document.json);
    return failure(done);
  }
  std::string state() const {
    return std::string(letter.at("record").at("state").at("id").as_string());
  }

  Json letter;
};

TEST_CASE("letters: where the pack asks it, another person than who signed makes a letter final") {
  CharterWorld world;
  CHECK(world.state() == "draft");
  CHECK(world.letter.at("finish") == "make-final");
  CHECK(world.letter.at("may_change") == true);
  CHECK(world.finish(CharterWorld::writer()) == "MO-0203");   // nobody signed yet
  REQUIRE(world.take(CharterWorld::writer(), "sign") == "");
  CHECK(world.state() == "signed");
  const Json listed = parsed(*world.letters.list(CharterWorld::second()));
  CHECK(listed.at("items").at(0).at("state").at("id") == "signed");
  CHECK(listed.at("items").at(0).at("state").at("label").at("nl") == "Getekend");
  CHECK(listed.at("items").at(0).at("state").at("meaning") == "attention");
  // Meanwhile it stays as it was signed.
  CHECK(world.letter.at("may_change") == false);
  CHECK(world.refusal(world.letter, R"([{"do":"add","section":0,"text":"x"}])") == "AP-0352");
  CHECK(CharterWorld::failure(world.letters.refill(CharterWorld::second(),
                                                   CharterWorld::id_of(world.letter),
                                                   CharterWorld::at(world.letter))) == "AP-0352");
  // The second reader has a task; who signed is refused, also by the ordinary step.
  const Json tasks = parsed(*world.tasks.search(CharterWorld::second(), json::object{}));
  CHECK(tasks.at("items").as_array().size() == 1);
  CHECK(world.finish(CharterWorld::writer()) == "MO-0204");
  CHECK(world.take(CharterWorld::second(), "make-final") == "AP-0353");
  REQUIRE(world.finish(CharterWorld::second()) == "");
  CHECK(world.state() == "final");
  CHECK(world.letter.at("final").at("at").as_string().starts_with("2026-01-31"));
  CHECK(world.refusal(world.letter, "[]") == "AP-0262");
  const Json& versions = world.letter.at("versions");
  CHECK(versions.at(0).at("reason") == "Definitief gemaakt");
  CHECK(versions.as_array().size() == 3);
}

TEST_CASE("letters: who signs signs sentences with sources, and what comes back is signed anew") {
  CharterWorld world;
  world.letter = world.changed(world.letter, R"([{"do":"add","section":0,"text":"Van mij."}])");
  CHECK(world.take(CharterWorld::writer(), "sign") == "AP-0252");  // the only one
  const std::string own(sentence(world.letter, 0, 1).at("id").as_string());
  world.letter =
      world.changed(world.letter, R"([{"do":"leave_out","id":")" + own + R"("}])");
  REQUIRE(world.take(CharterWorld::writer(), "sign") == "");
  REQUIRE(world.take(CharterWorld::second(), "take-back") == "");
  CHECK(world.letter.at("may_change") == true);
  REQUIRE(world.take(CharterWorld::second(), "sign") == "");
  CHECK(world.finish(CharterWorld::second()) == "MO-0204");
  CHECK(world.finish(CharterWorld::guest()) == "AP-0002");
  REQUIRE(world.finish(CharterWorld::writer()) == "");
}

TEST_CASE("letters: drafts in a state that the reader does not see stay hidden once it is final") {
  CharterWorld world("internal");
  const auto titled = [&](const char* title, const char* reason) {
    const Json body = json::object{{"title", title}, {"reason", reason}};
    const std::string id = CharterWorld::id_of(world.letter);
    world.letter = CharterWorld::after(
        world.letters.change(CharterWorld::writer(), id, body, CharterWorld::at(world.letter)));
  };
  titled("Ruw idee", "Nog tussen ons");
  titled("Handvest", "Netjes gemaakt");
  REQUIRE(world.take(CharterWorld::writer(), "sign") == "");
  REQUIRE(world.finish(CharterWorld::second()) == "");
  const std::string id = CharterWorld::id_of(world.letter);
  CHECK(world.letter.at("versions").as_array().size() == 5);
  const auto final_letter = world.letters.read({}, {id});
  REQUIRE(final_letter.has_value());
  CHECK(parsed(final_letter->json).at("versions").as_array().size() == 2);
  CHECK(final_letter->json.find("Nog tussen ons") == std::string::npos);
  for (const std::int64_t version : {1, 2, 3}) {
    CAPTURE(version);
    CHECK(CharterWorld::failure(world.letters.read({}, {id, version})) == "AP-0268");
    CHECK(CharterWorld::failure(world.letters.compare({}, id, version, 5)) == "AP-0268");
    CHECK(CharterWorld::failure(world.letters.document({}, {id, version}, "html")) == "AP-0268");
    CHECK(world.letters.read(CharterWorld::writer(), {id, version}).has_value());
  }
  CHECK(world.letters.compare({}, id, 4, 5).has_value());
}

TEST_CASE("letters: a letter from before its pack had a process begins it when it is changed") {
  LettersWorld world;
  const Json letter = world.made();
  packs::Files files = packs::testing::read_folder("tests/packs/letters");
  files = packs::testing::replaced(files, "forms/report.yaml", "name: [title]\n",
                                   "name: [title]\nprocess: charter-life\n");
  files = packs::testing::replaced(files, "letters/fences.yaml", "on: on}",
                                   "on: on, open: [draft], finish: make-final}");
  files = packs::testing::replaced(files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  CHECK(LettersWorld::failure(world.letters.finish(
            LettersWorld::writer(), LettersWorld::id_of(letter), LettersWorld::at(letter))) ==
        "MO-0203");
  const Json after = world.changed(letter, R"([{"do":"leave_out","id":"about"}])");
  CHECK(after.at("record").at("state").at("id") == "draft");
}

TEST_CASE("letters: a letter without its template stands, and is not filled again") {
  LettersWorld world;
  const Json letter = world.made();
  packs::Files files = packs::testing::read_folder("tests/packs/letters");
  files["letters/walls.yaml"] = files["letters/fences.yaml"];
  files.erase("letters/fences.yaml");
  files.erase("tests/letters.yaml");
  files = packs::testing::replaced(files, "letters/walls.yaml", "letter: fences", "letter: walls");
  files = packs::testing::replaced(files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  CHECK(LettersWorld::failure(world.letters.refill(
            LettersWorld::writer(), LettersWorld::id_of(letter), LettersWorld::at(letter))) ==
        "AP-0271");
  const Json after = world.changed(letter, R"([{"do":"leave_out","id":"about"}])");
  CHECK(count(after, 0) == 1);
}

TEST_CASE("letters: a sentence more than a letter holds, its tables counted, is refused") {
  KeptLetter kept;
  kept.letter.title = "T";
  kept.letter.language = "nl";
  kept.letter.on = Date::of(2026, 1, 31);
  LetterSection section{"H", 1, {}, {{"t", "C", {"A"}, {{"x"}}, {}}}};
  for (std::size_t at = 2; at < kMostSentences; ++at) {
    section.sentences.push_back({"s" + std::to_string(at), "A.", {}, "", ""});
  }
  kept.letter.sections.push_back(std::move(section));
  const Editing editing{"account-wim", [] { return std::string("one"); },
                        [](const Json&) -> Result<LetterSource> { return LetterSource(); }};
  const Json edits = parsed(R"([{"do":"add","section":0,"text":"B."}])");
  REQUIRE(apply_edits(kept, edits, editing).has_value());
  // What is kept can be read back.
  CHECK(KeptLetter::from_json(kept.to_json()).has_value());
  CHECK(LettersWorld::failure(apply_edits(kept, edits, editing)) == "AP-0264");
}

TEST_CASE("letters: templates are read once from each version of a pack") {
  packs::Files files = packs::testing::read_folder("tests/packs/letters");
  const model::PackPtr pack = packs::testing::loaded(files);
  ReadOnce<model::LetterTemplate> templates(packs::letters_of);
  CHECK(templates.in(*pack)->size() == 2);
  CHECK(templates.in(*pack) == templates.in(*packs::testing::loaded(files)));
  const auto fences = templates.find(*pack, "letters/fences");
  REQUIRE(fences != nullptr);
  CHECK(fences->title.en == "Fences");
  CHECK(templates.find(*pack, "letters/walls") == nullptr);
  CHECK(templates.find(*pack, "other/fences") == nullptr);
  files = packs::testing::replaced(files, "letters/fences.yaml", "en: Fences}\nsource",
                                   "en: Hedges}\nsource");
  CHECK(templates.find(*packs::testing::loaded(files), "letters/fences")->title.en == "Hedges");
  CHECK(fences->title.en == "Fences");
}

TEST_CASE("letters: what is kept is read back, or it is said why not") {
  CHECK(RecordWorld::failure(KeptLetter::from_json(json::object{})) == "AP-0272");
  CHECK(RecordWorld::failure(KeptLetter::from_json(json::object{{"letter", 1}})) == "AP-0272");
  KeptLetter kept;
  kept.letter.title = "T";
  kept.letter.language = "nl";
  kept.letter.on = Date::of(2026, 1, 31);
  kept.letter.sections.push_back({"H", 1, {{"a", "A.", {}, "", ""}}, {}});
  kept.reach["p/f"] = model::Sensitivity::kInternal;
  kept.named = {"x"};
  const auto back = KeptLetter::from_json(kept.to_json());
  REQUIRE(back.has_value());
  CHECK(back->to_json() == kept.to_json());
  json::object wrong = kept.to_json();
  wrong["reach"] = json::object{{"p/f", "none"}};
  CHECK(RecordWorld::failure(KeptLetter::from_json(wrong)) == "AP-0272");
}

}  // namespace
}  // namespace zicht::app
