#include "exchange/internal/workbook_parts.h"

#include <expat.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>

#include "base/date.h"
#include "base/error_catalogue.h"

namespace zicht::exchange::internal {
namespace {

constexpr int kMostDepth = 64;

std::string_view local_name(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

using Attributes = std::map<std::string_view, std::string_view>;

// What a part does with the elements of its XML. Names are without their prefix.
class Elements {
 public:
  virtual ~Elements() = default;
  virtual void start(std::string_view name, const Attributes& attributes) = 0;
  virtual void text(std::string_view) {}
  virtual void end(std::string_view) {}

  std::optional<Error> stopped;  // set by what cannot go on
};

// One pass over the XML of a part.
class Pass {
 public:
  Pass(const Part& part, Elements& elements)
      : part_(part), elements_(elements), parser_(XML_ParserCreate(nullptr), XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
  }

  Result<void> run() {
    constexpr std::size_t kPiece = std::size_t{64} << 10;
    std::string_view rest = part_.content;
    do {
      const std::string_view piece = rest.substr(0, kPiece);
      rest.remove_prefix(piece.size());
      const auto status =
          XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), rest.empty());
      if (elements_.stopped) return *elements_.stopped;
      if (status != XML_STATUS_OK || is_refused_) {
        return make_error("EX-0063", {{"part", part_.name}});
      }
    } while (!rest.empty());
    return {};
  }

 private:
  static Pass& self(void* data) { return *static_cast<Pass*>(data); }
  void stop() { XML_StopParser(parser_.get(), XML_FALSE); }
  void refuse() {
    is_refused_ = true;
    stop();
  }

  static void on_start(void* data, const XML_Char* name, const XML_Char** given) {
    Pass& pass = self(data);
    if (pass.is_done()) return;
    if (++pass.depth_ > kMostDepth) return pass.refuse();
    Attributes attributes;
    for (; *given != nullptr; given += 2) attributes.emplace(local_name(given[0]), given[1]);
    pass.elements_.start(local_name(name), attributes);
    if (pass.elements_.stopped) pass.stop();
  }
  static void on_end(void* data, const XML_Char* name) {
    Pass& pass = self(data);
    if (pass.is_done()) return;
    --pass.depth_;
    pass.elements_.end(local_name(name));
    if (pass.elements_.stopped) pass.stop();
  }
  static void on_text(void* data, const XML_Char* text, int size) {
    Pass& pass = self(data);
    if (!pass.is_done()) pass.elements_.text({text, static_cast<std::size_t>(size)});
  }
  static void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    self(data).refuse();
  }
  // The library may call once more after it was told to stop.
  [[nodiscard]] bool is_done() const { return is_refused_ || elements_.stopped.has_value(); }

  const Part& part_;
  Elements& elements_;
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  int depth_ = 0;
  bool is_refused_ = false;
};

std::string_view attribute(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view() : found->second;
}

std::size_t number_of(std::string_view digits, std::size_t otherwise = 0) {
  std::size_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc{} ? number : otherwise;
}

class BookElements final : public Elements {
 public:
  void start(std::string_view name, const Attributes& given) override {
    if (name == "sheet") {
      book.sheets.push_back({std::string(attribute(given, "name")),
                             std::string(attribute(given, "id"))});
    }
    if (name == "workbookPr") {
      const std::string_view from = attribute(given, "date1904");
      book.counts_from_1904 = from == "1" || from == "true";
    }
  }
  BookPart book;
};

class RelationElements final : public Elements {
 public:
  void start(std::string_view name, const Attributes& given) override {
    if (name != "Relationship") return;
    relations.has_external_link |= attribute(given, "Type").ends_with("/externalLink");
    relations.targets.emplace(attribute(given, "Id"), attribute(given, "Target"));
  }
  Relations relations;
};

// Texts of <t>, but not of how they are pronounced (<rPh>).
class TextElements final : public Elements {
 public:
  void start(std::string_view name, const Attributes&) override {
    if (name == "si") strings.emplace_back();
    if (name == "rPh") is_spoken_ = true;
    is_text_ = name == "t" && !is_spoken_;
  }
  void text(std::string_view text) override {
    if (is_text_ && !strings.empty()) strings.back() += text;
  }
  void end(std::string_view name) override {
    if (name == "rPh") is_spoken_ = false;
    if (name == "t") is_text_ = false;
  }
  std::vector<std::string> strings;

 private:
  bool is_text_ = false, is_spoken_ = false;
};

// A format shows a date when a day, month or year stands in it, outside what is shown literally.
bool shows_date(std::string_view code) {
  bool is_quoted = false, is_bracketed = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && (c == '[' || c == ']')) {
      is_bracketed = c == '[';
    } else if (!is_quoted && !is_bracketed && std::string_view("dDyY").find(c) !=
                                                  std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// ECMA-376, 18.8.30: the formats that need no code of their own.
bool is_builtin_date(std::size_t format) {
  return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 36) ||
         (format >= 50 && format <= 58);
}

class StyleElements final : public Elements {
 public:
  void start(std::string_view name, const Attributes& given) override {
    if (name == "numFmt" && shows_date(attribute(given, "formatCode"))) {
      formats_.insert(number_of(attribute(given, "numFmtId")));
    }
    if (name == "cellXfs") is_cells_ = true;
    if (name == "xf" && is_cells_) {
      const std::size_t format = number_of(attribute(given, "numFmtId"));
      if (is_builtin_date(format) || formats_.contains(format)) styles.insert(count_);
      ++count_;
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") is_cells_ = false;
  }
  std::set<std::size_t> styles;

 private:
  std::set<std::size_t> formats_;
  std::size_t count_ = 0;
  bool is_cells_ = false;
};

// As a spreadsheet shows it: 15 digits, without an exponent. Absent for what is no finite number.
std::optional<std::string> shown_number(const std::string& written) {
  char* end = nullptr;
  const double value = std::strtod(written.c_str(), &end);
  if (written.empty() || end != written.c_str() + written.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  if (std::abs(value) >= 1e15) return std::nullopt;
  char text[64];
  const double size = std::abs(value);
  const int before = size < 1 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
  std::snprintf(text, sizeof text, "%.*f", std::max(0, 15 - before), value);
  std::string digits(text);
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return digits == "-0" ? "0" : digits;
}

// ECMA-376, 18.17.4.1: day 60 of the count from 1900 is one that never was.
std::optional<std::string> shown_date(const std::string& written, bool counts_from_1904) {
  char* end = nullptr;
  const double serial = std::strtod(written.c_str(), &end);
  if (written.empty() || end != written.c_str() + written.size()) return std::nullopt;
  if (!(serial >= 1 && serial < 2'958'466)) return std::nullopt;
  const auto days = static_cast<std::int64_t>(serial);
  const Date start = counts_from_1904 ? Date::of(1904, 1, 1)
                     : days < 60      ? Date::of(1899, 12, 31)
                                      : Date::of(1899, 12, 30);
  const auto date = add_days(start, days);
  return date ? std::optional(date->to_string()) : std::nullopt;
}

class SheetElements final : public Elements {
 public:
  SheetElements(const SheetContext& context, const TakeRow& take)
      : context_(context), take_(take) {}

  void start(std::string_view name, const Attributes& given) override {
    if (name == "row") {
      line_ = static_cast<std::uint32_t>(number_of(attribute(given, "r"), line_ + 1));
      cells_.clear();
      column_ = 0;
    } else if (name == "c") {
      start_cell(given);
    } else if (name == "f") {
      has_formula_ = true;
    } else if (name == "rPh") {
      is_spoken_ = true;
    }
    is_value_ = name == "v" || (name == "t" && type_ == "inlineStr" && !is_spoken_);
  }

  void text(std::string_view text) override {
    if (!is_value_) return;
    value_ += text;
    if (value_.size() > app::kMostImportCell) {
      stopped = make_error("EX-0069", {{"line", std::to_string(line_)}, {"limit", "20000"}});
    }
  }

  void end(std::string_view name) override {
    if (name == "v" || name == "t") is_value_ = false;
    if (name == "rPh") is_spoken_ = false;
    if (name == "c") end_cell();
    if (name != "row") return;
    if (auto taken = take_(line_, std::move(cells_)); !taken) stopped = taken.error();
    cells_ = {};
  }

 private:
  void start_cell(const Attributes& given) {
    type_ = attribute(given, "t");
    style_ = number_of(attribute(given, "s"));
    value_.clear();
    has_formula_ = false;
    const std::string_view place = attribute(given, "r");
    std::size_t column = 0;
    for (const char c : place.substr(0, 4)) {
      if (c < 'A' || c > 'Z') break;
      column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
    }
    if (column > 0) column_ = column - 1;
  }

  void end_cell() {
    app::ImportCell cell = made_cell();
    const bool is_empty = cell.text.empty() && cell.kind == app::CellKind::kText;
    const std::size_t column = column_++;
    if (is_empty) return;
    if (column >= app::kMostImportColumns) {
      stopped = make_error("EX-0062", {{"limit", std::to_string(app::kMostImportColumns)},
                                       {"what", LocalizedText{"kolommen", "columns"}}});
      return;
    }
    if (cells_.size() <= column) cells_.resize(column + 1);
    cells_[column] = std::move(cell);
  }

  app::ImportCell made_cell() const {
    using app::CellKind;
    if (type_ == "e") return {"", CellKind::kBroken};
    if (type_ == "inlineStr" || type_ == "str") return {value_, CellKind::kText};
    if (value_.empty()) return {"", has_formula_ ? CellKind::kBroken : CellKind::kText};
    if (type_ == "s") {
      const std::size_t index = number_of(value_, context_.strings.size());
      if (index >= context_.strings.size()) return {"", CellKind::kBroken};
      return {context_.strings[index], CellKind::kText};
    }
    if (type_ == "b") return {value_ == "1" ? "true" : "false", CellKind::kBoolean};
    if (type_ == "d") return {value_.substr(0, 10), CellKind::kDate};
    if (context_.date_styles.contains(style_)) {
      if (auto date = shown_date(value_, context_.counts_from_1904)) {
        return {*std::move(date), CellKind::kDate};
      }
    }
    auto number = shown_number(value_);
    if (!number) return {"", CellKind::kBroken};
    return {*std::move(number), CellKind::kNumber};
  }

  const SheetContext& context_;
  const TakeRow& take_;
  std::uint32_t line_ = 0;
  std::size_t column_ = 0, style_ = 0;
  std::vector<app::ImportCell> cells_;
  std::string type_, value_;
  bool has_formula_ = false, is_value_ = false, is_spoken_ = false;
};

}  // namespace

Result<BookPart> read_book_part(const Part& part) {
  BookElements elements;
  ZICHT_CHECKED(Pass(part, elements).run());
  return std::move(elements.book);
}

Result<Relations> read_relations(const Part& part) {
  RelationElements elements;
  ZICHT_CHECKED(Pass(part, elements).run());
  return std::move(elements.relations);
}

Result<std::vector<std::string>> read_strings(const Part& part) {
  TextElements elements;
  ZICHT_CHECKED(Pass(part, elements).run());
  return std::move(elements.strings);
}

Result<std::set<std::size_t>> read_date_styles(const Part& part) {
  StyleElements elements;
  ZICHT_CHECKED(Pass(part, elements).run());
  return std::move(elements.styles);
}

Result<void> read_sheet(const Part& part, const SheetContext& context, const TakeRow& take) {
  SheetElements elements(context, take);
  return Pass(part, elements).run();
}

}  // namespace zicht::exchange::internal
