"""How fast the program is, as ratios measured in one run: `make bench`, or `make bench-peers` against other tools."""
