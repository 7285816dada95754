"""The shapes of requests and answers."""

from ninja import Field, Schema

IDEMPOTENCY_KEY = Field(
    min_length=8,
    max_length=64,
    description="Chosen by the device for one wish; send the same again when the answer got lost.",
)


class Refusal(Schema):
    """Why something was not done, for a program and for a person."""

    code: str
    sentence: str
    hint: str = ""


class Title(Schema):
    """A title on show, with where this viewer would start."""

    slug: str
    name: str
    synopsis: str
    orientation: str
    genre: str
    genre_label: str
    ai_label: bool
    filing_number: str
    poster: str
    episode_count: int
    free_episode_count: int
    start_number: int
    start_position_ms: int
    watch: str
    about: str


class Feed(Schema):
    """Some titles, newest first; ask for more with `next_key`."""

    titles: list[Title]
    next_key: str


class Episode(Schema):
    """An episode in the grid."""

    number: int
    access: str = Field(description="free, unlocked or locked")
    duration_ms: int


class TitleDetail(Schema):
    """A title with its episodes as they stand to this viewer."""

    title: Title
    price_coins: int
    episodes: list[Episode]


class Subtitle(Schema):
    """Subtitles in one language."""

    tag: str = Field(description="BCP 47")
    label: str
    address: str


class PlayRequest(Schema):
    """Which episode to play."""

    slug: str
    number: int = Field(ge=1)


class Play(Schema):
    """All that a player needs; the addresses stop working at `expires_at_ms`."""

    slug: str
    number: int
    access: str
    duration_ms: int
    width: int
    height: int
    master: str
    poster: str
    strip: str
    subtitles: list[Subtitle]
    grant: str
    expires_at_ms: int
    next_number: int | None
    ai_label: bool


class Pack(Schema):
    """Coins on offer."""

    id: int
    coins: int
    bonus_coins: int
    price: str


class Rest(Schema):
    """All that is still locked in the series."""

    episode_count: int
    coins: int
    duration_ms: int


class Locked(Schema):
    """What unlocking takes. It holds no address of the episode."""

    code: str = "theater.locked"
    slug: str
    number: int
    price_coins: int
    duration_ms: int
    rest: Rest
    balance_coins: int
    auto_unlock: bool
    daily_cap_coins: int | None
    packs: list[Pack]
    real_money: bool
    grant: str = Field(description="Token to report that the paywall was seen")
    expires_at_ms: int


class RenewRequest(Schema):
    """A play session that is to last longer."""

    grant: str = Field(max_length=2000)


class Renewed(Schema):
    """The same play session with fresh addresses."""

    master: str
    grant: str
    expires_at_ms: int


class Place(Schema):
    """Where the viewer is."""

    slug: str
    number: int = Field(ge=1)
    position_ms: int = Field(ge=0, le=86_400_000)


class UnlockWish(Schema):
    """An episode to unlock, or without number all that is still locked."""

    slug: str
    number: int | None = Field(default=None, ge=1)
    idempotency_key: str = IDEMPOTENCY_KEY


class UnlockReceipt(Schema):
    """What was unlocked and what it took."""

    episode_numbers: list[int]
    coins: int
    balance_coins: int


class PurchaseWish(Schema):
    """A pack to buy."""

    pack_id: int
    idempotency_key: str = IDEMPOTENCY_KEY


class PurchaseReceipt(Schema):
    """What became of a purchase."""

    state: str = Field(description="pending, paid or failed")
    coins: int
    bonus_coins: int
    price: str
    balance_coins: int
    real_money: bool
    reference: str
