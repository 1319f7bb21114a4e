#include "server/certificate_keeper.h"

#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <utility>

namespace zicht::server {

CertificateKeeper::CertificateKeeper(http::TlsFiles files, http::TlsIdentityPtr identity, Use use)
    : files_(std::move(files)),
      use_(std::move(use)),
      identity_(std::move(identity)),
      loaded_mark_(mark()),
      last_mark_(loaded_mark_) {}

std::string CertificateKeeper::mark() const {
  std::string all;
  for (const std::string* path : {&files_.certificate, &files_.key}) {
    struct stat info{};
    if (::stat(path->c_str(), &info) != 0) {
      all += "absent ";
      continue;
    }
    all += std::to_string(info.st_ino) + " " + std::to_string(info.st_size) + " " +
           std::to_string(info.st_mode) + " " + std::to_string(info.st_mtim.tv_sec) + "." +
           std::to_string(info.st_mtim.tv_nsec) + " ";
  }
  return all;
}

void CertificateKeeper::load(Instant now) {
  loaded_mark_ = last_mark_ = mark();
  auto renewed = http::TlsIdentity::load(files_, now);
  if (!renewed) {
    failure_ = renewed.error().id;
    spdlog::error(R"("job":"certificate","error":"{}")", failure_);
    return;
  }
  failure_.clear();
  identity_ = *renewed;
  use_(*std::move(renewed));
  spdlog::info(R"("job":"certificate","expires":"{}")", identity_->expires().to_string());
}

void CertificateKeeper::reload(Instant now) {
  const std::lock_guard lock(mutex_);
  load(now);
}

void CertificateKeeper::look(Instant now) {
  const std::lock_guard lock(mutex_);
  const std::string current = mark();
  const bool is_settled = std::exchange(last_mark_, current) == current;
  if (is_settled && current != loaded_mark_) load(now);
}

std::string CertificateKeeper::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

Instant CertificateKeeper::expires() const {
  const std::lock_guard lock(mutex_);
  return identity_->expires();
}

std::int64_t CertificateKeeper::days_left(Instant now) const {
  const std::int64_t left = microseconds_between(now, expires());
  return left >= 0 ? left / kMicrosecondsPerDay : -1 - (-left / kMicrosecondsPerDay);
}

}  // namespace zicht::server
