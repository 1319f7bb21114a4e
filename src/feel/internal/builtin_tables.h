// The tables of built-in functions, one for each file of functions, and what those share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "feel/function.h"

namespace zicht::feel::internal {

// The arguments of a call.
using Values = std::span<const Value>;

std::span<const Builtin> context_functions();
std::span<const Builtin> conversion_functions();
std::span<const Builtin> list_functions();
std::span<const Builtin> number_functions();
std::span<const Builtin> range_functions();
std::span<const Builtin> regex_functions();
std::span<const Builtin> statistic_functions();
std::span<const Builtin> string_functions();
std::span<const Builtin> temporal_functions();

// FE-0107: the argument lies outside what the function takes.
Value outside(std::string_view function, std::string_view argument, std::string_view domain);

// FE-0117.
Value not_a(std::string_view type, std::string_view example);

// The number without its fraction, where that fits 64 bits.
std::optional<std::int64_t> whole_of(const Value& number);

inline Type list_type() { return Type::list_of(Type::any()); }
inline Type context_type() { return Type::context_of({}); }

}  // namespace zicht::feel::internal
