"""From the cells of a class to its results: the only place where the rules of `assessment` meet our rows.

`subjects`: one course. `tt22`, `tt27`, `tt58`: all courses of a pupil under one circular. `classes`: reads a class.
"""
