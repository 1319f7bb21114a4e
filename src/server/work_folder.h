// A folder for what is made on the way, gone with all that is in it when it goes.
//
//     ZICHT_TRY(folder, WorkFolder::create("letter"));      // zicht-letter-XXXXXX
//     ... folder.path() + "/letter.odt" ...
//
// Where the system keeps what is temporary; only its owner enters it. A process that is killed
// leaves it behind.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace zicht::server {

class WorkFolder {
 public:
  // Errors: SV-0031 it cannot be made.
  [[nodiscard]] static Result<WorkFolder> create(std::string_view purpose);
  WorkFolder(WorkFolder&& other) noexcept;
  WorkFolder& operator=(WorkFolder&&) = delete;
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit WorkFolder(std::string path);

  std::string path_;  // empty: moved from
};

}  // namespace zicht::server
