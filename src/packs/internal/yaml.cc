#include "packs/internal/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <array>
#include <map>
#include <sstream>

#include "base/check.h"
#include "base/text.h"

namespace zicht::packs::internal {
namespace {

// Counts columns in code points where the library counts bytes. Places are mostly asked for in the
// order of the text, so that counting goes on from the one before.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  Place place_of(const YAML::Mark& mark) {
    if (mark.is_null() || mark.line < 0) return {1, 1};
    const auto line = std::min(static_cast<std::size_t>(mark.line), starts_.size() - 1);
    const auto bytes = static_cast<std::size_t>(std::max(mark.column, 0));
    const std::size_t to = std::min(starts_[line] + bytes, text_.size());
    if (line != line_ || to < at_) {
      line_ = line;
      at_ = starts_[line];
      points_ = 0;
    }
    points_ += code_point_length(text_.substr(at_, to - at_));
    at_ = to;
    return {static_cast<std::uint32_t>(line + 1), static_cast<std::uint32_t>(points_ + 1)};
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
  std::size_t line_ = 0;     // where counting stands
  std::size_t at_ = 0;
  std::size_t points_ = 0;   // code points from the start of line_ to at_
};

// Thrown by the handler to end a parse that must not go on; caught in parse_yaml.
struct Stop {};

// Builds the tree from the library's events. Open nodes live on a stack and are moved into their
// parent when they end.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(Places& places, const std::string& file, Report& report)
      : places_(places), file_(file), report_(report) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) stop("PK-0009", places_.place_of(mark));
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    finish(make(Node::Kind::kNull, mark), anchor);
  }
  // A copy, paid for out of the same budget as what is written out.
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto named = anchored_.find(anchor);
    if (named == anchored_.end()) stop("PK-0006", places_.place_of(mark));
    pay_for(named->second, stack_.size(), places_.place_of(mark));
    finish(named->second, YAML::NullAnchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    Node node = make(Node::Kind::kScalar, mark);
    node.text = value;
    node.is_quoted = tag == "!";
    bytes_ += value.size();
    finish(std::move(node), anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::kSequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::kMap, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

  std::optional<Node> take_root() { return std::move(root_); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = YAML::NullAnchor;
    std::optional<Member> key;  // of a map: read, its value still to come
    bool drops_value = false;   // the key stood before
  };

  [[noreturn]] void stop(std::string_view id, const Place& place) {
    report_.error(id, file_, place, {{"limit", std::to_string(kMaxDepth)}});
    throw Stop{};
  }
  // "?" and "!" are how the library marks plain and quoted scalars.
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") stop("PK-0010", places_.place_of(mark));
  }

  Node make(Node::Kind kind, const YAML::Mark& mark) {
    if (++nodes_ > kMaxNodes) stop("PK-0011", places_.place_of(mark));
    Node node;
    node.kind = kind;
    node.place = places_.place_of(mark);
    return node;
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    refuse_tag(mark, tag);
    if (stack_.size() >= static_cast<std::size_t>(kMaxDepth)) {
      stop("PK-0007", places_.place_of(mark));
    }
    stack_.push_back({make(kind, mark), anchor, std::nullopt, false});
  }

  void close() {
    ZICHT_CHECK(!stack_.empty(), "the parser closes what it opened");
    Node node = std::move(stack_.back().node);
    const YAML::anchor_t anchor = stack_.back().anchor;
    stack_.pop_back();
    finish(std::move(node), anchor);
  }

  void pay_for(const Node& node, std::size_t depth, const Place& place) {
    bytes_ += node.text.size();
    if (++nodes_ > kMaxNodes || bytes_ > kMaxTextBytes) stop("PK-0011", place);
    if (depth >= static_cast<std::size_t>(kMaxDepth)) stop("PK-0007", place);
    for (const Node& item : node.items) pay_for(item, depth + 1, place);
    for (const Member& member : node.members) {
      bytes_ += member.key.size();
      pay_for(member.value, depth + 1, place);
    }
  }

  void finish(Node node, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchored_[anchor] = node;
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = stack_.back();
    if (parent.node.kind == Node::Kind::kSequence) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      begin_member(parent, std::move(node));
    } else {
      parent.key->value = std::move(node);
      if (!parent.drops_value) parent.node.members.push_back(*std::move(parent.key));
      parent.key.reset();
    }
  }

  void begin_member(Open& parent, Node key) {
    if (key.kind != Node::Kind::kScalar) stop("PK-0008", key.place);
    if (parent.node.members.size() >= kMaxMembers) stop("PK-0011", key.place);
    parent.drops_value = parent.node.find(key.text) != nullptr;
    if (parent.drops_value) report_.error("PK-0005", file_, key.place, {{"key", key.text}});
    parent.key = Member{std::move(key.text), key.place, {}};
  }

  Places& places_;
  const std::string& file_;
  Report& report_;
  std::vector<Open> stack_;
  std::optional<Node> root_;
  std::map<YAML::anchor_t, Node> anchored_;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
  int documents_ = 0;
};

// What the library says, for people; the first part of its message that matches counts.
LocalizedText explained(std::string_view message) {
  struct Row {
    std::string_view part, nl, en;
  };
  static constexpr std::array<Row, 9> kRows{{
      {"end of map flow", "een { of , die niet met } wordt afgesloten",
       "a { or , that is not closed by }"},
      {"end of sequence flow", "een [ of , die niet met ] wordt afgesloten",
       "a [ or , that is not closed by ]"},
      {"end of map", "een regel die niet goed inspringt of een dubbelepunt mist",
       "a line that is not indented well or lacks a colon"},
      {"end of sequence", "een rij waarvan een regel niet goed inspringt",
       "a list of which a line is not indented well"},
      {"EOF in scalar", "een aanhalingsteken dat niet wordt afgesloten",
       "a quotation mark that is not closed"},
      {"tab", "een tab waar spaties horen", "a tab where blanks belong"},
      {"illegal map value", "een dubbelepunt in een tekst zonder aanhalingstekens",
       "a colon in a text without quotation marks"},
      {"escape", "een \\ in een tekst tussen dubbele aanhalingstekens",
       "a \\ in a text between double quotation marks"},
      {"unknown token", "een teken dat hier niet mag staan", "a character that may not stand here"},
  }};
  for (const Row& row : kRows) {
    if (message.find(row.part) != std::string_view::npos) {
      return {std::string(row.nl), std::string(row.en)};
    }
  }
  return {"een schrijffout", "a slip of the pen"};
}

bool is_readable(std::string_view text, const std::string& file, Report& report) {
  if (is_valid_utf8(text) && text.find('\0') == std::string_view::npos) return true;
  report.error("PK-0003", file, {});
  return false;
}

}  // namespace

std::optional<Node> parse_yaml(std::string_view text, const std::string& file, Report& report) {
  if (!is_readable(text, file, report)) return std::nullopt;
  Places places(text);
  TreeBuilder builder(places, file, report);
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::Exception& failure) {
    report.error("PK-0004", file, places.place_of(failure.mark),
                 {{"what", explained(failure.msg)}});
    return std::nullopt;
  }
  std::optional<Node> root = builder.take_root();
  if (!root || !root->is_map()) {
    report.error("PK-0012", file, root ? root->place : Place{1, 1});
    return std::nullopt;
  }
  return root;
}

}  // namespace zicht::packs::internal
