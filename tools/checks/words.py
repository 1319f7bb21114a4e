"""What may not be written: banned calls (with what to use instead), loose ends, odd characters."""

import re

from checks import cpp
from checks.tree import Problem

CPP = (".cc", ".h", ".inc")
WEB = (".ts", ".tsx")
TEXT = CPP + WEB + (".py", ".yaml", ".toml", ".md", ".cmake", ".css", ".html", ".txt", "run", ".sh")
# A banned call that is right for once: `// tidy-allow: why`, on its line or the line above.
_ALLOW = re.compile(r"//\s*tidy-allow: \S+")

# (pattern, what to do instead, prefixes of paths where it is right)
BANNED_CPP = [
    (r"\bsprintf\s*\(|\bvsprintf\s*\(", "fmt::format", ()),
    (r"\bstrcpy\s*\(|\bstrcat\s*\(|\bstrtok\s*\(|\bgets\s*\(", "std::string", ()),
    (r"\bato[ifl]l?\s*\(|\bstd::sto(?:i|l|ll|ul|ull|f|d)\s*\(", "std::from_chars", ()),
    (r"\b(?:std::)?rand\s*\(\s*\)|\bstd::random_device", "zicht::Rng (base/rng.h)", ("src/base/",)),
    (r"(?<!_)\bassert\s*\(", "ZICHT_CHECK(condition, \"why\")", ()),
    (r"\btl::", "zicht::Result (base/result.h)", ("src/base/result.h",)),
    (r"\bstd::regex\b", "a hand-written reader (std::regex can take exponential time)", ()),
    (r"(?<![\w.:>])(?:std::)?system\s*\(|\bpopen\s*\(", "posix_spawn without a shell", ()),
    (r"\bgoto\b", "a function", ()),
    (r"\bstd::(?:cout|cerr|clog)\b", "a sink that is passed in, or the log",
     ("src/server/", "tests/", "bench/")),
    (r"\bstd::endl\b", "'\\n'", ()),
    (r"(?<![\w:.>])(?:std::)?(?:localtime|gmtime|mktime)\s*\(", "base/instant.h", ()),
    (r"\bstd::getenv\s*\(|(?<!:)\bgetenv\s*\(", "configuration", ("src/server/", "tests/")),
    (r"\bsleep_for\s*\(|\busleep\s*\(|(?<![\w_.:>])sleep\s*\(",
     "a clock that the test moves, or a condition variable", ()),
    (r"(?<![\w:])new\s+[A-Za-z_:]", "std::make_unique", ()),
    (r"(?<![\w:=])delete(?:\[\])?\s+[A-Za-z_*]", "std::unique_ptr", ()),
    (r"\bdoctest::may_fail\b|\bdoctest::should_fail\b", "a test that holds", ()),
]
BANNED_WEB = [
    (r"\bdangerouslySetInnerHTML\b|\.innerHTML\b", "React elements", ()),
    (r"\beval\s*\(|\bnew Function\s*\(", "plain code", ()),
    (r"\bconsole\.log\s*\(", "nothing, or an error shown to the person",
     ("web/e2e/", "web/scripts/", "web/tools/")),
    (r"@ts-ignore|@ts-nocheck", "the right type", ()),
    (r"\b(?:it|test|describe)\.only\b", "it / test / describe", ()),
]
_INTO_UNIQUE_PTR = re.compile(r"\bunique_ptr<[^;{}]*>\s*\w*\(\s*$")
_TODO = re.compile(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\): \S)")
_TEST_NAME = re.compile(r'TEST_CASE\(\s*"((?:[^"\\]|\\.)*)"')
_CODE_IN_COMMENT = re.compile(
    r"^\s*//\s*(?:[\w:<>*&.\->]+\s*(?:\(.*\)|=\s*.+);|\}|return\b.*;)\s*$")


def check(tree):
    problems = []
    for name in tree.matching(*TEXT):
        problems += _check_text(tree, name)
        if name.endswith(CPP):
            problems += _check_cpp(tree, name)
        elif name.endswith(WEB):
            problems += _check_banned(tree, name, BANNED_WEB)
    return problems


def _check_text(tree, name):
    problems = []
    text = tree.text(name)
    if name != "LICENSE" and text and not text.endswith("\n"):
        problems.append(Problem(name, 0, "ends without a newline"))
    rules = name.startswith("tools/checks/")
    for number, line in enumerate(text.splitlines(), 1):
        if line != line.rstrip() and not name.endswith(".md"):
            problems.append(Problem(name, number, "has blanks at the end of the line"))
        if "\r" in line or "\t" in line and name.endswith(CPP + WEB):
            problems.append(Problem(name, number, "has a tab or carriage return"))
        if not rules and _TODO.search(line):
            problems.append(Problem(name, number, "write TODO(#issue): reason, or do it now"))
    return problems


def _check_cpp(tree, name):
    problems = _check_banned(tree, name, BANNED_CPP)
    text = tree.text(name)
    first = text.lstrip().split("\n", 1)[0]
    if name.endswith(".h"):
        if "#pragma once" not in text:
            problems.append(Problem(name, 0, "lacks #pragma once"))
        if not first.startswith(("//", "/*")):
            problems.append(Problem(name, 1, "must begin with a comment: what it is for"))
        if re.search(r"^\s*using namespace\b", text, re.MULTILINE):
            problems.append(Problem(name, 0, "has `using namespace`, which leaks into its users"))
    if name.endswith("_test.cc"):
        problems += _check_test(name, text, first)
    if name.endswith(".cc"):
        for number, line in enumerate(text.splitlines(), 1):
            if _CODE_IN_COMMENT.match(line):
                problems.append(Problem(name, number, "looks like code in a comment: remove it"))
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if not re.fullmatch(r"[a-z0-9_]+", stem):
        problems.append(Problem(name, 0, "must be named in snake_case"))
    return problems


def _check_test(name, text, first):
    problems = []
    if not first.startswith(("//", "/*")):
        problems.append(Problem(name, 1, "must begin with a comment: what is tested and how"))
    seen = set()
    for match in _TEST_NAME.finditer(text):
        title, line = match.group(1), text.count("\n", 0, match.start()) + 1
        if title in seen:
            problems.append(Problem(name, line, f'two tests are called "{title}"'))
        seen.add(title)
        if len(title.split()) < 3 or re.search(r"(^Test|_\d+$|: \w+ \d+$)", title):
            problems.append(Problem(name, line, f'"{title}" must be a sentence about behaviour'))
    if not seen and "TEST_CASE_" not in text:
        problems.append(Problem(name, 0, "has no TEST_CASE"))
    return problems


def _check_banned(tree, name, table):
    problems = []
    code = cpp.blank_comments(tree.text(name)) if name.endswith(CPP) else tree.text(name)
    lines = tree.lines(name)
    for pattern, instead, allowed in table:
        if name.startswith(allowed) and allowed:
            continue
        for match in re.finditer(pattern, code):
            # A private constructor is out of make_unique's reach.
            if _INTO_UNIQUE_PTR.search(code, max(0, match.start() - 200), match.start()):
                continue
            line = code.count("\n", 0, match.start()) + 1
            if not any(_ALLOW.search(text) for text in lines[max(0, line - 2):line]):
                problems.append(Problem(name, line, f"`{match.group(0).strip()}` is not used here: "
                                                    f"use {instead}"))
    return problems
