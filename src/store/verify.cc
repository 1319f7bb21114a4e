#include "store/verify.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/error_catalogue.h"
#include "store/journal.h"

namespace zicht::store {
namespace {

constexpr std::int64_t kBatch = 1000;

// Where one chain stands while it is walked.
struct Walk {
  std::string organisation;
  std::int64_t chain_no = 0;
  Hash hash;
  Instant recorded_at;
};

class Verifier {
 public:
  Verifier(Connection& connection, DataKeys& data_keys, const KeyFolder& keys)
      : connection_(connection), data_keys_(data_keys), keys_(keys) {}

  void take(const std::vector<Checkpoint>& checkpoints) {
    for (const Checkpoint& checkpoint : checkpoints) {
      ++result_.checkpoints;
      const std::string where =
          checkpoint.organisation + "#" + std::to_string(checkpoint.chain_no);
      if (!is_genuine(checkpoint, keys_)) {
        report("ST-0035", where);
        continue;
      }
      auto& by_number = expected_[checkpoint.organisation];
      by_number.emplace(checkpoint.chain_no, checkpoint.hash);
    }
  }

  Result<Verification> run() {
    std::string organisation;
    std::int64_t chain_no = 0;
    while (true) {
      ZICHT_TRY(entries, next_batch(organisation, chain_no));
      for (const SealedEntry& entry : entries) ZICHT_CHECKED(check(entry));
      if (static_cast<std::int64_t>(entries.size()) < kBatch) break;
      organisation = entries.back().envelope.organisation;
      chain_no = entries.back().envelope.chain_no;
    }
    end_chain();
    // Chains of which nothing is left.
    for (const auto& [name, checkpoints] : expected_) report_missing(name, 0, checkpoints);
    return std::move(result_);
  }

 private:
  Result<std::vector<SealedEntry>> next_batch(const std::string& organisation,
                                              std::int64_t chain_no) {
    ZICHT_TRY(rows, connection_.query(
                        "select " + std::string(kJournalColumns) +
                            " from journal where (organisation, chain_no) > ($1, $2) "
                            "order by organisation, chain_no limit $3",
                        {organisation, chain_no, kBatch}));
    std::vector<SealedEntry> entries;
    while (rows.next()) {
      ZICHT_TRY(entry, read_entry(rows));
      entries.push_back(std::move(entry));
    }
    ZICHT_CHECKED(rows.status());
    return entries;
  }

  Result<void> check(const SealedEntry& entry) {
    const model::Envelope& envelope = entry.envelope;
    if (result_.chains == 0 || walk_.organisation != envelope.organisation) {
      end_chain();
      walk_ = {.organisation = envelope.organisation, .chain_no = 0, .hash = {}, .recorded_at = {}};
      ++result_.chains;
    }
    ++result_.entries;
    const std::string where = envelope.organisation + "#" + std::to_string(envelope.chain_no);
    if (envelope.chain_no != walk_.chain_no + 1) report("ST-0031", where);
    const std::string canonical = canonical_envelope(envelope);
    if (chain_hash(walk_.hash, canonical, entry.sealed) != entry.hash) report("ST-0030", where);
    if (envelope.chain_no > 1 && envelope.recorded_at < walk_.recorded_at) {
      report("ST-0032", where);
    }
    ZICHT_TRY(key, data_keys_.find(connection_, envelope.key_id));
    // A destroyed key is an erasure, not damage.
    if (key != nullptr && !open_sealed(key->secret, entry.sealed, canonical)) {
      report("ST-0033", where);
    }
    compare_with_checkpoint(entry, where);
    walk_.chain_no = envelope.chain_no;
    walk_.hash = entry.hash;
    walk_.recorded_at = envelope.recorded_at;
    return {};
  }

  void compare_with_checkpoint(const SealedEntry& entry, const std::string& where) {
    const auto chain = expected_.find(entry.envelope.organisation);
    if (chain == expected_.end()) return;
    const auto range = chain->second.equal_range(entry.envelope.chain_no);
    for (auto at = range.first; at != range.second; ++at) {
      if (at->second != entry.envelope.hash) report("ST-0034", where);
    }
  }

  void end_chain() {
    const auto chain = expected_.find(walk_.organisation);
    if (result_.chains == 0 || chain == expected_.end()) return;
    report_missing(chain->first, walk_.chain_no, chain->second);
    expected_.erase(chain);
  }

  void report_missing(const std::string& organisation, std::int64_t last,
                      const std::multimap<std::int64_t, std::string>& checkpoints) {
    if (checkpoints.empty() || checkpoints.rbegin()->first <= last) return;
    report("ST-0036", organisation + "#" + std::to_string(checkpoints.rbegin()->first));
  }

  void report(std::string_view id, const std::string& where) {
    if (result_.problems.size() >= kProblemLimit) return;
    result_.problems.push_back(make_problem(id, where, {{"where", where}}));
  }

  Connection& connection_;
  DataKeys& data_keys_;
  const KeyFolder& keys_;
  // organisation -> number in the chain -> hash; several checkpoints may be of one number.
  std::map<std::string, std::multimap<std::int64_t, std::string>> expected_;
  Walk walk_;
  Verification result_;
};

json::object object_of(const LocalizedText& text) { return {{"nl", text.nl}, {"en", text.en}}; }

}  // namespace

Result<Verification> verify(Connection& connection, DataKeys& data_keys, const KeyFolder& keys,
                            const std::vector<Checkpoint>& checkpoints) {
  Verifier verifier(connection, data_keys, keys);
  verifier.take(checkpoints);
  return verifier.run();
}

Json to_json(const Verification& verification, const std::string& at) {
  json::array problems;
  for (const Problem& problem : verification.problems) {
    problems.push_back(json::object{{"id", problem.id},
                                    {"where", problem.where},
                                    {"message", object_of(problem.message)},
                                    {"hint", object_of(problem.hint)}});
  }
  return json::object{{"at", at},
                      {"entries", verification.entries},
                      {"chains", verification.chains},
                      {"checkpoints", verification.checkpoints},
                      {"problems", std::move(problems)}};
}

}  // namespace zicht::store
