"""Colours every enterprise and shop: facts out of the ledgers, points out of the rules, a colour won and lost in time."""
