// Editions: records with a field of figures that a step freezes and another publishes.
//
//     ZICHT_TRY(made, freeze_figures(ports, caller, found, field, fields));   // of a step freezes
//     ZICHT_TRY(made, release_figures(ports, found, field, fields));          // of one releases
//
// Frozen are the figures of the indicators that the field names (model::EditionRule), as of its
// reference day and as known now: counted over all rows, those with a threshold protected. What was
// counted goes to a field of its own, for the audit of later editions. Released: audited beside
// every edition of the form that was released before, marked with the moment, and from then on
// unchangeable. The shape is "FrozenFigures" in docs/formats/api.md. Blocks on the store.
#pragma once

#include <string>
#include <utility>

#include "app/internal/found_record.h"

namespace zicht::app::internal {

// The fields of the step with the frozen ones set. `fields` are those of the record with what the
// step brings. Errors: AP-0200, AP-0211, AP-0212, AP-0213, AP-0218, AP-0172, those of counting.
[[nodiscard]] Result<json::object> freeze_figures(const RecordService::Ports& ports,
                                                  const Caller& caller, const FoundRecord& found,
                                                  const model::Field& field, const Json& fields);

// The same for publishing, while a ReleaseTurn is held. Errors: AP-0172, AP-0214, AP-0216, AP-0217,
// AP-0219, AP-0221 the reference day is another than the figures have.
[[nodiscard]] Result<json::object> release_figures(const RecordService::Ports& ports,
                                                   const FoundRecord& found,
                                                   const model::Field& field, const Json& fields);

// One edition of a form is audited and written at a time, by all servers together. Moves to who
// keeps it until the record is written.
class ReleaseTurn {
 public:
  // Errors: AP-0220 another one is being published.
  [[nodiscard]] static Result<ReleaseTurn> take(const RecordService::Ports& ports,
                                                const FoundRecord& found);
  // To be called just before the record is written: auditing may have taken longer than the turn
  // lasts, and what another published meanwhile was not audited beside. Errors: AP-0220.
  [[nodiscard]] Result<void> renew() const;
  ReleaseTurn(ReleaseTurn&& other) noexcept
      : ports_(std::exchange(other.ports_, nullptr)),
        name_(std::move(other.name_)),
        holder_(std::move(other.holder_)) {}
  ReleaseTurn& operator=(ReleaseTurn&& other) noexcept {
    std::swap(ports_, other.ports_);
    std::swap(name_, other.name_);
    std::swap(holder_, other.holder_);
    return *this;
  }
  ReleaseTurn(const ReleaseTurn&) = delete;
  ReleaseTurn& operator=(const ReleaseTurn&) = delete;
  ~ReleaseTurn();

 private:
  ReleaseTurn() = default;

  const RecordService::Ports* ports_ = nullptr;  // null: no turn
  std::string name_, holder_;
};

// What somebody looks at to publish it stays as it is. `process`: null for a record without one.
[[nodiscard]] bool is_waiting(const model::Process* process, const model::Form& form,
                              const model::Record& record);
// Errors: AP-0222 when it waits.
[[nodiscard]] Result<void> check_not_waiting(const model::Process* process, const model::Form& form,
                                             const model::Record& record);

// Whether these figures of an edition were published.
[[nodiscard]] bool is_released(const json::object& figures);
// Whether figures of it were published.
[[nodiscard]] bool is_released(const model::Form& form, const model::Record& record);
// Errors: AP-0215 when they were.
[[nodiscard]] Result<void> check_not_released(const model::Form& form, const model::Record& record);

}  // namespace zicht::app::internal
