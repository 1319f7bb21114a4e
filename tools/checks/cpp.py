"""Just enough reading of C++ for the checks: text without comments and literals, functions."""

import re

_TOKEN = re.compile(
    r'//[^\n]*'
    r'|/\*.*?\*/'
    r'|R"(?P<delim>[^()\\\s]{0,16})\(.*?\)(?P=delim)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",
    re.DOTALL)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def blank_comments(text, literals=True):
    """Comments (and literals) become spaces; every character keeps its line and column."""

    def blank(match):
        token = match.group(0)
        if not literals and not token.startswith("/"):
            return token
        return re.sub(r"[^\n]", " ", token)

    return _TOKEN.sub(blank, text)


def string_literals(text):
    """(line, value) of every ordinary and raw string literal outside comments."""
    for match in _TOKEN.finditer(text):
        token = match.group(0)
        if token.startswith(('"', 'R"')):
            value = token[token.index('"') + 1:-1]
            if token.startswith("R"):
                value = value[value.index("(") + 1:value.rindex(")")]
            yield text.count("\n", 0, match.start()) + 1, value


def includes(text):
    """(line, header, quoted) of every #include."""
    bare = blank_comments(text, literals=False)
    for match in _INCLUDE.finditer(bare):
        line = bare.count("\n", 0, match.start()) + 1
        yield line, match.group(1) or match.group(2), match.group(1) is not None


_NOT_A_FUNCTION = re.compile(
    r"\b(namespace|class|struct|union|enum|if|for|while|switch|catch|do|else|try|return)\b")


_TEMPLATE = re.compile(r"template\s*<(?:[^<>]|<[^<>]*>)*>")
_ACCESS = re.compile(r"\s*(?:(?:public|private|protected)\s*:\s*)?")
_INITIALISERS = re.compile(r"\)\s*(?:noexcept\s*)?:(?!:)")


def functions(text):
    """(first line, last line, head) of every function body and TEST_CASE in the text.

    A body is a brace after a `)` (with qualifiers, a trailing return type or an initialiser list
    between them) that is not a control statement; bodies inside bodies (lambdas, local classes)
    count to the outer one.
    """
    bare = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group(0)),
                  blank_comments(text), flags=re.MULTILINE)
    head_start, start, parens = 0, 0, 0
    open_braces = []  # "body", "inner" (in a body), "initialiser" or "other"
    for index, char in enumerate(bare):
        if char in "()":
            parens += 1 if char == "(" else -1
        elif char == "{":
            kind = _kind_of_brace(bare[head_start:index], open_braces, parens)
            open_braces.append(kind)
            if kind == "body":
                start = head_start + _ACCESS.match(bare[head_start:index]).end()
            elif kind == "other" and parens == 0:
                head_start = index + 1
        elif char == "}" and open_braces:
            kind = open_braces.pop()
            if kind == "body":
                yield (bare.count("\n", 0, start) + 1, bare.count("\n", 0, index) + 1,
                       " ".join(bare[start:index].split("{", 1)[0].split()))
            if kind in ("body", "other") and parens == 0:
                head_start = index + 1
        elif char == ";" and parens == 0 and not {"body", "inner"} & set(open_braces):
            head_start = index + 1


def _kind_of_brace(head, open_braces, parens):
    if "body" in open_braces:
        return "inner"
    if parens or "initialiser" in open_braces:
        return "initialiser"
    if _INITIALISERS.search(head) and re.search(r"[\w>]$", head):
        return "initialiser"
    return "body" if _opens_function(head) else "other"


def _opens_function(head):
    flat = _TEMPLATE.sub("", " ".join(head.split()))
    if ")" not in flat or "=" in re.sub(r"operator\s*\S+|[=!<>]=|\([^()]*\)", "", flat):
        return False
    before = flat.split("(", 1)[0]
    return not _NOT_A_FUNCTION.search(before)
