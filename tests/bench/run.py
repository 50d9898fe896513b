"""`make bench`: quality and ratios of speed, ours beside well-known libraries, on the same data in one run.

Who it is and whether a picture is approved are measured on sets that lie beside the project (bench/people,
bench/pictures), how texts are read on labelled texts (bench/words), how quick the desk is with many cases and
readers (bench/desk), how a run grows with the school (bench/growth), and what a week costs beside the least that tells
the same (bench/prices). Each says how its data were split.
"""

from tests.bench.desk.run import main as bench_desk
from tests.bench.growth.run import bench_growth
from tests.bench.people.run import main as bench_identity
from tests.bench.pictures.run import main as bench_pictures
from tests.bench.prices.run import bench_prices
from tests.bench.words.measure import bench_words
from tests.bench.words.run import main as bench_reading

if __name__ == "__main__":
    print("Speed is ours divided by the other's time in this run: x2 is twice as fast as ours.")
    bench_identity()
    bench_pictures()
    bench_words()
    bench_reading()
    bench_desk()
    bench_growth()
    bench_prices()
