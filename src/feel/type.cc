#include "feel/type.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "feel/collections.h"

namespace zicht::feel {

// What the types with arguments hold; `types` is the item, or the parameters and then the result.
struct Type::Parts {
  std::vector<Type> types{};
  std::vector<Member> members{};
  std::uint64_t nodes = 1;
  std::uint32_t depth = 1;
  std::unordered_map<std::string_view, std::size_t> places{};  // of many members
  bool operator==(const Parts& other) const {
    return types == other.types && members == other.members;
  }
};

namespace {

struct NamedType {
  std::string_view name;
  Type::Kind kind;
};

// The names of FEEL first: Type::to_string uses the first of each kind.
constexpr std::array kNames = {
    NamedType{"Any", Type::Kind::kAny},
    NamedType{"Null", Type::Kind::kNull},
    NamedType{"boolean", Type::Kind::kBoolean},
    NamedType{"number", Type::Kind::kNumber},
    NamedType{"string", Type::Kind::kString},
    NamedType{"date", Type::Kind::kDate},
    NamedType{"time", Type::Kind::kTime},
    NamedType{"date and time", Type::Kind::kDateTime},
    NamedType{"days and time duration", Type::Kind::kDayDuration},
    NamedType{"years and months duration", Type::Kind::kMonthDuration},
    NamedType{"any", Type::Kind::kAny},
    NamedType{"ANY", Type::Kind::kAny},
    NamedType{"null", Type::Kind::kNull},
    NamedType{"dateTime", Type::Kind::kDateTime},
    NamedType{"dayTimeDuration", Type::Kind::kDayDuration},
    NamedType{"yearMonthDuration", Type::Kind::kMonthDuration},
};

std::string_view name_of(Type::Kind kind) {
  const auto* found = std::find_if(kNames.begin(), kNames.end(),
                                   [&](const NamedType& named) { return named.kind == kind; });
  return found == kNames.end() ? "" : found->name;
}

// Below this a walk over the members is faster than a hash.
constexpr std::size_t kFewMembers = 8;

}  // namespace

Type Type::of_parts(Kind kind, Parts parts) {
  std::uint64_t nodes = 1;
  std::uint32_t depth = 1;
  const auto count = [&](const Type& type) {
    nodes += type.parts_ ? type.parts_->nodes : 1;
    depth = std::max(depth, type.parts_ ? type.parts_->depth + 1 : 2);
  };
  for (const Type& type : parts.types) count(type);
  for (const Member& member : parts.members) count(member.type);
  if (nodes > kMaxNodes || depth > kMaxDepth) {
    for (Type& type : parts.types) type = any();
    parts.members.clear();
    nodes = 1 + parts.types.size();
    depth = 2;
  }
  parts.nodes = nodes;
  parts.depth = depth;
  auto kept = std::make_shared<Parts>(std::move(parts));
  if (kept->members.size() > kFewMembers) {
    for (std::size_t i = 0; i < kept->members.size(); ++i) {
      kept->places.insert_or_assign(kept->members[i].name, i);
    }
  }
  Type made(kind);
  made.parts_ = std::move(kept);
  return made;
}

Type Type::list_of(Type item) { return of_parts(Kind::kList, {.types = {std::move(item)}}); }
Type Type::range_of(Type end) { return of_parts(Kind::kRange, {.types = {std::move(end)}}); }
Type Type::context_of(std::vector<Member> members) {
  return of_parts(Kind::kContext, {.types = {}, .members = std::move(members)});
}
Type Type::function_of(std::vector<Type> parameters, Type result) {
  parameters.push_back(std::move(result));
  return of_parts(Kind::kFunction, {.types = std::move(parameters)});
}

std::optional<Type> Type::find_named(std::string_view name) {
  for (const NamedType& named : kNames) {
    if (named.name == name) return Type(named.kind);
  }
  if (name == "context") return context_of({});
  if (name == "list") return list_of({});
  if (name == "range") return range_of({});
  return std::nullopt;
}

const Type& Type::item() const {
  ZICHT_CHECK(kind_ == Kind::kList || kind_ == Kind::kRange, "item of a list or range type");
  return parts_->types.front();
}

const std::vector<Type::Member>& Type::members() const {
  ZICHT_CHECK(kind_ == Kind::kContext, "members of a context type");
  return parts_->members;
}

const Type* Type::find_member(std::string_view name) const {
  const std::vector<Member>& all = members();
  if (!parts_->places.empty()) {
    const auto found = parts_->places.find(name);
    return found == parts_->places.end() ? nullptr : &all[found->second].type;
  }
  const auto found =
      std::find_if(all.rbegin(), all.rend(), [&](const Member& m) { return m.name == name; });
  return found == all.rend() ? nullptr : &found->type;
}

std::span<const Type> Type::parameters() const {
  ZICHT_CHECK(kind_ == Kind::kFunction, "parameters of a function type");
  return std::span(parts_->types).first(parts_->types.size() - 1);
}

const Type& Type::result() const {
  ZICHT_CHECK(kind_ == Kind::kFunction, "result of a function type");
  return parts_->types.back();
}

std::string Type::to_string() const {
  std::string text;
  append_to(text);
  if (text.size() <= kMaxText) return text;
  std::size_t end = kMaxText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

// Ends soon after the text has become too long.
void Type::append_to(std::string& text) const {
  const auto append_all = [&](std::span<const Type> types) {
    bool is_first = true;
    for (const Type& type : types) {
      if (text.size() > kMaxText) return;
      if (!std::exchange(is_first, false)) text += ", ";
      type.append_to(text);
    }
  };
  if (kind_ == Kind::kList || kind_ == Kind::kRange) {
    text += kind_ == Kind::kList ? "list<" : "range<";
    item().append_to(text);
  } else if (kind_ == Kind::kFunction) {
    text += "function<";
    append_all(parameters());
    text += ">->";
    return result().append_to(text);
  } else if (kind_ == Kind::kContext) {
    text += "context<";
    bool is_first = true;
    for (const Member& member : members()) {
      if (text.size() > kMaxText) break;
      if (!std::exchange(is_first, false)) text += ", ";
      text += member.name + ": ";
      member.type.append_to(text);
    }
  } else {
    text += name_of(kind_);
    return;
  }
  text += ">";
}

bool Type::operator==(const Type& other) const {
  if (kind_ != other.kind_) return false;
  return parts_ == other.parts_ || (parts_ && other.parts_ && *parts_ == *other.parts_);
}

namespace {

Type type_of_items(std::span<const Value> items) {
  if (items.empty()) return Type::any();
  const Type first = type_of(items.front());
  const bool all_same = std::all_of(items.begin() + 1, items.end(),
                                    [&](const Value& item) { return type_of(item) == first; });
  return all_same ? first : Type::any();
}

Type type_of_context(const Context& context) {
  std::vector<Type::Member> members;
  for (std::size_t i = 0; i < context.size(); ++i) {
    members.push_back({context.shape().names()[i], type_of(context.slots()[i])});
  }
  return Type::context_of(std::move(members));
}

// Scalars have the same place in both enumerations, behind Any in the one. Null for what is none.
Type::Kind scalar_kind(Kind kind) {
  static_assert(static_cast<int>(Type::Kind::kNull) == static_cast<int>(Kind::kNull) + 1);
  static_assert(static_cast<int>(Type::Kind::kMonthDuration) ==
                static_cast<int>(Kind::kMonthDuration) + 1);
  return kind > Kind::kMonthDuration ? Type::Kind::kNull
                                     : static_cast<Type::Kind>(static_cast<int>(kind) + 1);
}

Type scalar_type(Kind kind) {
  switch (kind) {
    case Kind::kBoolean:
      return Type::boolean();
    case Kind::kNumber:
      return Type::number();
    case Kind::kString:
      return Type::string();
    case Kind::kDate:
      return Type::date();
    case Kind::kTime:
      return Type::time();
    case Kind::kDateTime:
      return Type::date_time();
    case Kind::kDayDuration:
      return Type::day_duration();
    case Kind::kMonthDuration:
      return Type::month_duration();
    default:
      return Type::null();
  }
}

bool functions_conform(const Type& type, const Type& target) {
  const std::span<const Type> given = type.parameters();
  const std::span<const Type> wanted = target.parameters();
  // What is called with the parameters of `target` has to take them: the other way round. What a
  // function gives is often not known before it is called: then it fits.
  return given.size() == wanted.size() &&
         std::equal(wanted.begin(), wanted.end(), given.begin(),
                    [](const Type& w, const Type& g) { return conforms(w, g); }) &&
         (type.result().is_any() || conforms(type.result(), target.result()));
}

bool contexts_conform(const Type& type, const Type& target) {
  return std::all_of(target.members().begin(), target.members().end(),
                     [&](const Type::Member& member) {
                       const Type* given = type.find_member(member.name);
                       return given != nullptr && conforms(*given, member.type);
                     });
}

bool context_conforms(const Context& context, const Type& target) {
  std::uint32_t next = 0;  // mostly the members are written in the order of the type
  return std::all_of(target.members().begin(), target.members().end(),
                     [&](const Type::Member& member) {
                       const auto slot = context.shape().find_slot(member.name, next);
                       if (!slot) return false;
                       next = *slot + 1;
                       return conforms(context.slots()[*slot], member.type);
                     });
}

}  // namespace

Type type_of(const Value& value) {
  switch (value.kind()) {
    case Kind::kList:
      return Type::list_of(type_of_items(value.as_list()));
    case Kind::kContext:
      return type_of_context(value.as_context());
    case Kind::kRange: {
      const Range& range = value.as_range();
      return Type::range_of(type_of(range.end().is_null() ? range.start() : range.end()));
    }
    case Kind::kFunction:
      return value.as_function().type();
    default:
      return scalar_type(value.kind());
  }
}

bool conforms(const Type& type, const Type& target) {
  if (target.is_any() || type.kind() == Type::Kind::kNull) return true;
  if (type.kind() != target.kind()) return false;
  switch (target.kind()) {
    case Type::Kind::kList:
    case Type::Kind::kRange:
      return conforms(type.item(), target.item());
    case Type::Kind::kContext:
      return contexts_conform(type, target);
    case Type::Kind::kFunction:
      return functions_conform(type, target);
    default:
      return true;
  }
}

bool conforms(const Value& value, const Type& target) {
  if (target.is_any() || value.is_null() || is_scalar_of(value, target)) return true;
  switch (target.kind()) {
    case Type::Kind::kList: {
      if (!value.is(Kind::kList)) return false;
      const auto fits = [&](const Value& item) { return conforms(item, target.item()); };
      return std::all_of(value.as_list().begin(), value.as_list().end(), fits);
    }
    case Type::Kind::kContext:
      return value.is(Kind::kContext) && context_conforms(value.as_context(), target);
    case Type::Kind::kRange:
      return value.is(Kind::kRange) && conforms(value.as_range().start(), target.item()) &&
             conforms(value.as_range().end(), target.item());
    case Type::Kind::kFunction:
      return value.is(Kind::kFunction) && conforms(value.as_function().type(), target);
    default:
      return scalar_kind(value.kind()) == target.kind();
  }
}

bool is_instance(const Value& value, const Type& type) {
  if (value.is_null()) return type.kind() == Type::Kind::kNull;
  return conforms(value, type);
}

Value coerce(const Value& value, const Type& target, std::string_view what) {
  if (conforms(value, target)) return value;
  if (target.kind() == Type::Kind::kList && conforms(value, target.item())) {
    return Value::list({value});
  }
  if (value.is(Kind::kList) && value.as_list().size() == 1 &&
      conforms(value.as_list().front(), target)) {
    return value.as_list().front();
  }
  if (value.is(Kind::kDate) && target.kind() == Type::Kind::kDateTime) {
    return Value::date_time(date_time_of(value.as_date(), {0, Zone::offset(0)}));
  }
  return Value::error("FE-0105", {{"what", std::string(what)},
                                  {"actual", type_of(value).to_string()},
                                  {"expected", target.to_string()}});
}

Type Function::type() const {
  return Type::function_of(std::vector<Type>(parameter_names().size()), Type::any());
}

std::string Function::type_text() const { return type().to_string(); }

}  // namespace zicht::feel
