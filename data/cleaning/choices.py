"""Reads cells that allow only a few answers: a colour, a status, yes or no."""

from collections.abc import Mapping

from data.cleaning.fault import Fault, cell_fault
from data.cleaning.text import is_blank, tidy

NOT_A_FLAG = Fault("not_a_flag")

FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(["是", "有", "√", "✓", "✔", "☑", "y", "yes", "1", "已", "true", "对"], True),
    **dict.fromkeys(["否", "无", "×", "✗", "✘", "n", "no", "0", "未", "没有", "false"], False),
}


def choice(text: str, allowed: Mapping[str, str], reason: str) -> str | Fault | None:
    """The value that the accepted spelling stands for (`allowed`: spelling -> value, folded and tidied).

    White space inside the cell does not matter. Any other text is a Fault of the given reason.
    """
    told = tidy(text).casefold()
    found = allowed.get(told, allowed.get(told.replace(" ", "")))
    if found is not None:
        return found
    return None if is_blank(told) else cell_fault(told) or Fault(reason)


def flag(text: str) -> bool | Fault | None:
    """Yes or no. `无` is a no here, because the question is whether there is one."""
    told = tidy(text).casefold()
    if told in FLAGS:
        return FLAGS[told]
    return None if is_blank(told) else cell_fault(told) or NOT_A_FLAG
