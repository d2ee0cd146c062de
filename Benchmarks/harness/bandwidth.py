"""How fast this machine reads memory: `python3 bandwidth.py THREADS` prints bytes a second.

A process of its own, so that its big buffers are not counted as memory of anybody else.
"""

import subprocess
import sys
import threading
import time

SIZE = 256 << 20
ROUNDS = 7


def with_numpy(threads):
    """Each thread adds up a buffer of its own; NumPy lets the threads run at the same time."""
    import numpy

    buffers = [numpy.ones(SIZE // 8, numpy.int64) for _ in range(threads)]
    best = 0.0
    for _ in range(ROUNDS):
        workers = [threading.Thread(target=buffer.sum) for buffer in buffers]
        start = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        best = max(best, SIZE * threads / (time.perf_counter() - start))
    return best


def with_copies():
    """One thread copies a buffer; it is read once and written once, so the bytes count twice."""
    source, target = bytearray(b"\1") * SIZE, bytearray(SIZE)
    best = 0.0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        target[:] = source
        best = max(best, 2 * SIZE / (time.perf_counter() - start))
    return best


def measured(threads):
    """The figure, from a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, str(threads)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


if __name__ == "__main__":
    try:
        print(with_numpy(int(sys.argv[1])))
    except ImportError:
        print(with_copies())
