"""The peers that are installed agree with the plain reference, on companies made to be difficult.

python3 -m unittest discover Benchmarks
"""

import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "peers")]

from harness import answers  # noqa: E402
from harness.systems import ALL_PEERS, ASKS, Log, PeerSystem, Place  # noqa: E402
from hostile import Company  # noqa: E402


class Peers(unittest.TestCase):
    # An empty company, one lead, two of them, then enough for every edge to meet every other.
    sizes = (0, 1, 2, 150, 600)

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.places = {}
        for leads in cls.sizes:
            work = Path(folder.name) / str(leads)
            Company(seed=leads, leads=leads).write(work / "data")
            cls.places[leads] = Place(work / "data", None, work, threads=2)
            PeerSystem("reference").measure(cls.places[leads], Log())

    def agree(self, name):
        system = PeerSystem(name)
        if system.missing():
            self.skipTest(system.missing())
        for leads, place in self.places.items():
            with self.subTest(leads=leads):
                system.measure(place, Log())
                lines, same = answers.compare(place.output, ["reference", name])
                self.assertTrue(same, "\n".join(lines))


def agreement(name):
    return lambda self: self.agree(name)


for peer in ALL_PEERS:
    setattr(Peers, f"test_{peer.replace('-', '_')}_agrees_with_the_reference", agreement(peer))


class Comparison(unittest.TestCase):
    def test_a_changed_digit_a_missing_line_and_a_missing_file_are_found(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for system in ("one", "two", "three"):
                for ask in ASKS:
                    for table in answers.TABLES:
                        path = folder / f"{system}.{ask}.{table}.csv"
                        path.write_text("a\n1\n2\n", encoding="utf-8")
            self.assertEqual(answers.compare(folder, ["one", "two", "three"]), ([], True))
            (folder / "two.redef.aj.csv").write_text("a\n1\n3\n", encoding="utf-8")
            (folder / "two.delta.aj.csv").write_text("a\n1\n", encoding="utf-8")
            (folder / "three.filter.cells.csv").unlink()
            lines, same = answers.compare(folder, ["one", "two", "three"])
            self.assertFalse(same)
            self.assertEqual(
                lines,
                [
                    "- filter, cells: three wrote no answer.",
                    "- redef, aj: two and one differ:",
                    "      one: 2",
                    "      two: 3",
                    "- delta, aj: two and one differ:",
                    "      one: 2",
                    "      two: (no line)",
                ],
            )


if __name__ == "__main__":
    unittest.main()
