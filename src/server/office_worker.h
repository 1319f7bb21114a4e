// Adapter of app::PdfMaker: LibreOffice as a child process (`soffice --headless --convert-to pdf`),
// with a tagged PDF/UA as what it is asked for.
//
//     OfficeWorker office(office_options(config));
//     if (!config.office_program.empty()) ZICHT_CHECKED(office.check_program());
//     ZICHT_TRY(pdf, office.make_pdf(exchange::letter_odt(letter)));
//
// One at a time: who comes second waits. Each run has an empty folder of its own for profile and
// files, removed afterwards; a network of its own without connections where the kernel lets it; a
// limit on time and on the size of what it writes. What hangs is ended with all that it started.
// Thread-safe; blocks for seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

#include "app/pdf_maker.h"
#include "server/config.h"

namespace zicht::server {

struct OfficeOptions {
  std::string program = "soffice";                     // a path, or a name that PATH has
  std::chrono::seconds time{60};                       // waiting for a turn included
  std::uint64_t most_bytes = std::uint64_t{64} << 20;  // of each file that it writes
};

class OfficeWorker final : public app::PdfMaker {
 public:
  explicit OfficeWorker(OfficeOptions options) : options_(std::move(options)) {}

  // Errors: SV-0090 not installed, SV-0091 not in time, SV-0092 it made no PDF, SV-0031.
  [[nodiscard]] Result<std::string> make_pdf(std::string_view document) override;

  // Whether the program is there and may be started. Errors: SV-0100.
  [[nodiscard]] Result<void> check_program() const;

 private:
  OfficeOptions options_;
  std::timed_mutex turn_;
};

// As the configuration says (config.h).
[[nodiscard]] OfficeOptions office_options(const Config& config);

}  // namespace zicht::server
