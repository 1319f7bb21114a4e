// Boost.JSON without its library, which Debian has for its own machines only, and without
// exceptions: what would throw is a lack of memory or a bug.
#include <boost/json/src.hpp>
#include <boost/throw_exception.hpp>
#include <cstdlib>

namespace boost {

void throw_exception(const std::exception&) { std::abort(); }
void throw_exception(const std::exception&, const source_location&) { std::abort(); }

}  // namespace boost
