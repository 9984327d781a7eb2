"""From the text of one cell to a clean value, or to the reason why it cannot be one."""
