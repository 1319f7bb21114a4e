#include "packs/letters.h"

#include "packs/internal/letters.h"
#include "packs/internal/yaml.h"

namespace zicht::packs {
namespace {

constexpr std::string_view kFolder = "letters/", kEnding = ".yaml";

std::optional<std::string> id_in(std::string_view path) {
  if (!path.starts_with(kFolder) || !path.ends_with(kEnding)) return std::nullopt;
  path.remove_prefix(kFolder.size());
  path.remove_suffix(kEnding.size());
  return std::string(path);
}

std::optional<model::LetterTemplate> read(const model::Pack& pack, const std::string& path,
                                          const std::string& text, const std::string& id) {
  internal::Report unheard;  // it was checked when the pack was loaded
  const auto tree = internal::parse_yaml(text, path, unheard);
  if (!tree) return std::nullopt;
  return internal::read_letter({path, unheard}, *tree, id, pack.id);
}

}  // namespace

std::vector<model::LetterTemplate> letters_of(const model::Pack& pack) {
  std::vector<model::LetterTemplate> letters;
  for (const auto& [path, text] : pack.files) {
    const auto id = id_in(path);
    if (!id) continue;
    if (auto letter = read(pack, path, text, *id)) letters.push_back(*std::move(letter));
  }
  return letters;
}

std::optional<model::LetterTemplate> find_letter(const model::Pack& pack, std::string_view id) {
  const std::string path = std::string(kFolder) + std::string(id) + std::string(kEnding);
  const auto found = pack.files.find(path);
  if (found == pack.files.end()) return std::nullopt;
  return read(pack, path, found->second, std::string(id));
}

}  // namespace zicht::packs
