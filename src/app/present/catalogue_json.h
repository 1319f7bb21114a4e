// The metadata that drives the web ("Catalogue" in docs/formats/api.md), for one caller.
#pragma once

#include <string>
#include <vector>

#include "app/access.h"
#include "app/present/json_writer.h"

namespace zicht::app {

// One pack: forms that the caller may read or create with their visible fields, verified lists, the
// processes of those forms, desks.
void write_pack_metadata(JsonWriter& json, const model::Pack& pack, const Caller& caller);

// The blocks of a desk whose form the caller may read; forms of other packs count too. Blocks of
// words alone come with them, and not where there is nothing else to read.
[[nodiscard]] std::vector<const Json*> readable_blocks(const model::Desk& desk,
                                                       const model::PackSet& packs,
                                                       const Caller& caller);

// The desk may be opened: its audience is within the clearance of a role held in its pack.
[[nodiscard]] bool sees_desk(const model::Desk& desk, const model::Pack& pack,
                             const Caller& caller);

// With these of its blocks: to find them every `where` is read, so nobody asks for them twice.
void write_desk(JsonWriter& json, const model::Desk& desk, const std::vector<const Json*>& blocks);

}  // namespace zicht::app
