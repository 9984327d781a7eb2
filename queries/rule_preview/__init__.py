"""What we ask before a rule is adopted: who would flip, were it applied today. Source: ledgers of facts."""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run
from queries.rule_preview.trying import tried


def flips(street: Snapshot, scope: Scope, scheme: str = "enterprise", draft: str = "") -> pd.DataFrame:
    """Everybody's colour on the day of `as_at` by the rule in force and by a draft. One row is one subject.

    `draft` is the text of a rule file; empty, the rule in force stands for it. Both go on from where the
    subject stood before that day: adopted with that day as its first, the draft gives just these colours. A
    colour set by hand (`is_overridden`) is worn until it ends, whatever the rule. Whoever was never visited
    is there only where the draft needs no visit.

    Columns: scheme, enterprise_key, name, community, grid_code, is_overridden, colour, score (分),
        colour_by_draft, score_by_draft (分), is_flipped
    Source: enterprise, hazard, finding
    """
    rows = run(street, "rule_preview/flips", scope, scheme=scheme)
    return tried(street, scope, scheme, draft, rows)


def rule_text(street: Snapshot, scope: Scope, scheme: str = "enterprise") -> pd.DataFrame:
    """The text of the rule in force at `as_at`. One row.

    Columns: scheme, rule_version, effective_from, rule_content
    Source: enterprise
    """
    return run(street, "rule_preview/rule_text", scope, scheme=scheme)
