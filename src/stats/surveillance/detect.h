// Detection from files to files: what `zicht detect` does, without files.
//
//     ZICHT_TRY(found, detect({.method = "farrington-flexible", .counts = text, .today = today},
//                             executor));
//     write(found.csv()); write(found.html("nl"));
//
// Formats of counts, events, settings and answers: docs/formats/detect.md. One row of the answer is
// one stream in one period, one cluster of a scan, or one time that an agreed rule was met. Same
// input and seed, same bytes out. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/executor.h"
#include "base/json.h"
#include "stats/surveillance/judgement.h"

namespace zicht::stats {

struct DetectRequest {
  std::string method;
  json::object settings{};    // may be empty; keys nobody knows are refused
  std::string counts{};       // CSV; of the methods on streams
  std::string counts_file{};  // its name, for errors
  std::string events{};       // CSV; of scans and of agreed rules
  std::string events_file{};
  Date today;  // nothing later can have been counted
};

struct DetectRow {
  std::string stream;  // or the places of a cluster, or the key of a rule
  std::string period;  // as in the input; "first/last" of a cluster or rule
  double count = kUnknown;
  Judgement judgement{};
  double q_value = kUnknown;  // p-value adjusted over all streams of the period
};

struct Detected {
  std::string method;
  std::vector<DetectRow> rows;

  // With a header row, CRLF.
  [[nodiscard]] std::string csv() const;
  [[nodiscard]] json::object to_json() const;
  // Requires: "nl" or "en".
  [[nodiscard]] std::string html(std::string_view language) const;
};

// Errors: SA-0100 unknown method, SA-0101 a stream twice in a period, SA-0102 a count that is
// negative or no whole number, SA-0103 a date in the future, SA-0104 no rows, SA-0105 a period that
// is neither date nor number, SA-0106 too many periods, SA-0107 an unknown setting, SA-0108 counts
// or events are needed for the method, SA-0109 a place at two positions, SA-0127 a
// report before its event, SA-0128 a number that is absent or negative; SA-0090 to SA-0099 of the
// CSV; those of the methods.
[[nodiscard]] Result<Detected> detect(const DetectRequest& request, Executor& executor);

}  // namespace zicht::stats
