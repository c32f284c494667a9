# SPDX-License-Identifier: GPL-3.0-or-later
"""C literals."""


def string(text):
    """A C string literal, or NULL. Bytes outside ASCII become octal escapes."""
    if text is None:
        return 'NULL'
    out = []
    for byte in text.encode('utf-8'):
        char = chr(byte)
        if char in '"\\':
            out.append('\\' + char)
        elif 32 <= byte < 127 and char != '?':
            out.append(char)
        else:
            out.append(f'\\{byte:03o}')
    return '"' + ''.join(out) + '"'


def bits(prefix, nicks):
    """(1u << HW_ROLE_A) | (1u << HW_ROLE_B), or 0."""
    names = [f'{prefix}_{nick}'.upper() for nick in nicks]
    return ' | '.join(f'(1u << {name})' for name in names) or '0'


def flags(prefix, nicks):
    return ' | '.join(f'{prefix}_{nick}'.upper() for nick in nicks) or '0'
