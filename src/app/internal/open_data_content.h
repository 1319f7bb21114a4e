// What is open data: registers, published editions and indicators, as everybody may see them.
//
// Open is what a visitor may read and that says nothing of persons. A register needs leave to
// export too: who may look at rows one by one is not thereby given them all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/access.h"
#include "app/ports.h"
#include "app/rulebook.h"

namespace zicht::app::internal {

// One thing that can be taken as a whole.
struct OpenDataset {
  std::string path;  // "/v1/open-data/registers/pack/form"
  std::string page;  // of the web, "/registers/pack/form"
  LocalizedText title, description;
  std::vector<LocalizedText> keywords;
  std::vector<std::string_view> formats;  // "csv", "xlsx", "json"
  std::string schema;                     // path of the JSON Schema of its rows; empty: none
  std::optional<Instant> issued, modified;
  std::optional<Date> on;  // the day that it is about
  std::string series;      // path of the series it belongs to; empty: none
  std::string previous;    // path of the edition before it; empty: none
  std::string licence;     // of its pack; empty: that of the installation
  std::vector<std::string> themes;  // likewise
};

// Editions of one form.
struct OpenSeries {
  std::string path, page;
  LocalizedText title, description;
  std::optional<Instant> issued, modified;  // of the first and of the last edition
};

struct OpenContent {
  std::vector<OpenDataset> datasets;
  std::vector<OpenSeries> series;
};

// By the pack's own words; without looking at rows.
[[nodiscard]] bool is_open_register(const model::Pack& pack, const model::Form& form);
[[nodiscard]] bool is_open_indicator(const model::Pack& pack, const model::Indicator& indicator);

// Of all active packs: by kind, then by pack and id; editions by reference day. One question to the
// store for each open form, however many rows it has; editions are read page by page. Errors: those
// of the store.
[[nodiscard]] Result<OpenContent> open_content(Store& store, const Rulebook& rules);

}  // namespace zicht::app::internal
