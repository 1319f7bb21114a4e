// What an evaluation writes down for its explanation. Names, places and texts lie in the graph, so
// most of it is values and where in the graph they belong; Explanation::decisions() tells it
// (telling.cc).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "dmn/explanation.h"
#include "feel/budget.h"

namespace zicht::dmn::internal {

struct Graph;
struct Node;
class TableCode;

// Values lie in Recording::values, from first_value on. The tables of a decision lie in
// Recording::tables among those of others, each with the place of the next one.
struct DecisionNote {
  const Node* node = nullptr;
  std::size_t around = 0;       // the decision within which this was begun
  std::size_t first_value = 0;  // of its slots
  std::size_t table_count = 0;
  std::size_t first_table = 0;
  std::size_t last_table = 0;
  std::size_t ended = 0;  // in the note at place n: the decision that ended as the nth one
  feel::Value value{};
  std::vector<feel::NullCause> passed_over{};
  bool is_cut = false;
};

struct TableNote {
  std::size_t next = 0;  // table of the same decision, unless this is the last
  feel::Value value{};
  const TableCode* table = nullptr;
  std::size_t first_value = 0;           // of its inputs
  std::optional<std::size_t> matched{};  // the one rule that did
  std::unique_ptr<TableTrace> told{};    // what could not wait; then nothing else is here
};

// The first notes lie in the list itself: where there are no more, they take no memory of their
// own.
template <class Note>
class Notes {
 public:
  void reserve(std::size_t count) {
    if (count > kFew) more_.reserve(count - kFew);
  }
  void add(Note note) {
    if (size_ < kFew) {
      few_[size_] = std::move(note);
    } else {
      more_.push_back(std::move(note));
    }
    ++size_;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Note& operator[](std::size_t i) { return i < kFew ? few_[i] : more_[i - kFew]; }
  [[nodiscard]] const Note& operator[](std::size_t i) const {
    return i < kFew ? few_[i] : more_[i - kFew];
  }

 private:
  static constexpr std::size_t kFew = 1;
  std::array<Note, kFew> few_{};
  std::vector<Note> more_{};
  std::size_t size_ = 0;
};

struct Recording {
  // Has room from the beginning for so many decisions, each with a table.
  explicit Recording(std::size_t count) {
    decisions.reserve(count);
    tables.reserve(count);
    values.reserve(count * kValues);
  }

  static constexpr std::size_t kValues = 8;  // of a decision, mostly no more
  std::shared_ptr<const Graph> graph{};      // that the notes point into
  Notes<DecisionNote> decisions{};
  std::size_t ended = 0;  // so many decisions
  Notes<TableNote> tables{};
  std::vector<feel::Value> values{};
};

// Telling takes at most so many steps, while evaluating and later.
inline constexpr std::uint64_t kMaxTellingSteps = 1'000'000;

// One for one evaluation on one thread. Functions that an evaluation makes keep it alive, and may
// be called when it has finished: then nothing is written down.
class Recorder {
 public:
  // Has room from the beginning for so many decisions, unless they are many.
  Recorder(ExplainLevel level, std::size_t decisions)
      : level_(level), made_(std::make_shared<Recording>(std::min(decisions, kFirstDecisions))) {}

  [[nodiscard]] bool is_full() const { return level_ == ExplainLevel::kFull; }

  // What telling costs is not the evaluation's: the same facts spend the same, told or not.
  [[nodiscard]] feel::Budget& budget() { return budget_; }

  // Tables belong to the decision that was begun last and has not ended.
  void begin(const Node& node, std::span<const feel::Value> slots) {
    if (!made_) return;
    made_->decisions.add({.node = &node, .around = open_, .first_value = keep(slots)});
    open_ = made_->decisions.size() - 1;
  }
  void end(feel::Value value, std::vector<feel::NullCause> passed_over) {
    if (!made_) return;
    DecisionNote& note = made_->decisions[open_];
    note.value = std::move(value);
    note.passed_over = std::move(passed_over);
    made_->decisions[made_->ended++].ended = open_;
    open_ = note.around;
  }
  // Whether there is room for one more table: whoever adds one asks first.
  [[nodiscard]] bool wants_table() {
    if (!made_ || open_ == kNone) return false;
    DecisionNote& note = made_->decisions[open_];
    const bool has_room = note.table_count < kMaxTables && !budget_.is_exhausted();
    if (!has_room) note.is_cut = true;
    return has_room;
  }
  // Takes the inputs.
  void add(const TableCode& table, std::span<feel::Value> inputs,
           std::optional<std::size_t> matched, const feel::Value& value) {
    link();
    const std::size_t first = made_->values.size();
    made_->values.insert(made_->values.end(), std::make_move_iterator(inputs.begin()),
                         std::make_move_iterator(inputs.end()));
    made_->tables.add({.value = value, .table = &table, .first_value = first, .matched = matched});
  }
  void add(TableTrace trace) {
    link();
    made_->tables.add({.told = std::make_unique<TableTrace>(std::move(trace))});
  }

  // How many decisions have ended. Requires: not finished.
  [[nodiscard]] std::size_t count() const { return made_->ended; }

  // All that was written down; from then on it is no longer here, where functions among the values
  // would keep themselves alive. Requires: not finished.
  [[nodiscard]] std::shared_ptr<const Recording> finish(std::shared_ptr<const Graph> graph) {
    made_->graph = std::move(graph);
    return std::exchange(made_, nullptr);
  }

 private:
  // A table in knowledge that is called for each item of a long list is not told each time.
  static constexpr std::size_t kMaxTables = 200;
  static constexpr std::size_t kFirstDecisions = 16;
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  [[nodiscard]] std::size_t keep(std::span<const feel::Value> values) {
    const std::size_t first = made_->values.size();
    made_->values.insert(made_->values.end(), values.begin(), values.end());
    return first;
  }

  // Makes the next table one of the decision that is open.
  void link() {
    DecisionNote& note = made_->decisions[open_];
    const std::size_t table = made_->tables.size();
    if (note.table_count++ == 0) {
      note.first_table = table;
    } else {
      made_->tables[note.last_table].next = table;
    }
    note.last_table = table;
  }

  ExplainLevel level_;
  std::size_t open_ = kNone;         // the innermost decision that has not ended
  std::shared_ptr<Recording> made_;  // null when finished
  feel::Budget budget_{{.steps = kMaxTellingSteps}};
};

}  // namespace zicht::dmn::internal
