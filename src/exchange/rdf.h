// Writes statements about things (app/rdf.h) as JSON-LD 1.1 or Turtle 1.1.
//
//     std::string text = rdf_text(graph, app::RdfFormat::kTurtle);
//
// Both say the same, statement for statement. The JSON-LD is flattened, with the prefixes as its
// whole context: reading it is a walk over "@graph". Addresses that begin with "/" are left for the
// reader to complete from where the text was found. Sources: W3C, JSON-LD 1.1 (2020); W3C, RDF 1.1
// Turtle (2014), grammar rules 17, 18 and 22. Pure; thread-safe.
#pragma once

#include <string>

#include "app/rdf.h"

namespace zicht::exchange {

[[nodiscard]] std::string rdf_text(const app::RdfGraph& graph, app::RdfFormat format);

}  // namespace zicht::exchange
