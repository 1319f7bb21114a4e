#include "server/office_worker.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "base/error_catalogue.h"
#include "server/folder.h"
#include "server/work_folder.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;
using Moment = std::chrono::steady_clock::time_point;

constexpr const char* kFilter =
    R"(pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},)"
    R"("PDFUACompliance":{"type":"boolean","value":"true"},)"
    R"("ExportBookmarks":{"type":"boolean","value":"true"}})";

bool is_program(const std::string& path) {
  std::error_code code;  // of what cannot be looked at: it is no program for us
  return fs::is_regular_file(path, code) && access(path.c_str(), X_OK) == 0;
}

std::string found_program(const std::string& program) {
  if (program.find('/') != std::string::npos) return is_program(program) ? program : "";
  const char* path = std::getenv("PATH");
  std::string rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const auto end = rest.find(':');
    const std::string candidate = rest.substr(0, end) + "/" + program;
    if (is_program(candidate)) return candidate;
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
  }
  return {};
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> made;
  for (std::string& word : words) made.push_back(word.data());
  made.push_back(nullptr);
  return made;
}

// All that the child needs, made before it is: between fork and exec nothing may be allocated.
struct Plan {
  std::string program, folder;
  std::vector<std::string> words, environment;
  std::uint64_t most_bytes = 0;
};

Plan plan_for(const std::string& program, const std::string& folder, std::uint64_t most_bytes) {
  const char* path = std::getenv("PATH");
  return {program,
          folder,
          {program, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
           "-env:UserInstallation=file://" + folder + "/profile", "--convert-to", kFilter,
           "--outdir", folder + "/out", folder + "/letter.odt"},
          {"HOME=" + folder, "TMPDIR=" + folder, "LC_ALL=C.UTF-8",
           "PATH=" + std::string(path == nullptr ? "/usr/bin:/bin" : path)},
          most_bytes};
}

[[noreturn]] void run_child(const Plan& plan, char* const* words, char* const* environment) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // Not allowed everywhere; a letter names nothing that would be fetched.
  static_cast<void>(unshare(CLONE_NEWUSER | CLONE_NEWNET));
  const rlimit size = {plan.most_bytes, plan.most_bytes}, none = {0, 0};
  setrlimit(RLIMIT_FSIZE, &size);
  setrlimit(RLIMIT_CORE, &none);
  const int null = open("/dev/null", O_RDWR);
  for (const int stream : {0, 1, 2}) dup2(null, stream);
  close_range(3, ~0U, 0);  // connections and databases of a server
  if (chdir(plan.folder.c_str()) == 0) execve(plan.program.c_str(), words, environment);
  _exit(127);
}

// Whether the child ended before the moment.
bool ends(pid_t child, Moment until) {
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  if (handle < 0) return false;
  pollfd watched = {handle, POLLIN, 0};
  int found = -1;
  do {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    found = poll(&watched, 1, static_cast<int>(left.count()));
  } while (found < 0 && errno == EINTR);
  close(handle);
  return found > 0;
}

// The exit status; absent: not in time, and ended.
std::optional<int> run(Plan& plan, Moment until) {
  const auto words = pointers(plan.words), environment = pointers(plan.environment);
  const pid_t child = fork();
  if (child < 0) return -1;
  if (child == 0) run_child(plan, words.data(), environment.data());
  setpgid(child, child);
  const bool is_in_time = ends(child, until);
  kill(-child, SIGKILL);  // also what it left running
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!is_in_time) return {};
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

OfficeOptions office_options(const Config& config) {
  OfficeOptions options;
  if (!config.office_program.empty()) options.program = config.office_program;
  options.time = std::chrono::seconds(config.office_seconds);
  options.most_bytes = static_cast<std::uint64_t>(config.office_file_mib) << 20;
  return options;
}

Result<void> OfficeWorker::check_program() const {
  if (!found_program(options_.program).empty()) return {};
  return make_error("SV-0100", {{"path", options_.program}});
}

Result<std::string> OfficeWorker::make_pdf(std::string_view document) {
  const Moment until = std::chrono::steady_clock::now() + options_.time;
  const Error late = make_error("SV-0091", {{"seconds", std::to_string(options_.time.count())}});
  const std::string program = found_program(options_.program);
  if (program.empty()) return make_error("SV-0090", {{"path", options_.program}});
  const std::unique_lock turn(turn_, until);
  if (!turn.owns_lock()) return late;
  ZICHT_TRY(folder, WorkFolder::create("letter"));
  ZICHT_CHECKED(write_file(folder.path() + "/letter.odt", document, true));
  Plan plan = plan_for(program, folder.path(), options_.most_bytes);
  const auto status = run(plan, until);
  if (!status) return late;
  const std::string path = folder.path() + "/out/letter.pdf";
  if (*status != 0 || !exists(path)) return make_error("SV-0092");
  ZICHT_TRY(pdf, read_file(path));
  if (!pdf.starts_with("%PDF-")) return make_error("SV-0092");
  return pdf;
}

}  // namespace zicht::server
