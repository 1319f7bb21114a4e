// How an expression sees a field: the one place that says so.
#pragma once

#include <utility>
#include <vector>

#include "feel/type.h"
#include "model/field.h"

namespace zicht::model {

// The type in FEEL; Any where FEEL has none for all its values. Of a `many` field a list.
[[nodiscard]] inline feel::Type feel_type_of(const Field& field) {
  using feel::Type;
  const auto of_one = [&field]() -> Type {
    switch (field.type) {
      case FieldType::kText:
      case FieldType::kChoice:
      case FieldType::kReference:
      case FieldType::kUrl:
      case FieldType::kAccount:
      case FieldType::kOrganisation: return Type::string();
      case FieldType::kInteger:
      case FieldType::kDecimal:
      case FieldType::kMoney: return Type::number();
      case FieldType::kBoolean: return Type::boolean();
      case FieldType::kDate: return Type::date();
      case FieldType::kUncertainDate:
        return Type::context_of(
            {{"words", Type::string()}, {"first", Type::date()}, {"last", Type::date()}});
      case FieldType::kGroup: {
        std::vector<Type::Member> members;
        for (const Field& inner : field.fields) members.push_back({inner.id, feel_type_of(inner)});
        return Type::context_of(std::move(members));
      }
      case FieldType::kPeriod:        // of days or of months
      case FieldType::kAttachment: break;
    }
    return Type::any();
  };
  return field.is_many ? Type::list_of(of_one()) : of_one();
}

}  // namespace zicht::model
