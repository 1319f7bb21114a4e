// SQLite's VFS over a FaultyDisk: reads, locks and shared memory are those of the machine's own
// VFS; every change goes through the disk first, which may refuse it, and is told what is synced.
#include <sqlite3.h>

#include <string>

#include "store/testing/faulty_disk.h"

namespace zicht::store::testing {
namespace {

struct FaultyFile {
  sqlite3_file base;
  FaultyDisk* disk;
  const char* name;        // null for files that are none of ours
  bool is_name_unsynced;   // as on the machine: the first sync by each opener of a log syncs it
  sqlite3_file* real;
};

FaultyFile& faulty(sqlite3_file* file) { return *reinterpret_cast<FaultyFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return faulty(file).real; }
FaultyDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<FaultyDisk*>(vfs->pAppData); }
sqlite3_vfs* machine() { return sqlite3_vfs_find("unix"); }

int close_file(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }

int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 at) {
  if (faulty(file).disk->is_cut()) return SQLITE_IOERR_READ;
  return real(file)->pMethods->xRead(real(file), bytes, size, at);
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  FaultyFile& self = faulty(file);
  if (self.name == nullptr) return real(file)->pMethods->xWrite(real(file), bytes, size, at);
  Fault fault = Fault::kNone;
  const std::string_view text(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  const auto written = self.disk->write(self.name, static_cast<std::size_t>(at), text, fault);
  if (written > 0) {
    const int code =
        real(file)->pMethods->xWrite(real(file), bytes, static_cast<int>(written), at);
    if (code != SQLITE_OK) return code;
  }
  if (fault == Fault::kNone) return SQLITE_OK;
  return fault == Fault::kInputOutput ? SQLITE_IOERR_WRITE : SQLITE_FULL;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  FaultyFile& self = faulty(file);
  if (self.name != nullptr &&
      self.disk->truncate(self.name, static_cast<std::size_t>(size)) != Fault::kNone) {
    return SQLITE_IOERR_TRUNCATE;
  }
  return real(file)->pMethods->xTruncate(real(file), size);
}

// Not passed on: what the machine's own disk keeps is no matter here.
int sync_file(sqlite3_file* file, int) {
  FaultyFile& self = faulty(file);
  if (self.name == nullptr) return SQLITE_OK;
  if (!self.disk->sync(self.name)) return SQLITE_IOERR_FSYNC;
  if (!self.is_name_unsynced) return SQLITE_OK;
  if (!self.disk->sync_folder(self.disk->folder())) return SQLITE_IOERR_DIR_FSYNC;
  self.is_name_unsynced = false;
  return SQLITE_OK;
}

int size_file(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int kind) {
  return real(file)->pMethods->xLock(real(file), kind);
}
int unlock_file(sqlite3_file* file, int kind) {
  return real(file)->pMethods->xUnlock(real(file), kind);
}
int check_lock(sqlite3_file* file, int* is_held) {
  return real(file)->pMethods->xCheckReservedLock(real(file), is_held);
}
int control_file(sqlite3_file* file, int what, void* data) {
  return real(file)->pMethods->xFileControl(real(file), what, data);
}
int sector_of(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int traits_of(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shared_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int unmap_shared(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

// Version 2: no mapping into memory, which would go past the disk.
constexpr sqlite3_io_methods kMethods = {
    2,          close_file,   read_file,   write_file,   truncate_file, sync_file,
    size_file,  lock_file,    unlock_file, check_lock,   control_file,  sector_of,
    traits_of,  map_shared,   lock_shared, shared_barrier, unmap_shared, nullptr, nullptr};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  FaultyDisk& disk = disk_of(vfs);
  FaultyFile& self = faulty(file);
  const bool is_ours = name != nullptr && disk.is_ours(name);
  self = {.base = {nullptr},
          .disk = &disk,
          .name = is_ours ? name : nullptr,
          .is_name_unsynced = false,
          .real = reinterpret_cast<sqlite3_file*>(&self + 1)};
  const bool may_create = (flags & SQLITE_OPEN_CREATE) != 0;
  if (is_ours && !disk.exists(name) && (!may_create || !disk.create(name))) {
    return SQLITE_CANTOPEN;
  }
  self.is_name_unsynced =
      may_create && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  const int code = machine()->xOpen(machine(), name, self.real, flags, out);
  if (code == SQLITE_OK) self.base.pMethods = &kMethods;
  return code;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int is_synced) {
  FaultyDisk& disk = disk_of(vfs);
  if (disk.is_ours(name)) {
    if (disk.is_cut() || disk.remove(name) != Fault::kNone) return SQLITE_IOERR_DELETE;
    if (is_synced != 0 && !disk.sync_folder(disk.folder())) return SQLITE_IOERR_DIR_FSYNC;
  }
  return machine()->xDelete(machine(), name, 0);
}

}  // namespace

std::shared_ptr<void> register_vfs(FaultyDisk& disk) {
  auto vfs = std::make_unique<sqlite3_vfs>(*machine());
  vfs->szOsFile += static_cast<int>(sizeof(FaultyFile));
  vfs->zName = disk.vfs_name().c_str();
  vfs->pAppData = &disk;
  vfs->pNext = nullptr;
  vfs->xOpen = open_file;
  vfs->xDelete = delete_file;
  sqlite3_vfs_register(vfs.get(), 0);
  return {vfs.release(), [](void* registered) {
            const std::unique_ptr<sqlite3_vfs> owned(static_cast<sqlite3_vfs*>(registered));
            sqlite3_vfs_unregister(owned.get());
          }};
}

}  // namespace zicht::store::testing
