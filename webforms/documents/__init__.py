"""The record of an assessment on paper: one dictionary, read by HTML, PDF and Word alike.

`record` decides what is said and in which order; the three renderers only typeset it, so that no
two of them can say different things.
"""
