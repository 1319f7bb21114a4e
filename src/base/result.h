// Result<T>: a T, or the Error that says why there is none. The only file that names tl.
//
//     Result<Date> due(std::string_view start) {
//       ZICHT_TRY(date, Date::parse(start));        // declares `Date date`, or returns the error
//       ZICHT_CHECKED(check_range(date));           // for Result<void>
//       return add_months(date, 3);
//     }
//
// An Error converts to any Result, a T converts to Result<T>. Ignoring a Result does not compile
// cleanly ([[nodiscard]]). Reading the value of a failed Result, or the error of a good one, is a
// bug and fails a ZICHT_CHECK.
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace zicht {

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
  using Base = tl::expected<T, Error>;

 public:
  using Base::Base;
  Result(Error error) : Base(tl::unexpect, std::move(error)) {}

  // The value. Requires: has_value().
  T& operator*() & { return checked(*this), Base::operator*(); }
  const T& operator*() const& { return checked(*this), Base::operator*(); }
  T&& operator*() && { return checked(*this), std::move(Base::operator*()); }
  T* operator->() { return checked(*this), Base::operator->(); }
  const T* operator->() const { return checked(*this), Base::operator->(); }
  T& value() & { return **this; }
  const T& value() const& { return **this; }
  T&& value() && { return *std::move(*this); }

  // The error. Requires: !has_value().
  const Error& error() const& { return failed(*this), Base::error(); }
  Error& error() & { return failed(*this), Base::error(); }
  Error&& error() && { return failed(*this), std::move(Base::error()); }

 private:
  static void checked(const Result& r) { ZICHT_CHECK(r.has_value(), "value of a failed Result"); }
  static void failed(const Result& r) { ZICHT_CHECK(!r.has_value(), "error of a good Result"); }
};

// Success without a value: `return {};`.
template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
  using Base = tl::expected<void, Error>;

 public:
  using Base::Base;
  Result(Error error) : Base(tl::unexpect, std::move(error)) {}

  const Error& error() const& { return failed(*this), Base::error(); }
  Error& error() & { return failed(*this), Base::error(); }
  Error&& error() && { return failed(*this), std::move(Base::error()); }

 private:
  static void failed(const Result& r) { ZICHT_CHECK(!r.has_value(), "error of a good Result"); }
};

}  // namespace zicht

// Declares `name` with the value of `expr`, or returns the error from the enclosing function.
// Not usable as the body of an `if` without braces.
#define ZICHT_TRY(name, expr)                                              \
  auto name##_result = (expr);                                             \
  if (!name##_result.has_value()) return std::move(name##_result).error(); \
  auto name = *std::move(name##_result)

// Returns the error of a Result<void> from the enclosing function.
#define ZICHT_CHECKED(expr)                                      \
  do {                                                           \
    if (auto zicht_checked = (expr); !zicht_checked.has_value()) \
      return std::move(zicht_checked).error();                   \
  } while (false)
