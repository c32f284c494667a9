# SPDX-License-Identifier: GPL-3.0-or-later
"""What the short tests share: options, a folder of their own, a TAP line, and nothing left running."""
import argparse
import os
import shutil
import sys
import tempfile
import traceback

import screen


def options_of(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--build', required=True, help='the build folder')
    parser.add_argument('--test', action='store_true', help='TAP (it always is)')
    options = parser.parse_args()
    options.build = os.path.abspath(options.build)
    return options


def run_test(name, options, test):
    """Runs test(options, folder, running) with a window manager; `running` takes what must be stopped at the end. What
    only came too late is tried once more, and said; a wrong answer, or a program that ended by itself, is not."""
    for again in (True, False):
        try:
            attempt(options, test)
            break
        except BaseException as failure:
            if not again or not isinstance(failure, screen.Late):
                fail(name, options)
            print('# ' + traceback.format_exc().replace('\n', '\n# ') + '\n# once more, from the beginning', flush=True)
    print(f'ok 1 - {name}\n1..1', flush=True)


def fail(name, options):
    print(f'not ok 1 - {name}\n# ' + traceback.format_exc().replace('\n', '\n# '))
    print(f'# the screen as it was: {picture_of(options)}\n1..1', flush=True)
    sys.exit(1)


def picture_of(options):
    return os.path.join(options.build, f'{os.path.basename(sys.argv[0])}-failure.png')


def attempt(options, test):
    folder = tempfile.mkdtemp(dir=screen.session_folder())
    running = []
    manager = screen.start_window_manager()
    try:
        test(options, folder, running)
    except BaseException:
        screen.run('import', '-window', 'root', picture_of(options))
        raise
    finally:
        for program in running:
            program.stop()
        manager.kill()
        manager.wait()
        shutil.rmtree(folder, ignore_errors=True)
