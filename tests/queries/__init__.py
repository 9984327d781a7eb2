"""Tests of the questions: golden cases, plain-Python twins, and what the reader must never learn."""
