#include <memory>
#include <string>

#include "store/checkpoint.h"
#include "targets.h"

namespace zicht::fuzz {
namespace {

// One file, which can only be read.
class OneFile final : public store::Files {
 public:
  explicit OneFile(std::string_view bytes) : bytes_(bytes) {}
  std::optional<Content> read(const std::string&) override { return Content{true, true, bytes_}; }
  bool make_folder(const std::string&) override { return false; }
  bool write_synced(const std::string&, std::string_view, unsigned) override { return false; }
  bool rename(const std::string&, const std::string&, Existing) override { return false; }
  bool sync_folder(const std::string&) override { return false; }
  std::shared_ptr<void> lock_folder(const std::string&) override { return nullptr; }

 private:
  std::string bytes_;
};

}  // namespace

void checkpoints(std::string_view input) {
  OneFile file(input);
  const auto lines = store::exported_checkpoints({.path = "checkpoints", .files = &file});
  must(lines.has_value(), "a file that can be read gives its lines");
  const auto told = lines->checkpoints.size() + lines->broken.size();
  must(static_cast<std::int64_t>(told) == lines->count, "every line is a checkpoint or broken");
}

}  // namespace zicht::fuzz
