"""Runs the bench: cases, engines, measuring, targets, the table and the picture."""
