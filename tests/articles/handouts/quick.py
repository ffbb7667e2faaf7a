"""Stands in for the typesetter where a test asks who makes what and when: the same job in, the same answer out, and
the text itself for a file. tests/articles/handouts/test_typesetting.py holds the real one to the same."""

import json
import sys
import time

job = json.load(sys.stdin)
if "Please complain" in job["html"]:
    print("A complaint", file=sys.stderr)
    sys.exit(1)
if "Please linger" in job["html"]:
    time.sleep(60)
sys.stdout.buffer.write(b"3\n%PDF-" + job["html"].encode() + "".join(job["css"]).encode())
