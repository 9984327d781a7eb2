"""The laws of the house. A law that stands in the way is changed here, in the open, with the reason."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
TOP = {"data": {"data"}, "queries": {"queries", "data"}, "pages": {"pages", "queries", "data"}}
TOP_LEVEL = {
    *(
        "README.md",
        "README.zh-CN.md",
        "CHANGELOG.md",
        "DECISIONS.md",
        "LICENSE",
        "requirements.txt",
        "pyproject.toml",
    ),
    *(".streamlit", ".ci", ".git", ".gitignore", ".gitattributes"),
    *("dashboard.py", "pages", "queries", "data", "tests"),
}
# Calls named open that read no text: file descriptors, archives, Arrow files.
OPENS_NO_TEXT = {"os.open", "Image.open", "case_card.open"}
LEFT_BY_TOOLS = {".venv", ".pytest_cache", ".mypy_cache", ".ruff_cache", "__pycache__", ".hypothesis"}
CODE = ("dashboard.py", "data", "queries", "pages")
ADDRESS = re.compile(r"https?://(?!127\.0\.0\.1|localhost)[^\s\"')]+", re.IGNORECASE)
# Names of XML vocabularies look like addresses and are never called.
VOCABULARIES = re.compile(
    r"https?://(www\.w3\.org|schemas\.openxmlformats\.org|purl\.oclc\.org|schemas\.microsoft\.com)/"
)


def modules(*folders: str) -> Iterator[Path]:
    """Every Python file of the product below these folders."""
    for folder in folders:
        place = HOUSE / folder
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def imported(path: Path) -> set[str]:
    """The top-level packages a module imports, wherever in the module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("layer", TOP)
def test_imports_point_down(layer: str) -> None:
    wrong = {str(path.relative_to(HOUSE)): imported(path) & set(TOP) - TOP[layer] for path in modules(layer)}
    assert {path: names for path, names in wrong.items() if names} == {}


def test_only_pages_import_streamlit() -> None:
    assert [str(path) for path in modules("data", "queries") if "streamlit" in imported(path)] == []


def test_no_page_lies_directly_in_pages() -> None:
    assert [path.name for path in (HOUSE / "pages").glob("*.py")] == ["__init__.py"]


def test_the_top_level_is_the_design_card_s() -> None:
    assert {path.name for path in HOUSE.iterdir()} - TOP_LEVEL - LEFT_BY_TOOLS == set()


def page_scripts() -> list[Path]:
    """The page scripts: one folder deep, parts aside."""
    found = (HOUSE / "pages").glob("*/*.py")
    return sorted(path for path in found if path.parent.name != "parts" and path.name != "__init__.py")


@pytest.mark.parametrize("path", page_scripts(), ids=lambda path: path.stem)
def test_every_page_first_asks_for_the_right_it_needs(path: Path) -> None:
    body = ast.parse(path.read_text("utf-8")).body
    statements = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    first = statements[1] if ast.get_docstring(ast.parse(path.read_text("utf-8"))) else statements[0]
    assert isinstance(first, ast.Expr)
    assert isinstance(first.value, ast.Call)
    assert ast.unparse(first.value.func) == "rights.need"


@pytest.mark.parametrize("path", page_scripts(), ids=lambda path: path.stem)
def test_a_page_holds_no_sql_and_opens_no_warehouse(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\bselect\b.*\bfrom\b", text, re.IGNORECASE | re.DOTALL)
    assert imported(path) & {"duckdb", "plotly", "pydeck"} == set()


def test_every_page_is_in_the_menu() -> None:
    menu = (HOUSE / "dashboard.py").read_text("utf-8")
    assert [path.name for path in page_scripts() if path.relative_to(HOUSE).as_posix() not in menu] == []


@pytest.mark.parametrize("path", sorted((HOUSE / "queries").rglob("*.sql")), ids=lambda path: path.stem)
def test_every_sql_opens_with_its_question_and_has_its_function(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("-- ")
    assert "?" in first
    functions = {
        node.name
        for node in ast.parse((path.parent / "__init__.py").read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert path.stem in functions


def test_no_address_outside_this_machine_is_in_the_code() -> None:
    places = [*modules(*CODE), *(HOUSE / ".streamlit").glob("*.toml"), *(HOUSE / "pages").rglob("*.css")]
    found = [(path.name, address) for path in places for address in ADDRESS.findall(path.read_text("utf-8"))]
    assert [each for each in found if not VOCABULARIES.match(each[1])] == []


def opens_text_blindly(call: ast.Call) -> bool:
    """Whether a call reads or writes text without naming an encoding."""
    if not isinstance(call.func, ast.Attribute | ast.Name):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id
    named = any(keyword.arg == "encoding" for keyword in call.keywords)
    texts = [
        each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    if name == "read_text":
        return not named and not texts
    if name == "write_text":
        return not named and len(call.args) < 2
    is_text = name == "open" and not any("b" in text for text in texts)
    return is_text and not named and ast.unparse(call.func) not in OPENS_NO_TEXT


@pytest.mark.parametrize("layer", ["data", "queries", "pages"])
def test_text_is_always_read_and_written_as_utf8(layer: str) -> None:
    """Windows would otherwise use the office's code page."""
    calls = [
        (path.relative_to(HOUSE).as_posix(), ast.unparse(node))
        for path in modules(layer)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and opens_text_blindly(node)
    ]
    assert calls == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in modules(*CODE) if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert [str(path.relative_to(HOUSE)) for path in silent] == []


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils", "helpers", "manager", "base", "common", "misc"}
    assert [str(path) for path in modules(*CODE) if path.stem in vague] == []


def test_every_mechanism_of_the_sources_has_its_page() -> None:
    told = tomllib.loads((HOUSE / "data" / "reference" / "mechanisms.toml").read_text("utf-8"))
    built = {path.relative_to(HOUSE / "pages").with_suffix("").as_posix() for path in page_scripts()}
    assert sorted(told["mechanisms"], key=lambda each: int(each[1:])) == [f"M{n:02}" for n in range(1, 111)]
    assert built & set(told["to_come"]) == set(), "a page that is there is not to come"
    wanted = {page for each in told["mechanisms"].values() for page in each["pages"]}
    assert wanted - built - set(told["to_come"]) == set()
    assert all(each["pages"] for each in told["mechanisms"].values())


def test_a_measure_is_defined_once() -> None:
    """Columns of ledgers get their words from the contracts; nothing else may give them a second meaning."""
    from data.contract import ledgers
    from data.glossary import measures

    columns = {column.name for ledger in ledgers().values() for column in ledger.columns}
    names = [measure.name for measure in measures()]
    assert len(set(names)) == len(names)
    assert set(names) & columns == set()


@pytest.mark.parametrize("folder", ["data", "queries", "pages"])
def test_most_modules_are_small(folder: str) -> None:
    """Half under 100 lines, none over 260: past that, a module is two."""
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in modules(folder))
    assert lengths[len(lengths) // 2] < 100
    assert lengths[-1] <= 260
