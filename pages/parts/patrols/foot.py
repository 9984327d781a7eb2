"""What the patrol ledger cannot tell, said once at the foot of the page."""

from pages.parts import notices


def show() -> None:
    """One sentence; nothing is estimated in its place."""
    notices.quiet(
        "台账没有轨迹、车次编号和姓名，所以楼栋覆盖率、干部与网格员各几人、路上用时不在这里：没有的数不估。"
    )
