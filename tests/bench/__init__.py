"""How fast the product is, told as ratios to plain pandas on the same data in the same run.

    python -m tests.bench [import|snapshot|questions|pages|colours ...] [--rows 60k,1M,10M] [--work FOLDER]

Machines are noisy: read the ratios, and seconds only where they stand beside a budget.
"""
