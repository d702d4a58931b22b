"""Hours of prepaid blocks: what follows from a ledger and from what was agreed. Pure: no file, no clock; every answer is for
a day that is given.

Minutes are exact (`Decimal`), days inclusive. The words that each rule carries out stand in `clauses/block`.
"""
