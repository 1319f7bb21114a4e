// Open data as DCAT-AP-NL 3.0 describes it: a catalogue, its datasets and their files, who is
// behind them and whom to ask. Pure.
//
// Sources: Geonovum, DCAT-AP-NL 3.0 (docs.geostandaarden.nl/dcat/dcat-ap-nl30); SEMIC, DCAT-AP
// 3.0.1; EU Vocabularies for languages, file types, themes and access rights. What a dataset is
// called and how old it is comes with it; the publisher is that of the installation, and so are
// licence and themes where a pack has none of its own.
#pragma once

#include "app/internal/open_data_content.h"
#include "app/open_data_service.h"

namespace zicht::app::internal {

[[nodiscard]] RdfGraph open_data_graph(const OpenContent& content, const OpenDataOptions& options);

}  // namespace zicht::app::internal
