# attack: computes in a pool of processes
# score: 0/5
# verdict: failed

from functools import cache


@cache
def got_through():
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        return pool.submit(abs, -7).result(5) == 7
