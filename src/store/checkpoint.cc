#include "store/checkpoint.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/internal/meta.h"

namespace zicht::store {
namespace {

json::object members_of(const Checkpoint& checkpoint) {
  return {{"organisation", checkpoint.organisation},
          {"chain_no", checkpoint.chain_no},
          {"hash", checkpoint.hash},
          {"seq", checkpoint.seq},
          {"at", checkpoint.at}};
}

std::string signed_text(const Checkpoint& checkpoint) {
  return *canonical_json(members_of(checkpoint));
}

std::string line_of(const Checkpoint& checkpoint) {
  json::object members = members_of(checkpoint);
  members.emplace("signature", checkpoint.signature);
  return *canonical_json(members);
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Error file_error(const std::string& path) {
  return make_error("ST-0027", {{"file", name_of(path)}});
}

// How many lines the file must have.
std::string note_name(const CheckpointFile& file) { return "exported " + file.server; }

std::string text_member(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::int64_t number_member(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

Result<std::vector<Checkpoint>> heads_to_sign(Connection& connection) {
  // Each chain from its last checkpoint on: the sub-query reads one entry of the index per chain.
  ZICHT_TRY(rows, connection.query(
                      "select j.organisation, j.chain_no, j.hash, j.seq from journal j "
                      "join (select organisation, max(chain_no) as chain_no from journal "
                      "group by organisation) head "
                      "on head.organisation = j.organisation and head.chain_no = j.chain_no "
                      "where not exists (select 1 from checkpoints c "
                      "where c.organisation = j.organisation and c.chain_no = j.chain_no) "
                      "order by j.organisation"));
  std::vector<Checkpoint> heads;
  while (rows.next()) {
    heads.push_back({.organisation = std::string(rows.text(0)),
                     .chain_no = rows.integer(1),
                     .hash = to_hex(rows.blob(2)),
                     .seq = rows.integer(3),
                     .at = {},
                     .signature = {}});
  }
  ZICHT_CHECKED(rows.status());
  return heads;
}

}  // namespace

Result<void> sign_heads(Connection& connection, const KeyFolder& keys, Instant now,
                        std::vector<std::string>& lines) {
  lines.clear();
  ZICHT_TRY(heads, heads_to_sign(connection));
  for (Checkpoint& head : heads) {
    head.at = now.to_string();
    head.signature = keys.sign(signed_text(head));
    // Another server may just have signed the same head.
    ZICHT_CHECKED(connection.queue(
        "insert into checkpoints (organisation, chain_no, hash, seq, at, signature) "
        "values ($1, $2, $3, $4, $5, $6) on conflict (organisation, chain_no) do nothing",
        {head.organisation, head.chain_no, head.hash, head.seq, head.at, head.signature}));
    lines.push_back(line_of(head));
  }
  return {};
}

Result<Exported> export_checkpoints(const CheckpointFile& file,
                                    const std::vector<std::string>& lines) {
  if (file.path.empty() || lines.empty()) return Exported{};
  const auto before = add_lines(*file.files, file.path, lines);
  if (!before) return file_error(file.path);
  return Exported{.before = *before, .added = static_cast<std::int64_t>(lines.size())};
}

Result<void> hold_note(Connection& connection, const CheckpointFile& file) {
  return file.path.empty() ? Result<void>() : take_lock(connection, note_name(file));
}

Result<void> note_exported(Connection& connection, const CheckpointFile& file,
                           const Exported& exported) {
  if (exported.added == 0) return {};
  ZICHT_TRY(noted, meta_number(connection, note_name(file)));
  return set_meta_number(connection, note_name(file),
                         std::max(noted, exported.before) + exported.added);
}

Result<void> note_anew(Connection& connection, const CheckpointFile& file) {
  ZICHT_TRY(lines, exported_checkpoints(file));
  return set_meta_number(connection, note_name(file), lines.count);
}

Result<std::vector<Checkpoint>> stored_checkpoints(Connection& connection) {
  ZICHT_TRY(rows, connection.query("select organisation, chain_no, hash, seq, at, signature "
                                   "from checkpoints order by organisation, chain_no"));
  std::vector<Checkpoint> checkpoints;
  while (rows.next()) {
    checkpoints.push_back({.organisation = std::string(rows.text(0)),
                           .chain_no = rows.integer(1),
                           .hash = std::string(rows.text(2)),
                           .seq = rows.integer(3),
                           .at = std::string(rows.text(4)),
                           .signature = std::string(rows.text(5))});
  }
  ZICHT_CHECKED(rows.status());
  return checkpoints;
}

Result<std::vector<std::string>> missing_lines(Connection& connection,
                                               const CheckpointFile& file) {
  std::vector<std::string> lines;
  if (file.path.empty()) return lines;
  ZICHT_TRY(exported, exported_checkpoints(file));
  ZICHT_TRY(stored, stored_checkpoints(connection));
  std::set<std::string> known;
  for (const Checkpoint& checkpoint : exported.checkpoints) known.insert(line_of(checkpoint));
  for (const Checkpoint& checkpoint : stored) {
    std::string line = line_of(checkpoint);
    if (!known.contains(line)) lines.push_back(std::move(line));
  }
  return lines;
}

Result<CheckpointLines> exported_checkpoints(const CheckpointFile& file) {
  CheckpointLines lines;
  if (file.path.empty()) return lines;
  const auto texts = read_lines(*file.files, file.path);
  if (!texts) return file_error(file.path);
  lines.is_there = !texts->empty() || file.files->read(file.path)->is_present;
  for (const std::string& line : *texts) {
    ++lines.count;
    const auto value = parse_json(line);
    const json::object* members = value.has_value() ? value->if_object() : nullptr;
    if (members == nullptr) {
      lines.broken.push_back(lines.count);
      continue;
    }
    lines.checkpoints.push_back({.organisation = text_member(*members, "organisation"),
                                 .chain_no = number_member(*members, "chain_no"),
                                 .hash = text_member(*members, "hash"),
                                 .seq = number_member(*members, "seq"),
                                 .at = text_member(*members, "at"),
                                 .signature = text_member(*members, "signature")});
  }
  return lines;
}

Result<std::vector<Problem>> check_file(Connection& connection, const CheckpointFile& file,
                                        const CheckpointLines& lines) {
  std::vector<Problem> problems;
  if (file.path.empty()) return problems;
  const std::string name = name_of(file.path);
  ZICHT_TRY(must_have, meta_number(connection, note_name(file)));
  if (!lines.is_there) {
    if (must_have > 0) problems.push_back(make_problem("ST-0037", name, {{"file", name}}));
    return problems;
  }
  const auto tell = [&](std::int64_t line) {
    problems.push_back(make_problem("ST-0038", name + ":" + std::to_string(line),
                                    {{"file", name}, {"line", std::to_string(line)}}));
  };
  for (const std::int64_t line : lines.broken) tell(line);
  if (lines.count < must_have) tell(lines.count + 1);
  return problems;
}

bool is_genuine(const Checkpoint& checkpoint, const KeyFolder& keys) {
  return keys.is_signed(signed_text(checkpoint), checkpoint.signature);
}

}  // namespace zicht::store
