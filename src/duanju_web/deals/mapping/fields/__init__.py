"""What the forms of the builder ask for, kind of clause by kind of clause."""

from duanju_web.deals.mapping.fields.clauses import CLAUSE_KINDS, ClauseKind, fields_of
from duanju_web.deals.mapping.fields.field import Field, Shape
from duanju_web.deals.mapping.fields.heads import HEAD_FIELDS, PARAMETER_FIELDS

__all__ = [
    "CLAUSE_KINDS",
    "HEAD_FIELDS",
    "PARAMETER_FIELDS",
    "ClauseKind",
    "Field",
    "Shape",
    "fields_of",
]
