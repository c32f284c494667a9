# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema generator; see generate.py beside this folder."""
