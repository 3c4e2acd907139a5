"""The catalogue of rules that name and weigh changes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from policy_tracker.api.answers import answer
from policy_tracker.api.deps import settings_of
from policy_tracker.api.openapi import problems_of
from policy_tracker.api.schemas_changes import RulesAnswer, rules_answer
from policy_tracker.api.strict_route import StrictRoute
from policy_tracker.rule_settings import rules_in_force

router = APIRouter(tags=["Rules"], route_class=StrictRoute)


@router.get("/rules", summary="The rules", response_model=RulesAnswer, responses=problems_of(422))
def list_rules(request: Request) -> Response:
    """Every rule with what it looks for, what it means and what it asks to do, as this installation
    has it.
    """
    return answer(request, rules_answer(rules_in_force(settings_of(request))))
