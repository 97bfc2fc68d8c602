"""`${VAR}` as Flux's envsubst reads it."""

import pytest

from ringtrue.flux.expressions import BadExpression, Filled, filled

KNOWN = {"APP": "shop", "EMPTY": ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a${APP}b", "ashopb"),
        ("$APP", "$APP"),
        ("$${APP}", "${APP}"),
        ("$$$", "$$"),
        ("${NONE}", ""),
        ("${NONE:-x} ${NONE:=y} ${NONE=z}", "x y z"),
        ("${NONE:+x} ${NONE:?y}", "x y"),
        ("${EMPTY:-x}", "x"),
        ("${APP:-x}", "shop"),
        ("${NONE:=${APP}-web}", "shop-web"),
        ("${#APP}", "4"),
        ("${APP^^} ${APP^} ${APP,,}", "SHOP Shop shop"),
        ("${APP:1} ${APP:1:2}", "hop ho"),
        ("${APP/s/c} ${APP//o/} ${APP/#s/c} ${APP/%p/e}", "chop shp chop shoe"),
        ("${APP#sh} ${APP%op}", "op sh"),
    ],
)
def test_what_is_known(text: str, expected: str) -> None:
    assert filled(text, lambda name: KNOWN.get(name, "")) == Filled(expected)


def test_what_is_not_known_stays_as_written() -> None:
    found = filled("${APP}.${ZONE:-a}:${NONE:=${APP}}", KNOWN.get)
    assert found == Filled("shop.${ZONE:-a}:${NONE:=${APP}}", ("${ZONE:-a}", "${NONE:=${APP}}"))


@pytest.mark.parametrize("text", ["${", "${APP", "${APP-x}", "${@}", "${list[0]}", "${APP##*/}", "${APP:=${NONE}"])
def test_what_flux_refuses_or_is_not_modelled(text: str) -> None:
    with pytest.raises(BadExpression):
        filled(text, lambda name: KNOWN.get(name, ""))
