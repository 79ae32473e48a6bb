#!/usr/bin/env python3
"""Measure the look-up of the neighbors of a zone, by the primary key and by scanning the table.

    look_ups.py SCHEMA.sql      (sql/schema.sql)

Uses 10 thousand, 1 million and 10 million rows of zone_neighbor, eleven per zone. Prints the median
time of a look-up, and of a statement without rows, which measures the overhead of Python and
SQLite.
"""

import pathlib
import sqlite3
import statistics
import sys
import tempfile
import time

PER_ZONE = 11
WITH_INDEX = "SELECT neighbor_id FROM zone_neighbor WHERE zone_id = ?"
WITHOUT_INDEX = "SELECT neighbor_id FROM zone_neighbor WHERE +zone_id = ?"  # '+' forbids the index
NOTHING = "SELECT ? WHERE 0"


def median_us(database, query, zones, count):
    times = []
    for i in range(count):
        zone = 1 + i * 7919 % zones
        start = time.perf_counter()
        database.execute(query, (zone,)).fetchall()
        times.append(time.perf_counter() - start)
    return 1e6 * statistics.median(times)


def main():
    schema = pathlib.Path(sys.argv[1]).read_text()
    print(f"{'rows':>12} {'with_us':>10} {'without_us':>12} {'ratio':>10} {'nothing_us':>11}")
    for rows in (10_000, 1_000_000, 10_000_000):
        with tempfile.TemporaryDirectory() as folder:
            database = sqlite3.connect(pathlib.Path(folder) / "gym.sqlite", isolation_level=None)
            database.executescript("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;" + schema)
            zones = rows // PER_ZONE
            database.execute("BEGIN")
            database.executemany(
                "INSERT INTO zone_neighbor VALUES (?, ?)",
                ((zone, i) for zone in range(1, zones + 1) for i in range(PER_ZONE)),
            )
            database.execute("COMMIT")
            for query, word in ((WITH_INDEX, "SEARCH"), (WITHOUT_INDEX, "SCAN")):
                plan = database.execute("EXPLAIN QUERY PLAN " + query, (1,)).fetchall()[0][3]
                assert word in plan, plan
            fast = median_us(database, WITH_INDEX, zones, 20_000)
            slow = median_us(database, WITHOUT_INDEX, zones, max(3, 3_000_000 // rows))
            nothing = median_us(database, NOTHING, zones, 20_000)
            print(f"{rows:>12,} {fast:>10.2f} {slow:>12.0f} {slow / fast:>10.0f} {nothing:>11.2f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
