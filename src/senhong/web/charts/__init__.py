"""The one way to a chart: plain points in; a picture with links, and its table, out.

A picture is drawn twice, for a phone and for a wide page; CSS shows the one that fits. Drawn
pictures are kept in the cache under a digest of everything they show, so that the drawing
library is only loaded for a picture that nobody has seen.
"""

from senhong.web.charts.bars import bar_chart, grouped_bar_chart
from senhong.web.charts.chart import Chart, Point
from senhong.web.charts.drawing import warm_up
from senhong.web.charts.lines import line_chart
from senhong.web.charts.maps import Grounds, Region, map_chart

__all__ = [
    "Chart",
    "Grounds",
    "Point",
    "Region",
    "bar_chart",
    "grouped_bar_chart",
    "line_chart",
    "map_chart",
    "warm_up",
]
