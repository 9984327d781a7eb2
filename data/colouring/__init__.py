"""Colours every enterprise and shop: facts from ledgers, points by rules, a colour won and lost in time."""
