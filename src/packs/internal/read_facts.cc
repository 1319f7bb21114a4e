#include <algorithm>

#include "base/text.h"
#include "packs/internal/csv.h"
#include "packs/internal/facts.h"
#include "packs/internal/readers.h"
#include "packs/internal/values.h"

namespace zicht::packs::internal {
namespace {

using model::Field;
using model::FieldType;

Node scalar(const Cell& cell) {
  Node node;
  node.kind = Node::Kind::kScalar;
  node.place = cell.place;
  node.text = std::string(trim(cell.text));
  return node;
}

Node map_at(const Place& place) {
  Node node;
  node.kind = Node::Kind::kMap;
  node.place = place;
  return node;
}

void put(Node& map, std::string key, Node value) {
  const Place place = value.place;
  map.members.push_back({std::move(key), place, std::move(value)});
}

model::FactStep read_step(const Source& source, const Node& node, const model::Form& form,
                          const std::string& pack) {
  const MapReader map(source, node, {"do", "on", "fields", "reason"});
  model::FactStep step;
  step.transition = map.text("do");
  static_cast<void>(map.need("on"));
  step.on = map.date_if("on").value_or(Date::min());
  const Node* fields = map.find("fields");
  step.fields = fields == nullptr ? json::object() : json_of_fields(*fields, form, pack);
  step.reason = map.text_or("reason");
  return step;
}

// Turns the cells of a CSV file into the trees that a YAML file would have given.
class CsvSheet {
 public:
  CsvSheet(const Draft& draft, const model::Form& form, std::string file,
           std::map<std::string, std::string> references)
      : draft_(draft), form_(form), file_(std::move(file)), references_(std::move(references)) {}

  std::vector<Node> nodes(std::string_view text) {
    const std::vector<CsvRow> rows = parse_csv(text, file_, draft_.report);
    std::vector<Node> nodes;
    if (rows.empty()) {
      draft_.report.error("PK-0021", file_, {1, 1}, {{"key", "id"}});
      return nodes;
    }
    check_header(rows.front());
    for (std::size_t i = 1; i < rows.size(); ++i) nodes.push_back(node_of(rows.front(), rows[i]));
    return nodes;
  }

 private:
  void check_header(const CsvRow& header) {
    std::vector<std::string> known = {"id", "from"};
    for (const Field& field : form_.fields) known.push_back(field.id);
    std::set<std::string> seen;
    for (const Cell& cell : header) {
      const std::string name(trim(cell.text));
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        draft_.report.error("PK-0130", file_, cell.place,
                            {{"column", name}, {"known", suggestion(name, known)}});
      }
      if (!seen.insert(name).second) {
        draft_.report.error("PK-0032", file_, cell.place, {{"id", name}});
      }
    }
    if (seen.contains("id")) return;
    draft_.report.error("PK-0021", file_, header.front().place, {{"key", "id"}});
  }

  Node node_of(const CsvRow& header, const CsvRow& row) const {
    Node record = map_at(row.front().place);
    Node fields = map_at(row.front().place);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string name(trim(header[i].text));
      if (trim(row[i].text).empty()) continue;
      if (name == "id" || name == "from") {
        put(record, name, scalar(row[i]));
      } else if (const Field* field = form_.find_field(name)) {
        put(fields, name, value_of(*field, row[i]));
      }
    }
    put(record, "fields", std::move(fields));
    return record;
  }

  Node value_of(const Field& field, const Cell& cell) const {
    if (!field.is_many) return item_of(field, scalar(cell));
    Node items = scalar(cell);
    items.kind = Node::Kind::kSequence;
    std::string_view rest = items.text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      Cell part{std::string(rest.substr(0, end)), cell.place};
      items.items.push_back(item_of(field, scalar(part)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return items;
  }

  Node item_of(const Field& field, Node value) const {
    const auto reference = references_.find(field.id);
    if (reference != references_.end()) {
      std::string text = reference->second;
      const std::size_t at = text.find("{value}");
      if (at != std::string::npos) text.replace(at, 7, value.text);
      value.text = "fact(" + text + ")";
    }
    if (field.type != FieldType::kUncertainDate) return value;
    Node window = map_at(value.place);  // a cell holds one day
    put(window, "first", value);
    put(window, "last", value);
    return window;
  }

  const Draft& draft_;
  const model::Form& form_;
  const std::string file_;
  const std::map<std::string, std::string> references_;
};

class FactReader {
 public:
  FactReader(const Draft& draft, const Node& node, const std::string& stem,
             const std::map<std::string, std::string>& files)
      : draft_(draft), files_(files), path_("facts/" + stem + ".yaml"),
        source_{path_, draft.report},
        map_(source_, node,
             {"facts", "form", "organisation", "verified", "reason", "csv", "references",
              "records"}) {
    sheet_.path = path_;
    sheet_.file.id = read_file_id(source_, map_, "facts", stem);
  }

  FactSheet read() {
    read_head();
    const model::Form* form = find_form();
    if (form == nullptr) return std::move(sheet_);
    if (map_.has("csv") == map_.has("records")) {
      source_.error("PK-0127", map_.node().place);
    } else if (map_.has("csv")) {
      read_csv(*form);
    } else if (const Node* records = map_.find("records");
               expect_sequence(source_, *records, "records")) {
      for (const Node& item : records->items) read_row(path_, item, *form);
    }
    return std::move(sheet_);
  }

 private:
  void read_head() {
    if (const Node* organisation = map_.need("organisation"); organisation != nullptr) {
      const MapReader map(source_, *organisation, {"id", "name"});
      sheet_.file.organisation = map.text("id");
      sheet_.file.organisation_name = map.text("name");
      if (const Node* id = map.find("id")) {
        check_id(source_, id->place, sheet_.file.organisation, IdKind::kKebab);
      }
    }
    sheet_.file.is_verified = map_.boolean_or("verified", true);
    const auto reason = map_.localized_if("reason");
    if (!sheet_.file.is_verified && !reason) {
      source_.error("PK-0100", map_.node().place_at({"verified"}));
    }
  }

  const model::Form* find_form() {
    const std::string written = map_.text("form");
    if (written.empty()) return nullptr;
    sheet_.form_place = map_.find("form")->place;
    sheet_.file.form = full_id(written, draft_.pack.id);
    const auto parts = model::split_full_id(sheet_.file.form);
    if (parts->first != draft_.pack.id) {
      draft_.error("PK-0054", path_, {"form"});
      return nullptr;
    }
    const model::Form* form = draft_.pack.find_form(parts->second);
    if (form == nullptr) {
      draft_.unknown_file("PK-0041", path_, {"form"}, "forms", written, ids_of(draft_.pack.forms));
    }
    return form;
  }

  void read_csv(const model::Form& form) {
    const std::string name = map_.text("csv");
    const auto file = files_.find("facts/" + name);
    if (file == files_.end()) {
      std::vector<std::string> known;
      for (const auto& [path, text] : files_) {
        if (path.starts_with("facts/") && path.ends_with(".csv")) known.push_back(path.substr(6));
      }
      draft_.unknown("PK-0128", path_, {"csv"}, name, known);
      return;
    }
    CsvSheet sheet(draft_, form, file->first, read_references(form));
    for (const Node& node : sheet.nodes(file->second)) read_row(file->first, node, form);
  }

  std::map<std::string, std::string> read_references(const model::Form& form) {
    std::map<std::string, std::string> references;
    const Node* node = map_.find("references");
    if (node == nullptr || !expect_map(source_, *node, "references")) return references;
    for (const Member& member : node->members) {
      const std::string text = read_text(source_, member.value, member.key);
      references[member.key] = text;
      const Field* field = form.find_field(member.key);
      if (field == nullptr) {
        source_.error("PK-0045", member.place,
                      {{"name", member.key}, {"known", suggestion(member.key,
                                                                  ids_of(form.fields))}});
      } else if (field->type != FieldType::kReference ||
                 text.find("{value}") == std::string::npos) {
        source_.error("PK-0132", member.value.place, {{"field", member.key}});
      }
    }
    return references;
  }

  void read_row(const std::string& file, const Node& node, const model::Form& form) {
    const Source source{file, draft_.report};
    if (!expect_map(source, node, "records")) return;
    const MapReader map(source, node, {"id", "from", "fields", "steps"});
    FactRow row{file, node, {}};
    row.fact.id = map.text("id");
    if (const Node* id = map.find("id"); id != nullptr && !row.fact.id.empty()) {
      check_id(source, id->place, row.fact.id, IdKind::kKebab);
    }
    row.fact.from = map.date_if("from");
    const Node* fields = map.need("fields");
    row.fact.fields =
        fields == nullptr ? json::object() : json_of_fields(*fields, form, draft_.pack.id);
    if (const Node* steps = map.find("steps"); steps && expect_sequence(source, *steps, "steps")) {
      for (const Node& step : steps->items) {
        row.fact.steps.push_back(read_step(source, step, form, draft_.pack.id));
      }
    }
    sheet_.rows.push_back(std::move(row));
  }

  const Draft& draft_;
  const std::map<std::string, std::string>& files_;
  const std::string path_;
  const Source source_;
  const MapReader map_;
  FactSheet sheet_;
};

}  // namespace

FactSheet read_facts(const Draft& draft, const Node& node, const std::string& stem,
                     const std::map<std::string, std::string>& files) {
  return FactReader(draft, node, stem, files).read();
}

}  // namespace zicht::packs::internal
