"""A published change as a mail tells it: who and what, from when, and what follows, ready for the
templates.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policy_tracker.alerts.excerpt import excerpt, marked
from policy_tracker.alerts.topics import Topic, changes_for, concerns
from policy_tracker.pages.declared import declared_words
from policy_tracker.pages.formatting import sentence, short_date
from policy_tracker.pages.on_file import effect_of, gap_words
from policy_tracker.pages.passages import passages_of
from policy_tracker.record.vocabulary import IMPACTS
from policy_tracker.rules.words import direction_sign, direction_words, impact_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from policy_tracker.diff.redline import RedlineSpan
    from policy_tracker.pages.passages import ChangedPassage
    from policy_tracker.record import Record, Start
    from policy_tracker.rules.changes import ActionItem, Change, Comparison, Verdict
    from policy_tracker.store.views import Gap, PolicyRef

CODES_IN_SUBJECT = 5
LONGEST_NEWS = 110
"""Characters of what changed in a subject."""
MOST_CHANGES = 25
"""A mail tells so many passages one by one; the comparison page has the rest."""
MOST_PLACES = 12
"""So many further places of one edit are named."""


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """A comparison with what a mail says beside it.

    The policy, the later version, from when that applies, whether it corrects us, what is not on
    file between the two versions, and when the later one was last checked. `followed` are the
    matters because of which the mail goes to its recipient.
    """

    policy: PolicyRef
    record: Record
    start: Start
    comparison: Comparison
    correction: bool = False
    # no default: a mail once called unreviewed what a person had reviewed
    review: str = field(kw_only=True)
    gap: Gap | None = None
    checked_on: dt.date | None = None
    followed: tuple[Topic, ...] = ()

    @property
    def codes_followed(self) -> tuple[Topic, ...]:
        """The codes that the recipient follows and that are concerned; empty where more than codes
        is followed.
        """
        codes = tuple(topic for topic in self.followed if topic.kind == "code")
        return (
            tuple(topic for topic in codes if concerns(self.comparison, topic))
            if len(codes) == len(self.followed)
            else ()
        )


@dataclass(frozen=True, slots=True)
class SummarizedChange:
    """One passage in a mail, by its weightiest change; the spans are neutral, each format styles
    them in its own way.

    `further` are the other changes that the same words are. Where these words were changed alike
    at `alike_at` places, `places` are their paths. `concerns` are those of the recipient's codes
    whose answer it changes.
    """

    change: Change
    heading: str
    direction: str | None
    sign: str | None
    impact: str
    before: tuple[RedlineSpan, ...]
    after: tuple[RedlineSpan, ...]
    declared: str | None = None
    concerns: tuple[str, ...] = ()
    further: tuple[SummarizedChange, ...] = ()
    places: tuple[str, ...] = ()
    alike_at: int = 1

    @property
    def before_text(self) -> str:
        """What the older version says, with what is gone marked."""
        return marked(self.before)

    @property
    def after_text(self) -> str:
        """What the newer version says, with what is new marked."""
        return marked(self.after)


def subject_of(news: ChangeSummary) -> str:
    """The news in one line: `Cigna MM 0300 from Sep 26, 2025 · Re-review every 24 → 12 months; and
    more`.

    Who follows codes alone reads what changed about them: `Cigna MM 0300 from Sep 26, 2025 · 0691T:
    re-review every 24 → 12 months`.
    """
    corrected = "Corrected: " if news.correction else ""
    what = _news_of_codes(news) if news.codes_followed else _news(news.comparison)
    return f"{corrected}{opening_of(news)}{what}"


def _news(comparison: Comparison) -> str:
    """The weightiest facts, as many as there is room for; the directions where a comparison has no
    facts.
    """
    verdict = comparison.verdict
    if verdict.change_type != "modified" or not verdict.facts:
        codes = f" ({codes_in_short(verdict)})" if verdict.codes else ""
        return f": {happening(verdict)}{codes}"
    told = [_cut(sentence(verdict.facts[0]))]
    for fact in verdict.facts[1:]:
        if len("; ".join([*told, fact])) > LONGEST_NEWS:
            break
        told.append(fact)
    if len(told) < len(verdict.facts) or sum(c.substantive for c in comparison.changes) > len(told):
        told.append("and more")
    return f" · {'; '.join(told)}"


def _cut(text: str) -> str:
    return textwrap.shorten(text, LONGEST_NEWS, placeholder=" …")


def _news_of_codes(news: ChangeSummary) -> str:
    """What it comes to for the codes followed: the codes, and the weightiest of the changes that
    concern them.
    """
    followed = [code_of(topic) for topic in news.codes_followed]
    names = ", ".join(followed[:CODES_IN_SUBJECT]) + (
        f" +{len(followed) - CODES_IN_SUBJECT}" if len(followed) > CODES_IN_SUBJECT else ""
    )
    mine = _own_changes(news)
    if not mine:
        return f": {happening(news.comparison.verdict)}, {names}"
    rest = f"; and {len(mine) - 1} more" if len(mine) > 1 else ""
    said = mine[0].name
    return f" · {_cut(said if said.startswith(names) else f'{names}: {said}')}{rest}"


def _own_changes(news: ChangeSummary) -> list[Change]:
    """The changes that concern the codes followed, those with the greatest impact first."""
    found = {
        change.id: change
        for topic in news.codes_followed
        for change in changes_for(news.comparison, topic)
    }
    place = {change.id: number for number, change in enumerate(news.comparison.changes)}
    return sorted(found.values(), key=lambda one: (-IMPACTS.index(one.impact), place[one.id]))


def code_of(topic: Topic) -> str:
    """The code of a topic, without its system."""
    return topic.value.partition(":")[2]


def opening_of(news: ChangeSummary) -> str:
    """Which policy, and from when: `Cigna MM 0300 from Sep 26, 2025`, or between which days where
    versions are not on file.
    """
    if news.gap:
        return f"{policy_name(news.policy)}, {gap_words(news.gap)}"
    return policy_name(news.policy) + (
        f" from {short_date(news.start.day)}" if news.start.day else ", start unknown"
    )


def policy_name(policy: PolicyRef) -> str:
    """Payer and policy as people call them: `Cigna MM 0300`; an invented payer says that it is
    one.
    """
    return f"{short_payer(policy.payer, policy.payer_name, fixture=policy.fixture)} {policy.label}"


def short_payer(slug: str, name: str, *, fixture: bool) -> str:
    """The leading words of a payer's name that its slug spells (`Cigna` of Cigna Healthcare), else
    the whole name.
    """
    words = name.split()
    short = next(
        (" ".join(words[:n]) for n in range(1, len(words) + 1) if _slug(words[:n]) == slug), name
    )
    return f"{short} (invented payer)" if fixture else short


def codes_in_short(verdict: Verdict) -> str:
    """The codes concerned, five of them and a count of the rest: `0691T, 0743T`, `99201, …, 99205
    +7`.
    """
    codes = [ref.code for ref in verdict.codes]
    rest = len(codes) - CODES_IN_SUBJECT
    return ", ".join(codes[:CODES_IN_SUBJECT]) + (f" +{rest}" if rest > 0 else "")


def directions(news: ChangeSummary) -> list[tuple[str, str]]:
    """Where it goes, per axis on which something happened: sign and words."""
    return _ways(news.comparison.verdict)


def _ways(verdict: Verdict) -> list[tuple[str, str]]:
    return [
        (direction_sign(way), direction_words(axis, way)) for axis, way in verdict.direction.moved()
    ]


def takes_effect(news: ChangeSummary, today: dt.date) -> tuple[str, str, str | None]:
    """From when the version applies: a label, a day with its weekday because deadlines hang on it,
    and what that rests on.

    (`Takes effect on`, `Friday, September 26, 2025`, `basis not stated`)
    """
    effect = effect_of(news.start, today, news.gap, news.record)
    return effect.label, effect.when, effect.ground


@dataclass(frozen=True, slots=True)
class Telling:
    """What a mail tells one by one: at most MOST_CHANGES passages of `count` changes, `left` of
    which only the comparison page tells.
    """

    passages: tuple[SummarizedChange, ...]
    count: int
    left: int


def told_changes(news: ChangeSummary) -> Telling:
    """The changes that can decide a claim, by passages: those that concern the codes followed
    first, else as they are compared.
    """
    followed = [topic for topic in news.followed if topic.kind == "code"]
    ids = {
        topic: {change.id for change in changes_for(news.comparison, topic)} for topic in followed
    }
    decisive = [
        one
        for one in news.comparison.changes
        if one.substantive or any(one.id in mine for mine in ids.values())
    ]
    concerned = {
        change.id: tuple(code_of(topic) for topic in followed if change.id in ids[topic])
        for change in decisive
    }
    if news.codes_followed:
        decisive.sort(key=lambda change: not concerned[change.id])
    passages = passages_of(decisive)
    return Telling(
        passages=tuple(
            _told(passage, news.comparison, concerned) for passage in passages[:MOST_CHANGES]
        ),
        count=len(decisive),
        left=sum(len(passage.all_changes) for passage in passages[MOST_CHANGES:]),
    )


def unclassified_words(news: ChangeSummary) -> int:
    """How many words of the two documents differ without anybody knowing what they mean."""
    account = news.comparison.account
    return account.not_classified if account else 0


def tasks_by_day(actions: Iterable[ActionItem]) -> list[tuple[str | None, list[str]]]:
    """What to do, by when it is due, in the order in which the days first come up; what has no day
    stands last.
    """
    by_day: dict[str | None, list[str]] = {}
    for action in actions:
        by_day.setdefault(action.due, []).append(action.text)
    return sorted(by_day.items(), key=lambda group: group[0] is None)


def _told(
    passage: ChangedPassage, comparison: Comparison, concerned: dict[str, tuple[str, ...]]
) -> SummarizedChange:
    widest = passage.widest
    lead, *further = (
        _summarized(change, widest, comparison, concerned) for change in passage.changes
    )
    everywhere = [code for change in passage.all_changes for code in concerned[change.id]]
    return replace(
        lead,
        heading=passage.heading,
        further=tuple(further),
        places=_places(passage),
        alike_at=len(passage.elsewhere) + 1,
        concerns=tuple(dict.fromkeys(everywhere)),
    )


def _places(passage: ChangedPassage) -> tuple[str, ...]:
    """The places of a passage that was changed at several, the first MOST_PLACES by name."""
    if not passage.elsewhere:
        return ()
    changes = [one.changes[0] for one in (passage, *passage.elsewhere)]
    named = [" › ".join(change.subject or (change.heading,)) for change in changes[:MOST_PLACES]]
    rest = len(changes) - MOST_PLACES
    return (*named, f"and {rest} more") if rest > 0 else tuple(named)


def _summarized(
    change: Change,
    widest: Change,
    comparison: Comparison,
    concerned: dict[str, tuple[str, ...]],
) -> SummarizedChange:
    moved = change.axis is not None and change.direction != "neutral"
    return SummarizedChange(
        change=change,
        heading=change.name,
        direction=direction_words(change.axis, change.direction) if change.axis and moved else None,
        sign=direction_sign(change.direction) if moved else None,
        impact=impact_words(change.impact),
        before=excerpt(widest.before, widest.after, "before"),
        after=excerpt(widest.before, widest.after, "after"),
        declared=declared_words(change, comparison),
        concerns=concerned[change.id],
    )


def happening(verdict: Verdict) -> str:
    """What a verdict comes to in a few words: `coverage broadened, burden added`."""
    kinds = {
        "new": "new policy",
        "retired": "retired",
        "withdrawn": "withdrawn by the payer",
        "reinstated": "reinstated",
    }
    parts = [kinds[verdict.change_type]] if verdict.change_type in kinds else []
    if verdict.change_type != "withdrawn":  # what a withdrawal comes to is said by what governs now
        parts += [_lower(words) for _, words in _ways(verdict)]
    return ", ".join(parts) or "changed, neither broadened nor narrowed"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _slug(words: list[str]) -> str:
    return "-".join(
        "".join(letter for letter in word.lower() if letter.isalnum()) for word in words
    )
