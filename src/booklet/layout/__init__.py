"""Print HTML goes in; laid-out pages come out. The only door to WeasyPrint."""
