// Reads the two ways in which the catalogue of open data is written, by code of its own, into
// triples that can be compared.
//
// Only what the product writes: of Turtle prefixes, addresses in angle brackets, prefixed names,
// texts in quotation marks with language or datatype, and ; , . between them; of JSON-LD a context
// of prefixes and a flat graph. Anything else throws std::runtime_error.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace zicht::open_data {

// Subject, property, object. Addresses are <whole>, texts "as they are"@language or ^^<datatype>.
using Triple = std::tuple<std::string, std::string, std::string>;
using Triples = std::set<Triple>;

[[nodiscard]] Triples read_turtle(std::string_view text);
[[nodiscard]] Triples read_json_ld(std::string_view text);

}  // namespace zicht::open_data
