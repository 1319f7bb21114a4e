#include <algorithm>

#include "feel/finding.h"
#include "model/where.h"
#include "packs/internal/checks.h"
#include "packs/internal/expressions.h"

namespace zicht::packs::internal {

Place Draft::place(const std::string& file, const Path& path) const {
  const auto tree = trees.find(file);
  return tree == trees.end() ? Place{} : tree->second.place_at(path);
}

void Draft::error(std::string_view id, const std::string& file, const Path& path,
                  const Arguments& arguments) const {
  report.error(id, file, place(file, path), arguments);
}

void Draft::warning(std::string_view id, const std::string& file, const Path& path,
                    const Arguments& arguments) const {
  report.warning(id, file, place(file, path), arguments);
}

void Draft::unknown(std::string_view id, const std::string& file, const Path& path,
                    std::string_view written, const std::vector<std::string>& known) const {
  error(id, file, path,
        {{"name", std::string(written)}, {"known", suggestion(written, known)}});
}

void Draft::unknown_file(std::string_view id, const std::string& file, const Path& path,
                         std::string_view folder, std::string_view written,
                         const std::vector<std::string>& known) const {
  const std::string own = pack.id + "/";
  std::string_view stem = written;
  if (stem.starts_with(own)) stem.remove_prefix(own.size());
  const std::string wanted = std::string(folder) + "/" + std::string(stem) + ".yaml";
  if (!pack.files.contains(wanted)) unknown(id, file, path, written, known);
}

bool Draft::check_where(const std::string& file, const Path& path, std::string_view text,
                        const model::Form& form) const {
  const Place start = place(file, path);
  const auto text_of_file = pack.files.find(file);
  const feel::Pushed where = model::check_where(text, form);
  for (const feel::Finding& finding : where.findings) {
    const Place at = text_of_file == pack.files.end()
                         ? start
                         : place_in_scalar(text_of_file->second, start, text, finding.span.begin);
    if (finding.severity == Severity::kError) {
      report.error(finding.id, file, at, finding.arguments);
    } else {
      report.warning(finding.id, file, at, finding.arguments);
    }
  }
  return where.predicate.has_value();
}

void Draft::check_role(const std::string& file, const Path& path, const std::string& role) const {
  if (role.empty() || pack.find_role(role) != nullptr) return;
  if (model::is_builtin_role(role)) return;
  std::vector<std::string> known = ids_of(pack.roles);
  for (const auto builtin : {model::kVisitor, model::kAdministrator, model::kAuditor,
                             model::kPrivacyOfficer}) {
    known.emplace_back(builtin);
  }
  unknown("PK-0043", file, path, role, known);
}

void Draft::check_source(const std::string& file, const Path& path,
                         const std::string& source) const {
  if (source.empty()) return;
  const std::vector<std::string> known = ids_of(pack.sources);
  if (std::find(known.begin(), known.end(), source) != known.end()) return;
  unknown("PK-0049", file, path, source, known);
}

bool Draft::check_is_needed(const std::string& file, const Path& path,
                            std::string_view other) const {
  if (other == pack.id) return true;
  if (std::find(pack.needs.begin(), pack.needs.end(), other) != pack.needs.end()) return true;
  error("PK-0052", file, path, {{"pack", std::string(other)}});
  return false;
}

std::vector<const model::Form*> Draft::users_of(const model::Process& process) const {
  std::vector<const model::Form*> users;
  for (const model::Form& form : pack.forms) {
    const auto& by_code = form.process.by_code;
    const bool is_used =
        form.process.process == process.id ||
        std::any_of(by_code.begin(), by_code.end(),
                    [&](const auto& entry) { return entry.second == process.id; });
    if (is_used) users.push_back(&form);
  }
  return users;
}

std::vector<std::string> codes_of(const model::List& list) {
  std::vector<std::string> codes;
  for (const model::ListCode& code : list.codes) codes.push_back(code.code);
  return codes;
}

}  // namespace zicht::packs::internal
