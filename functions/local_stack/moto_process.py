"""moto's AWS on a free port of this machine, which it prints, until its standard input ends."""

import logging
import os
import sys
import threading


def main() -> None:
    watch = threading.Thread(target=_end_with_stdin)
    watch.start()
    # Not above: whoever started this process may be gone before these are loaded.
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # not a line for every request
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    print(server.get_host_and_port()[1], flush=True)
    watch.join()


def _end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
