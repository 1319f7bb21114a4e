#include "packs/load.h"

#include <boost/json/object.hpp>
#include <algorithm>

#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "packs/import_mapping.h"
#include "packs/internal/checks.h"
#include "packs/internal/facts.h"
#include "packs/internal/letters.h"
#include "packs/internal/models.h"
#include "packs/internal/readers.h"
#include "packs/internal/test_cases.h"
#include "packs/internal/yaml.h"

namespace zicht::packs {
namespace {

using namespace internal;  // NOLINT: this file is the front of packs/internal

constexpr std::string_view kPackFile = "pack.yaml";
constexpr std::size_t kMaxOfAKind = 500;  // files in one folder

struct FileName {
  std::string folder;   // empty for the top
  std::string stem;
  std::string extension;
};

FileName split_path(std::string_view path) {
  FileName name;
  if (const std::size_t slash = path.find('/'); slash != std::string_view::npos) {
    name.folder = path.substr(0, slash);
    path.remove_prefix(slash + 1);
  }
  const std::size_t dot = path.rfind('.');
  name.stem = path.substr(0, dot);
  if (dot != std::string_view::npos) name.extension = path.substr(dot + 1);
  return name;
}

// One load, from files to pack; holds what the stages share.
class Loader {
 public:
  Loader(const Files& files, const model::PackSet& needed) : files_(files), packs_(needed) {}

  LoadResult run() {
    if (check_sizes() && check_names()) {
      parse_all();
      read_all();
      check_all();
    }
    LoadResult result{nullptr, report_.take_sorted()};
    if (!has_errors(result.diagnostics)) result.pack = pack_;
    return result;
  }

 private:
  bool check_sizes() {
    std::size_t total = 0;
    bool is_good = true;
    for (const auto& [path, text] : files_) {
      total += text.size();
      if (text.size() <= kMaxFileBytes) continue;
      report_.error("PK-0002", path, {}, {{"limit", "2 MiB"}});
      is_good = false;
    }
    if (total > kMaxPackBytes || files_.size() > kMaxFiles) {
      report_.error("PK-0002", "", {}, {{"limit", "32 MiB, 2000 files"}});
      is_good = false;
    }
    return is_good;
  }

  // A name that is no text would go into findings and the journal.
  bool check_names() {
    bool is_good = true;
    for (const auto& [path, text] : files_) {
      if (check_text(path).has_value()) continue;
      report_.error("PK-0003", percent_encoded(path), {});
      is_good = false;
    }
    return is_good;
  }

  void parse_all() {
    std::map<std::string, std::size_t> counts;
    for (const auto& [path, text] : files_) {
      const FileName name = split_path(path);
      if (name.extension == "md" || name.extension == "csv") continue;
      const bool is_model = !model_id_of(path).empty();
      if (!is_model && !belongs(path, name)) {
        report_.error("PK-0016", path, {}, {{"path", path}});
        continue;
      }
      if (++counts[name.folder] > kMaxOfAKind) {
        report_.error("PK-0014", path, {},
                      {{"what", LocalizedText{"bestanden in een map", "files in a folder"}},
                       {"limit", std::to_string(kMaxOfAKind)}});
        continue;
      }
      if (is_model) continue;   // read_models reads it
      auto tree = parse_yaml(text, path, report_);
      if (tree) trees_.emplace(path, *std::move(tree));
    }
  }

  static bool belongs(std::string_view path, const FileName& name) {
    static const std::vector<std::string> kFolders = {
        "forms", "lists", "regimes", "processes", "norms", "indicators",
        "letters", "desks", "rounds", "facts", "imports", "tests"};
    if (path == kPackFile) return true;
    return name.extension == "yaml" && name.stem.find('/') == std::string::npos &&
           std::find(kFolders.begin(), kFolders.end(), name.folder) != kFolders.end();
  }

  void read_all() {
    pack_->files = files_;
    pack_->hash = hash_of_files(files_);
    const std::string file(kPackFile);
    if (const auto tree = trees_.find(file); tree != trees_.end()) {
      read_pack_file({file, report_}, tree->second, *pack_);
    } else if (!files_.contains(file)) {
      report_.error("PK-0001", file, {});
    }
    each_in("forms", [&](const Source& source, const Node& node, const std::string& stem) {
      pack_->forms.push_back(read_form(source, node, stem, pack_->id));
    });
    each_in("lists", [&](const Source& source, const Node& node, const std::string& stem) {
      pack_->lists.push_back(read_list(source, node, stem, pack_->id));
    });
    each_in("regimes", [&](const Source& source, const Node& node, const std::string& stem) {
      pack_->regimes.emplace(stem, read_regime(source, node, stem));
    });
    each_in("processes", [&](const Source& source, const Node& node, const std::string& stem) {
      pack_->processes.push_back(read_process(source, node, stem, pack_->id));
    });
    pack_->models = read_models(files_, report_);
    each_in("norms", [&](const Source& source, const Node& node, const std::string& stem) {
      pack_->frameworks.push_back(read_framework(source, node, stem));
    });
    each_in("indicators", [&](const Source& source, const Node& node, const std::string& stem) {
      pack_->indicators.push_back(read_indicator(source, node, stem, pack_->id));
    });
    each_in("letters", [&](const Source& source, const Node& node, const std::string& stem) {
      letters_.push_back(read_letter(source, node, stem, pack_->id));
    });
    each_in("desks", [&](const Source& source, const Node& node, const std::string& stem) {
      pack_->desks.push_back(read_desk(source, node, stem, pack_->id));
    });
  }

  template <class Read>
  void each_in(const std::string& folder, Read read) {
    for (const auto& [path, tree] : trees_) {
      const FileName name = split_path(path);
      if (name.folder != folder) continue;
      check_id({path, report_}, tree.place, name.stem, IdKind::kKebab);
      read(Source{path, report_}, tree, name.stem);
    }
  }

  void check_all() {
    packs_.add(pack_);
    packs_.activate(pack_->hash);
    const Draft draft{*pack_, trees_, packs_, report_};
    check_needs(draft);
    check_forms(draft);
    check_persons(draft);
    check_lists_and_regimes(draft);
    check_processes(draft);
    check_editions(draft);
    compile_rules(draft, *pack_);
    compile_norms(draft, *pack_);
    compile_indicators(draft, *pack_);
    for (const model::LetterTemplate& letter : letters_) check_letter(draft, letter);
    check_desks(draft);
    each_in("rounds", [&](const Source& source, const Node& node, const std::string& stem) {
      check_round(draft, read_round(source, node, stem, *pack_));
    });
    load_facts(draft);
    check_maps(draft);
    check_imports();
    each_in("tests", [&](const Source& source, const Node& node, const std::string& stem) {
      static_cast<void>(read_test_cases(draft, source, node, stem));
    });
  }

  void check_needs(const Draft& draft) {
    for (std::size_t i = 0; i < pack_->needs.size(); ++i) {
      if (packs_.active(pack_->needs[i]) != nullptr) continue;
      has_needs_ = false;
      draft.error("PK-0050", std::string(kPackFile), {"needs", std::to_string(i)},
                  {{"pack", pack_->needs[i]}});
    }
  }

  // Without a needed pack every list and reference of it would be blamed.
  void check_imports() {
    if (!has_needs_) return;
    for (PackImport& each : imports_of(*pack_, packs_)) report_.add(std::move(each.diagnostics));
  }

  void load_facts(const Draft& draft) {
    std::vector<FactSheet> sheets;
    each_in("facts", [&](const Source&, const Node& node, const std::string& stem) {
      sheets.push_back(read_facts(draft, node, stem, files_));
    });
    // Without a needed pack every row that uses its lists or facts would be blamed.
    if (has_needs_) check_facts(draft, sheets);
    for (FactSheet& sheet : sheets) {
      for (FactRow& row : sheet.rows) sheet.file.facts.push_back(std::move(row.fact));
      pack_->facts.push_back(std::move(sheet.file));
    }
  }

  const Files& files_;
  model::PackSet packs_;
  Report report_;
  std::map<std::string, Node> trees_;
  std::vector<model::LetterTemplate> letters_;
  bool has_needs_ = true;   // every pack under `needs` is at hand
  // Also in packs_, to look things up in; nobody else sees it before it is complete.
  const std::shared_ptr<model::Pack> pack_ = std::make_shared<model::Pack>();
};

}  // namespace

LoadResult load(const Files& files, const model::PackSet& needed) {
  return Loader(files, needed).run();
}

std::string hash_of_files(const Files& files) {
  json::object content;
  for (const auto& [path, text] : files) content[path] = text;
  const auto canonical = canonical_json(content);
  ZICHT_CHECK(canonical.has_value(), "an object of texts has a canonical form");
  return hash_of(*canonical).to_string();
}

namespace {

// pack.yaml as a tree, without a word about what is wrong with it.
std::optional<Node> head_of(const Files& files) {
  const auto file = files.find(std::string(kPackFile));
  if (file == files.end()) return std::nullopt;
  Report unheard;
  return parse_yaml(file->second, file->first, unheard);
}

}  // namespace

std::string name_of(const Files& files) {
  const auto tree = head_of(files);
  const Node* name = tree ? tree->find("pack") : nullptr;
  return name != nullptr && name->is_scalar() ? name->text : "";
}

std::vector<std::string> needs_of(const Files& files) {
  const auto tree = head_of(files);
  const Node* needs = tree ? tree->find("needs") : nullptr;
  if (needs == nullptr) return {};
  std::vector<std::string> names;
  for (const Node& item : needs->items) {
    if (item.is_scalar()) names.push_back(item.text);
  }
  return names;
}

}  // namespace zicht::packs
