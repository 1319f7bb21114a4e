// Ref<T>: shared ownership of an immutable object that counts its owners itself, so that a Value
// needs one pointer only. The count is atomic: many threads read the values of a compiled program.
//
//     class List final : public Shared { ... };
//     Ref<const List> list = make_ref<List>(items);
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

namespace zicht::feel {

template <class T>
class Ref;

class Shared {
 public:
  Shared() = default;
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  virtual ~Shared() = default;

  void retain() const { owners_.fetch_add(1, std::memory_order_relaxed); }
  void release() const {
    // Who owns it alone needs no atomic subtraction: nobody else can copy what only he holds.
    if (owners_.load(std::memory_order_acquire) == 1 ||
        owners_.fetch_sub(1, std::memory_order_acq_rel) == 1)
      std::unique_ptr<const Shared>(this);
  }

 private:
  template <class T, class... Arguments>
  friend Ref<T> make_ref(Arguments&&... arguments);

  // The first owner, before anybody else can see this.
  void own() const { owners_.store(1, std::memory_order_relaxed); }

  mutable std::atomic<std::uint32_t> owners_{0};
};

// Null or an owner. Copying costs one atomic addition.
template <class T>
class Ref {
 public:
  Ref() = default;
  explicit Ref(T* object) : object_(object) {
    if (object_ != nullptr) object_->retain();
  }
  Ref(const Ref& other) : Ref(other.object_) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  template <class Derived>
  Ref(const Ref<Derived>& other) : Ref(other.get()) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() {
    if (object_ != nullptr) object_->release();
  }

  // Gives the ownership to the caller, who must release() it.
  T* detach() && { return std::exchange(object_, nullptr); }

  T* get() const { return object_; }
  T& operator*() const { return *object_; }
  T* operator->() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  template <class U, class... Arguments>
  friend Ref<U> make_ref(Arguments&&... arguments);

  T* object_ = nullptr;
};

template <class T, class... Arguments>
Ref<T> make_ref(Arguments&&... arguments) {
  Ref<T> made;
  made.object_ = std::make_unique<T>(std::forward<Arguments>(arguments)...).release();
  static_cast<const Shared*>(made.object_)->own();
  return made;
}

}  // namespace zicht::feel
