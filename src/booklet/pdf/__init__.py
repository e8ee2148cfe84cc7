"""Laid-out pages go in; PDFs for reading, press and office, their text and pictures come out."""
