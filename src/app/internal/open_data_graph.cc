#include "app/internal/open_data_graph.h"

#include <algorithm>
#include <set>

namespace zicht::app::internal {
namespace {

constexpr std::string_view kVocabulary = "http://publications.europa.eu/resource/authority/";
constexpr std::string_view kProfile = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/";
constexpr std::string_view kCataloguePath = "/v1/open-data/catalogue";
constexpr std::string_view kPage = "/open-data";

struct FileKind {
  std::string_view id, media_type, vocabulary_type;
  LocalizedText name;
  std::string_view standard;  // that says how it is written; empty: the media type does
};

const FileKind kFileKinds[] = {
    {"csv", "text/csv", "CSV", {"CSV", "CSV"}, "https://www.rfc-editor.org/rfc/rfc4180"},
    {"xlsx",
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     "XLSX",
     {"Excel (XLSX)", "Excel (XLSX)"},
     ""},
    {"json",
     "application/json",
     "JSON",
     {"JSON", "JSON"},
     "https://www.rfc-editor.org/rfc/rfc8259"},
};

const FileKind& file_kind(std::string_view id) {
  return *std::find_if(std::begin(kFileKinds), std::end(kFileKinds),
                       [&](const FileKind& kind) { return kind.id == id; });
}

std::string authority(std::string_view part) {
  return std::string(kVocabulary) + std::string(part);
}

RdfObject moment(const Instant& instant) { return rdf_typed(instant.to_string(), "xsd:dateTime"); }

class GraphMaker {
 public:
  GraphMaker(const OpenContent& content, const OpenDataOptions& options)
      : content_(content), options_(options) {}

  RdfGraph make() {
    add_catalogue();
    add_service();
    for (const OpenSeries& series : content_.series) add_series(series);
    for (const OpenDataset& dataset : content_.datasets) add_dataset(dataset);
    add_people();
    add_terms();
    return std::move(graph_);
  }

 private:
  std::string at(std::string_view path) const { return options_.base + std::string(path); }
  std::string part(std::string_view path, std::string_view name) const {
    return at(path) + "#" + std::string(name);
  }
  std::string publisher() const {
    return options_.publisher_address.empty() ? part(kPage, "publisher")
                                              : options_.publisher_address;
  }

  // A term of a list that others keep, which is told what kind of thing it is once.
  RdfObject term(const std::string& address, const std::string& type) {
    if (terms_.insert(address).second) kinds_.push_back({address, {type}});
    return rdf_iri(address);
  }

  void add_languages(RdfNode& node) {
    for (const char* code : {"NLD", "ENG"}) {
      node.add("dct:language", term(authority("language/") + code, "dct:LinguisticSystem"));
    }
  }

  // What a pack says of itself goes before what the installation says; empty: it says nothing.
  RdfObject licence(const std::string& own = {}) {
    return term(own.empty() ? options_.licence : own, "dct:LicenseDocument");
  }
  RdfObject place() { return term(authority("country/NLD"), "dct:Location"); }
  RdfObject is_public() { return term(authority("access-right/PUBLIC"), "dct:RightsStatement"); }

  void add_who(RdfNode& node) {
    node.add("dct:publisher", rdf_iri(publisher()));
    node.add("dcat:contactPoint", rdf_iri(part(kPage, "contact")));
  }

  void add_themes(RdfNode& node, const std::vector<std::string>& own = {}) {
    for (const std::string& theme : own.empty() ? options_.themes : own) {
      themes_.insert(theme);
      node.add("dcat:theme", rdf_iri(authority("data-theme/") + theme));
    }
  }

  void add_catalogue() {
    RdfNode node{part(kCataloguePath, "catalogue"), {"dcat:Catalog"}};
    node.add_words("dct:title",
                   {"Open data van " + options_.publisher, "Open data of " + options_.publisher});
    node.add_words(
        "dct:description",
        {"Registers, gepubliceerde edities en cijfers uit Zicht die iedereen mag zien en "
         "gebruiken.",
         "Registers, published editions and figures of Zicht that everybody may see and use."});
    add_who(node);
    node.add("dct:creator", rdf_iri(publisher()));
    add_languages(node);
    node.add("dct:license", licence());
    node.add("dct:spatial", place());
    node.add("dct:conformsTo", term(std::string(kProfile), "dct:Standard"));
    node.add("foaf:homepage", term(at(kPage), "foaf:Document"));
    node.add("dcat:themeTaxonomy", rdf_iri(authority("data-theme")));
    if (const auto newest = newest_change()) node.add("dct:modified", moment(*newest));
    for (const OpenDataset& each : content_.datasets) {
      node.add("dcat:dataset", rdf_iri(part(each.path, "dataset")));
    }
    node.add("dcat:service", rdf_iri(part("/v1", "service")));
    graph_.push_back(std::move(node));
  }

  std::optional<Instant> newest_change() const {
    std::optional<Instant> newest;
    for (const OpenDataset& each : content_.datasets) {
      if (each.modified && (!newest || *newest < *each.modified)) newest = each.modified;
    }
    return newest;
  }

  void add_service() {
    RdfNode node{part("/v1", "service"), {"dcat:DataService"}};
    node.add_words("dct:title", {"API van Zicht", "API of Zicht"});
    node.add_words("dct:description", {"Dezelfde gegevens, om er vragen over te stellen.",
                                       "The same data, to ask questions about."});
    node.add("dct:identifier", rdf_text(part("/v1", "service")));
    add_who(node);
    node.add("dct:creator", rdf_iri(publisher()));
    node.add("dct:accessRights", is_public());
    node.add("dct:license", licence());
    add_themes(node);
    add_languages(node);
    node.add("dcat:endpointURL", term(at("/v1"), "rdfs:Resource"));
    node.add("dcat:endpointDescription", term(at("/v1/openapi.json"), "rdfs:Resource"));
    node.add("dct:conformsTo", term("https://spec.openapis.org/oas/v3.1.0", "dct:Standard"));
    for (const OpenDataset& each : content_.datasets) {
      node.add("dcat:servesDataset", rdf_iri(part(each.path, "dataset")));
    }
    graph_.push_back(std::move(node));
  }

  void add_series(const OpenSeries& series) {
    RdfNode node{part(series.path, "series"), {"dcat:DatasetSeries"}};
    node.add_words("dct:title", series.title);
    node.add_words("dct:description", series.description);
    add_who(node);
    node.add("dct:spatial", place());
    if (series.issued) node.add("dct:issued", moment(*series.issued));
    if (series.modified) node.add("dct:modified", moment(*series.modified));
    node.add("dcat:landingPage", term(at(series.page), "foaf:Document"));
    graph_.push_back(std::move(node));
  }

  void add_dataset(const OpenDataset& dataset) {
    RdfNode node{part(dataset.path, "dataset"), {"dcat:Dataset"}};
    node.add_words("dct:title", dataset.title);
    node.add_words("dct:description", dataset.description);
    node.add("dct:identifier", rdf_text(node.address));
    add_who(node);
    node.add("dct:creator", rdf_iri(publisher()));
    node.add("dct:accessRights", is_public());
    add_themes(node, dataset.themes);
    for (const LocalizedText& keyword : dataset.keywords) node.add_words("dcat:keyword", keyword);
    add_languages(node);
    node.add("dct:spatial", place());
    if (dataset.issued) node.add("dct:issued", moment(*dataset.issued));
    if (dataset.modified) node.add("dct:modified", moment(*dataset.modified));
    if (!dataset.schema.empty()) {
      node.add("dct:conformsTo", term(at(dataset.schema), "dct:Standard"));
    }
    node.add("dcat:landingPage", term(at(dataset.page), "foaf:Document"));
    if (!dataset.series.empty()) {
      node.add("dcat:inSeries", rdf_iri(part(dataset.series, "series")));
    }
    if (!dataset.previous.empty()) {
      node.add("dcat:prev", rdf_iri(part(dataset.previous, "dataset")));
    }
    if (dataset.on) node.add("dct:temporal", rdf_iri(part(dataset.path, "period")));
    for (const std::string_view format : dataset.formats) {
      node.add("dcat:distribution", rdf_iri(part(dataset.path, format)));
    }
    graph_.push_back(std::move(node));
    if (dataset.on) add_period(dataset);
    for (const std::string_view format : dataset.formats) {
      add_distribution(dataset, file_kind(format));
    }
  }

  void add_period(const OpenDataset& dataset) {
    RdfNode node{part(dataset.path, "period"), {"dct:PeriodOfTime"}};
    node.add("dcat:startDate", rdf_typed(dataset.on->to_string(), "xsd:date"));
    node.add("dcat:endDate", rdf_typed(dataset.on->to_string(), "xsd:date"));
    graph_.push_back(std::move(node));
  }

  void add_distribution(const OpenDataset& dataset, const FileKind& kind) {
    const std::string file = at(dataset.path) + "?format=" + std::string(kind.id);
    RdfNode node{part(dataset.path, kind.id), {"dcat:Distribution"}};
    node.add_words("dct:title", kind.name);
    node.add("dcat:accessURL", term(file, "rdfs:Resource"));
    node.add("dcat:downloadURL", rdf_iri(file));
    node.add("dct:license", licence(dataset.licence));
    node.add("dcat:mediaType",
             term("https://www.iana.org/assignments/media-types/" + std::string(kind.media_type),
                  "dct:MediaType"));
    node.add("dct:format", term(authority("file-type/") + std::string(kind.vocabulary_type),
                                "dct:MediaTypeOrExtent"));
    // The words in it; ?language=en has the same in English.
    node.add("dct:language", term(authority("language/NLD"), "dct:LinguisticSystem"));
    if (!kind.standard.empty()) {
      node.add("dct:conformsTo", term(std::string(kind.standard), "dct:Standard"));
    }
    node.add("dcat:accessService", rdf_iri(part("/v1", "service")));
    if (dataset.issued) node.add("dct:issued", moment(*dataset.issued));
    if (dataset.modified) node.add("dct:modified", moment(*dataset.modified));
    graph_.push_back(std::move(node));
  }

  void add_people() {
    const LocalizedText name{options_.publisher, options_.publisher};
    RdfNode agent{publisher(), {"foaf:Agent"}};
    agent.add_words("foaf:name", name);
    graph_.push_back(std::move(agent));
    RdfNode contact{part(kPage, "contact"), {"vcard:Kind"}};
    contact.add_words("vcard:fn", name);
    if (!options_.contact_email.empty()) {
      contact.add("vcard:hasEmail", rdf_iri("mailto:" + options_.contact_email));
    }
    contact.add("vcard:hasURL", rdf_iri(at(kPage)));
    graph_.push_back(std::move(contact));
  }

  void add_terms() {
    for (const DataTheme& theme : kDataThemes) {
      if (!themes_.contains(theme.code)) continue;
      RdfNode node{authority("data-theme/") + std::string(theme.code), {"skos:Concept"}};
      node.add_words("skos:prefLabel", {std::string(theme.nl), std::string(theme.en)});
      node.add("skos:inScheme", rdf_iri(authority("data-theme")));
      graph_.push_back(std::move(node));
    }
    RdfNode scheme{authority("data-theme"), {"skos:ConceptScheme"}};
    scheme.add_words("dct:title", {"Thema's van gegevens", "Data themes"});
    graph_.push_back(std::move(scheme));
    for (RdfNode& kind : kinds_) graph_.push_back(std::move(kind));
  }

  const OpenContent& content_;
  const OpenDataOptions& options_;
  RdfGraph graph_;
  std::set<std::string> terms_;
  RdfGraph kinds_;
  std::set<std::string, std::less<>> themes_;  // codes of those that stand somewhere
};

}  // namespace

RdfGraph open_data_graph(const OpenContent& content, const OpenDataOptions& options) {
  return GraphMaker(content, options).make();
}

}  // namespace zicht::app::internal
