"""Logging in, where ``[auth]`` in secrets.toml sets it up, and in whose name a session records."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError, StreamlitSecretNotFoundError

from geo.errors import SettingError
from ui.text import plain

SHORTEST_SECRET = 32
"""Characters; whoever guesses the secret can sign a cookie in anybody's name."""
LONGEST_NAME = 120
FREE_ABOVE = 120
"""Pixels above the button, so that it stands where people look."""
LOG_IN_FIRST = "Log in first: open the dashboard's first page and press “Log in”."


def is_set_up() -> bool:
    """Whether people have to log in.

    Raises
    ------
    SettingError
        They have to, and cannot: nobody is let in before that is mended.
    """
    try:
        if "auth" not in st.secrets:
            return False
        secret = st.secrets["auth"].get("cookie_secret", "")
    except StreamlitSecretNotFoundError as error:
        if any(Path(path).exists() for path in config.get_option("secrets.files")):
            raise SettingError(
                "secrets.toml cannot be read, so that nobody can log in: mend its TOML."
            ) from error
        return False
    except AttributeError as error:
        raise SettingError("secrets.toml: auth is no section: write it as [auth].") from error
    if len(str(secret)) < SHORTEST_SECRET:
        raise SettingError(
            f"secrets.toml: cookie_secret in [auth] needs {SHORTEST_SECRET} random characters or more."
        )
    return True


def session_person() -> str:
    """Whose name the changes of this session bear; empty where nobody has to log in."""
    if not is_set_up():
        return ""
    if not st.user.get("is_logged_in"):
        raise SettingError(LOG_IN_FIRST)
    return name_of(st.user)


def name_of(claims: Mapping[str, Any]) -> str:
    """The e-mail address of a person unless the issuer doubts it, else the name, else the issuer's own id."""
    doubted = claims.get("email_verified") in (False, "false")
    texts = ("" if doubted else claims.get("email"), claims.get("name"), claims.get("sub"))
    found = next((text for text in texts if isinstance(text, str) and text.strip()), "unknown")
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in found)
    return shown.strip()[:LONGEST_NAME]


def require_login() -> None:
    """Let the page go on for somebody who is logged in; show others one button and nothing else."""
    try:
        if not is_set_up():
            return
    except SettingError as error:
        st.error(plain(str(error)))
        st.stop()
    if st.user.get("is_logged_in"):
        with st.sidebar:
            st.text(name_of(st.user))
            st.button("Log out", icon=":material/logout:", type="tertiary", on_click=st.logout)
        return
    st.space(FREE_ABOVE)
    _, middle, _ = st.columns([1, 1.2, 1])
    with middle, st.container(border=True):
        st.title("conflictmap", anchor=False)
        st.write("Log in to see the map. What you change is recorded under your name.")
        if st.button("Log in", type="primary", width="stretch"):
            _log_in()
    st.stop()


def _log_in() -> None:
    try:
        st.login()
    except StreamlitMissingAuthlibError:
        st.error("Logging in needs Authlib on the server: `pip install 'conflictmap[login]'`.")
    except StreamlitAuthError as error:
        st.error(plain(" ".join(str(error).split())))
