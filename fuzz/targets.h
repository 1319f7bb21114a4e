// Parsers under random bytes: what each is given, and what must hold whatever the bytes are.
//
//     ./run fuzz                 every parser for a minute, with libFuzzer (clang)
//     ./run fuzz json 600        one of them for ten minutes
//
// A target is a function over one input. It ends the program when a promise of the parser does not
// hold; that nothing is read out of bounds is seen by the sanitizers. The inputs that a run begins
// with are in fuzz/corpus/<target>; one that ever ended a run is kept there, and fuzz_test gives
// all of them, and slight changes of them, to their targets in every test run.
#pragma once

#include <span>
#include <string_view>

namespace zicht::fuzz {

// Never throws; keeps nothing between two inputs that changes what the second does.
using Run = void (*)(std::string_view input);

struct Target {
  std::string_view name;  // also of its folder in fuzz/corpus
  Run run;
};

// All there are, by name.
std::span<const Target> targets();

// Runs the target; when a promise is broken, the input is told too.
void run(const Target& target, std::string_view input);

// Ends the program with the promise on standard error, unless it holds.
void must(bool holds, std::string_view promise);

// Takes the first line off, without its end.
std::string_view take_line(std::string_view& input);

// Each in the file of its name.
void api(std::string_view input);     // "METHOD target\nbody"
void backup(std::string_view input);  // the file with rows and the one with keys, apart by 0x1D
void checkpoints(std::string_view input);  // a file of checkpoints
void config(std::string_view input);
void cursor(std::string_view input);
void csv(std::string_view input);     // a table of statistics
void dmn(std::string_view input);     // XML of a model; or of one cell a line after "table"
void escrow(std::string_view input);
void feel(std::string_view input);        // an expression, also as tests of a cell
void fields(std::string_view input);  // JSON fields of a record
void json(std::string_view input);
void pack(std::string_view input);       // "path in the sample pack\nits new text"
void payload(std::string_view input);    // JSON of a journal entry
void request(std::string_view input);    // bytes on a connection
void retention(std::string_view input);  // a list to approve
void table(std::string_view input);    // a file that is imported: CSV or a workbook
void upload(std::string_view input);     // content of a file
void vague(std::string_view input);      // Dutch wording of a date
void values(std::string_view input);     // dates, decimals, periods, hashes, ids
void where(std::string_view input);      // a filter over many rows

}  // namespace zicht::fuzz
