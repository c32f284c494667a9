# SPDX-License-Identifier: GPL-3.0-or-later
"""A display, a session bus and a window manager of the test's own, and real keys and clicks on them.

Run by a program that was started without any of these, enter() starts the display and runs that program again
inside, so that a test works the same from a terminal, from meson and from homeward.sh.
"""
import ctypes
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SIZE = '1366x768x24'
INSIDE = 'HOMEWARD_E2E_SESSION'
OUTPUT = 'HOMEWARD_E2E_OUTPUT'
PR_SET_PDEATHSIG = 1
PYTHON = '/usr/bin/python3' if os.path.exists('/usr/bin/python3') else sys.executable


class Failure(AssertionError):
    """Something a person would have seen did not happen."""


class Late(Failure):
    """It did not happen in the time a person would wait; on a busy machine it may only have been slow."""


def wait_for(condition, what, seconds=15.0, step=0.03):
    """Waits until condition() gives something true, and returns it. What it raises meanwhile counts as not yet."""
    end = time.monotonic() + seconds
    last = None
    while True:
        try:
            value = condition()
            if value:
                return value
            last = None
        except (Failure, OSError, KeyError) as error:
            last = error
        if time.monotonic() > end:
            raise Late(f'waited {seconds:.0f} s for: {what}' + (f' ({last})' if last else ''))
        time.sleep(step)


def environment(folder):
    """The same for every program of the test: nothing of the person who runs it, nothing of the network."""
    env = dict(os.environ)
    for name in ('WAYLAND_DISPLAY', 'GTK_THEME', 'GTK_A11Y', 'NO_AT_BRIDGE', 'DBUS_SESSION_BUS_ADDRESS',
                 'AT_SPI_BUS_ADDRESS', 'G_MESSAGES_DEBUG', 'TZ', 'XAUTHORITY'):
        env.pop(name, None)
    env.update(GSK_RENDERER='cairo', GDK_BACKEND='x11', GTK_USE_PORTAL='0', ADW_DISABLE_PORTAL='1',
               GSETTINGS_BACKEND='memory', G_DEBUG='fatal-criticals', LC_ALL='C.UTF-8', LANGUAGE='',
               HOME=folder, XDG_RUNTIME_DIR=os.path.join(folder, 'run'), TZ='UTC')
    for name in ('config', 'data', 'cache', 'state'):
        env[f'XDG_{name.upper()}_HOME'] = os.path.join(folder, name)
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    os.makedirs(os.path.join(folder, 'run'), mode=0o700, exist_ok=True)
    still(os.path.join(folder, 'config'))
    return env


def still(config):
    """Nothing slides or fades: what a step waits for is there at once, and a picture shows where things end."""
    for toolkit in ('gtk-3.0', 'gtk-4.0'):
        os.makedirs(os.path.join(config, toolkit), exist_ok=True)
        with open(os.path.join(config, toolkit, 'settings.ini'), 'w', encoding='ascii') as file:
            file.write('[Settings]\ngtk-enable-animations=0\n')


def die_with_parent():
    """In a child before it starts: when the test is cut off, nothing of it stays behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start_display(env):
    """A display with a number nobody uses; the server itself says which."""
    read, write = os.pipe()
    server = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', SIZE, '-nolisten', 'tcp', '-ac'],
                              env=env, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              preexec_fn=die_with_parent)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise Failure('the virtual display did not start')
    env['DISPLAY'] = ':' + number
    return server


def enter():
    """Returns inside a session of its own; outside of one, runs this program in one and exits with its status."""
    if os.environ.get(INSIDE):
        die_with_parent()
        os.dup2(int(os.environ[OUTPUT]), 1)
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for program in ('Xvfb', 'dbus-run-session', 'xfwm4', 'xdotool', 'import', 'xprop'):
        if shutil.which(program) is None:
            print(f'Bail out! {program} is not installed' if '--test' in sys.argv else
                  f'{program} is not installed: it is needed to act on a display of its own.')
            sys.exit(1)
    folder = tempfile.mkdtemp(prefix='homeward-e2e-')
    env = environment(folder)
    display = start_display(env)
    env[INSIDE] = folder
    # What the bus starts speaks on the bus's standard output: ours is handed past it, for our own lines only.
    output = os.dup(1)
    env[OUTPUT] = str(output)
    try:
        status = subprocess.run(['dbus-run-session', '--', PYTHON] + sys.argv, env=env, pass_fds=(output,),
                                stdout=sys.stderr, preexec_fn=die_with_parent).returncode
    finally:
        display.terminate()
        display.wait()
        if not os.environ.get('HOMEWARD_E2E_KEEP'):
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(status)


def session_folder():
    return os.environ[INSIDE]


def start_window_manager():
    """Compositing, or popovers would stand in black boxes. It reads its settings from a service that may not be up
    yet when it asks, and then stays silent: it is started anew."""
    for _ in range(4):
        manager = subprocess.Popen(['xfwm4', '--compositor=on'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   preexec_fn=die_with_parent)
        try:
            wait_for(lambda: 'window id' in run('xprop', '-root', '_NET_SUPPORTING_WM_CHECK'), 'the window manager', 8)
            return manager
        except Failure:
            manager.kill()
            manager.wait()
    raise Failure('the window manager did not start')


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return done.stdout.strip()


def xdo(*words):
    done = subprocess.run(['xdotool', *[str(word) for word in words]], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f'xdotool {" ".join(str(word) for word in words)}: {done.stderr.strip()}')
    return done.stdout.strip()


def press(*keys):
    xdo('key', '--delay', '8', *keys)


def type_text(text):
    """Real keys. ASCII as it stands; other letters by their number, which any layout can write."""
    for kind, run_of in itertools.groupby(text, lambda letter: letter if letter == '\n' else ord(letter) < 127):
        letters = ''.join(run_of)
        if kind == '\n':
            press(*['Return'] * len(letters))
            continue
        if kind:
            xdo('type', '--delay', '6', '--', letters)
            continue
        for letter in letters:
            press('ctrl+shift+u', *list(f'{ord(letter):x}'), 'space')


def click_at(x, y, times=1):
    xdo('mousemove', x, y, 'click', '--repeat', times, '--delay', '60', 1)


def take_picture(path):
    subprocess.run(['import', '-window', 'root', path], check=True)
