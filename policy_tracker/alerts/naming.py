"""What people follow, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import col, select

from policy_tracker.alerts.change_summary import short_payer
from policy_tracker.store.lookup import lookup
from policy_tracker.store.reach import out_of_reach
from policy_tracker.store.tables import StoredPayer, StoredPolicy
from policy_tracker.store.views import Question

if TYPE_CHECKING:
    from sqlmodel import Session

    from policy_tracker.alerts.topics import Topic


def topic_words(session: Session, topic: Topic) -> str:
    """A topic behind "you follow" or "alerts about": `every change`, `Cigna Healthcare`, `Cigna MM
    0300`, `code 0691T`.
    """
    return known_topic(session, topic) or topic.value


def known_topic(session: Session, topic: Topic) -> str | None:
    """A topic in words, None where its payer or policy is not held here; a code need not be named
    by any policy yet.
    """
    if topic.kind == "everything":
        return "every change"
    if topic.kind == "code":
        return f"code {topic.value.partition(':')[2]}"
    slug, _, policy = topic.value.partition("/")
    payer = session.scalar(select(StoredPayer).where(col(StoredPayer.slug) == slug))
    if payer is None:
        return None
    if topic.kind == "payer":
        return f"{payer.name} (invented payer)" if payer.fixture else payer.name
    found = session.scalar(
        select(StoredPolicy).where(
            col(StoredPolicy.payer_id) == payer.id, col(StoredPolicy.slug) == policy
        )
    )
    if found is None:
        return None
    label = (found.aliases or (found.policy_number or found.slug,))[0]
    return f"{short_payer(payer.slug, payer.name, fixture=payer.fixture)} {label}"


def reach_words(session: Session, topic: Topic) -> str | None:
    """What somebody who asks for alerts about a code should know of its reach; None where there is
    nothing to say.
    """
    if topic.kind != "code":
        return None
    system, _, code = topic.value.partition(":")
    found = []
    if not lookup(session, code, Question(as_of=date.min), system=system).known:  # ty: ignore[invalid-argument-type] - a topic's system is one
        found.append(
            f"No policy on file names code {code} yet. You hear when a new version or a new "
            f"policy names it; "
            "of an older policy that is put on file later you do not hear."
        )
    if system == "HCPCS" and out_of_reach(session):
        found.append(
            "Drug policies that name no billing code are not found by code: follow such a "
            "policy itself."
        )
    return " ".join(found) or None


def occurrence_words(topic: Topic, words: str) -> str:
    """When a mail comes about a topic (`words` of `topic_words`), behind "whenever": `Cigna MM 0300
    changes`.
    """
    return {
        "everything": "a policy changes",
        "payer": f"{words} changes a policy",
        "policy": f"{words} changes",
        "code": f"what a policy on file says of {words} changes: its coverage, the criteria, "
        f"limits and dates that govern it, "
        "the diagnoses that it goes with, or its authorization",
    }[topic.kind]
