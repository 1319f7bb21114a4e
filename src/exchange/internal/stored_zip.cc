#include "exchange/internal/stored_zip.h"

#include <array>
#include <cstdint>

namespace zicht::exchange::internal {
namespace {

constexpr std::uint32_t kMember = 0x04034b50, kEntry = 0x02014b50, kEnd = 0x06054b50;
constexpr std::uint32_t kVersion = 20;
constexpr std::uint32_t kUtf8 = 0x0800;
constexpr std::uint32_t kDay = 0x0021;  // 1 January 1980

// The polynomial of ISO 3309, as ZIP uses it.
constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit)
      value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1U) : value >> 1U;
    table[i] = value;
  }
  return table;
}

std::uint32_t crc_of(std::string_view content) {
  static constexpr auto kTable = crc_table();
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : content)
    crc = kTable[(crc ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (crc >> 8U);
  return ~crc;
}

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8U * i)) & 0xFFU);
}

std::uint32_t size_of(std::string_view text) { return static_cast<std::uint32_t>(text.size()); }

// What the member and its entry in the directory have in common.
std::string common(std::string_view name, std::string_view content) {
  std::string out;
  put(out, kVersion, 2);
  put(out, kUtf8, 2);
  put(out, 0, 4);  // stored, midnight
  put(out, kDay, 2);
  put(out, crc_of(content), 4);
  put(out, size_of(content), 4);
  put(out, size_of(content), 4);
  put(out, size_of(name), 2);
  put(out, 0, 2);
  return out;
}

}  // namespace

void StoredZip::add(std::string_view name, std::string_view content) {
  const std::uint32_t at = size_of(members_);
  const std::string shared = common(name, content);
  put(members_, kMember, 4);
  members_ += shared;
  members_ += name;
  members_ += content;
  put(directory_, kEntry, 4);
  put(directory_, kVersion, 2);
  directory_ += shared;
  put(directory_, 0, 4);  // comment, disk
  put(directory_, 0, 2);
  put(directory_, 0, 4);
  put(directory_, at, 4);
  directory_ += name;
  ++count_;
}

std::string StoredZip::finish() const {
  std::string out = members_ + directory_;
  put(out, kEnd, 4);
  put(out, 0, 4);
  put(out, static_cast<std::uint32_t>(count_), 2);
  put(out, static_cast<std::uint32_t>(count_), 2);
  put(out, size_of(directory_), 4);
  put(out, size_of(members_), 4);
  put(out, 0, 2);
  return out;
}

}  // namespace zicht::exchange::internal
