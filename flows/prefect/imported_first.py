"""Imported first by the process that schools' processes are forked from: it collects garbage seldom from then on.

With Python's own thresholds a sixth of the time of all the imports after this one was spent on collecting.
"""

from flows.home.process import collect_seldom

collect_seldom()
