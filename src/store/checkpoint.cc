#include "store/checkpoint.h"

#include <utility>

#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/json.h"

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

Error file_error(const std::string& file) {
  return make_error("ST-0027", {{"file", file.substr(file.rfind('/') + 1)}});
}

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

Result<void> export_checkpoints(const std::string& file, const std::vector<std::string>& lines,
                                Files& files) {
  if (file.empty() || lines.empty()) return {};
  if (!add_lines(files, file, lines)) return file_error(file);
  return {};
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

Result<std::vector<Checkpoint>> exported_checkpoints(const std::string& file,
                                                     Files& files) {
  std::vector<Checkpoint> checkpoints;
  if (file.empty()) return checkpoints;
  const auto lines = read_lines(files, file);
  if (!lines) return file_error(file);
  for (const std::string& line : *lines) {
    const auto value = parse_json(line);
    const json::object* members = value.has_value() ? value->if_object() : nullptr;
    if (members == nullptr) return file_error(file);
    checkpoints.push_back({.organisation = text_member(*members, "organisation"),
                           .chain_no = number_member(*members, "chain_no"),
                           .hash = text_member(*members, "hash"),
                           .seq = number_member(*members, "seq"),
                           .at = text_member(*members, "at"),
                           .signature = text_member(*members, "signature")});
  }
  return checkpoints;
}

bool is_genuine(const Checkpoint& checkpoint, const KeyFolder& keys) {
  return keys.is_signed(signed_text(checkpoint), checkpoint.signature);
}

}  // namespace zicht::store
