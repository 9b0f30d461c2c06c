"""What a browser may load, and from whom: nothing from another host."""

from geo.settings import read_settings

EMBED_HOSTS = read_settings().embed_hosts
FRAMED_BY = " ".join(("frame-ancestors 'self'", *EMBED_HOSTS))
"""Who may show our pages in a frame."""
PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Streamlit's own page needs both; the map frame, which shows data, has a stricter policy of its own.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        FRAMED_BY,
    )
)
BARE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self' 'unsafe-inline'",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        FRAMED_BY,
    )
)
"""The bare map's page: scripts of ours only, none inline."""
FRAME_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'unsafe-inline' data:",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-scripts",
    )
)
HEADERS = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    # The older header knows no list: where other pages may show the map, the policy above decides alone.
    **({} if EMBED_HOSTS else {"x-frame-options": "SAMEORIGIN"}),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
