#include <string>

#include "base/text.h"
#include "model/json_schema.h"
#include "packs/diff.h"
#include "packs/load.h"
#include "packs/testing/folders.h"
#include "targets.h"

namespace zicht::fuzz {

void pack(std::string_view input) {
  static const packs::Files sample = packs::testing::sample_files();
  const std::string path(take_line(input));
  packs::Files files = sample;
  files[path] = std::string(input);
  const packs::LoadResult loaded = packs::load(files, {});
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    must(!diagnostic.message.nl.empty() && !diagnostic.message.en.empty(),
         "every finding says in both languages what is wrong");
    must(is_valid_utf8(diagnostic.message.nl) && is_valid_utf8(diagnostic.file),
         "what a finding quotes is text");
  }
  static_cast<void>(packs::hash_of_files(files));
  static_cast<void>(packs::needs_of(files));
  if (loaded.pack == nullptr) {
    must(!loaded.diagnostics.empty(), "a pack that is refused has a finding");
    return;
  }
  model::PackSet packs;
  for (const model::Form& form : loaded.pack->forms) {
    static_cast<void>(json_schema(form, packs, model::Sensitivity::kSecret));
  }
}

}  // namespace zicht::fuzz
