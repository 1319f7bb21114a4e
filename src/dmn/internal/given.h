// What is wrong with what people give: the one way in which inputs of a request and answers of an
// interview are refused.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error_catalogue.h"
#include "feel/type.h"

namespace zicht::dmn::internal {

struct Misfit {
  std::string_view id{};
  Arguments arguments{};

  [[nodiscard]] Problem at(std::string where) const {
    return make_problem(id, std::move(where), arguments);
  }
  [[nodiscard]] Error error() const { return make_error(id, arguments); }
};

// What is told at once; nobody reads more, and each is looked for among what is known.
inline constexpr std::size_t kMostMisfits = 100;

// DM-0051; names the one of `known` that was meant, else all there are.
[[nodiscard]] Misfit no_such_input(const std::string& name, const std::vector<std::string>& known);
// DM-0052.
[[nodiscard]] Misfit other_type(const std::string& name, const feel::Type& wanted);
// DM-0053; `allowed` is the text of the author.
[[nodiscard]] Misfit not_allowed(const std::string& name, std::string allowed);

}  // namespace zicht::dmn::internal
