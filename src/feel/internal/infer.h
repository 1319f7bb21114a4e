// What the value of a node surely is, unless it is null; told from the types of its children.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "feel/ast.h"
#include "feel/finding.h"

namespace zicht::feel::internal {

// Of one text at most so many errors are kept, and as many warnings.
inline constexpr std::size_t kMaxFindings = 100;

// Sets node.type from the children, and warns of what can only give null (FE-0020 to FE-0025),
// unless there are kMaxFindings already.
// A kName and a kParameter have their type already.
void infer_type(Node& node, std::vector<Finding>& findings);

// What a filter or a loop sees: the item of a list, and a value that is no list as itself.
Type item_type(const Type& source);

// True where members can be there that the type does not tell.
bool has_unknown_members(const Type& type);

// The member of that name as each_member() tells it; nothing where there is none.
std::optional<Type> find_member(const Type& type, std::string_view name);

// The members of a context, and the properties of a date, time, duration or range.
void each_member(const Type& type,
                 const std::function<void(std::string_view name, const Type& type)>& visit);

// The narrowest type that this knows for values of both types.
Type joined(const Type& a, const Type& b);

}  // namespace zicht::feel::internal
