"""What to do before and after the effective date: from the changes, and from what the current
record says.

Each item is one decorated function of a Situation. No policy, payer or code is named here: what an
item says comes from the record.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from policy_tracker.diff.differences import code_refs
from policy_tracker.language import formatting
from policy_tracker.record import CodeRef, Record, cpt_kind
from policy_tracker.record.vocabulary import APPROVING, DENYING
from policy_tracker.rules import words
from policy_tracker.rules.changes import ActionItem, Change
from policy_tracker.rules.effective import AT_ONCE, EffectiveInterval, effective_of
from policy_tracker.rules.registry import first_sentence

LOOK_BACK_DAYS = 90
"""How far back claims are audited when the position on their codes changed: most payers' time limit
for corrected claims is no shorter.
"""


@dataclass(frozen=True)
class Situation:
    """What action items are made from: both versions, the changes between them, and from when these
    apply.
    """

    before: Record | None
    after: Record
    changes: tuple[Change, ...]
    effective: EffectiveInterval | None = None

    def of_kind(self, *kinds: str) -> list[Change]:
        """The substantive changes of some kinds."""
        return [change for change in self.changes if change.kind in kinds and change.substantive]

    @cached_property
    def applies(self) -> EffectiveInterval:
        """From when the changes apply; without better knowledge, as the two records tell it."""
        return self.effective or effective_of(self.before, self.after)

    def by(self) -> str:
        """Until when something is to be done, in words.

        No deadline lies before the version came out.
        """
        applies = self.applies
        if applies.interval:
            return f"{AT_ONCE}: the change came {applies.interval}"
        if applies.issued and applies.delay is not None:
            after = (
                f"{formatting.counted(applies.delay, 'day')} after it took effect"
                if applies.delay
                else "the day on which it took effect"
            )
            return f"{AT_ONCE}: it came out on {formatting.plain_date(applies.issued)}, {after}"
        return (
            f"before {formatting.long_date(applies.day)}"
            if applies.day
            else f"{AT_ONCE}: from when it applies is not known"
        )

    def since(self) -> str:
        """From when something is to be done, in words."""
        applies = self.applies
        if applies.interval:
            return f"from a day {applies.interval}"
        if applies.delay and applies.issued:
            return f"from {formatting.long_date(applies.issued)}, when it came out"
        return (
            f"from {formatting.long_date(applies.day)}"
            if applies.day
            else "from when it takes effect"
        )

    def following_month(self) -> str | None:
        """The month after the one in which the changes came and were known, in words; None where
        that month is not known.
        """
        applies = self.applies
        if applies.interval or applies.day is None:
            return None
        known = max(applies.day, applies.issued or applies.day)
        return f"from {formatting.month_words(known.replace(day=1) + dt.timedelta(days=32))}"

    def subject(self) -> tuple[CodeRef, ...]:
        """The codes that the policy decides: those of its approving and denying lists and
        positions.
        """
        listed = [
            c
            for g in self.after.code_groups
            if g.disposition in APPROVING | DENYING
            for c in g.codes
        ]
        named = [
            c for s in self.after.statements if s.position in APPROVING | DENYING for c in s.codes
        ]
        return code_refs((*listed, *named))


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the catalogue: `covers` names the kinds of change whose own actions it says
    better.
    """

    id: str
    summary: str
    doc: str
    covers: frozenset[str]
    make: Callable[[Situation], ActionItem | None]


_ACTIONS: dict[str, Action] = {}
Make = Callable[[Situation], "tuple[str, str | None, str] | None"]


def action(id: str, *, covers: Iterable[str] = ()) -> Callable[[Make], Make]:
    """Register a function that gives an item's text, its due words and why, or None where there is
    nothing to do.

    Raises ValueError for a wrong one.
    """

    def register(make: Make) -> Make:
        doc = inspect.getdoc(make) or ""
        if id in _ACTIONS or not doc:
            message = f"action {id}: its id is taken or it has no docstring"
            raise ValueError(message)

        def item(situation: Situation) -> ActionItem | None:
            found = make(situation)
            return ActionItem(id=id, text=found[0], due=found[1], why=found[2]) if found else None

        _ACTIONS[id] = Action(id, first_sentence(doc), doc, frozenset(covers), item)
        return make

    return register


def actions() -> tuple[Action, ...]:
    """All actions, in the order in which they are worked through."""
    return tuple(_ACTIONS.values())


def action_items(situation: Situation) -> tuple[ActionItem, ...]:
    """What to do: the items that the record and the changes ask for, then what single changes ask
    for beyond those.
    """
    found = [(one, item) for one in actions() if (item := one.make(situation)) is not None]
    covered = {kind for one, _ in found for kind in one.covers}
    items = [item for _, item in found]
    told: set[str] = set()
    for change in situation.changes:
        if (
            change.action
            and change.substantive
            and change.kind not in covered
            and change.action not in told
        ):
            told.add(change.action)
            items.append(
                ActionItem(
                    id=f"change-{change.rule}",
                    text=change.action,
                    due=None,
                    why=f"{change.heading} changed ({change.rule}).",
                )
            )
    return tuple(items)


_POSITION_KINDS = (
    "coverage_position_changed",
    "code_moved_group",
    "code_added",
    "code_removed",
    "code_replaced",
)


@action("audit-charge-capture", covers=_POSITION_KINDS)
def audit_charge_capture(situation: Situation) -> tuple[str, str | None, str] | None:
    """Audit charge capture and recent claims for codes whose position changed.

    Claims of the last 90 days show whether a code is mapped to this policy or to another one; the
    mapping must be right on the first day.
    """
    changes = situation.of_kind(*_POSITION_KINDS)
    codes = code_refs(tuple(code for change in changes for code in change.codes))
    if not codes:
        return None
    text = (
        f"Go through charge capture for {words.code_words(codes)}: pull the claims of the "
        f"last {LOOK_BACK_DAYS} days, "
        "see which policy each was billed under, and correct the mapping in the billing system."
    )
    return (
        text,
        situation.by(),
        f"The position on these codes changed ({', '.join(sorted({c.rule for c in changes}))}).",
    )


@action("confirm-prior-authorization", covers=("prior_auth_changed",))
def confirm_prior_authorization(situation: Situation) -> tuple[str, str | None, str] | None:
    """Confirm with the payer, plan by plan, what must be authorized.

    Asked for where the requirement changed, and where the source contradicts itself about it.
    """
    changes = situation.of_kind("prior_auth_changed")
    torn = [
        d
        for d in situation.after.disagreements
        if d.about in ("prior_auth", "prior_authorization", "authorization")
    ]
    if not changes and not torn:
        return None
    codes = (
        code_refs(tuple(code for change in changes for code in change.codes)) or situation.subject()
    )
    reasons = (
        [f"Prior authorization changed ({', '.join(sorted({c.rule for c in changes}))})."]
        if changes
        else []
    )
    reasons += ["The source disagrees with itself about prior authorization."] if torn else []
    asked = (
        f"{words.code_words(codes)} {'needs' if len(codes) == 1 else 'need'}"
        if codes
        else "the service needs"
    )
    text = (
        f"Confirm in the payer's portal or on its provider line, for each plan type that you "
        f"bill, whether {asked} prior authorization, "
        "and note the answer with its date."
    )
    return text, situation.by(), " ".join(reasons)


@action("verify-plan-rates")
def verify_plan_rates(situation: Situation) -> tuple[str, str | None, str] | None:
    """Verify plan by plan that Category III codes are paid, and at which rate.

    Category III codes have no national fee schedule: an approved service may still be priced at
    nothing.
    """
    listed = [c for g in situation.after.code_groups if g.disposition in APPROVING for c in g.codes]
    named = [c for s in situation.after.statements if s.position in APPROVING for c in s.codes]
    codes = code_refs(
        tuple(
            c for c in (*listed, *named) if c.system == "CPT" and cpt_kind(c.code) == "category_iii"
        )
    )
    if not codes:
        return None
    text = (
        f"Look up the contracted rate of {words.code_words(codes)} under each plan, or have "
        f"contract management confirm it; "
        "flag plans that do not pay or do not price them."
    )
    return (
        text,
        situation.by(),
        (
            "Category III codes have no national fee schedule, so that payment is settled plan by "
            "plan."
        ),
    )


@action("keep-routed-services-apart")
def keep_routed_services_apart(situation: Situation) -> tuple[str, str | None, str] | None:
    """Keep services apart that another policy decides.

    A claim billed under the wrong policy is denied for a reason that has nothing to do with the
    patient.
    """
    routed = [r for r in situation.after.related_policies if r.relation == "routes_to"]
    outside = [s for s in situation.after.statements if s.position == "out_of_scope" and s.codes]
    codes = code_refs(
        (*(c for r in routed for c in r.codes), *(c for s in outside for c in s.codes))
    )
    if not routed and not codes:
        return None
    to = (
        formatting.listed([r.policy.upper() + (f" ({r.title})" if r.title else "") for r in routed])
        or "the policy that governs them"
    )
    what = (
        words.code_words(codes)
        or formatting.listed([r.why for r in routed if r.why])
        or "these services"
    )
    text = (
        f"Separate the billing of {what} from this policy's: {'they belong' if len(codes) != 1 else 'it belongs'} "  # noqa: E501
        f"under {to}."
    )
    return text, situation.by(), "This policy leaves them to another one."


@action("document-rationale", covers=("documentation_changed",))
def document_rationale(situation: Situation) -> tuple[str, str | None, str] | None:
    """Put into the medical record what the policy wants to see there.

    Named from the record's own documentation statements, and from review intervals that ask for
    documents.
    """
    wanted = [s for s in situation.after.statements if s.role == "documentation"]
    if not wanted:
        return None
    codes = code_refs(tuple(c for s in wanted for c in s.codes)) or situation.subject()
    quoted = "; ".join(f"“{s.text.rstrip('.')}”" for s in wanted[:3])
    more = f"; and {len(wanted) - 3} more" if len(wanted) > 3 else ""
    what = words.code_words(codes) or "the service"
    text = (
        f"Have the clinical rationale in the medical record before billing {what}. The policy "
        f"asks: {quoted}{more}."
    )
    return (
        text,
        situation.since(),
        "The policy states documentation requirements, which are looked at again on appeal.",
    )


@action("check-self-funded-plans")
def check_self_funded_plans(situation: Situation) -> tuple[str, str | None, str] | None:
    """Check self-funded plans one by one.

    The sponsor of a self-funded plan may exclude what the policy approves; the plan's document
    decides.
    """
    plans = [
        situation.after.applies_to,
        *(s.applies_to for s in situation.after.statements if s.applies_to),
    ]
    if not any("self_funded" in plan.funding for plan in plans):
        return None
    codes = code_refs(
        tuple(
            c
            for s in situation.after.statements
            if s.applies_to and "self_funded" in s.applies_to.funding
            for c in s.codes
        )
    )
    what = words.code_words(codes or situation.subject()) or "the service"
    text = (
        f"List the self-funded (ASO) employer plans among your patients, and read each "
        f"benefit document for {what} "
        "before relying on this policy; ask compliance where it is unclear whether a plan is self-funded."  # noqa: E501
    )
    return text, situation.by(), "Something in the policy depends on whether a plan is self-funded."


@action("monitor-denials")
def monitor_denials(situation: Situation) -> tuple[str, str | None, str] | None:
    """Watch denials from the month after the effective date.

    The first billing cycle shows whether documentation and coding meet the new text, while
    corrected claims are still in time.
    """
    changes = [
        change for change in situation.changes if change.substantive and change.axis is not None
    ]
    codes = code_refs(tuple(code for change in changes for code in change.codes))
    if not changes or not codes:
        return None
    text = (
        f"Watch denials of {words.code_words(codes)} for medical necessity, experimental "
        f"status and missing authorization; "
        "a rise in the first billing cycle points to documentation or coding."
    )
    return text, situation.following_month(), "What decides these claims changed."
