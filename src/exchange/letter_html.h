// A letter as one page of HTML that stands by itself and prints: headings, tables with scopes, a
// number behind each sentence that leads to its sources below. Text of a letter cannot become
// markup. Pure.
#pragma once

#include <string>

#include "app/letter.h"

namespace zicht::exchange {

[[nodiscard]] std::string letter_html(const app::Letter& letter);

}  // namespace zicht::exchange
