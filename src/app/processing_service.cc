#include "app/processing_service.h"

#include "app/internal/body.h"
#include "app/present/json_writer.h"
#include "base/error_catalogue.h"

namespace zicht::app {

std::optional<ProcessingDocument> find_processing_document(std::string_view name) {
  if (name == "register") return ProcessingDocument::kRegister;
  if (name == "pre-dpia") return ProcessingDocument::kPreDpia;
  return std::nullopt;
}

Result<TextTable> ProcessingService::table(const Caller& caller, std::string_view document,
                                           Language language) const {
  const bool may_read = caller.has_builtin(model::kAdministrator) ||
                        caller.has_builtin(model::kAuditor) ||
                        caller.has_builtin(model::kPrivacyOfficer);
  if (!may_read) return make_error("AP-0002");
  const auto found = find_processing_document(document);
  if (!found) return make_error("AP-0006");
  return processing_table(*found, packs_.rules()->packs.all_active(), language);
}

Result<std::string> ProcessingService::read(const Caller& caller, std::string_view document,
                                            Language language) const {
  ZICHT_TRY(made, table(caller, document, language));
  std::string out;
  JsonWriter json(out);
  const auto texts = [&json](const std::vector<std::string>& all) {
    json.array();
    for (const std::string& text : all) json.text(text);
    json.end();
  };
  json.object().member("title", made.title).key("headings");
  texts(made.headings);
  json.key("rows").array();
  for (const auto& row : made.rows) texts(row);
  json.end().key("notes");
  texts(made.notes);
  json.end();
  return out;
}

Result<ExportFile> ProcessingService::export_file(const Caller& caller, std::string_view document,
                                                  const Json& request, Language language) const {
  ZICHT_TRY(made, table(caller, document, language));
  internal::Body body(request, {"format"});
  const std::string format = body.text("format");
  ZICHT_CHECKED(body.check());
  return processing_file(made, document, format, make_sink_, language);
}

Result<ExportFile> processing_file(const TextTable& table, std::string_view name,
                                   std::string_view format, const MakeTableSink& make_sink,
                                   Language language) {
  if (format == "md") {
    return ExportFile{to_markdown(table), "text/markdown; charset=utf-8",
                      std::string(name) + ".md"};
  }
  const auto sink = make_sink(format, language);
  if (sink == nullptr) return internal::body_error({make_problem("AP-0076", "/format")});
  ZICHT_TRY(content, to_file(table, *sink));
  return ExportFile{std::move(content), sink->content_type(),
                    std::string(name) + "." + sink->file_extension()};
}

}  // namespace zicht::app
