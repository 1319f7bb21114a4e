// Files and folders of the command line: pack folders in, secret and public files out.
//
// Errors: SV-0030 (not there or unreadable), SV-0031 (cannot be written), SV-0032 (too large),
// SV-0033 (readable for others).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zicht::server {

// path relative to the folder -> text. Hidden files and files that are neither .yaml nor .csv stay
// out, symbolic links are not followed, more than 32 MiB together is SV-0032.
[[nodiscard]] Result<std::map<std::string, std::string>> read_pack_folder(
    const std::string& folder);

// The folder itself when it has a pack.yaml, else its direct sub-folders that have one, by name.
// Errors: SV-0030 when there is none.
[[nodiscard]] Result<std::vector<std::string>> find_pack_folders(const std::string& folder);

[[nodiscard]] Result<std::string> read_file(const std::string& path);

// The first line of a file that its owner alone may read. Errors: SV-0030, SV-0033.
[[nodiscard]] Result<std::string> read_secret(const std::string& path);

// Written beside and renamed, so that a reader never sees half of it. Mode 0600 when secret.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view text,
                                      bool is_secret);

// A file that a command makes.
struct NewFile {
  std::string path{};
  std::string text{};
};
// All of them whole, or none; what is there already stays. Errors: SV-0084 it is there, SV-0031.
[[nodiscard]] Result<void> write_new_files(const std::vector<NewFile>& files);

// Before much work is done for them: SV-0084 where one of the files is there. Empty: not asked for.
[[nodiscard]] Result<void> require_new(const std::vector<std::string>& paths);

[[nodiscard]] Result<void> make_folder(const std::string& path);
[[nodiscard]] bool exists(const std::string& path);

}  // namespace zicht::server
