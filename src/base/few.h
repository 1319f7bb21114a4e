// An array whose size is known when it is made: on the stack while it is small.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace zicht {

template <class T, std::size_t kInline>
class Few {
 public:
  explicit Few(std::size_t size) : size_(size) {
    if (size > kInline) {
      many_.resize(size);
    } else {
      std::uninitialized_value_construct_n(few_, size);
    }
  }
  ~Few() {
    if (many_.empty()) std::destroy_n(few_, size_);
  }
  Few(const Few&) = delete;
  Few& operator=(const Few&) = delete;

  [[nodiscard]] std::span<T> span() { return {many_.empty() ? few_ : many_.data(), size_}; }
  T& operator[](std::size_t index) { return span()[index]; }

 private:
  union {
    T few_[kInline];  // only those that are used are made
  };
  std::vector<T> many_{};
  std::size_t size_;
};

}  // namespace zicht
