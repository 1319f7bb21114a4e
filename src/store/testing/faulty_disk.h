// A disk that loses what was not synced, and fails when the test says so.
//
//     FaultyDisk disk(folder, seed);
//     disk.plan({.cut_at = 120});         // the power goes at the 120th change
//     ... work through disk.files() and SQLite's VFS disk.vfs_name() ...
//     disk.restart_after_cut();           // what is there now is all that survived
//
// It keeps beside each file what is safe, and the changes since. At a power cut every sector gets
// some of the changes to it, in their order, the last perhaps torn; a file has one of the lengths
// it had; a name that was made, renamed or removed without a sync of its folder may or may not be
// so. A failed sync leaves each page safe or not, and no later sync mends that.
// Not thread-safe but for one writer at a time beside readers.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "store/files.h"

namespace zicht::store::testing {

enum class Fault : std::uint8_t { kNone, kFull, kInputOutput, kShortWrite };

struct FaultPlan {
  std::int64_t cut_at = -1;          // number of the change at which the power goes; -1: never
  std::int64_t fail_at = -1;         // number of the change or sync that fails, with `fail_with`
  Fault fail_with = Fault::kInputOutput;
  std::uint64_t fails_per_1000 = 0;  // changes that fail with a full disk, EIO or a short write
  std::uint64_t sync_fails_per_1000 = 0;
  bool ignores_syncs = false;        // says that it synced, and did not
};

class FaultyDisk final : public Files {
 public:
  // `folder`: an empty real folder, in which SQLite's files are worked on.
  FaultyDisk(std::string folder, std::uint64_t seed);
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  const std::string& vfs_name() const { return vfs_name_; }
  const std::string& folder() const { return folder_; }

  // Counts changes from 0 again.
  void plan(FaultPlan plan);
  std::int64_t changes() const { return count_; }
  std::int64_t faults() const { return faults_; }
  bool is_cut() const { return is_cut_; }
  // The power goes now, or the process ends: no change counts any more.
  void cut();
  // With all connections closed: what survived is there, nothing fails.
  void restart_after_cut();
  // The same where the process ended and the machine went on: every change is there.
  void restart_after_kill();

  // ---- Files
  std::optional<Content> read(const std::string& path) override;
  bool make_folder(const std::string& path) override;
  bool write_synced(const std::string& path, std::string_view bytes, unsigned mode) override;
  bool rename(const std::string& from, const std::string& to, Existing existing) override;
  bool sync_folder(const std::string& path) override;
  std::shared_ptr<void> lock_folder(const std::string&) override { return nullptr; }

  // ---- for the VFS; each counts as one change where it changes something
  bool is_ours(std::string_view path) const { return path.starts_with(folder_); }
  bool exists(const std::string& path);
  bool create(const std::string& path);
  // How many bytes were written; `fault` says why not all.
  std::size_t write(const std::string& path, std::size_t offset, std::string_view bytes,
                    Fault& fault);
  Fault truncate(const std::string& path, std::size_t size);
  bool sync(const std::string& path);
  Fault remove(const std::string& path);

 private:
  struct Change {
    std::size_t offset = 0;
    std::string bytes;
    std::size_t size = 0;  // of the file afterwards
  };
  struct Node {
    bool is_folder = false;
    unsigned mode = 0600;
    std::string now, safe;
    std::vector<Change> changes;
  };
  using Names = std::map<std::string, std::shared_ptr<Node>, std::less<>>;
  struct NameChange {
    std::string from, to;  // empty `from`: made; empty `to`: removed
    std::shared_ptr<Node> node;
  };

  Fault draw();
  bool sync_node(Node& node);
  void keep_some_pages(Node& node);
  std::string survivor(const Node& node);
  void apply(const Change& change, std::string& bytes);
  void rename_in(Names& names, const NameChange& change);
  void change_name(NameChange change);
  void write_real();

  std::string folder_, vfs_name_;
  SeededRng rng_;
  std::size_t sector_;
  FaultPlan plan_;
  std::int64_t count_ = 0, faults_ = 0;
  std::atomic<bool> is_cut_ = false;
  bool has_lost_ = false;
  Names names_, safe_names_;
  std::vector<NameChange> name_changes_;
  std::mutex mutex_;
  std::shared_ptr<void> vfs_;
};

// SQLite's VFS over `disk`, under its name, for as long as what this gives.
std::shared_ptr<void> register_vfs(FaultyDisk& disk);

}  // namespace zicht::store::testing
