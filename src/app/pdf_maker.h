// Port: a text document becomes a PDF.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace zicht::app {

// Thread-safe; takes seconds, so never on an io thread.
class PdfMaker {
 public:
  PdfMaker() = default;
  PdfMaker(const PdfMaker&) = delete;
  PdfMaker& operator=(const PdfMaker&) = delete;
  virtual ~PdfMaker() = default;

  // The bytes of an OpenDocument text in, those of a tagged PDF out. Errors: those of the adapter.
  [[nodiscard]] virtual Result<std::string> make_pdf(std::string_view document) = 0;
};

}  // namespace zicht::app
