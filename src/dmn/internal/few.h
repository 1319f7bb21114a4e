// An array whose size is known when it is made: on the stack while it is small.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace zicht::dmn::internal {

template <class T, std::size_t kInline>
class Few {
 public:
  explicit Few(std::size_t size) : size_(size) {
    if (size > kInline) many_.resize(size);
  }
  Few(const Few&) = delete;
  Few& operator=(const Few&) = delete;

  [[nodiscard]] std::span<T> span() { return {many_.empty() ? few_.data() : many_.data(), size_}; }
  T& operator[](std::size_t index) { return span()[index]; }

 private:
  std::array<T, kInline> few_{};
  std::vector<T> many_{};
  std::size_t size_;
};

}  // namespace zicht::dmn::internal
