"""`python -m booklet` goes in; the command line runs."""

from booklet.cli import main

if __name__ == "__main__":
    main(prog_name="booklet")
