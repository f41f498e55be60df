"""What a person's script does with iTerm2, through iTerm2's own published Python client.

Prints the name of each step when it is done. Any difference, and any wait over the limit, ends it with an error.
"""

import asyncio
import sys

import iterm2

LIMIT = 20


async def within(awaitable):
    return await asyncio.wait_for(awaitable, LIMIT)


def done(step):
    print(step, flush=True)


def same(found, expected):
    if found != expected:
        raise AssertionError(f"found {found!r}, expected {expected!r}")


def rows(contents):
    return [contents.line(row).string for row in range(contents.number_of_lines)]


async def created(app, create):
    """A window or tab with its session. The library may still be reading the layout when it returns one."""
    async with iterm2.LayoutChangeMonitor(app.connection) as changes:
        made = await within(create)
        while not made_session(made):
            await within(changes.async_get())
            await within(app.async_refresh())
    return made


def made_session(made):
    tab = made.current_tab if isinstance(made, iterm2.Window) else made
    return tab.current_session if tab else None


def customized(**properties):
    custom = iterm2.LocalWriteOnlyProfile()
    for name, value in properties.items():
        getattr(custom, f"set_{name}")(value)
    return custom


async def listing(app):
    same(app.terminal_windows, [])
    profiles = await within(iterm2.PartialProfile.async_query(app.connection))
    same([profile.name for profile in profiles], ["Default"])
    done("list")


async def making(app):
    looks = customized(name="first", badge_text="a badge", use_tab_color=True, tab_color=iterm2.Color(10, 20, 30))
    window = await created(app, iterm2.Window.async_create(app.connection, profile_customizations=looks))
    session = made_session(window)
    same([window.window_id in (one.window_id for one in app.terminal_windows)], [True])
    done("window")
    tab = await created(app, window.async_create_tab())
    same([tab.tab_id in [one.tab_id for one in window.tabs], len(window.tabs)], [True, 2])
    done("tab")
    return window, session


async def splitting(app, session):
    beside = await within(session.async_split_pane(vertical=True))
    below = await within(beside.async_split_pane(vertical=False))
    await within(app.async_refresh())
    tab = app.get_session_by_id(session.session_id).tab
    root = tab.root
    same(root.vertical, True)
    left, right = root.children
    same([left.session_id, right.vertical], [session.session_id, False])
    same([pane.session_id for pane in right.children], [beside.session_id, below.session_id])
    done("splits")
    return beside, below


async def streaming(session):
    """The library drops an update for which nobody waits, so that each line is sent while somebody does."""
    async with session.get_screen_streamer() as streamer:
        for turn in range(100):
            update = asyncio.ensure_future(streamer.async_get(style=True))
            await asyncio.sleep(0)
            await within(session.async_send_text(f"printf '\\033[1;31mred\\033[m \\346\\227\\245 {turn}\\n'\r"))
            contents = await within(update)
            found = [row for row in range(contents.number_of_lines) if contents.line(row).string.startswith("red 日 ")]
            if found:
                line = contents.line(found[0])
                style = line.style_at(0)
                same([style.bold, line.string_at(4), line.string_at(5)], [True, "日", ""])
                done("streamer")
                return
    raise AssertionError("the text never came")


async def reading(session):
    contents = await within(session.async_get_screen_contents())
    info = await within(session.async_get_line_info())
    same(contents.number_of_lines, info.mutable_area_height)
    first = info.overflow
    history = await within(session.async_get_contents(first, 2))
    same(len(history), 2)
    assert any("red" in row for row in rows(contents)), rows(contents)
    assert contents.cursor_coord.x >= 0
    done("screen")


async def naming(session):
    await within(session.async_set_profile_properties(customized(badge_text="another")))
    profile = await within(session.async_get_profile())
    same([profile.badge_text, profile.name], ["another", "first"])
    same([profile.tab_color.red, profile.tab_color.green, profile.tab_color.blue], [10, 20, 30])
    done("profile")
    await within(session.async_set_name("second"))
    same(await within(session.async_get_variable("name")), "second")
    await within(session.tab.async_set_title("a tab"))
    same(await within(session.tab.async_get_variable("title")), "a tab")
    done("names")


async def remembering(app, session):
    mark = {"worker": "worker-1", "n": [1, None]}
    scope = iterm2.VariableScopes.SESSION
    async with iterm2.VariableMonitor(app.connection, scope, "user.mark", session.session_id) as changes:
        await within(session.async_set_variable("user.mark", mark))
        same(await within(changes.async_get()), mark)
    same(await within(session.async_get_variable("user.mark")), mark)
    await within(session.async_set_variable("user.mark", None))
    same(await within(session.async_get_variable("user.mark")), None)
    try:
        await within(session.async_set_variable("name", "x"))
        raise AssertionError("a name of iTerm2's own was set")
    except iterm2.RPCException:
        pass
    done("variables")


async def showing(app, window, session):
    await within(session.async_activate())
    await within(app.async_activate())
    await within(app.async_refresh_focus())
    same(app.current_window.current_tab.current_session.session_id, session.session_id)
    await within(window.async_set_fullscreen(True))
    same(await within(window.async_get_fullscreen()), True)
    await within(window.async_set_fullscreen(False))
    frame = await within(window.async_get_frame())
    frame.origin.x += 50
    await within(window.async_set_frame(frame))
    same((await within(window.async_get_frame())).origin.x, frame.origin.x)
    done("front")


async def closing(app, window, session):
    async with iterm2.SessionTerminationMonitor(app.connection) as ends:
        await within(session.async_close(force=True))
        same(await within(ends.async_get()), session.session_id)
    await within(app.async_refresh())
    same(app.get_session_by_id(session.session_id), None)
    try:
        await within(session.async_close(force=True))
        raise AssertionError("a closed session was closed again")
    except iterm2.RPCException as error:
        assert "NOT_FOUND" in str(error), error
    done("close")
    await within(window.async_close(force=True))
    await within(app.async_refresh())
    same(app.terminal_windows, [])
    done("close window")


async def main():
    connection = await within(iterm2.Connection.async_create())
    app = await within(iterm2.async_get_app(connection))
    await listing(app)
    window, session = await making(app)
    _, below = await splitting(app, session)
    await streaming(session)
    await reading(session)
    await naming(session)
    await remembering(app, session)
    await showing(app, window, session)
    await closing(app, window, below)


asyncio.run(main())
sys.exit(0)
