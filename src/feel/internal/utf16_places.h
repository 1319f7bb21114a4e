// Where an index in UTF-16 lies in the same text in UTF-8: engines of patterns count in UTF-16.
#pragma once

#include <cstddef>
#include <string_view>

namespace zicht::feel::internal {

// Goes on from the place before, so that places near each other cost little. Requires: the text is
// valid and outlives this; indexes do not point into a pair of surrogates.
class Utf16Places {
 public:
  explicit Utf16Places(std::string_view utf8) : text_(utf8) {}

  [[nodiscard]] std::size_t byte_of(std::size_t utf16_index) {
    while (index_ < utf16_index && byte_ < text_.size()) forward();
    while (index_ > utf16_index) back();
    return byte_;
  }

 private:
  // How many units of UTF-16 the code point takes that starts at the byte.
  [[nodiscard]] std::size_t units() const {
    return static_cast<unsigned char>(text_[byte_]) >= 0xF0 ? 2 : 1;
  }
  [[nodiscard]] bool is_inside() const {
    return byte_ < text_.size() && (static_cast<unsigned char>(text_[byte_]) & 0xC0) == 0x80;
  }
  void forward() {
    index_ += units();
    do ++byte_;
    while (is_inside());
  }
  void back() {
    do --byte_;
    while (is_inside());
    index_ -= units();
  }

  std::string_view text_;
  std::size_t byte_ = 0;
  std::size_t index_ = 0;
};

}  // namespace zicht::feel::internal
