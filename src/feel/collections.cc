#include "feel/collections.h"

#include <algorithm>

#include "base/check.h"

namespace zicht::feel {
namespace {

// Below this a walk over the names is faster than a hash.
constexpr std::size_t kFewNames = 8;

std::size_t byte_size_of(std::span<const Value> items) {
  std::size_t size = sizeof(List);
  for (const Value& item : items) size += item.byte_size();
  return size;
}

}  // namespace

std::uint32_t deepest_nesting(std::span<const Value> values) {
  std::uint32_t deepest = 0;
  for (const Value& value : values) deepest = std::max(deepest, value.nesting());
  return deepest;
}

List::List(std::vector<Value> items)
    : items_(std::move(items)),
      byte_size_(byte_size_of(items_)),
      nesting_(deepest_nesting(items_) + 1) {}

ContextShape::ContextShape(std::vector<std::string> names) : names_(std::move(names)) {
  for (const std::string& name : names_) byte_size_ += sizeof(std::string) + name.size();
  if (names_.size() <= kFewNames) return;
  for (std::uint32_t i = 0; i < names_.size(); ++i) slots_.emplace(names_[i], i);
  ZICHT_CHECK(slots_.size() == names_.size(), "no name twice in a context");
}

Ref<const ContextShape> ContextShape::create(std::vector<std::string> names) {
  return make_ref<const ContextShape>(std::move(names));
}

std::optional<std::uint32_t> ContextShape::find_slot(std::string_view name) const {
  if (!slots_.empty()) {
    const auto found = slots_.find(name);
    if (found == slots_.end()) return std::nullopt;
    return found->second;
  }
  for (std::uint32_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) return i;
  }
  return std::nullopt;
}

Context::Context(Ref<const ContextShape> shape, std::vector<Value> slots)
    : shape_(std::move(shape)),
      slots_(std::move(slots)),
      byte_size_(shape_->byte_size() + byte_size_of(slots_)),
      nesting_(deepest_nesting(slots_) + 1) {}

const Value* Context::find(std::string_view name) const {
  const std::optional<std::uint32_t> slot = shape_->find_slot(name);
  return slot ? &slots_[*slot] : nullptr;
}

ContextBuilder::ContextBuilder(const Context& from) {
  for (std::size_t i = 0; i < from.size(); ++i) set(from.shape().names()[i], from.slots()[i]);
}

ContextBuilder& ContextBuilder::set(std::string_view name, Value value) {
  const auto [place, is_new] = places_.emplace(std::string(name), slots_.size());
  if (is_new) {
    names_.emplace_back(name);
    slots_.push_back(std::move(value));
  } else {
    slots_[place->second] = std::move(value);
  }
  return *this;
}

bool ContextBuilder::has(std::string_view name) const {
  return places_.contains(std::string(name));
}

Value ContextBuilder::build() {
  places_.clear();
  return Value::context(ContextShape::create(std::exchange(names_, {})), std::exchange(slots_, {}));
}

Range::Range(Value start, bool start_included, Value end, bool end_included)
    : start_(std::move(start)),
      end_(std::move(end)),
      start_included_(start_included),
      end_included_(end_included) {}

Range::Range(Form form, Value end) : form_(form) {
  ZICHT_CHECK(form != Form::kInterval, "a unary test");
  const bool is_included =
      form == Form::kLessEqual || form == Form::kGreaterEqual || form == Form::kEqual;
  const bool is_upper = form == Form::kGreater || form == Form::kGreaterEqual;
  if (is_upper || form == Form::kEqual) {
    start_ = end;
    start_included_ = is_included;
  }
  if (!is_upper) {
    end_ = std::move(end);
    end_included_ = is_included;
  }
}

std::size_t Range::byte_size() const {
  return start_.byte_size() + end_.byte_size() + sizeof(Range);
}

std::uint32_t Range::nesting() const { return std::max(start_.nesting(), end_.nesting()) + 1; }

}  // namespace zicht::feel
