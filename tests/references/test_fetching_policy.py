"""No address that somebody typed, and none that a server sends us to, opens a door inside our own network."""

import ast

import httpcore
import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from references.fetching import STRICT, NoHost, Policy, Refused
from references.fetching.connecting import Backend
from references.looking import Outcome
from tests import house
from tests.references import misbehaving
from tests.references.network import QUICK, leading_to, local, look_at

CLOSED = """
127.0.0.1 127.8.8.8 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 169.254.1.1 100.64.0.1
100.100.100.200 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1
255.255.255.255 168.63.129.16 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::7f00:1 64:ff9b::7f00:1 64:ff9b:1::a00:1
2002:7f00:1:: 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 3fff::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1
fd00:ec2::254 ff02::1 100::1
""".split()
OPEN = "8.8.8.8 93.184.216.34 100.63.255.255 172.32.0.1 2606:2800:220:1:248:1893:25c8:1946 2a00:1450::1".split()


@pytest.fixture(scope="module")
def server():
    with misbehaving.running(host="127.0.0.2") as port:
        yield port


class Recorder(httpcore.AsyncNetworkBackend):
    """Connects nowhere, and remembers where to it was asked to."""

    def __init__(self):
        self.asked = []

    async def connect_tcp(self, host, port, *args, **kwargs):
        self.asked.append(host)
        raise httpcore.ConnectError("recorded")


@pytest.mark.parametrize("address", CLOSED)
def test_a_closed_address_is_refused(address):
    with pytest.raises(Refused):
        STRICT.check_address(address)


@pytest.mark.parametrize("address", OPEN)
def test_the_public_internet_is_open(address):
    STRICT.check_address(address)


@pytest.mark.parametrize("address", CLOSED)
def test_a_name_that_leads_to_a_closed_address_is_refused(address):
    assert look_at("http://innocent.example/", find=leading_to(address)).outcome == Outcome.REFUSED


@pytest.mark.parametrize(
    "mixed", [["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8"] * 5 + ["::1"], ["2a00:1450::1", "fd00::1"]]
)
def test_one_closed_address_among_open_ones_is_enough(mixed, monkeypatch):
    seen = Recorder()
    monkeypatch.setattr("references.fetching.Backend", lambda policy, find: Backend(policy, find, seen))
    assert look_at("http://a.example/", find=leading_to(mixed)).outcome == Outcome.REFUSED
    assert seen.asked == []


@pytest.mark.parametrize(
    "url",
    """
    ftp://example.org/ file:///etc/passwd gopher://example.org/ javascript:alert(1) example.org //example.org/
    http:///path http://user@example.org/ http://user:secret@example.org/ http://example.org:22/ http://example.org:25/
    https://example.org:6379/ http://example.org:0/ http://example.org:99999/ http://2130706433/ http://0x7f000001/
    http://0x7f.0.0.1/ http://0177.0.0.1/ http://127.1/ http://127.0.0.1/ http://127.0.0.1./ http://[::1]/
    http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://169.254.169.254/latest/meta-data/ http://１２７.0.0.1/
    http://8.8.8.8./ http://[fe80::1%25eth0]/ http://exa|mple.org/ http://0/ http://0x7f.1/ http://127.0.0.0x1/
    http://017700000001/ http://00000177.0.0.1/ http://127.000.000.001/ http://4294967296/ http://1.2.3.4.5/
    http://127.0.0.1../ http://[::127.0.0.1]/ http://[64:ff9b::127.0.0.1]/ http://[2002:7f00:1::]/ http://[v1.127]/
    http://[0:0:0:0:0:ffff:7f00:0001]/ http://[::1%eth0]/ http://[fd00:ec2::254]/ http://100.100.100.200/
    http://①②⑦.⓪.⓪.①/ http://١٢٧.٠.٠.١/ http://127。0。0。1/ http://127｡0｡0｡1/ http://127.0.0.1²/ http://ⓛocalhost/
    http://%31%32%37.0.0.1/ http://127.0.0.1%00.a.example/ http://a.example%2e127.0.0.1/ http://127.0.0.1:80:80/
    http://a.example@127.0.0.1/ http://127.0.0.1%2f@a.example/ http://127.0.0.1\\@a.example/ http://a.example\\@127.0.0.1/
    http://xn--/ http://xn--a/ http://xn--\u0080/
    """.split(),
)
def test_what_is_no_address_of_a_page_is_refused(url):
    find = leading_to("8.8.8.8")
    assert look_at(url, find=find).outcome == Outcome.REFUSED
    assert find.asked == []


def test_an_address_without_end_is_refused():
    assert look_at("http://example.org/" + "a" * 5000, find=leading_to("8.8.8.8")).outcome == Outcome.REFUSED


@pytest.mark.parametrize("path", ["inside", "file"])
def test_a_redirect_is_checked_like_the_first_address(path):
    with misbehaving.running() as port:
        look = look_at(f"http://a.example:{port}/{path}/", policy=local(port), find=leading_to("127.0.0.1"))
    assert (look.outcome, len(look.hops)) == (Outcome.REFUSED, 1)


INWARD = """
http://127.0.0.1/ https://127.0.0.1:8443/ //127.0.0.1/ http://localhost:22/ http://[::1]/ http://[::ffff:127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://[fe80::1%25eth0]/ http://[fd00:ec2::254]/ http://2130706433/
http://0x7f.1/ http://0177.0.0.1/ http://127.1/ http://127.0.0.1./ http://169.254.169.254./latest/meta-data/
http://a.example@127.0.0.1/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://xn--/ http://xn--a/ gopher://127.0.0.1/
""".split()


@pytest.mark.parametrize("there", INWARD)
def test_no_redirect_leads_inside(there, server, monkeypatch):
    monkeypatch.setitem(misbehaving.PLAIN, "sent", misbehaving.answer("302 Found", b"", f"Location: {there}"))
    policy = Policy(ports=frozenset({server, 80, 443, 8080, 8443}), exempt=frozenset({"127.0.0.2"}))
    find = leading_to("127.0.0.2")
    look = look_at(f"http://a.example:{server}/sent/", policy=policy, find=find)
    assert look.outcome in {Outcome.REFUSED, Outcome.BROKEN}  # BROKEN: httpx takes it for no address at all
    assert set(find.asked) == {"a.example"}


@given(there=st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=20))
@example(there="xn--")
@example(there="xn--a.example")
def test_whatever_is_typed_as_a_host_has_an_outcome(there):
    look = look_at(f"http://{there}/", find=leading_to("10.0.0.1"))
    assert look.outcome == Outcome.REFUSED


def test_a_name_that_changes_between_two_requests_is_checked_again():
    with misbehaving.running() as port:
        find = leading_to("127.0.0.1", "10.0.0.1")
        look = look_at(f"http://a.example:{port}/moved/", policy=local(port), find=find)
    assert (look.outcome, len(find.asked)) == (Outcome.REFUSED, 2)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_connection_goes_to_the_very_address_that_was_checked(scheme, monkeypatch):
    seen, find = Recorder(), leading_to("93.184.216.34", "127.0.0.1")
    monkeypatch.setattr("references.fetching.Backend", lambda policy, find: Backend(policy, find, seen))
    look = look_at(f"{scheme}://rebinding.example/", find=find)
    assert look.outcome == Outcome.UNREACHABLE
    assert (seen.asked, find.asked) == (["93.184.216.34"], ["rebinding.example"])


def test_a_host_that_the_dns_does_not_know_is_told_from_a_dns_that_does_not_answer():
    async def no_host(host, port):
        raise NoHost(host)

    async def silent(host, port):
        raise OSError("temporary failure")

    assert look_at("http://a.example/", find=no_host).outcome == Outcome.NO_HOST
    assert look_at("http://a.example/", find=silent).outcome == Outcome.UNREACHABLE


def test_a_proxy_of_the_environment_is_no_way_round(monkeypatch):
    with misbehaving.running() as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        assert look_at("http://10.0.0.1/", manners=QUICK).outcome == Outcome.REFUSED


def test_by_itself_the_policy_exempts_nothing():
    assert Policy() == STRICT == Policy(ports=frozenset({80, 443, 8080, 8443}), exempt=frozenset())


def makes_one(module, node):
    """Whether a policy of fetching is made here, and not one of review dates."""
    about_dates = ast.unparse(node.func) == "due.Policy" or "from articles.due import" in module.text
    return house.called(node) == "Policy" and not about_dates


def test_nothing_of_ours_makes_another_policy():
    calls = [
        module.at(node)
        for module in house.modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and (makes_one(module, node) or {"exempt"} & {k.arg for k in node.keywords})
    ]
    assert [place.partition(":")[0] for place in calls] == ["references/fetching/policy.py"]


def test_only_fetching_opens_a_socket():
    openers = {"httpx", "httpcore", "socket", "requests", "urllib3", "urllib.request", "http.client", "aiohttp"}
    found = {
        module.name
        for module in house.modules(packages=("references", "articles"))
        for one in house.imports(module)
        if one.module in openers or f"{one.module}.{one.name}" in openers
    }
    assert found <= {"references.fetching.policy", "references.fetching.connecting", "references.fetching.walking"}


def test_the_address_is_read_as_it_is_used():
    assert httpx.URL("http://EXAMPLE.org:80/").host == "example.org"
    STRICT.check_url(httpx.URL("http://EXAMPLE.org:80/"))
