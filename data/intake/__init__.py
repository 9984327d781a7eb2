"""How a file is taken in: its headings recognised, its rows cleaned, its faults told, its records kept."""
