#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "store/backup.h"
#include "targets.h"

namespace zicht::fuzz {
namespace {

// A file in memory, by a path that opens it anew.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : file_(memfd_create("fuzz", 0)) {
    must(file_ >= 0, "there is memory for a file");
    must(write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
         "the file is written");
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

}  // namespace

void backup(std::string_view input) {
  constexpr char kBetween = 0x1D;
  const std::size_t cut = std::min(input.find(kBetween), input.size());
  const MemoryFile rows(input.substr(0, cut));
  const MemoryFile keys(cut == input.size() ? std::string_view{} : input.substr(cut + 1));
  static_cast<void>(store::check_backup({rows.path(), keys.path()}));
}

}  // namespace zicht::fuzz
