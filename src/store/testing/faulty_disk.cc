#include "store/testing/faulty_disk.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <utility>

namespace zicht::store::testing {
namespace {

constexpr std::size_t kPage = 4096;  // what a kernel keeps together

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

std::set<std::size_t> parts_of(std::size_t offset, std::size_t size, std::size_t part) {
  std::set<std::size_t> parts;
  for (std::size_t at = offset / part; at * part < offset + size; ++at) parts.insert(at);
  return parts;
}

// A name; it tells tests of one program apart.
std::string new_name() {
  static std::atomic<int> count = 0;
  return "faulty-" + std::to_string(++count);
}

}  // namespace

FaultyDisk::FaultyDisk(std::string folder, std::uint64_t seed)
    : folder_(std::move(folder)), vfs_name_(new_name()), rng_(seed),
      sector_(rng_.below(2) == 0 ? 512 : 4096) {
  auto root = std::make_shared<Node>();
  root->is_folder = true;
  names_[folder_] = safe_names_[folder_] = root;
  vfs_ = register_vfs(*this);
}

void FaultyDisk::plan(FaultPlan plan) {
  plan_ = plan;
  count_ = 0;
}

// Every change comes by here once.
Fault FaultyDisk::draw() {
  if (is_cut_) return Fault::kInputOutput;
  if (count_++ == plan_.cut_at) {
    is_cut_ = true;
    return Fault::kInputOutput;
  }
  const bool is_planned = count_ - 1 == plan_.fail_at;
  if (!is_planned && rng_.below(1000) >= plan_.fails_per_1000) return Fault::kNone;
  ++faults_;
  if (is_planned) return plan_.fail_with;
  return static_cast<Fault>(1 + rng_.below(3));
}

void FaultyDisk::cut() { is_cut_ = true; }

void FaultyDisk::apply(const Change& change, std::string& bytes) {
  bytes.resize(std::max(bytes.size(), change.offset + change.bytes.size()));
  bytes.replace(change.offset, change.bytes.size(), change.bytes);
  bytes.resize(change.size);
}

// Each sector on its own: as after the first k changes to it, and perhaps a piece of the next.
std::string FaultyDisk::survivor(const Node& node) {
  const std::uint64_t style = rng_.below(4);  // 0: nothing more, 1: everything, else some
  if (style == 1) return node.now;
  std::string bytes = node.safe;
  if (style == 0) return bytes;
  std::set<std::size_t> touched;
  std::vector<std::size_t> sizes{node.safe.size()};
  for (const Change& change : node.changes) {
    touched.merge(parts_of(change.offset, change.bytes.size(), sector_));
    sizes.push_back(change.size);
  }
  for (const std::size_t sector : touched) {
    const std::size_t first = sector * sector_, last = first + sector_;
    std::vector<const Change*> here;
    for (const Change& change : node.changes) {
      const bool is_here = change.offset < last && change.offset + change.bytes.size() > first;
      // What only makes the file shorter has nothing to tear.
      if (is_here && !change.bytes.empty()) here.push_back(&change);
    }
    const std::size_t kept = rng_.below(here.size() + 1);
    for (std::size_t at = 0; at < std::min(kept + 1, here.size()); ++at) {
      const Change& change = *here[at];
      const std::size_t from = std::max(first, change.offset);
      std::size_t to = std::min(last, change.offset + change.bytes.size());
      if (at == kept) to = rng_.below(2) == 0 ? from : from + rng_.below(to - from);  // torn
      bytes.resize(std::max(bytes.size(), to));
      bytes.replace(from, to - from, change.bytes, from - change.offset, to - from);
    }
  }
  bytes.resize(sizes[rng_.below(sizes.size())]);
  return bytes;
}

void FaultyDisk::rename_in(Names& names, const NameChange& change) {
  if (!change.from.empty()) names.erase(change.from);
  if (!change.to.empty()) names[change.to] = change.node;
}

void FaultyDisk::restart_after_cut() {
  for (const NameChange& change : name_changes_) {
    if (rng_.below(2) == 0) rename_in(safe_names_, change);
  }
  // What lies in a folder that has no name is gone with it; names are sorted, folders first.
  for (auto at = safe_names_.begin(); at != safe_names_.end();) {
    const bool is_lost = at->first != folder_ && !safe_names_.contains(parent_of(at->first));
    at = is_lost ? safe_names_.erase(at) : std::next(at);
  }
  std::set<Node*> done;
  for (auto& [name, node] : safe_names_) {
    if (!done.insert(node.get()).second) continue;
    node->now = node->safe = survivor(*node);
    node->changes.clear();
  }
  names_ = safe_names_;
  name_changes_.clear();
  is_cut_ = false;
  plan({});
  write_real();
}

void FaultyDisk::restart_after_kill() {
  is_cut_ = false;
  plan({});
  write_real();
}

// SQLite's files anew; without the index of the log, which is not for a disk.
void FaultyDisk::write_real() {
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    std::filesystem::remove_all(entry.path());
  }
  for (const auto& [name, node] : names_) {
    if (node->is_folder || parent_of(name) != folder_) continue;
    std::ofstream(name, std::ios::binary) << node->now;
  }
}

bool FaultyDisk::exists(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return names_.contains(path);
}

void FaultyDisk::change_name(NameChange change) {
  rename_in(names_, change);
  name_changes_.push_back(std::move(change));
}

bool FaultyDisk::create(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (names_.contains(path)) return true;
  if (draw() != Fault::kNone || !names_.contains(parent_of(path))) return false;
  change_name({.from = {}, .to = path, .node = std::make_shared<Node>()});
  return true;
}

std::size_t FaultyDisk::write(const std::string& path, std::size_t offset, std::string_view bytes,
                              Fault& fault) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(path);
  fault = draw();
  if (found == names_.end()) fault = Fault::kInputOutput;
  if (fault == Fault::kShortWrite) bytes = bytes.substr(0, rng_.below(bytes.size() + 1));
  if (fault == Fault::kFull || fault == Fault::kInputOutput) return 0;
  Node& node = *found->second;
  Change change{.offset = offset,
                .bytes = std::string(bytes),
                .size = std::max(node.now.size(), offset + bytes.size())};
  apply(change, node.now);
  node.changes.push_back(std::move(change));
  return bytes.size();
}

Fault FaultyDisk::truncate(const std::string& path, std::size_t size) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(path);
  const Fault fault = draw();
  if (fault != Fault::kNone || found == names_.end()) return Fault::kInputOutput;
  Change change{.offset = 0, .bytes = {}, .size = size};
  apply(change, found->second->now);
  found->second->changes.push_back(std::move(change));
  return Fault::kNone;
}

// The pages that were written since the last sync, whole; older ones stay as they are.
void FaultyDisk::keep_some_pages(Node& node) {
  std::set<std::size_t> pages;
  for (const Change& change : node.changes) {
    pages.merge(parts_of(change.offset, change.bytes.size(), kPage));
  }
  const bool is_failing = has_lost_;
  if (!is_failing || rng_.below(2) == 0) node.safe.resize(node.now.size());
  for (const std::size_t page : pages) {
    if (is_failing && rng_.below(2) == 0) continue;
    const std::size_t from = page * kPage;
    if (from >= node.now.size()) continue;
    const std::size_t size = std::min(kPage, node.now.size() - from);
    node.safe.resize(std::max(node.safe.size(), from + size));
    node.safe.replace(from, size, node.now, from, size);
  }
  node.changes.clear();
}

bool FaultyDisk::sync_node(Node& node) {
  if (is_cut_) return false;
  if (count_++ == plan_.cut_at) {
    is_cut_ = true;
    return false;
  }
  has_lost_ = count_ - 1 == plan_.fail_at || rng_.below(1000) < plan_.sync_fails_per_1000;
  if (has_lost_) ++faults_;
  if (plan_.ignores_syncs) return true;
  keep_some_pages(node);
  return !has_lost_;
}

bool FaultyDisk::sync(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(path);
  return found != names_.end() && sync_node(*found->second);
}

Fault FaultyDisk::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (!names_.contains(path)) return Fault::kNone;
  if (draw() != Fault::kNone) return Fault::kInputOutput;
  change_name({.from = path, .to = {}, .node = {}});
  return Fault::kNone;
}

std::optional<Files::Content> FaultyDisk::read(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(path);
  if (found == names_.end()) return Content{};
  const Node& node = *found->second;
  return Content{.is_present = true, .is_private = (node.mode & 077) == 0, .bytes = node.now};
}

bool FaultyDisk::make_folder(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (names_.contains(path)) return true;
  if (draw() != Fault::kNone) return false;
  auto node = std::make_shared<Node>();
  node->is_folder = true;
  change_name({.from = {}, .to = path, .node = std::move(node)});
  return true;
}

bool FaultyDisk::write_synced(const std::string& path, std::string_view bytes, unsigned mode) {
  if (!create(path)) return false;
  if (truncate(path, 0) != Fault::kNone) return false;
  {
    const std::lock_guard lock(mutex_);
    names_.at(path)->mode = mode;
  }
  Fault fault = Fault::kNone;
  write(path, 0, bytes, fault);
  return fault == Fault::kNone && sync(path);
}

bool FaultyDisk::rename(const std::string& from, const std::string& to, Existing existing) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(from);
  if (found == names_.end() || draw() != Fault::kNone) return false;
  if (existing == Existing::kKeep && names_.contains(to)) return false;
  change_name({.from = from, .to = to, .node = found->second});
  return true;
}

bool FaultyDisk::sync_folder(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(path);
  if (found == names_.end() || !sync_node(*found->second)) return false;
  if (plan_.ignores_syncs) return true;
  std::erase_if(name_changes_, [&](const NameChange& change) {
    const bool is_here = parent_of(change.to.empty() ? change.from : change.to) == path;
    if (is_here) rename_in(safe_names_, change);
    return is_here;
  });
  return true;
}

}  // namespace zicht::store::testing
