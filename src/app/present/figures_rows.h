// Figures of indicators as rows of a table: one for each number, with all that has to stand beside
// it to be read by itself.
//
//     write_figures_rows(figures, "Cijfers", Language::kDutch, *sink);
//
// The figures are "FrozenFigures" or "IndicatorFigures" of docs/formats/api.md.
// Numbers stay as the API writes them; what is withheld has no number and says so.
#pragma once

#include <string>

#include "app/answer.h"
#include "app/table_sink.h"
#include "base/json.h"

namespace zicht::app {

// Headings, then a row for the total of each indicator and for each value of its dimensions, in the
// order of the figures. `figures` has "on" and either "indicators" (an edition) or the members of
// one indicator. Requires: of the shape that the engine writes.
void write_figures_rows(const json::object& figures, const std::string& title, Language language,
                        TableSink& sink);

}  // namespace zicht::app
