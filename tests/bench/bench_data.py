# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of the measures: made from a seed when the first measure asks for it."""

import functools
import os
import random
import subprocess

SEED = 20
BLOB_BYTES = 8 << 20
FILES_IN_A_FOLDER = 100
SMALLEST_BYTES = 1024
LARGEST_BYTES = 16384

SHORT_NAME = 'f{:06d}'
# What Joliet and ISO 9660 keep of it is the same for all.
ALIKE_NAME = 'a name whose first forty letters are alike {:06d}'


class Data:
    def __init__(self, folder, n_files, large_bytes, burn_bytes):
        self.folder = folder
        self.n_files = n_files
        self.large_bytes = large_bytes
        self.burn_bytes = burn_bytes

    def drop(self, name):
        """Removes a large file that no other measure needs. Trees stay: ext4 is very slow at making
        files while it has just removed many."""
        self.__dict__.pop(name).unlink()

    def drop_all(self):
        """Millions of files: find is faster at it than Python."""
        subprocess.run(['find', self.folder, '-mindepth', '1', '-delete'], check=True)

    def make_tree(self, name, pattern, n_files, in_folder, content=False):
        """Numbered files, @in_folder in each folder, with random content or as holes of 1000 bytes:
        staging looks at no content."""
        generator = random.Random(f'{SEED} {name}')
        blob = memoryview(generator.randbytes(BLOB_BYTES)) if content else None
        root = self.folder / name
        for first in range(0, n_files, in_folder):
            folder = root / f'folder {first // in_folder:05d}'
            folder.mkdir(parents=True)
            fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            for number in range(first, min(first + in_folder, n_files)):
                file = os.open(pattern.format(number), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644,
                               dir_fd=fd)
                if content:
                    size = generator.randint(SMALLEST_BYTES, LARGEST_BYTES)
                    start = generator.randint(0, BLOB_BYTES - size)
                    os.write(file, blob[start:start + size])
                else:
                    os.ftruncate(file, 1000)
                os.close(file)
            os.close(fd)
        return root

    def make_file(self, name, size):
        """Random content that does not repeat itself at any power of two."""
        blob = memoryview(random.Random(f'{SEED} {name}').randbytes(BLOB_BYTES))
        path = self.folder / name
        with open(path, 'wb', buffering=0) as stream:
            left = size
            turn = 0
            while left > 0:
                start = turn * 4093 % BLOB_BYTES
                for part in (blob[start:], blob[:start]):
                    left -= stream.write(part[:left])
                turn += 1
        return path

    @functools.cached_property
    def small(self):
        return self.make_tree('small', 'file {:06d}.dat', self.n_files, FILES_IN_A_FOLDER,
                              content=True)

    @functools.cached_property
    def many(self):
        return self.make_tree('many', 'file {:07d}.dat', 10 * self.n_files, FILES_IN_A_FOLDER)

    @functools.cached_property
    def short(self):
        return self.make_tree('short', SHORT_NAME, self.n_files, FILES_IN_A_FOLDER)

    @functools.cached_property
    def short_in_one(self):
        return self.make_tree('short_in_one', SHORT_NAME, self.n_files, self.n_files)

    @functools.cached_property
    def alike(self):
        return self.make_tree('alike', ALIKE_NAME, self.n_files, FILES_IN_A_FOLDER)

    @functools.cached_property
    def alike_in_one(self):
        return self.make_tree('alike_in_one', ALIKE_NAME, self.n_files, self.n_files)

    @functools.cached_property
    def large(self):
        return self.make_file('large', self.large_bytes)

    @functools.cached_property
    def one_burn(self):
        return self.make_file('one_burn', self.burn_bytes)

    @functools.cached_property
    def list_of_small(self):
        """The paths of the small files, for xargs -0."""
        path = self.folder / 'list_of_small'
        with open(path, 'wb') as stream:
            for base, folders, files in os.walk(self.small):
                folders.sort()
                for name in sorted(files):
                    stream.write(os.path.join(base, name).encode() + b'\0')
        return path
