"""A project goes in; finished files with verdicts come out. The only place where rooms meet."""
