"""The arithmetic of honest minutes, for any sequence of beats."""

from hypothesis import given
from hypothesis import strategies as st

from courses.domain.counting import Bounds, Claim, believe, merge
from courses.enums import SuspicionKind

LENGTH = 600_000
beats = st.lists(
    st.tuples(
        st.integers(-5_000, LENGTH * 2),  # playhead
        st.integers(-5_000, LENGTH * 2),  # played
        st.booleans(),
        st.integers(0, 300_000),  # clock since the last beat
    ),
    max_size=40,
)


def _run(sequence, cap=10**9):
    spans, furthest, counted, clock = [], 0, 0, 0
    for playhead, played, visible, elapsed in sequence:
        clock += elapsed
        verdict = believe(Claim(playhead, played, visible), Bounds(elapsed, 45_000, LENGTH, furthest, cap - counted))
        assert verdict.resume <= max(furthest, verdict.span[1] if verdict.span else 0)
        if verdict.span:
            whole, swallowed, added = merge(spans, verdict.span)
            spans = [span for span in spans if span not in swallowed] + [whole]
            furthest = max(furthest, verdict.span[1])
            counted += added
    return spans, counted, clock


@given(beats)
def test_never_more_than_the_clock_nor_the_media(sequence):
    spans, counted, clock = _run(sequence)

    assert counted <= clock
    assert counted <= LENGTH
    assert counted == sum(end - start for start, end in spans)


@given(beats, st.integers(0, 100_000))
def test_never_more_than_the_day_allows(sequence, cap):
    assert _run(sequence, cap)[1] <= cap


@given(beats)
def test_hidden_pages_count_nothing(sequence):
    assert _run([(playhead, played, False, elapsed) for playhead, played, _, elapsed in sequence])[1] == 0


spans_strategy = st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 200)).map(lambda p: (p[0], p[0] + p[1])), max_size=30)


@given(spans_strategy)
def test_the_union_is_the_set_of_milliseconds_and_adding_twice_changes_nothing(new):
    spans, total = [], 0
    for span in new + new:
        whole, swallowed, added = merge(spans, span)
        spans = [other for other in spans if other not in swallowed] + [whole]
        total += added

    assert total == len({ms for start, end in new for ms in range(start, end)})
    assert sorted(spans) == sorted(set(spans))


def test_an_honest_quarter_minute_counts_in_full():
    verdict = believe(Claim(15_000, 15_000, True), Bounds(15_000, 45_000, LENGTH, 0, 10**8))

    assert (verdict.span, verdict.suspicion) == ((0, 15_000), None)


def test_a_jump_ahead_counts_nothing_and_is_noted():
    verdict = believe(Claim(300_000, 15_000, True), Bounds(15_000, 45_000, LENGTH, 30_000, 10**8))

    assert (verdict.span, verdict.resume, verdict.suspicion) == (None, 30_000, SuspicionKind.JUMPED)


def test_sixteen_times_the_speed_counts_the_clock_and_is_noted():
    verdict = believe(Claim(240_000, 240_000, True), Bounds(15_000, 45_000, LENGTH, 0, 10**8))

    assert (verdict.span, verdict.suspicion) == ((0, 15_000), SuspicionKind.FASTER)


def test_numbers_outside_the_media_are_noted():
    for claim in (Claim(-1, 10, True), Claim(LENGTH + 60_000, 15_000, True), Claim(10_000, -5, True)):
        assert believe(claim, Bounds(15_000, 45_000, LENGTH, 0, 10**8)).suspicion == SuspicionKind.FORGED


def test_a_little_network_delay_is_caught_up_by_the_next_beat():
    first = believe(Claim(15_000, 15_000, True), Bounds(14_700, 45_000, LENGTH, 0, 10**8))
    second = believe(Claim(30_000, 15_000, True), Bounds(15_300, 45_000, LENGTH, first.span[1], 10**8))

    assert first.span == (0, 14_700)
    assert second.span == (14_700, 30_000)
