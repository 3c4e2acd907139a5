"""What every route needs of its installation."""

from datetime import date

from fastapi import Request
from sqlalchemy import Engine

from policy_tracker.settings import Settings
from policy_tracker.settings import today as day_at


def engine_of(request: Request) -> Engine:
    """The database of the installation."""
    return request.app.state.engine


def settings_of(request: Request) -> Settings:
    """The settings of the installation."""
    return request.app.state.settings


def today(request: Request) -> date:
    """The present day in the installation's time zone."""
    return day_at(settings_of(request), request.app.state.clock())
