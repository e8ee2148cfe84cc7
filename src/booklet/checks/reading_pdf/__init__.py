"""A PDF for reading goes in; what its readers would miss comes out."""
