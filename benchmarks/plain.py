"""What a user of WeasyPrint would run for many documents: two forked workers, one PDF each.

usage: python -m benchmarks.plain OUTPUT WORKERS FILE.html...
"""

import os
import sys
from pathlib import Path

FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  {folders}
</fontconfig>
"""


def main(output: Path, workers: int, files: list[Path]) -> None:
    """Import once, fork, and let each worker make its share."""
    import weasyprint

    pids = []
    for number in range(workers):
        pid = os.fork()
        if pid == 0:
            for file in files[number::workers]:
                weasyprint.HTML(filename=str(file)).write_pdf(output / f"{file.stem}.pdf")
            os._exit(0)
        pids.append(pid)
    failed = [pid for pid in pids if os.waitpid(pid, 0)[1]]
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
