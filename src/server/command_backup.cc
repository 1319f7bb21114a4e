// zicht backup, zicht restore: everything out of a running store, and into an empty one.
#include <algorithm>
#include <filesystem>

#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/ids.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/terminal.h"
#include "store/backup.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "zicht-", kStoreEnd = ".store", kKeysEnd = ".keys";

// The databases of an installation, without opening it.
struct Databases {
  std::unique_ptr<store::Database> store;
  std::unique_ptr<store::Database> read_log;  // null: the same

  store::BackupEnds ends(const Config& config, const std::string& keys_folder) const {
    return {.store = *store,
            .read_log = read_log ? *read_log : *store,
            .keys_folder = keys_folder,
            .side_files = {{"checkpoints.jsonl", config.data + "/checkpoints.jsonl"},
                           {"erasures.jsonl", config.data + "/erasures.jsonl"}},
            .master_credential = key_places(config).credential};
  }
};

Result<Databases> databases_of(const Config& config) {
  Databases made;
  ZICHT_TRY(store, open_database(config));
  ZICHT_TRY(read_log, open_read_log_database(config));
  made.store = std::move(store);
  made.read_log = std::move(read_log);
  return made;
}

// 2026-11-27T09:25:00.000000Z as 20261127T092500Z: by name is by age.
std::string stamp_of(Instant at) {
  std::string stamp;
  for (const char c : at.to_string().substr(0, 19)) {
    if (c != '-' && c != ':') stamp += c;
  }
  return stamp + "Z";
}

// Keys of back-ups from before that moment: with them goes who was erased since.
Result<std::int64_t> drop_old_keys(const std::string& folder, Instant before) {
  const std::string oldest = std::string(kPrefix) + stamp_of(before);
  std::int64_t dropped = 0;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    const std::string name = entry.path().filename().string();
    const bool is_ours = name.starts_with(kPrefix) && name.ends_with(kKeysEnd) &&
                         name.size() == oldest.size() + kKeysEnd.size();
    if (!is_ours || name.substr(0, oldest.size()) >= oldest) continue;
    if (!fs::remove(entry.path(), code) || code) {
      return make_error("SV-0031", {{"path", entry.path().string()}});
    }
    ++dropped;
  }
  return dropped;
}

int failed(const Error& error) {
  report(error);
  return kBad;
}

int backup(const Config& config, const std::string& to, const std::string& keys_to) {
  if (!exists(config.data + "/keys")) return failed(make_error("SV-0040", {{"path", config.data}}));
  for (const std::string& folder : {to, keys_to}) {
    if (const auto made = make_folder(folder); !made) return failed(made.error());
  }
  const auto databases = databases_of(config);
  if (!databases) return failed(databases.error());
  SystemClock clock;
  SystemRng rng;
  const Instant now = clock.now();
  const std::string name = std::string(kPrefix) + stamp_of(now);
  const store::BackupFiles files{to + "/" + name + std::string(kStoreEnd),
                                 keys_to + "/" + name + std::string(kKeysEnd)};
  const auto written = store::write_backup(databases->ends(config, config.data + "/keys"),
                                           {.id = PublicId::random(rng).to_string(),
                                            .at = now,
                                            .engine_version = std::string(kEngineVersion)},
                                           files);
  if (!written) return failed(written.error());
  say(files.store);
  say(files.keys);
  const std::string count = std::to_string(written->entries);
  say(LocalizedText{count + " wijzigingen bewaard.", count + " changes kept."});
  const auto day = add_days(amsterdam_date(now), -config.backup_key_days);
  const auto dropped = day ? drop_old_keys(keys_to, Instant::at_utc_midnight(*day))
                           : Result<std::int64_t>(day.error());
  return dropped ? kGood : failed(dropped.error());
}

// What restoring makes in the data folder; the keys come under their name last, so that what was
// broken off is no installation.
std::vector<std::string> made_by_restore(const std::string& data) {
  return {data + "/keys.restored",       data + "/store.sqlite",
          data + "/store.sqlite-wal",    data + "/store.sqlite-shm",
          data + "/read-log.sqlite",     data + "/read-log.sqlite-wal",
          data + "/read-log.sqlite-shm", data + "/checkpoints.jsonl"};
}

Result<store::BackupSummary> load(const Config& config, const store::BackupFiles& files) {
  const std::string keys = config.data + "/keys.restored";
  SystemRng rng;
  Result<store::BackupSummary> loaded = store::BackupSummary{};
  {
    ZICHT_TRY(databases, databases_of(config));
    loaded = store::load_backup(files, databases.ends(config, keys), rng);
  }
  if (!loaded) return loaded;
  std::error_code code;
  fs::rename(keys, config.data + "/keys", code);
  if (code) return make_error("SV-0031", {{"path", config.data + "/keys"}});
  return loaded;
}

// Derives the rest, erases again who was erased since, and verifies.
int open_restored(const Config& config) {
  QuietFeed feed;
  const auto installation = Installation::open({config, &feed, false});
  if (!installation) return failed(installation.error());
  report_unreadable(**installation);
  // Nothing could be derived: opening does it once the pack can be read.
  if (!(*installation)->services().packs.rules()->unreadable.empty()) return kBad;
  return conclude(
      (*installation)->store().verify_journal(),
      {"De reservekopie is teruggezet en klopt.", "The back-up is restored and right."});
}

// Puts the newest list of erasures in its place, where restoring finds it.
Result<void> put_erasures(const Config& config, const std::string& path) {
  if (path.empty()) return {};
  ZICHT_TRY(text, read_file(path));
  return write_file(config.data + "/erasures.jsonl", text, true);
}

int restore(const Config& config, const store::BackupFiles& files, const std::string& erasures) {
  // Nothing is made before the back-up is known to be whole.
  if (const auto checked = store::check_backup(files); !checked) return failed(checked.error());
  const auto made = made_by_restore(config.data);
  const bool is_taken = exists(config.data + "/keys") ||
                        std::any_of(made.begin(), made.end(), [](const auto& each) {
                          return exists(each);
                        });
  if (is_taken) return failed(make_error("SV-0081", {{"path", config.data}}));
  if (const auto folder = make_folder(config.data); !folder) return failed(folder.error());
  if (const auto put = put_erasures(config, erasures); !put) return failed(put.error());
  const auto loaded = load(config, files);
  if (!loaded) {
    for (const std::string& each : made) fs::remove_all(each);
    return failed(loaded.error());
  }
  const std::string count = std::to_string(loaded->entries);
  say(LocalizedText{count + " wijzigingen teruggezet.", count + " changes restored."});
  return open_restored(config);
}

}  // namespace

int run_backup(const Words& words) {
  const auto arguments = understood(words, {{"to", "keys-to"}, {}});
  if (!arguments) return kUsage;
  const std::string to = arguments->option("to"), keys_to = arguments->option("keys-to");
  std::error_code code;
  if (to.empty() || keys_to.empty() || fs::weakly_canonical(to, code) ==
                                           fs::weakly_canonical(keys_to, code)) {
    report(make_error("SV-0080"));
    return kUsage;
  }
  const auto config = configured(*arguments);
  return config ? backup(*config, to, keys_to) : kBad;
}

int run_restore(const Words& words) {
  const auto arguments = understood(words, {{"keys", "erasures"}, {}, 1, 1});
  if (!arguments) return kUsage;
  const std::string keys = arguments->option("keys");
  if (keys.empty()) {
    report(make_error("SV-0082"));
    return kUsage;
  }
  const auto config = configured(*arguments);
  if (!config) return kBad;
  return restore(*config, {arguments->words[0], keys}, arguments->option("erasures"));
}

}  // namespace zicht::server
