#include "feel/explanation.h"

#include "feel/internal/program.h"

namespace zicht::feel {
namespace internal {

bool Tracer::wants(NodeKind kind) const {
  switch (kind) {
    case NodeKind::kNull:
    case NodeKind::kBoolean:
    case NodeKind::kNumber:
    case NodeKind::kString:
    case NodeKind::kAt:
    case NodeKind::kFunction:
      return false;
    case NodeKind::kName:
    case NodeKind::kPath:
    case NodeKind::kCall:
      return level_ != ExplanationLevel::kOff;
    default:
      return level_ == ExplanationLevel::kFull;
  }
}

Value Code::traced(Frame& frame) const {
  if (constant() != nullptr || !frame.tracer->wants(kind_)) return run(frame);
  return frame.tracer->step(kind_, span_, [&] { return run(frame); });
}

}  // namespace internal

namespace {

// One line whatever the text: blanks joined, long ones cut.
std::string piece_of(std::string_view text, const SourceSpan& span, std::uint32_t source) {
  if (span.source != source || span.end > text.size()) return "...";
  std::string piece;
  for (const char c : text.substr(span.begin, span.end - span.begin)) {
    // At the end of a code point.
    if (piece.size() >= kMaxShown && (static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      return piece + "...";
    }
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) piece.push_back(c);
    if (blank && !piece.empty() && piece.back() != ' ') piece.push_back(' ');
  }
  return piece;
}

void append_step(std::string& out, const Step& step, std::string_view text, std::uint32_t source,
                 int depth) {
  out.append(static_cast<std::size_t>(depth) * 2, ' ');
  out += piece_of(text, step.span, source) + " = " + literal_of(step.value, kMaxShown) + "\n";
  for (const Step& below : step.steps) append_step(out, below, text, source, depth + 1);
}

}  // namespace

std::string to_lines(const Explanation& explanation, std::string_view text) {
  std::string out;
  append_step(out, explanation.root, text, explanation.root.span.source, 0);
  return out;
}

}  // namespace zicht::feel
