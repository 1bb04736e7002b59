"""What belongs to the desk as a whole: settings, scales, flags."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class Setting(SQLModel, table=True):
    """A setting of the desk that travels with the store (desk name, home page, scale in use); JSON value."""

    name: str = Field(primary_key=True)
    value: str


class Scale(SQLModel, table=True):
    """A verdict scale; one a judgement is in use."""

    id: str = Field(primary_key=True)
    judgement: str
    name: str
    in_use: bool = True


class ScaleLabel(SQLModel, table=True):
    """A label of a scale and its normalised word, by table."""

    scale_id: str = Field(foreign_key="scale.id", primary_key=True)
    id: str = Field(primary_key=True)
    position: int
    key: str
    label: str
    letter: str
    word: str
    rating: int | None = None


class Flag(SQLModel, table=True):
    """An orthogonal mark that a claim may carry."""

    id: str = Field(primary_key=True)
    position: int
    label: str
    key: str
