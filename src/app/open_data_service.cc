#include "app/open_data_service.h"

#include <boost/json/serialize.hpp>

#include "app/internal/open_data_content.h"
#include "app/internal/open_data_graph.h"
#include "app/internal/text_in.h"
#include "app/present/figures_rows.h"
#include "base/error_catalogue.h"
#include "base/hash.h"

namespace zicht::app {
namespace {

using internal::text_in;

// How old what is told may be.
constexpr std::int64_t kMicroseconds = 10'000'000;

struct FileOf {
  const json::object& figures;
  std::string title;  // of the table
  std::string name;   // of the file, without its ending
  std::string day;
  // The figures as the API tells them, for the format "json".
  std::string json;
};

Result<ExportFile> figures_file(const MakeTableSink& make_sink, FileOf file,
                                const OpenDataService::Wanted& wanted) {
  const std::string name = file.name + "-" + file.day;
  if (wanted.format == "json") {
    return ExportFile{std::move(file.json), "application/json", name + ".json"};
  }
  const std::unique_ptr<TableSink> sink = make_sink(wanted.format, wanted.language);
  if (sink == nullptr) return make_error("AP-0076");
  write_figures_rows(file.figures, file.title, wanted.language, *sink);
  ZICHT_TRY(content, sink->finish());
  return ExportFile{std::move(content), sink->content_type(), name + "." + sink->file_extension()};
}

SharedDocument shared(std::string text) {
  auto kept = std::make_shared<const std::string>(std::move(text));
  return {kept, hash_of(*kept).to_string().substr(0, 32)};
}

}  // namespace

Result<RdfGraph> OpenDataService::graph(const Rulebook& rules) const {
  ZICHT_TRY(content, internal::open_content(ports_.store, rules));
  return internal::open_data_graph(content, options_);
}

// Whose turn it is to make the catalogue, until the end of the block.
class OpenDataService::Turn {
 public:
  explicit Turn(OpenDataService& service) : service_(service) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    {
      const std::lock_guard lock(service_.mutex_);
      service_.is_being_made_ = false;
    }
    service_.is_done_.notify_all();
  }

 private:
  OpenDataService& service_;
};

Result<SharedDocument> OpenDataService::catalogue(RdfFormat format) {
  if (!ports_.write_rdf) return make_error("AP-0225");
  const RulebookPtr rules = ports_.packs.rules();
  Instant now;
  {
    std::unique_lock lock(mutex_);
    // Before there is any, all wait for the first. Afterwards nobody waits for another.
    is_done_.wait(lock, [this] { return made_at_ || !is_being_made_; });
    now = ports_.clock.now();
    const bool is_fresh =
        made_at_ && *made_at_ <= now && microseconds_between(*made_at_, now) < kMicroseconds;
    if (is_being_made_ || (is_fresh && made_for_ == rules->id)) {
      return made_[static_cast<std::size_t>(format)];
    }
    is_being_made_ = true;
  }
  const Turn turn(*this);
  return make_catalogue(*rules, now, format);
}

Result<SharedDocument> OpenDataService::make_catalogue(const Rulebook& rules, Instant now,
                                                       RdfFormat format) {
  ZICHT_TRY(content, graph(rules));
  std::array<SharedDocument, 2> made;
  for (const RdfFormat each : {RdfFormat::kJsonLd, RdfFormat::kTurtle}) {
    made[static_cast<std::size_t>(each)] = shared(ports_.write_rdf(content, each));
  }
  const std::lock_guard lock(mutex_);
  made_ = std::move(made);
  made_for_ = rules.id;
  made_at_ = now;
  return made_[static_cast<std::size_t>(format)];
}

Result<ExportFile> OpenDataService::register_file(const std::string& form, const Wanted& wanted) {
  const RulebookPtr rules = ports_.packs.rules();
  const ActiveForm found = find_active_form(*rules, form);
  if (found.form == nullptr || !internal::is_open_register(*found.pack, *found.form)) {
    return make_error("AP-0225");
  }
  const json::object body{{"form", form}, {"format", wanted.format}};
  return ports_.records.export_rows(Caller(), body, wanted.language, ExportNotes::kMissing);
}

Result<ExportFile> OpenDataService::edition_file(const Caller& caller, const std::string& record,
                                                 const std::string& field, const Wanted& wanted) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(document, ports_.records.read(caller, record, {}));
  ZICHT_TRY(read, parse_json(document.json));
  const json::object& told = read.as_object();
  const ActiveForm form = find_active_form(*rules, text_in(told, "form"));
  const model::Field* found = form.form == nullptr ? nullptr : form.form->find_field(field);
  if (found == nullptr || !found->edition) return make_error("AP-0226");
  const Json* figures = told.at("fields").as_object().if_contains(field);
  if (figures == nullptr || !figures->is_object()) return make_error("AP-0226");
  return figures_file(ports_.make_sink,
                      {.figures = figures->get_object(),
                       .title = in_language(found->label, wanted.language),
                       .name = form.form->id,
                       .day = text_in(figures->get_object(), "on"),
                       .json = json::serialize(*figures)},
                      wanted);
}

Result<ExportFile> OpenDataService::indicator_file(const IndicatorName& name,
                                                   const Wanted& wanted) {
  const RulebookPtr rules = ports_.packs.rules();
  const model::PackPtr pack = rules->packs.active(name.pack);
  const model::Indicator* indicator =
      pack == nullptr ? nullptr : pack->find_indicator(name.indicator);
  if (indicator == nullptr || !internal::is_open_indicator(*pack, *indicator)) {
    return make_error("AP-0225");
  }
  ZICHT_TRY(text, ports_.indicators.read(Caller(), name, {}));
  ZICHT_TRY(figures, parse_json(text));
  return figures_file(ports_.make_sink,
                      {.figures = figures.as_object(),
                       .title = in_language(indicator->title, wanted.language),
                       .name = indicator->id,
                       .day = text_in(figures.as_object(), "on"),
                       .json = std::move(text)},
                      wanted);
}

}  // namespace zicht::app
