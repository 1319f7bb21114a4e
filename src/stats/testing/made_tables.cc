#include "stats/testing/made_tables.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/check.h"

namespace zicht::stats {
namespace {

double uniform(Rng& rng) {
  return (static_cast<double>(rng.below(1ULL << 53U)) + 0.5) / 9007199254740992.0;
}

double normal(Rng& rng) {
  return std::sqrt(-2 * std::log(uniform(rng))) * std::cos(6.283185307179586 * uniform(rng));
}

// By multiplication of uniforms; large means by the normal curve.
double poisson(double mean, Rng& rng) {
  if (mean > 60) return std::max(0.0, std::round(mean + std::sqrt(mean) * normal(rng)));
  double product = uniform(rng);
  double count = 0;
  for (const double end = std::exp(-mean); product > end; ++count) product *= uniform(rng);
  return count;
}

struct MadeCode {
  std::string name{};
  std::size_t parent = 0;  // the total has itself
  double size = 1;
  bool is_leaf = false;
};

// The total first, then the groups, each followed by its parts.
std::vector<MadeCode> make_codes(const MadeDimension& dimension, double spread, char letter,
                                 Rng& rng) {
  std::vector<MadeCode> codes{{std::string("T") + letter}};
  for (std::size_t g = 0; g < dimension.groups; ++g) {
    const std::size_t group = codes.size();
    const std::string name = std::string(1, letter) + std::to_string(g + 1);
    const std::size_t parts =
        dimension.parts.empty() ? 0 : dimension.parts[g % dimension.parts.size()];
    codes.push_back({name, 0, std::exp(spread * normal(rng)), parts == 0});
    for (std::size_t p = 0; p < parts; ++p) {
      codes.push_back(
          {name + "." + std::to_string(p + 1), group, std::exp(spread * normal(rng)), true});
    }
  }
  return codes;
}

Dimension spec_of(const std::vector<MadeCode>& codes, char letter) {
  Dimension dimension;
  dimension.column = std::string(1, letter);
  for (std::size_t total = 0; total < codes.size(); ++total) {
    CodeGroup group{codes[total].name, {}};
    for (std::size_t i = 1; i < codes.size(); ++i) {
      if (codes[i].parent == total) group.parts.push_back(codes[i].name);
    }
    if (!group.parts.empty()) dimension.groups.push_back(std::move(group));
  }
  return dimension;
}

// All cells of the full cube, with their sums.
class Cube {
 public:
  Cube(const MadeShape& shape, Rng& rng) : shape_(shape) {
    std::size_t size = 1;
    for (std::size_t d = 0; d < shape.dimensions.size(); ++d) {
      axes_.push_back(
          make_codes(shape.dimensions[d], shape.spread, static_cast<char>('a' + d), rng));
      size *= axes_.back().size();
    }
    counts_.assign(size, 0);
    std::vector<std::size_t> at(axes_.size(), 0);
    do {
      if (is_leaf(at)) counts_[place(at)] = poisson(mean_of(at), rng);
    } while (next(at));
    for (std::size_t d = 0; d < axes_.size(); ++d) add_up(d);
  }

  MadeTable table(double minimum) const {
    MadeTable made;
    std::vector<std::string> fields;
    for (std::size_t d = 0; d < axes_.size(); ++d) {
      made.spec.dimensions.push_back(spec_of(axes_[d], static_cast<char>('a' + d)));
      fields.push_back(made.spec.dimensions.back().column);
    }
    fields.emplace_back("n");
    append_csv_row(made.csv, fields);
    std::vector<std::size_t> at(axes_.size(), 0);
    do {
      if (!is_shown(at)) continue;
      for (std::size_t d = 0; d < axes_.size(); ++d) fields[d] = axes_[d][at[d]].name;
      fields.back() = std::to_string(static_cast<long long>(counts_[place(at)]));
      append_csv_row(made.csv, fields);
    } while (next(at));
    made.spec.frequency = "n";
    made.spec.threshold = ThresholdRule{.minimum = minimum};
    return made;
  }

 private:
  bool is_leaf(const std::vector<std::size_t>& at) const {
    for (std::size_t d = 0; d < at.size(); ++d) {
      if (!axes_[d][at[d]].is_leaf) return false;
    }
    return true;
  }

  double mean_of(const std::vector<std::size_t>& at) const {
    double mean = shape_.mean;
    for (std::size_t d = 0; d < at.size(); ++d) {
      const MadeCode& code = axes_[d][at[d]];
      mean *= code.size * (code.parent > 0 ? axes_[d][code.parent].size : 1);
    }
    return mean;
  }

  bool is_shown(const std::vector<std::size_t>& at) const {
    if (shape_.tables.empty()) return true;
    return std::any_of(shape_.tables.begin(), shape_.tables.end(), [&](const auto& divided_by) {
      for (std::size_t d = 0; d < at.size(); ++d) {
        const bool is_divided =
            std::find(divided_by.begin(), divided_by.end(), d) != divided_by.end();
        if (!is_divided && at[d] != 0) return false;
      }
      return true;
    });
  }

  std::size_t place(const std::vector<std::size_t>& at) const {
    std::size_t place = 0;
    for (std::size_t d = 0; d < at.size(); ++d) place = place * axes_[d].size() + at[d];
    return place;
  }

  bool next(std::vector<std::size_t>& at) const {
    for (std::size_t d = at.size(); d-- > 0;) {
      if (++at[d] < axes_[d].size()) return true;
      at[d] = 0;
    }
    return false;
  }

  // From the last code to the first, so that groups are complete before they count in the total.
  void add_up(std::size_t d) {
    std::vector<std::size_t> at(axes_.size(), 0);
    std::vector<std::vector<std::size_t>> all;
    do {
      if (at[d] > 0) all.push_back(at);
    } while (next(at));
    std::stable_sort(all.begin(), all.end(),
                     [d](const auto& x, const auto& y) { return x[d] > y[d]; });
    for (const auto& one : all) {
      auto parent = one;
      parent[d] = axes_[d][one[d]].parent;
      counts_[place(parent)] += counts_[place(one)];
    }
  }

  const MadeShape& shape_;
  std::vector<std::vector<MadeCode>> axes_;
  std::vector<double> counts_;
};

}  // namespace

Table MadeTable::table() const {
  const auto read = CsvTable::parse(csv);
  ZICHT_CHECK(read.has_value(), "a made table is CSV");
  auto made = Table::create(*read, spec);
  ZICHT_CHECK(made.has_value(), "a made table is right");
  return *std::move(made);
}

MadeTable make_table(const MadeShape& shape, double minimum, Rng& rng) {
  return Cube(shape, rng).table(minimum);
}

MadeTable make_municipal_table(Rng& rng) {
  MadeShape shape;
  shape.dimensions = {{12, {28, 29}}, {12, {}}, {6, {}}};
  shape.mean = 2.75;
  shape.spread = 0.5;
  return make_table(shape, 4, rng);
}

MadeTable make_linked_pair(Rng& rng) {
  MadeShape shape;
  shape.dimensions = {{12, {12}}, {4, {12}}, {4, {}}, {2, {}}};
  shape.tables = {{0, 1, 2}, {0, 1, 3}};
  shape.mean = 2;
  shape.spread = 0.9;
  return make_table(shape, 4, rng);
}

MadeTable make_small_table(Rng& rng) {
  MadeShape shape;
  const std::size_t dimensions = 1 + rng.below(3);
  for (std::size_t d = 0; d < dimensions; ++d) {
    MadeDimension one{2 + rng.below(3), {}};
    if (rng.below(3) == 0) one.parts = {rng.below(3), 2};
    shape.dimensions.push_back(std::move(one));
  }
  if (dimensions == 3 && rng.below(2) == 0) shape.tables = {{0, 1}, {1, 2}};
  shape.mean = 1 + static_cast<double>(rng.below(8));
  shape.spread = 0.7;
  return make_table(shape, static_cast<double>(2 + rng.below(4)), rng);
}

}  // namespace zicht::stats
