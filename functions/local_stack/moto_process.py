"""Runs moto's AWS on a free port, which it prints, until standard input closes."""

import logging
import os
import sys
import threading


def main() -> None:
    """Starts the server, prints its port and waits."""
    watch = threading.Thread(target=_end_with_stdin)
    watch.start()
    # Imported after the thread starts: the parent may end while moto loads.
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # no access log
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        print(server.get_host_and_port()[1], flush=True)
    except BrokenPipeError:
        os._exit(0)  # the parent ended, and its end was seen here before it was seen on standard input
    watch.join()


def _end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
