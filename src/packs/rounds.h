// Rounds of a pack: one form that many fill in along two axes, edition after edition.
//
//     for (const Round& round : rounds_of(*pack)) show(round.title);
//
// A round asks, for one edition (`of`: a measurement, a year), of each place (`who`: a region) one
// record per row (`rows`: an indicator). What was said the edition before can be taken over; others
// put their own view beside a record (`views`); who is asked, and until when, is a record too
// (`requests`). The format is "Rounds" of docs/formats/pack.md. Plain data; pure.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/pack.h"

namespace zicht::packs {

// Records of others beside a record, never over it.
struct RoundViews {
  std::string form;                     // full id
  std::string beside;                   // its reference to the record
  std::vector<std::string> columns;     // its fields that are shown
};

// Records that say who is asked for an edition.
struct RoundRequests {
  std::string form;                     // full id
  std::string of, who;                  // its references, as those of the round
  std::string organisation;             // its field with who answers, and keeps what is filled in
  std::string name;                     // its text field that is filled in; empty: none
  std::string remind;                   // its step that asks again; empty: none
  // Step of a row -> step of the request that goes with it once no row is left to fill in.
  std::vector<std::pair<std::string, std::string>> follows;
};

struct Round {
  std::string id, pack;
  LocalizedText title, lead;
  std::string form;                     // full id; of the own pack, as all forms here
  std::string of, who, rows;            // its references: edition, place, row
  std::string order;                    // date field of the editions
  std::string among;                    // FEEL: which places; empty: all
  std::string formerly;                 // reference of a place to those that it came from; or empty
  std::vector<std::string> about;       // fields of the rows that explain what is asked
  json::object set;                     // fixed values of a new record, in the shape of its fields
  std::string name;                     // text field that is filled in: row, place, edition
  std::string previous;                 // reference to the record that it continues; empty: none
  std::string replaces;                 // reference to what ended of the same row; empty: none
  std::vector<std::string> ask;         // the fields that are filled in, in order
  std::vector<std::string> show;        // others that are shown with them
  std::vector<std::string> keep;        // of `ask`: what is offered again the next time
  std::set<std::string> open;           // of the states that are not fixed: in which a row may be
                                        // filled in; empty: all
  std::optional<RoundViews> views;
  std::optional<RoundRequests> requests;

  [[nodiscard]] std::string full_id() const { return pack + "/" + id; }
};

// By id. Reads the files again: keep what it gives. Requires: the pack was loaded.
[[nodiscard]] std::vector<Round> rounds_of(const model::Pack& pack);

}  // namespace zicht::packs
