// for, some, every; see internal/compiler.h.
#include <algorithm>
#include <optional>
#include <utility>

#include "feel/internal/compiler.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

// What one variable runs over.
class Domain {
 public:
  // The items of a list; of a range of whole numbers or dates every value; any other value once.
  static std::optional<Domain> of(const Value& value) {
    if (value.is_null()) return std::nullopt;
    if (!value.is(Kind::kRange)) return Domain(value);
    const Range& range = value.as_range();
    if (range.form() != Range::Form::kInterval) return std::nullopt;
    auto domain = between(range.start(), range.end());
    if (!domain || domain->step_ < 0) return std::nullopt;
    if (!range.start_included()) domain->first_ += 1;
    if (!range.end_included()) domain->last_ -= 1;
    return domain;
  }

  // From one end to the other, also downwards.
  static std::optional<Domain> between(const Value& start, const Value& end) {
    std::optional<std::int64_t> first;
    std::optional<std::int64_t> last;
    if (start.is(Kind::kNumber) && end.is(Kind::kNumber)) {
      first = start.as_number().to_int64();
      last = end.as_number().to_int64();
    } else if (start.is(Kind::kDate) && end.is(Kind::kDate)) {
      first = start.as_date().days;
      last = end.as_date().days;
    }
    constexpr std::int64_t kFar = std::int64_t{1} << 60;
    if (!first || !last || *first < -kFar || *first > kFar || *last < -kFar || *last > kFar) {
      return std::nullopt;
    }
    Domain domain{Value()};
    domain.is_counted_ = true;
    domain.is_date_ = start.is(Kind::kDate);
    domain.first_ = *first;
    domain.last_ = *last;
    domain.step_ = *first <= *last ? 1 : -1;
    return domain;
  }

  std::uint64_t size() const {
    if (is_counted_) {
      const std::int64_t far = (last_ - first_) * step_;
      return far < 0 ? 0 : static_cast<std::uint64_t>(far) + 1;
    }
    return value_.is(Kind::kList) ? value_.as_list().size() : 1;
  }

  Value at(std::uint64_t i) const {
    if (!is_counted_) return value_.is(Kind::kList) ? value_.as_list()[i] : value_;
    const std::int64_t count = first_ + step_ * static_cast<std::int64_t>(i);
    return is_date_ ? Value::date(CivilDate{count}) : Value::number(count);
  }

 private:
  explicit Domain(Value value) : value_(std::move(value)) {}

  Value value_;
  bool is_counted_ = false;
  bool is_date_ = false;
  std::int64_t first_ = 0;
  std::int64_t last_ = -1;
  std::int64_t step_ = 1;
};

struct Iterator {
  std::size_t local = 0;
  CodePtr domain{};
  CodePtr end{};             // of `a..b`; else null
  std::uint32_t weight = 0;  // of the domain, where it is computed more than once
};

class LoopCode final : public Code {
 public:
  LoopCode(NodeKind kind, SourceSpan span, std::vector<Iterator> iterators, CodePtr body,
           std::uint32_t weight, std::optional<std::size_t> partial)
      : Code(kind, span),
        iterators_(std::move(iterators)),
        body_(std::move(body)),
        weight_(weight),
        partial_(partial) {}

 protected:
  Value run(Frame& frame) const override {
    State state;
    Value failure;
    if (!nest(0, frame, state, failure)) return failure;
    if (kind() == NodeKind::kFor) return Value::list(std::move(state.values));
    if (state.is_decided) return Value::boolean(kind() == NodeKind::kSome);
    if (state.is_unknown) return placed(state.unknown);
    return Value::boolean(kind() == NodeKind::kEvery);
  }

 private:
  struct State {
    std::vector<Value> values{};  // for
    bool is_decided = false;      // some found true, every found false
    bool is_unknown = false;      // a condition was neither
    Value unknown{};
  };

  std::optional<Domain> domain(const Iterator& iterator, Frame& frame, Value& failure) const {
    const Value start = iterator.domain->eval(frame);
    if (iterator.end == nullptr) {
      auto domain = Domain::of(start);
      if (!domain && start.is_null()) failure = placed(start);
      if (!domain && !start.is_null()) failure = uncountable(start, start);
      return domain;
    }
    const Value end = iterator.end->eval(frame);
    auto domain = Domain::between(start, end);
    if (domain) return domain;
    const bool has_null = start.is_null() || end.is_null();
    failure = has_null ? placed(joined_null(start, end)) : uncountable(start, end);
    return domain;
  }

  Value uncountable(const Value& start, const Value& end) const {
    return error("FE-0032", {{"start", std::string(kind_name(start.kind()))},
                             {"end", std::string(kind_name(end.kind()))}});
  }

  // Runs iterator `at` and those behind it. False where the whole is null: then `failure` is that.
  bool nest(std::size_t at, Frame& frame, State& state, Value& failure) const {
    if (at == iterators_.size()) return once(frame, state, failure);
    if (!frame.budget().spend(iterators_[at].weight)) return exhausted(frame, failure);
    const auto over = domain(iterators_[at], frame, failure);
    if (!over) return false;
    for (std::uint64_t i = 0; i < over->size() && !state.is_decided; ++i) {
      if (!frame.budget().spend(weight_)) return exhausted(frame, failure);
      frame.locals[iterators_[at].local] = over->at(i);
      if (!nest(at + 1, frame, state, failure)) return false;
    }
    return true;
  }

  bool exhausted(Frame& frame, Value& failure) const {
    failure = frame.budget().exhausted_value();
    return false;
  }

  bool once(Frame& frame, State& state, Value& failure) const {
    if (kind() != NodeKind::kFor) return decide(body_->eval(frame), state, failure);
    if (partial_) {
      const std::uint64_t bytes = state.values.size() * sizeof(Value);
      const bool paid =
          frame.budget().spend_bytes(bytes) && frame.budget().spend(state.values.size() / 8);
      if (!paid) return exhausted(frame, failure);
      frame.locals[*partial_] = Value::list(state.values);
    }
    Value value = body_->eval(frame);
    if (!frame.budget().spend_bytes(value.byte_size())) return exhausted(frame, failure);
    state.values.push_back(std::move(value));
    return true;
  }

  // A null leaves it to the others; a condition that is no condition makes the whole null.
  bool decide(const Value& hit, State& state, Value& failure) const {
    const bool is_some = kind() == NodeKind::kSome;
    if (is_some ? hit.is_true() : hit.is_false()) state.is_decided = true;
    if (hit.is(Kind::kBoolean)) return true;
    if (!hit.is_null()) {
      failure = error("FE-0034", {{"construct", std::string(is_some ? "some" : "every")},
                                  {"kind", std::string(kind_name(hit.kind()))}});
      return false;
    }
    state.unknown = state.is_unknown ? joined_null(state.unknown, hit) : hit;
    state.is_unknown = true;
    return true;
  }

  std::vector<Iterator> iterators_;
  CodePtr body_;
  std::uint32_t weight_;
  std::optional<std::size_t> partial_;
};

}  // namespace

CodePtr Compiler::loop(const Node& node) {
  const std::size_t bindings = level_->bindings.size();
  std::vector<Iterator> iterators;
  const auto bind = [&](const std::string& name, std::string path) {
    Binding binding;
    binding.name = name;
    binding.local = new_local();
    binding.fact_path = std::move(path);
    return level_->bind(std::move(binding));
  };
  for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
    const Node& each = *node.children[i];
    Iterator& made = iterators.emplace_back();
    made.domain = code(*each.children[0]);
    if (each.flag) made.end = code(*each.children[1]);
    if (i > 0) made.weight = weight_of(each);
    made.local = bind(each.text, each.flag ? "" : fact_path(*each.children[0]));
  }
  bool uses_partial = false;
  std::optional<std::size_t> partial;
  if (node.kind == NodeKind::kFor) {
    partial = bind("partial", "");
    level_->bindings.back().used = &uses_partial;
  }
  const Node& body = *node.children.back();
  CodePtr made_body = code(body);
  level_->unbind(bindings);
  if (!uses_partial) partial.reset();
  return std::make_unique<LoopCode>(node.kind, place(node), std::move(iterators),
                                    std::move(made_body), weight_of(body) + 1, partial);
}

}  // namespace zicht::feel::internal
