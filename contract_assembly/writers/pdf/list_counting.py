"""How lists count, by nesting depth, as a PDF says it: (a), then (i), then (A). ISO 32000-1, table 347."""

COUNTING = ("/LowerAlpha", "/LowerRoman", "/UpperAlpha")
