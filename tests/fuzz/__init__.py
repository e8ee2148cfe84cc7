"""Inputs nobody would write go in; what must never happen comes out: tracebacks, endless work."""
