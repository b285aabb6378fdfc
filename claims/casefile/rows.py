"""Objects that show what Core wrote: the ORM is told nothing, and so writes nothing a second time."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy.orm import class_mapper
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel

from config.database import table

Row = TypeVar("Row", bound=SQLModel)


def as_written(model: type[Row], **values: Any) -> Row:
    """`model(**values)` as Core has written or will write it; 15 times as fast, because the ORM takes no note of it."""
    columns = _defaults(model) | values
    if missing := model.model_fields.keys() - columns.keys():
        raise TypeError(f"{model.__name__} without {', '.join(sorted(missing))}")
    row: Row = class_mapper(model).class_manager.new_instance()
    vars(row).update(columns)
    return row


def all_as_written(model: type[Row], rows: Iterable[Sequence[Any]]) -> list[Row]:
    """The same for many: each row holds the values of all columns of the model's table, in the table's order."""
    names, new = table(model).columns.keys(), class_mapper(model).class_manager.new_instance
    found: list[Row] = []
    for values in rows:
        found.append(new())
        vars(found[-1]).update(zip(names, values, strict=True))
    return found


def settle(row: SQLModel, **values: Any) -> None:
    """Show on the object what Core has written or will write, without making the ORM write it again."""
    for name, value in values.items():
        set_committed_value(row, name, value)


@cache
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    return {name: field.get_default() for name, field in model.model_fields.items() if not field.is_required()}
