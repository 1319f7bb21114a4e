#include "packs/internal/readers.h"
#include "packs/internal/values.h"
#include "packs/internal/yaml.h"
#include "packs/rounds.h"

namespace zicht::packs {
namespace internal {
namespace {

RoundViews read_views(const Source& source, const Node& node, const std::string& pack) {
  const MapReader map(source, node, {"form", "beside", "columns"});
  RoundViews views;
  views.form = full_id(map.text("form"), pack);
  views.beside = map.text("beside");
  views.columns = map.texts_or_none("columns");
  return views;
}

RoundRequests read_requests(const Source& source, const Node& node, const std::string& pack) {
  const MapReader map(source, node,
                      {"form", "of", "who", "organisation", "name", "remind", "follows"});
  RoundRequests requests;
  requests.form = full_id(map.text("form"), pack);
  requests.of = map.text("of");
  requests.who = map.text("who");
  requests.organisation = map.text("organisation");
  requests.name = map.text_or("name");
  requests.remind = map.text_or("remind");
  requests.follows = map.pairs_or_none("follows");
  return requests;
}

}  // namespace

Round read_round(const Source& source, const Node& node, const std::string& stem,
                 const model::Pack& pack) {
  const MapReader map(source, node,
                      {"round", "title", "lead", "form", "of", "order", "who", "among", "formerly",
                       "rows", "about", "set", "name", "previous", "replaces", "ask", "show",
                       "keep", "open", "views", "requests"});
  Round round;
  round.id = read_file_id(source, map, "round", stem);
  round.pack = pack.id;
  round.title = map.localized("title");
  round.lead = map.localized("lead");
  const std::string form = map.text("form");
  round.form = full_id(form, pack.id);
  round.of = map.text("of");
  round.order = map.text("order");
  round.who = map.text("who");
  round.among = map.text_or("among");
  round.formerly = map.text_or("formerly");
  round.rows = map.text("rows");
  round.about = map.texts_or_none("about");
  const Node* set = map.find("set");
  const model::Form* filled_in = pack.find_form(form);
  if (set != nullptr && filled_in != nullptr && expect_map(source, *set, "set")) {
    round.set = json_of_fields(*set, *filled_in, pack.id).as_object();
  }
  round.name = map.text_or("name");
  round.previous = map.text_or("previous");
  round.replaces = map.text_or("replaces");
  if (map.need("ask") != nullptr) round.ask = map.texts_or_none("ask");
  round.show = map.texts_or_none("show");
  round.keep = map.texts_or_none("keep");
  for (const std::string& state : map.texts_or_none("open")) round.open.insert(state);
  if (const Node* views = map.find("views")) round.views = read_views(source, *views, pack.id);
  if (const Node* requests = map.find("requests")) {
    round.requests = read_requests(source, *requests, pack.id);
  }
  return round;
}

}  // namespace internal

std::vector<Round> rounds_of(const model::Pack& pack) {
  constexpr std::string_view kFolder = "rounds/", kEnd = ".yaml";
  std::vector<Round> rounds;
  for (const auto& [path, text] : pack.files) {
    if (!path.starts_with(kFolder) || !path.ends_with(kEnd)) continue;
    internal::Report unheard;     // what is wrong was told when the pack was loaded
    const auto tree = internal::parse_yaml(text, path, unheard);
    if (!tree) continue;
    const std::string stem =
        path.substr(kFolder.size(), path.size() - kFolder.size() - kEnd.size());
    rounds.push_back(internal::read_round({path, unheard}, *tree, stem, pack));
  }
  return rounds;
}

}  // namespace zicht::packs
