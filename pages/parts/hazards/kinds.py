"""The page's choice of one kind of hazard: picked from a list or by a click on its bar, kept in the link."""

from pages.parts import charts, exhibit, labels, page, words
from pages.parts.ask import ask
from pages.parts.hazards import strip
from queries import Scope, hazards

KIND = "kind"
LISTED, BARS, TEN_YEARS = 200, 12, 520


def chosen(scope: Scope) -> str:
    """The kind the rest of the page is about; empty for all."""
    known = ask(hazards.by_kind, scope.reaching(TEN_YEARS), rows=LISTED)["kind"].dropna().tolist()
    return page.one_kind(KIND, "类别", known)


def bars(scope: Scope, kind: str) -> None:
    """The open stock of the kinds; a click on one chooses it."""
    rows = ask(hazards.by_kind, scope, rows=LISTED)
    named = rows[rows["kind"].notna()]
    rest = int(rows["open_stock"].sum() - named["open_stock"].head(BARS).sum())
    exhibit.show(
        "哪一类积压多",
        named,
        ["kind", "filed", "open_stock", "overdue_stock"],
        "kinds",
        lambda told: charts.bars(
            told["kind"].head(BARS).tolist(),
            told["open_stock"].head(BARS).tolist(),
            labels.term("open_stock"),
            "chart_kinds",
            bases=[f"件，超期 {words.number(late)}" for late in told["overdue_stock"].head(BARS)],
            chooses=KIND,
            chosen=kind,
        ),
        hazards.by_kind,
        {"rows": LISTED},
        empty="没有在办的隐患。",
        note="期末在办，点一类，下面各图只看这一类。" + (f"其余共 {words.number(rest)} 件。" if rest else ""),
    )


def figures(scope: Scope, kind: str) -> None:
    """The figures of the page's head for the chosen kind alone."""
    answer = ask(hazards.figures, scope, kind=kind)
    exhibit.show(
        "所选类别",
        answer,
        ["figure", "value", "numerator", "denominator", "value_before"],
        "kind_figures",
        lambda rows: strip.show(rows, page.compared_with(scope)),
        hazards.figures,
        {"kind": kind},
        note=f"只看{kind}，下面各图也是。",
    )
