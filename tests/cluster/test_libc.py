"""DNS-08: which images say that their libc is musl."""

import pytest

from ringtrue.cluster.libc import says_musl

IMAGES = {
    "alpine": True,
    "docker.io/library/alpine:3.20": True,
    "node:22-alpine": True,
    "node:22-alpine3.20": True,
    "registry.example.com:5000/shop/web:1.4.2-alpine@sha256:0123": True,
    "shop/alpine-git:1": True,
    "Node:22-ALPINE": True,
    "": False,
    "debian:12": False,
    "alpine/socat:1.8": False,
    "registry.example.com/alpine/web:1": False,
    "web:1@sha256:alpine": False,
    "shop/alpinequest:1": False,
    "shop/alpine-glibc:3.20": False,
    "shop/cisalpine:1": False,
}


@pytest.mark.parametrize(("image", "expected"), IMAGES.items(), ids=[f"DNS-08-{image}" for image in IMAGES])
def test_says_musl(image: str, expected: bool) -> None:
    assert says_musl(image) is expected
