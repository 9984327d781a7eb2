"""大屏: the six figures for a meeting room, at `/?wall=1`, whatever the size of its screen."""

from pages.parts import rights, wall

rights.need(rights.READ)
wall.panel()
