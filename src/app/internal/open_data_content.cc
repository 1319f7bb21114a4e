#include "app/internal/open_data_content.h"

#include <algorithm>
#include <map>

#include "app/internal/indicator_count.h"
#include "app/internal/text_in.h"
#include "base/amsterdam.h"
#include "packs/terms.h"

namespace zicht::app::internal {
namespace {

using model::Form;
using model::Indicator;
using model::Sensitivity;

constexpr std::int64_t kRowsOfPage = 50;

const Json* member_of(const json::object& object, std::string_view key, json::kind kind) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->kind() == kind ? value : nullptr;
}

std::optional<Instant> instant_in(const json::object& object, std::string_view key) {
  auto moment = Instant::parse(text_in(object, key));
  return moment ? std::optional(*moment) : std::nullopt;
}

LocalizedText text_of(const json::object& object, std::string_view key) {
  const Json* text = member_of(object, key, json::kind::object);
  if (text == nullptr) return {};
  return {text_in(text->get_object(), "nl"), text_in(text->get_object(), "en")};
}

// Some row of it can be seen by everybody.
bool has_public_rows(const model::Pack& pack, const Form& form) {
  const auto is_public = [&](const std::string& id) {
    const model::Process* process = pack.find_process(id);
    if (process == nullptr) return form.audience == Sensitivity::kPublic;
    return std::any_of(process->states.begin(), process->states.end(), [&](const auto& state) {
      return state.audience.value_or(form.audience) == Sensitivity::kPublic;
    });
  };
  const auto& codes = form.process.by_code;
  if (form.process.by_field.empty()) return is_public(form.process.process);
  return std::any_of(codes.begin(), codes.end(),
                     [&](const auto& code) { return is_public(code.second); });
}

bool is_read_by_all(const model::Pack& pack, const Form& form) {
  return !form.is_about_persons() && may(Caller(), pack, form, model::Action::kRead) &&
         has_public_rows(pack, form);
}

bool has_editions(const Form& form) {
  return std::any_of(form.fields.begin(), form.fields.end(),
                     [](const model::Field& field) { return field.edition.has_value(); });
}

// Sentences that belong together; without the empty ones.
LocalizedText joined(const LocalizedText& first, const LocalizedText& second) {
  const auto both = [](const std::string& a, const std::string& b) {
    const bool needs_stop = !a.empty() && a.back() != '.' && a.back() != '?' && a.back() != '!';
    return b.empty() ? a : a.empty() ? b : a + (needs_stop ? ". " : " ") + b;
  };
  return {both(first.nl, second.nl), both(first.en, second.en)};
}

std::vector<LocalizedText> distinct(std::vector<LocalizedText> words) {
  std::vector<LocalizedText> once;
  for (LocalizedText& word : words) {
    if (std::find(once.begin(), once.end(), word) == once.end()) once.push_back(std::move(word));
  }
  return once;
}

class Finder {
 public:
  Finder(Store& store, const Rulebook& rules) : store_(store), rules_(rules) {}

  Result<OpenContent> find() {
    const auto packs = rules_.packs.all_active();
    for (const auto add :
         {&Finder::add_registers, &Finder::add_editions, &Finder::add_indicators}) {
      for (const model::PackPtr& pack : packs) {
        const std::size_t first = content_.datasets.size();
        ZICHT_CHECKED((this->*add)(*pack));
        give_terms(*pack, first);
      }
    }
    return std::move(content_);
  }

 private:
  // Under which the pack gives away what was found of it.
  void give_terms(const model::Pack& pack, std::size_t first) {
    if (first == content_.datasets.size()) return;
    const packs::PackTerms terms = packs::terms_of(pack);
    for (std::size_t i = first; i < content_.datasets.size(); ++i) {
      content_.datasets[i].licence = terms.licence;
      content_.datasets[i].themes = terms.themes;
    }
  }

  Result<void> add_registers(const model::Pack& pack) {
    for (const Form& form : pack.forms) {
      if (!is_open_register(pack, form)) continue;
      OpenDataset made;
      made.path = "/v1/open-data/registers/" + form.full_id();
      made.page = "/registers/" + form.full_id();
      made.title = form.plural;
      made.description = joined(form.description, pack.description);
      made.keywords = distinct({form.title, pack.title});
      made.formats = {"csv", "xlsx"};
      made.schema = "/v1/forms/" + form.full_id() + "/schema";
      ZICHT_TRY(modified, newest(pack, form));
      made.modified = modified;
      content_.datasets.push_back(std::move(made));
    }
    return {};
  }

  // When the newest row that everybody sees was written.
  Result<std::optional<Instant>> newest(const model::Pack& pack, const Form& form) {
    const auto known = newest_.find(form.full_id());
    if (known != newest_.end()) return known->second;
    model::Query query;
    query.form = form.full_id();
    query.scope = scope_of(Caller(), pack, form);
    query.limit = 1;
    query.with_children = false;
    ZICHT_TRY(page, store_.page(query));
    std::optional<Instant> moment;
    if (!page.records.empty()) moment = page.records.front().recorded_at;
    newest_.emplace(form.full_id(), moment);
    return moment;
  }

  Result<void> add_editions(const model::Pack& pack) {
    for (const Form& form : pack.forms) {
      if (!has_editions(form) || !is_read_by_all(pack, form)) continue;
      OpenSeries series;
      series.path = "/v1/open-data/series/" + form.full_id();
      series.page = "/registers/" + form.full_id();
      series.title = form.plural;
      series.description = joined(form.description, pack.description);
      const std::size_t first = content_.datasets.size();
      ZICHT_CHECKED(add_editions_of(pack, form, series.path));
      const auto begin = content_.datasets.begin() + static_cast<std::ptrdiff_t>(first);
      if (begin == content_.datasets.end()) continue;
      std::sort(begin, content_.datasets.end(), [](const OpenDataset& a, const OpenDataset& b) {
        return std::tie(a.on, a.issued, a.path) < std::tie(b.on, b.issued, b.path);
      });
      for (auto each = begin; each != content_.datasets.end(); ++each) {
        if (!series.issued || each->issued < series.issued) series.issued = each->issued;
        if (!series.modified || series.modified < each->issued) series.modified = each->issued;
        if (each != begin) each->previous = std::prev(each)->path;
      }
      content_.series.push_back(std::move(series));
    }
    return {};
  }

  Result<void> add_editions_of(const model::Pack& pack, const Form& form,
                               const std::string& series) {
    model::Query query;
    query.form = form.full_id();
    query.scope = scope_of(Caller(), pack, form);
    query.limit = kRowsOfPage;
    query.with_children = false;
    do {
      ZICHT_TRY(page, store_.page(query));
      for (const model::Record& record : page.records) {
        add_record(pack, form, query.scope, record, series);
      }
      query.cursor = page.next;
    } while (!query.cursor.empty());
    return {};
  }

  void add_record(const model::Pack& pack, const Form& form, const model::RowScope& scope,
                  const model::Record& record, const std::string& series) {
    if (!sees_row(scope, record)) return;
    for (const model::Field& field : form.fields) {
      if (!field.edition) continue;
      const Json* value = record.fields.as_object().if_contains(field.id);
      if (value == nullptr || !value->is_object()) continue;
      if (!sees_value(scope, record, field, *value)) continue;
      const json::object& figures = value->get_object();
      // A pack may let visitors see more than what is public; a draft is no open data yet.
      if (!figures.contains("released")) continue;
      add_edition(pack, form, field, record, figures, sees_title(scope, record.organisation, form));
      content_.datasets.back().series = series;
    }
  }

  void add_edition(const model::Pack& pack, const Form& form, const model::Field& field,
                   const model::Record& record, const json::object& figures, bool has_title) {
    OpenDataset made;
    made.path = "/v1/open-data/editions/" + record.id + "/" + field.id;
    made.page = "/records/" + record.id;
    const std::string title = has_title ? record.title : form.title.nl;
    made.title = has_title ? LocalizedText{title, title} : form.title;
    made.keywords = {form.title, pack.title};
    LocalizedText told{"Cijfers:", "Figures:"};
    std::string stop = " ";
    for (const Json& each : figures.at("indicators").as_array()) {
      const LocalizedText name = text_of(each.as_object(), "title");
      told.nl += stop + name.nl;
      told.en += stop + name.en;
      stop = "; ";
      made.keywords.push_back(name);
    }
    made.keywords = distinct(std::move(made.keywords));
    if (const auto day = Date::parse(text_in(figures, "on"))) made.on = *day;
    if (made.on) {
      const LocalizedText words = long_text(*made.on);
      told = joined(told, {"Peildatum: " + words.nl + ".", "Reference date: " + words.en + "."});
    }
    made.description = joined(form.description, told);
    made.formats = {"csv", "xlsx", "json"};
    made.issued = made.modified = instant_in(figures, "released");
    content_.datasets.push_back(std::move(made));
  }

  Result<void> add_indicators(const model::Pack& pack) {
    for (const Indicator& indicator : pack.indicators) {
      if (!is_open_indicator(pack, indicator)) continue;
      const Form& form = *pack.find_form(indicator.form);
      OpenDataset made;
      made.path = "/v1/open-data/indicators/" + indicator.full_id();
      made.page = "/cijfers/" + indicator.full_id();
      made.title = indicator.title;
      made.description = joined(indicator.definition, source_of(pack, indicator));
      made.keywords = distinct({indicator.title, form.plural, pack.title});
      made.formats = {"csv", "xlsx", "json"};
      ZICHT_TRY(modified, newest(pack, form));
      made.modified = modified;
      content_.datasets.push_back(std::move(made));
    }
    return {};
  }

  static LocalizedText source_of(const model::Pack& pack, const Indicator& indicator) {
    for (const model::Source& source : pack.sources) {
      if (source.id != indicator.source) continue;
      return {"Bron: " + source.title.nl + ".", "Source: " + source.title.en + "."};
    }
    return {};
  }

  Store& store_;
  const Rulebook& rules_;
  OpenContent content_;
  std::map<std::string, std::optional<Instant>> newest_;  // by form
};

}  // namespace

bool is_open_register(const model::Pack& pack, const Form& form) {
  return is_read_by_all(pack, form) && !has_editions(form) &&
         may(Caller(), pack, form, model::Action::kExport);
}

bool is_open_indicator(const model::Pack& pack, const Indicator& indicator) {
  const Form* form = pack.find_form(indicator.form);
  return indicator.protection.is_already_public && form != nullptr && is_read_by_all(pack, *form) &&
         scope_for(Caller(), pack, indicator).has_value();
}

Result<OpenContent> open_content(Store& store, const Rulebook& rules) {
  return Finder(store, rules).find();
}

}  // namespace zicht::app::internal
