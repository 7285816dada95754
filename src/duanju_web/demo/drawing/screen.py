"""Every drawing of an episode, one after another."""

from collections.abc import Iterator
from functools import lru_cache

from PIL import Image

from duanju_web.demo.drawing import cards, plates
from duanju_web.demo.drawing.backgrounds import OVERSCAN, SLACK, Background, paint_background
from duanju_web.demo.drawing.camera import FLASH_MS, View, box, look
from duanju_web.demo.drawing.characters import render_svg
from duanju_web.demo.drawing.palette import rgb
from duanju_web.demo.drawing.staging import Troupe
from duanju_web.demo.drawing.story import Episode, Shot, Story
from duanju_web.demo.drawing.timeline import DRAWN_FRAME_MS, LineSpan, ShotSpan, Timeline
from duanju_web.demo.drawing.weather import Weather

_FADE_MS = 240
_SOFTNESS = {"close": 5.0, "medium": 2.4, "two": 2.0, "wide": 0.7, "thing": 9.0}
_LINES_MS = 960


class Screen:
    """Draws one episode."""

    def __init__(
        self, *, story: Story, episode: Episode, timeline: Timeline, size: tuple[int, int]
    ) -> None:
        """Prepare what all shots share.

        Args:
            story: The story.
            episode: One of its episodes.
            timeline: Of that episode.
            size: Width and height of the screen in pixels.
        """
        self._story, self._episode, self._timeline = story, episode, timeline
        self._size = size
        self._stage = (round(size[0] * OVERSCAN), round(size[1] * OVERSCAN))
        self._shade = _vignette(size, story.palette.ink)
        self._ai = plates.draw_ai_label(size=size) if story.production_kind == "ai_made" else None
        self._background = lru_cache(maxsize=3)(self._paint_background)
        self._weather = lru_cache(maxsize=2)(
            lambda kind: Weather(kind=kind, size=self._stage, palette=story.palette)
        )

    def drawings(self) -> Iterator[Image.Image]:
        """Yield every drawing in order, RGB, one a `DRAWN_FRAME_MS`."""
        yield from self._title()
        last = None
        for index, span in enumerate(self._timeline.shots):
            following = self._timeline.shots[index + 1 :]
            closes = bool(following) and following[0].opens_scene
            for last in self._shot(span, closes=closes):
                yield last
        assert last is not None, "an episode has shots"
        yield from self._hook(last)

    def _paint_background(self, place: str, frame: str) -> Background:
        return paint_background(
            place=place, palette=self._story.palette, size=self._size, softness=_SOFTNESS[frame]
        )

    def _title(self) -> Iterator[Image.Image]:
        first = self._timeline.shots[0]
        background = self._background(first.scene.place, "wide")
        stage = background.far.crop((0, 0, *self._stage))
        for layer in (background.middle, background.near):
            if layer is not None:
                stage.paste(layer, (0, 0), layer)
        stage = cards.dim(stage, palette=self._story.palette, share=0.42, blur=self._size[1] / 160)
        title = cards.draw_title(story=self._story, episode=self._episode, size=self._size)
        yield from self._card(stage, title, 0, self._timeline.title_end_ms)

    def _hook(self, last: Image.Image) -> Iterator[Image.Image]:
        stage = cards.dim(
            last.resize(self._stage),
            palette=self._story.palette,
            share=0.56,
            blur=self._size[1] / 70,
        )
        hook = cards.draw_hook(story=self._story, episode=self._episode, size=self._size)
        yield from self._card(stage, hook, self._timeline.hook_start_ms, self._timeline.end_ms)

    def _card(
        self, stage: Image.Image, lettering: Image.Image, start: int, end: int
    ) -> Iterator[Image.Image]:
        alpha = lettering.getchannel("A")
        for time_ms in range(start, end, DRAWN_FRAME_MS):
            share = (time_ms - start) / (end - start)
            view = look(move="push", share=share, since_ms=time_ms - start, reversal=False)
            frame = self._through_camera(stage, view)
            shown = min(1.0, (time_ms - start + DRAWN_FRAME_MS) / 560)
            rise = round((1 - shown) ** 2 * self._size[1] * 0.02)
            mask = alpha.point([round(level * shown) for level in range(256)])
            frame.paste(self._shade, (0, 0), self._shade)
            frame.paste(lettering, (0, rise), mask)
            self._label(frame)
            from_start = time_ms if start == 0 else _FADE_MS
            yield self._faded(frame, min(from_start, end - time_ms - DRAWN_FRAME_MS))

    def _shot(self, span: ShotSpan, *, closes: bool) -> Iterator[Image.Image]:
        shot = span.shot
        background = self._background(span.scene.place, shot.frame)
        troupe = None
        thing = None
        if shot.frame == "thing":
            thing = cards.draw_thing(prop=shot.prop, palette=self._story.palette, size=self._stage)
        else:
            troupe = Troupe(
                span=span, cast=self._story.cast, light=background.light, screen=self._size
            )
        rays = [
            cards.draw_speed_lines(size=self._stage, palette=self._story.palette, variant=variant)
            for variant in range(3 if shot.reversal else 0)
        ]
        lettering = Lettering(self._story, span, troupe, self._size)
        for time_ms in range(span.start_ms, span.end_ms, DRAWN_FRAME_MS):
            since = time_ms - span.start_ms
            share = since / (span.end_ms - span.start_ms)
            view = look(move=shot.move, share=share, since_ms=since, reversal=shot.reversal)
            stage = self._set_stage(background, view.x, view.y, time_ms)
            if rays and since < _LINES_MS:
                ray = rays[since // DRAWN_FRAME_MS % 3]
                stage.paste(ray, (0, 0), ray)
            if troupe is not None:
                troupe.play(stage, time_ms=time_ms)
            if thing is not None:
                _centre(stage, thing)
            self._weather(background.weather).fall_on(stage, drawing=time_ms // DRAWN_FRAME_MS)
            _paste_near(stage, background, view.x)
            frame = self._through_camera(stage, view)
            frame.paste(self._shade, (0, 0), self._shade)
            frame = self._flash(frame, shot, since)
            lettering.letter(frame, time_ms=time_ms)
            self._label(frame)
            edge = since if span.opens_scene else _FADE_MS
            if closes:
                edge = min(edge, span.end_ms - time_ms - DRAWN_FRAME_MS)
            yield self._faded(frame, edge)

    def _set_stage(self, background: Background, x: float, y: float, time_ms: int) -> Image.Image:
        width, height = self._stage
        slack = (round(width * (SLACK - 1) / 2), round(height * (SLACK - 1) / 2))
        left, top = round(slack[0] * (1 - x * 0.9)), round(slack[1] * (1 - y * 0.9))
        far_left = left
        if background.weather == "passing":
            far_left = round(time_ms * width / 30_000) % (background.far.width - width)
        stage = background.far.crop((far_left, top, far_left + width, top + height))
        if background.middle is not None:
            left, top = round(slack[0] * (1 - x * 0.4)), round(slack[1] * (1 - y * 0.4))
            part = background.middle.crop((left, top, left + width, top + height))
            stage.paste(part, (0, 0), part)
        return stage

    def _through_camera(self, stage: Image.Image, view: View) -> Image.Image:
        part = box(view=view, stage=self._stage, overscan=OVERSCAN)
        return stage.resize(self._size, Image.Resampling.BILINEAR, box=part)

    def _flash(self, frame: Image.Image, shot: Shot, since: int) -> Image.Image:
        if not shot.reversal or since >= FLASH_MS:
            return frame
        white = Image.new("RGB", self._size, rgb("#fff6ea"))
        return Image.blend(frame, white, 0.85 * (1 - since / FLASH_MS))

    def _label(self, frame: Image.Image) -> None:
        if self._ai is not None:
            edge = round(min(self._size) * 0.035)
            frame.paste(self._ai, (edge, edge), self._ai)

    def _faded(self, frame: Image.Image, from_edge_ms: int) -> Image.Image:
        if from_edge_ms >= _FADE_MS:
            return frame
        black = Image.new("RGB", self._size, rgb(self._story.palette.ink))
        return Image.blend(black, frame, (from_edge_ms + DRAWN_FRAME_MS) / (_FADE_MS * 1.4))


class Lettering:
    """Captions and bubbles of one shot."""

    def __init__(
        self, story: Story, span: ShotSpan, troupe: Troupe | None, size: tuple[int, int]
    ) -> None:
        """Letter every line of a shot."""
        self._size = size
        self._captions = [
            (line, self._caption(story, line), self._bubble(line, troupe)) for line in span.lines
        ]

    def _caption(self, story: Story, span: LineSpan) -> Image.Image:
        line = span.line
        name = story.cast[line.speaker].name["zh-Hans"] if line.speaker else ""
        return plates.draw_caption(
            text=line.text,
            speaker=name,
            size=self._size,
            palette=story.palette,
            thought=line.thought,
        )

    def _bubble(
        self, span: LineSpan, troupe: Troupe | None
    ) -> tuple[Image.Image, tuple[int, int]] | None:
        shout = span.line.shout
        if shout is None:
            return None
        x, y, left = troupe.head_place(span.line.speaker) if troupe else (0.5, 0.2, False)
        bubble = plates.draw_bubble(
            text=shout,
            size=self._size,
            loud=span.line.feels in {"angry", "shocked", "afraid"},
            tail_left=not left,
        )
        width, height = self._size
        reach = 0.3 if height > width else 0.2
        middle = (x - reach if left else x + reach) * width
        edge = width * 0.03
        corner = min(max(middle - bubble.width / 2, edge), width - edge - bubble.width)
        top = max(height * 0.035, y * height - bubble.height * 0.9)
        return bubble, (round(corner), round(top))

    def letter(self, frame: Image.Image, *, time_ms: int) -> None:
        """Put on a frame what is said at that moment."""
        width, height = self._size
        for span, caption, bubble in self._captions:
            if not span.start_ms <= time_ms < span.end_ms:
                continue
            base = height * (0.845 if height > width else 0.955)
            frame.paste(caption, (0, round(base - caption.height)), caption)
            if bubble is not None:
                _pop(frame, bubble, time_ms - span.start_ms)


def _pop(frame: Image.Image, bubble: tuple[Image.Image, tuple[int, int]], since: int) -> None:
    picture, (left, top) = bubble
    size = (0.6, 1.08)[since // DRAWN_FRAME_MS] if since < 2 * DRAWN_FRAME_MS else 1.0
    if size != 1.0:
        grown = (round(picture.width * size), round(picture.height * size))
        left += (picture.width - grown[0]) // 2
        top += (picture.height - grown[1]) // 2
        picture = picture.resize(grown)
    frame.paste(picture, (left, top), picture)


def _centre(stage: Image.Image, thing: Image.Image) -> None:
    left = (stage.width - thing.width) // 2
    top = round(stage.height * 0.42 - thing.height / 2)
    stage.paste(thing, (left, top), thing)


def _paste_near(stage: Image.Image, background: Background, x: float) -> None:
    if background.near is not None:
        slack = (background.near.width - stage.width) // 2
        place = (-slack + round(x * slack), -slack)
        stage.paste(background.near, place, background.near)


def _vignette(size: tuple[int, int], ink: str) -> Image.Image:
    width, height = size
    svg = (
        f'<radialGradient id="v" cx="0.5" cy="0.42" r="0.78"><stop offset="0.5" stop-color="{ink}" '
        f'stop-opacity="0"/><stop offset="1" stop-color="{ink}" stop-opacity="0.72"/>'
        '</radialGradient><linearGradient id="b" x1="0" y1="0" x2="0" y2="1">'
        f'<stop offset="0.55" stop-color="{ink}" stop-opacity="0"/><stop offset="1" '
        f'stop-color="{ink}" stop-opacity="0.86"/></linearGradient>'
        f'<rect width="{width}" height="{height}" fill="url(#v)"/>'
        f'<rect width="{width}" height="{height}" fill="url(#b)"/>'
    )
    return render_svg(svg, box=(0, 0, width, height), scale=1.0)
