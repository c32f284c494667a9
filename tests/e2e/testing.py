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
    """Runs test(options, folder, running) with a window manager; `running` takes what must be stopped at the end."""
    folder = tempfile.mkdtemp(dir=screen.session_folder())
    running = []
    manager = None
    status = 0
    try:
        manager = screen.start_window_manager()
        test(options, folder, running)
        print(f'ok 1 - {name}\n1..1', flush=True)
    except BaseException:  # an assertion, a failure of the driver, or a program that ended by itself
        picture = os.path.join(options.build, f'{os.path.basename(sys.argv[0])}-failure.png')
        screen.run('import', '-window', 'root', picture)
        print(f'not ok 1 - {name}')
        print('# ' + traceback.format_exc().replace('\n', '\n# ') + f'\n# the screen as it was: {picture}')
        print('1..1', flush=True)
        status = 1
    finally:
        for program in running:
            program.stop()
        if manager:
            manager.kill()
            manager.wait()
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(status)
