"""The sections of 群众上报, each drawn through exhibits."""
