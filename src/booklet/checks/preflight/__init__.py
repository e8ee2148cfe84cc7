"""A PDF for a printer goes in; what prints wrong comes out."""
