// Lists, contexts, filters; see internal/compiler.h.
#include <algorithm>
#include <set>
#include <utility>

#include "feel/internal/compiler.h"
#include "feel/internal/infer.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

class ListCode final : public Code {
 public:
  ListCode(SourceSpan span, std::vector<CodePtr> items)
      : Code(NodeKind::kList, span), items_(std::move(items)) {}

 protected:
  Value run(Frame& frame) const override {
    std::vector<Value> values;
    values.reserve(items_.size());
    for (const auto& item : items_) values.push_back(item->eval(frame));
    const Value list = Value::list(std::move(values));
    if (!frame.budget().spend_bytes(list.byte_size())) return frame.budget().exhausted_value();
    return placed(list);
  }

 private:
  std::vector<CodePtr> items_;
};

// Later entries see the earlier ones as locals.
class ContextCode final : public Code {
 public:
  struct Entry {
    std::size_t local;
    CodePtr value;
  };
  ContextCode(SourceSpan span, Ref<const ContextShape> shape, std::vector<Entry> entries)
      : Code(NodeKind::kContext, span), shape_(std::move(shape)), entries_(std::move(entries)) {}

 protected:
  Value run(Frame& frame) const override {
    for (const Entry& entry : entries_) frame.locals[entry.local] = entry.value->eval(frame);
    std::vector<Value> slots;
    slots.reserve(entries_.size());
    for (const Entry& entry : entries_) slots.push_back(frame.locals[entry.local]);
    const Value context = Value::context(shape_, std::move(slots));
    if (!frame.budget().spend_bytes(context.byte_size())) return frame.budget().exhausted_value();
    return placed(context);
  }

 private:
  Ref<const ContextShape> shape_;
  std::vector<Entry> entries_;
};

// `list[condition]` and `list[index]`. Which of the two the type of the expression tells, or else
// its first outcome.
class FilterCode final : public Code {
 public:
  FilterCode(SourceSpan span, CodePtr source, CodePtr condition, std::size_t item,
             std::uint32_t weight, bool is_index)
      : Code(NodeKind::kFilter, span),
        source_(std::move(source)),
        condition_(std::move(condition)),
        item_(item),
        weight_(weight),
        is_index_(is_index) {}

 protected:
  Value run(Frame& frame) const override {
    const Value source = source_->eval(frame);
    if (source.is_null() && source.null_reason()) return source;
    const Value one[] = {source};
    const std::span<const Value> items =
        source.is(Kind::kList) ? source.as_list() : std::span<const Value>(one);
    if (is_index_) return at_index(source, items, frame);
    std::vector<Value> kept;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!frame.budget().spend(weight_)) return frame.budget().exhausted_value();
      frame.locals[item_] = items[i];
      const Value hit = condition_->eval(frame);
      if (hit.is_true()) kept.push_back(items[i]);
      if (hit.is_null()) frame.context.pass_over(hit);
      if (i == 0 && hit.is(Kind::kNumber)) return placed(item_at(source, hit));
      if (!hit.is_null() && !hit.is(Kind::kBoolean)) {
        return error("FE-0031", {{"kind", std::string(kind_name(hit.kind()))}});
      }
    }
    if (items.empty()) return of_nothing(source, frame);
    return kept_list(std::move(kept), frame);
  }

 private:
  // An index that is null gives null. It may mention the item: then the first one is meant.
  Value at_index(const Value& source, std::span<const Value> items, Frame& frame) const {
    if (items.empty()) return placed(item_at(source, without_item(frame)));
    frame.locals[item_] = items.front();
    return placed(item_at(source, condition_->eval(frame)));
  }

  // An index in an empty list is null, a condition keeps nothing.
  Value of_nothing(const Value& source, Frame& frame) const {
    const Value hit = without_item(frame);
    return hit.is(Kind::kNumber) ? placed(item_at(source, hit)) : Value::list({});
  }

  // The condition where there is no item: nothing that it passes over counts for an outcome.
  Value without_item(Frame& frame) const {
    const auto before = frame.context.take_passed_over();
    frame.locals[item_] = Value();
    Value hit = condition_->eval(frame);
    frame.context.take_passed_over();
    frame.context.add_passed_over(before);
    return hit;
  }

  Value kept_list(std::vector<Value> kept, Frame& frame) const {
    if (!frame.budget().spend_bytes(kept.size() * sizeof(Value))) {
      return frame.budget().exhausted_value();
    }
    return Value::list(std::move(kept));
  }

  CodePtr source_;
  CodePtr condition_;
  std::size_t item_;
  std::uint32_t weight_;
  bool is_index_;
};

}  // namespace

CodePtr Compiler::list(const Node& node) {
  auto items = codes(node);
  const bool fold = std::all_of(items.begin(), items.end(),
                                [](const CodePtr& each) { return each->constant() != nullptr; });
  CodePtr made = std::make_unique<ListCode>(place(node), std::move(items));
  return fold ? folded(std::move(made)) : std::move(made);
}

CodePtr Compiler::context(const Node& node) {
  const std::size_t bindings = level_->bindings.size();
  std::vector<ContextCode::Entry> entries;
  std::vector<std::string> names;
  std::set<std::string_view> known;
  std::string twice;
  for (const auto& child : node.children) {
    if (!known.insert(child->text).second) twice = child->text;
    self_name_ = child->text;
    CodePtr value = code(*child->children[0]);
    self_name_.clear();
    const std::size_t local = new_local();
    Binding binding;
    binding.name = child->text;
    binding.local = local;
    binding.fact_path = fact_path(*child->children[0]);
    level_->bind(std::move(binding));
    names.push_back(child->text);
    entries.push_back({local, std::move(value)});
  }
  level_->unbind(bindings);
  if (!twice.empty()) return failing(node, "FE-0011", {{"name", twice}});
  return std::make_unique<ContextCode>(place(node), ContextShape::create(std::move(names)),
                                       std::move(entries));
}

CodePtr Compiler::filter(const Node& node) {
  const Node& source = *node.children[0];
  const Node& condition = *node.children[1];
  CodePtr values = code(source);
  Binding item;
  item.is_item = true;
  item.local = new_local();
  item.type = item_type(source.type);
  item.is_open = has_unknown_members(item.type);
  item.fact_path = fact_path(source);
  const std::size_t bindings = level_->bindings.size();
  const std::size_t local = level_->bind(std::move(item));
  CodePtr made_condition = code(condition);
  level_->unbind(bindings);
  return std::make_unique<FilterCode>(place(node), std::move(values), std::move(made_condition),
                                      local, weight_of(condition),
                                      condition.type.kind() == Type::Kind::kNumber);
}

}  // namespace zicht::feel::internal
