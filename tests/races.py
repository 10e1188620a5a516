"""Several people at the same moment, each on a connection of their own."""

from threading import Barrier, Thread

from django.db import connections


def at_once(*acts):
    """Run the acts at the same moment, each on its own connection; what each gave or raised."""
    start, results = Barrier(len(acts)), {}

    def run(name, act):
        try:
            start.wait()
            results[name] = act()
        except Exception as error:
            results[name] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return [results[name] for name in range(len(acts))]


def errors(results):
    return [repr(result) for result in results if isinstance(result, Exception)]
