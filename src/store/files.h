// The few files that a store keeps beside its database, written so that a power cut leaves each
// either as it was or as it was to be: keys and exported checkpoints.
//
//     if (!replace_file(machine_files(), "/var/lib/zicht/checkpoints", text, 0600)) complain();
//
// A file is written under another name, synced, and renamed, and then its folder is synced: without
// the last step the name itself may be gone after a cut. `Files` is a port, so that tests can cut
// the power between any two of these steps.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zicht::store {

// Thread-safe.
class Files {
 public:
  struct Content {
    bool is_present = false;
    bool is_private = false;  // of its owner alone
    std::string bytes;
  };
  enum class Existing { kReplace, kKeep };

  virtual ~Files() = default;

  // Nothing when it is there and cannot be read.
  virtual std::optional<Content> read(const std::string& path) = 0;
  // Makes the last folder of the path, for its owner alone, and makes it so when it is there.
  virtual bool make_folder(const std::string& path) = 0;
  // Makes or overwrites a file and waits until its bytes are safe; its name need not be.
  virtual bool write_synced(const std::string& path, std::string_view bytes, unsigned mode) = 0;
  // With kKeep it fails when `to` exists.
  virtual bool rename(const std::string& from, const std::string& to, Existing existing) = 0;
  // Waits until the names in a folder are safe.
  virtual bool sync_folder(const std::string& path) = 0;
  // Keeps other processes that ask for the same folder waiting until what it gives is destroyed.
  virtual std::shared_ptr<void> lock_folder(const std::string& path) = 0;
};

// Those of this machine.
Files& machine_files();

// Old or new, never half and never gone. False when it could not be done; then it is old or new.
bool replace_file(Files& files, const std::string& path, std::string_view bytes, unsigned mode,
                  Files::Existing existing = Files::Existing::kReplace);

// The whole lines of a file, none when it is absent: what has no end was cut off and says nothing.
// Nothing when it cannot be read.
std::optional<std::vector<std::string>> read_lines(Files& files, const std::string& path);

// Adds lines to a file that its owner alone may read, after what is whole of it; old or new as
// above. Others who add to it meanwhile wait. Gives the number of whole lines that were there, or
// nothing when it could not be done.
std::optional<std::int64_t> add_lines(Files& files, const std::string& path,
                                      const std::vector<std::string>& lines);

// The folder with those above it, each named safely in the one above.
bool make_folders(Files& files, const std::string& path);

}  // namespace zicht::store
