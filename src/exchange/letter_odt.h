// A letter as an OpenDocument text (ODF 1.3, ISO/IEC 26300): real headings, the language of the
// letter, tables with a heading row, and a footnote behind each sentence with its sources. The same
// letter gives the same bytes. Members are stored uncompressed, `mimetype` first, as ODF part 2
// section 3.3 asks. Pure.
#pragma once

#include <string>

#include "app/letter.h"

namespace zicht::exchange {

[[nodiscard]] std::string letter_odt(const app::Letter& letter);

}  // namespace zicht::exchange
