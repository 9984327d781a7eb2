"""What we know: the warehouse, what may enter it, and how it is filled."""
