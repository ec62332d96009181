"""How many hands a call goes through: the budget of the architecture page, for `get_all_key_pairs()`.

The network is stubbed where the library meets it, at `HTTPAdapter.send`, with an answer of EC2. Counted is
our own code only, from `sys.setprofile`:

    files       source files in which a function ran
    functions   distinct functions that ran; a lambda, a comprehension and a generator expression is one too.
                Bodies of modules and classes are none: they run once, when a module loads
    frames      calls: each function that was called and each generator that was started. A generator that is
                resumed goes on in the frame it has; with resumptions counted too the number is `resumed`

`boto.transport` counts like everything else. Numbers are printed (pytest -s).

A warm call keeps the budget of the architecture page. Connecting and the first call do not: the page wants 45
files and 150 functions, which is a test that is known to fail; `COLD` only keeps it from growing.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import boto

ROOT = Path(boto.__file__).parent

WARM = {"files": 24, "functions": 60, "frames": 130}
COLD = {"files": 50, "functions": 330}  # where it stands, so that it does not grow
COLD_WANTED = {"files": 45, "functions": 150}  # the architecture page's budget, not kept yet

# Runs in a fresh interpreter, so that nothing another test did is warm. Counts what `measured` does.
COUNTER = """
import json, sys
from inspect import CO_OPTIMIZED as OPTIMIZED      # what bodies of modules and classes are not
from requests.adapters import HTTPAdapter
from requests.models import Response
from urllib3.response import HTTPResponse
from io import BytesIO

ANSWER = b'''<?xml version="1.0" encoding="UTF-8"?>
<DescribeKeyPairsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>6d885004-f107-489e-b4a0-0e0d8f0c2d4e</requestId>
  <keySet><item><keyName>key1</keyName><keyFingerprint>32:34:b4</keyFingerprint></item></keySet>
</DescribeKeyPairsResponse>'''

def send(self, request, **how):
    answer = Response()
    answer.status_code = 200
    answer.headers["Content-Type"] = "text/xml"
    answer.raw = HTTPResponse(BytesIO(ANSWER), status=200, preload_content=False)
    return answer

HTTPAdapter.send = send

def count(work):
    frames, codes, resumed = {}, set(), 0
    def see(frame, event, argument):
        nonlocal resumed
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(ROOT):
            resumed += 1
            frames[id(frame)] = frame       # kept, so that no other frame gets its id
            if code.co_flags & OPTIMIZED:
                codes.add(code)
    sys.setprofile(see)
    try:
        result = work()
    finally:
        sys.setprofile(None)
    assert result["describe_key_pairs_response"]["key_set"][0]["key_name"] == "key1"
    names = sorted(f"{code.co_filename[len(ROOT) + 1:]}:{code.co_qualname}" for code in codes)
    files = sorted({name.partition(":")[0] for name in names})
    return {"files": len(files), "functions": len(codes), "frames": len(frames), "resumed": resumed,
            "names": names}
"""

FIRST = """
def first():
    import boto
    global c
    c = boto.connect_ec2("AKIDEXAMPLE", "secret", region="eu-west-1")
    return c.get_all_key_pairs()
cold = count(first)
"""
AGAIN = "c.get_all_key_pairs()\nwarm = count(c.get_all_key_pairs)"


def measured():
    code = f"ROOT = {str(ROOT)!r}\n{COUNTER}{FIRST}{AGAIN}\nprint(json.dumps([cold, warm]))"
    environment = {"PYTHONPATH": str(ROOT.parent), "HOME": "/nonexistent"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def counts():
    cold, warm = measured()
    return {"cold": cold, "warm": warm}


def over(count, budget):
    """What is above the budget: `[(what, counted, allowed), ...]`."""
    return [(what, count[what], allowed) for what, allowed in budget.items() if count[what] > allowed]


def shown(count):
    return ", ".join(f"{count[what]} {what}" for what in ("files", "functions", "frames", "resumed"))


def test_a_warm_call_keeps_the_budget(counts):
    print(f"\nwarm get_all_key_pairs(): {shown(counts['warm'])}")
    assert over(counts["warm"], WARM) == [], "\n".join(counts["warm"]["names"])


def test_connecting_and_the_first_call_keep_the_budget(counts):
    print(f"\nconnect and first call: {shown(counts['cold'])}")
    assert over(counts["cold"], COLD) == []


@pytest.mark.xfail(
    strict=True, reason="the first call misses its budget; docs/design/flows.md has the numbers"
)
def test_connecting_and_the_first_call_keep_the_budget_that_is_wanted(counts):
    assert over(counts["cold"], COLD_WANTED) == []


@pytest.mark.parametrize("what", WARM)
def test_a_budget_planted_lower_is_seen(counts, what):
    assert over(counts["warm"], {**WARM, what: counts["warm"][what] - 1}) != []
    if what in COLD:
        assert over(counts["cold"], {**COLD, what: counts["cold"][what] - 1}) != []


def test_what_is_counted_is_what_ran(counts):
    """Wherever else the counter looks away, these are on the way of every call."""
    ran = "\n".join(counts["warm"]["names"])
    for name in ("driver.py:Connection.run", "sign.py:", "sigv4.py:SigV4.sign", "retry.py:Retry.__call__"):
        assert name in ran
    assert counts["warm"]["resumed"] > counts["warm"]["frames"] >= counts["warm"]["functions"]
