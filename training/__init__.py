"""Makes what the geoparser carries with it: the tree model of its recogniser and the curve of its confidence."""
