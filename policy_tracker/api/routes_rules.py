"""The catalogue of rules that name and weigh changes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from policy_tracker.api.answers import answer
from policy_tracker.api.openapi import problems_of
from policy_tracker.api.schemas_changes import RulesAnswer, RuleView
from policy_tracker.api.strict import StrictRoute
from policy_tracker.rules import RULESET
from policy_tracker.rules.catalogue import catalogue

router = APIRouter(tags=["Rules"], route_class=StrictRoute)


@router.get("/rules", summary="The rules", response_model=RulesAnswer, responses=problems_of(422))
def list_rules(request: Request) -> Response:
    """Every rule with what it looks for, what it means and what it asks to do."""
    return answer(request, RulesAnswer(ruleset=RULESET, rules=tuple(RuleView.model_validate(rule) for rule in catalogue())))
