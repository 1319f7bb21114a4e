#include "exchange/internal/workbook.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "exchange/internal/import_columns.h"
#include "exchange/internal/workbook_parts.h"

namespace zicht::exchange::internal {
namespace {

constexpr std::string_view kBook = "xl/workbook.xml";
constexpr std::string_view kBookRelations = "xl/_rels/workbook.xml.rels";
constexpr std::string_view kStrings = "xl/sharedStrings.xml";
constexpr std::string_view kStyles = "xl/styles.xml";
constexpr std::string_view kSheets = "xl/worksheets/";
constexpr std::size_t kAlwaysAllowed = std::size_t{1} << 20;

using Parts = std::map<std::string, Part, std::less<>>;

struct CloseArchive {
  void operator()(archive* opened) const { archive_read_free(opened); }
};

Error broken(std::string part) { return make_error("EX-0063", {{"part", std::move(part)}}); }

bool is_needed(std::string_view name) {
  return name == kBook || name == kBookRelations || name == kStrings || name == kStyles ||
         (name.starts_with(kSheets) && name.ends_with(".xml"));
}

// The parts that are needed; everything else is not unpacked.
class Unpacker {
 public:
  explicit Unpacker(std::string_view content)
      : content_(content),
        most_(std::min(kMostUnpacked, std::max(kAlwaysAllowed, content.size() * kMostTimes))) {}

  Result<Parts> run() {
    const std::unique_ptr<archive, CloseArchive> opened(archive_read_new());
    archive_read_support_format_zip_seekable(opened.get());
    if (archive_read_open_memory(opened.get(), content_.data(), content_.size()) != ARCHIVE_OK) {
      return broken("ZIP");
    }
    std::size_t seen = 0;
    archive_entry* entry = nullptr;
    for (int status = ARCHIVE_OK; (status = archive_read_next_header(opened.get(), &entry)) !=
                                  ARCHIVE_EOF;) {
      if (status < ARCHIVE_WARN) return broken("ZIP");
      if (++seen > kMostParts) return too_large();
      const char* name = archive_entry_pathname(entry);
      if (name == nullptr || !is_needed(name)) continue;
      ZICHT_CHECKED(unpack(opened.get(), name));
    }
    return std::move(parts_);
  }

 private:
  static Error too_large() {
    return make_error("EX-0061", {{"limit", std::to_string(kMostUnpacked >> 20)}});
  }

  Result<void> unpack(archive* opened, const std::string& name) {
    Part part{name, ""};
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    int status = ARCHIVE_OK;
    while ((status = archive_read_data_block(opened, &block, &size, &offset)) == ARCHIVE_OK) {
      unpacked_ += size;
      if (unpacked_ > most_) return too_large();
      part.content.append(static_cast<const char*>(block), size);
    }
    if (status != ARCHIVE_EOF) return broken(name);
    parts_.insert_or_assign(name, std::move(part));
    return {};
  }

  const std::string_view content_;
  const std::size_t most_;
  std::size_t unpacked_ = 0;
  Parts parts_;
};

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

// "worksheets/sheet1.xml" and "/xl/worksheets/sheet1.xml" are the same part.
std::string part_name(std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  return "xl/" + std::string(target);
}

class BookReader {
 public:
  BookReader(Parts parts, const app::TableWish& wish) : parts_(std::move(parts)), wish_(wish) {}

  Result<app::ImportTable> run() {
    const Part* book_part = find(kBook);
    const Part* relations_part = find(kBookRelations);
    if (book_part == nullptr) return broken(std::string(kBook));
    if (relations_part == nullptr) return broken(std::string(kBookRelations));
    ZICHT_TRY(book, read_book_part(*book_part));
    ZICHT_TRY(relations, read_relations(*relations_part));
    if (relations.has_external_link) return make_error("EX-0064");
    table_.format = "xlsx";
    for (const SheetName& sheet : book.sheets) table_.sheets.push_back(sheet.name);
    ZICHT_TRY(sheet, wanted_sheet(book, relations));
    ZICHT_CHECKED(read_strings_and_styles());
    ZICHT_CHECKED(read_rows(*sheet, book.counts_from_1904));
    return std::move(table_);
  }

 private:
  const Part* find(std::string_view name) const {
    const auto found = parts_.find(name);
    return found == parts_.end() ? nullptr : &found->second;
  }

  Result<const Part*> wanted_sheet(const BookPart& book, const Relations& relations) {
    for (const SheetName& sheet : book.sheets) {
      if (!wish_.sheet.empty() && sheet.name != wish_.sheet) continue;
      const auto target = relations.targets.find(sheet.relation);
      if (target == relations.targets.end()) return broken(std::string(kBookRelations));
      const std::string name = part_name(target->second);
      const Part* part = find(name);
      if (part == nullptr) return broken(name);
      table_.sheet = sheet.name;
      return part;
    }
    if (wish_.sheet.empty()) return broken(std::string(kBook));
    return make_error("EX-0065", {{"sheet", wish_.sheet}, {"sheets", joined(table_.sheets)}});
  }

  Result<void> read_strings_and_styles() {
    if (const Part* part = find(kStrings)) {
      ZICHT_TRY(strings, read_strings(*part));
      strings_ = std::move(strings);
    }
    if (const Part* part = find(kStyles)) {
      ZICHT_TRY(styles, read_date_styles(*part));
      date_styles_ = std::move(styles);
    }
    return {};
  }

  Result<void> read_rows(const Part& sheet, bool counts_from_1904) {
    const SheetContext context{strings_, date_styles_, counts_from_1904};
    const auto take = [this](std::uint32_t line, std::vector<app::ImportCell> cells) {
      return take_row(line, std::move(cells));
    };
    ZICHT_CHECKED(read_sheet(sheet, context, take));
    return table_.columns.empty() ? Result<void>(no_header()) : Result<void>();
  }

  Error no_header() const {
    return make_error("EX-0066", {{"line", std::to_string(wish_.header_row)}});
  }

  Result<void> take_row(std::uint32_t line, std::vector<app::ImportCell> cells) {
    if (line < wish_.header_row) return {};
    if (line == wish_.header_row) {
      std::vector<std::string> names;
      for (app::ImportCell& cell : cells) names.emplace_back(trim(cell.text));
      ZICHT_CHECKED(check_columns(names, wish_.header_row));
      table_.columns = std::move(names);
      return {};
    }
    if (table_.columns.empty()) return no_header();
    const bool is_empty = std::all_of(cells.begin(), cells.end(), [](const auto& cell) {
      return trim(cell.text).empty() && cell.kind != app::CellKind::kBroken;
    });
    if (is_empty) return {};
    return add_row(table_, line, std::move(cells));
  }

  Parts parts_;
  const app::TableWish& wish_;
  app::ImportTable table_;
  std::vector<std::string> strings_;
  std::set<std::size_t> date_styles_;
};

}  // namespace

Result<app::ImportTable> read_workbook(std::string_view content, const app::TableWish& wish) {
  ZICHT_TRY(parts, Unpacker(content).run());
  return BookReader(std::move(parts), wish).run();
}

}  // namespace zicht::exchange::internal
