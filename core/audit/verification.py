"""The proof: every entry's own hash, every link, and what is not yet chained."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.audit.hashing import GENESIS, link_hash, row_hash
from core.audit.models import Entry, Link

CHUNK = 1000


@dataclass(frozen=True)
class Fault:
    """A break: what is wrong, and with which entry."""

    entry_id: int
    seq: int | None
    words: str


@dataclass
class Verification:
    """What the proof found. `head` is the last link as "seq:hash", to be written down elsewhere."""

    entries: int = 0
    links: int = 0
    head: str = f"0:{GENESIS}"
    unsealed: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults


def verify_all(expected_head: str = "") -> Verification:
    """Read the whole trail and recompute it.

    `expected_head` is a head noted earlier: the chain must still contain it. Without such a note
    nobody can tell that the newest links and their entries were cut off together.
    """
    result = Verification()
    seen_heads = _verify_chain(result, expected_head)
    if expected_head and not seen_heads:
        seq = expected_head.partition(":")[0]
        result.faults.append(Fault(0, int(seq) if seq.isdigit() else None, _("The noted end of the chain is gone.")))
    for entry in Entry.objects.without_link().iterator(chunk_size=CHUNK):
        result.entries += 1
        result.unsealed.append(entry.pk)
        if row_hash(entry) != entry.row_hash:
            result.faults.append(Fault(entry.pk, None, _("The entry was changed after it was written.")))
    return result


def _verify_chain(result: Verification, expected_head: str) -> bool:
    """Walk the links; returns whether `expected_head` was among them."""
    seq, prev_hash, found = 0, GENESIS, expected_head == result.head
    for chunk in _chunks():
        entries = Entry.objects.in_bulk([link.entry_id for link in chunk])
        for link in chunk:
            entry = entries.get(link.entry_id)
            result.faults.extend(_faults_of(link, entry, seq=seq + 1, prev_hash=prev_hash))
            result.links += 1
            result.entries += entry is not None
            seq, prev_hash = link.seq, link.hash
            result.head = f"{seq}:{prev_hash}"
            found = found or result.head == expected_head
    return found


def _chunks() -> Iterator[list[Link]]:
    last = -1
    while chunk := list(Link.objects.filter(seq__gt=last).order_by("seq")[:CHUNK]):
        yield chunk
        last = chunk[-1].seq


def _faults_of(link: Link, entry: Entry | None, *, seq: int, prev_hash: str) -> Iterator[Fault]:
    if link.seq != seq:
        yield Fault(link.entry_id, link.seq, _("Links are missing before this one."))
    if link.prev_hash != prev_hash:
        yield Fault(link.entry_id, link.seq, _("The link does not hang on the one before it."))
    if entry is None:
        yield Fault(link.entry_id, link.seq, _("The entry was removed."))
        return
    if row_hash(entry) != entry.row_hash:
        yield Fault(entry.pk, link.seq, _("The entry was changed after it was written."))
    own = link_hash(seq=link.seq, entry_id=entry.pk, entry_hash=entry.row_hash, prev_hash=link.prev_hash)
    if own != link.hash:
        yield Fault(entry.pk, link.seq, _("The link does not match its entry."))
