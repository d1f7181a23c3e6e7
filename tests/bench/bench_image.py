# SPDX-License-Identifier: GPL-3.0-or-later
"""Image files: writing, verifying, appending."""

import os
import pathlib
import re
import subprocess
import tempfile

from bench_run import Failed, Program, Quantity, shell
from bench_table import show_count, show_size

# An append changes nothing of a Solco image but the first 32 blocks and what is behind the end.
HEAD_BYTES = 32 * 2048
NO_CHECKSUMS = ('--no-manifest', '--no-md5')


def run_checked(*argv, **options):
    """Runs a program that has to succeed; returns all that it printed."""
    done = subprocess.run([str(a) for a in argv], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **options)
    text = done.stdout.decode(errors='replace')
    if done.returncode != 0:
        raise Failed(f'{argv[0]} ended with {done.returncode}:\n{text}')
    return text


def check_tags(image):
    """xorriso has to accept the image and its MD5 tags."""
    text = run_checked('xorriso', '-md5', 'on', '-indev', f'stdio:{image}', '-check_media',
                       'use=indev', 'what=disc', '--')
    tags = re.findall(r'^MD5 tag range:.*, *(\S) \w+$', text, re.M)
    regions = re.findall(r'^Media region.*, *(\S) \w+$', text, re.M)
    if set(tags) != {'+'} or set(regions) != {'+'}:
        raise Failed(f'xorriso does not accept {image}:\n{text}')


def check_plain(image):
    """xorriso has to read all of an image without tags."""
    text = run_checked('xorriso', '-indev', f'stdio:{image}', '-check_media', 'use=indev',
                       'what=disc', '--')
    regions = re.findall(r'^Media region.*, *(\S) \w+$', text, re.M)
    if set(regions) != {'+'}:
        raise Failed(f'xorriso does not accept {image}:\n{text}')


def check_manifest(folder):
    run_checked('sha256sum', '--strict', '--quiet', '-c', 'SHA256SUMS', cwd=folder)


def check_manifest_of_tree(bench, image):
    """sha256sum has to accept what another program copies out of it."""
    with tempfile.TemporaryDirectory(dir=bench.path('.')) as folder:
        run_checked('bsdtar', '-C', folder, '-xf', image)
        check_manifest(folder)
        run_checked('chmod', '-R', 'u+w', folder)


def check_manifest_of_file(bench, image, name):
    """The same for one large file, which goes through a pipe and takes no room."""
    with tempfile.TemporaryDirectory(dir=bench.path('.')) as folder:
        pipe = pathlib.Path(folder) / name
        pipe.with_name('SHA256SUMS').write_text(run_checked('bsdtar', '-xOf', image, 'SHA256SUMS'))
        os.mkfifo(pipe)
        with subprocess.Popen(['sh', '-c', 'exec bsdtar -xOf "$1" "$2" >"$3"', 'sh', image, name,
                               pipe]) as writer:
            try:
                check_manifest(folder)
            except Failed:
                # It may still wait for a reader.
                writer.kill()
                raise
        if writer.returncode != 0:
            raise Failed(f'bsdtar cannot read {image}')


def xorriso_image(bench, source):
    """What xorriso makes with all checksums; synced, as Solco does it."""
    return shell('xorriso -as mkisofs -quiet -iso-level 3 -J -R --md5 -o "$1" "$2" && sync "$1"',
                 bench.path('other.iso'), source)


def get_floors(bench, source):
    """What an image of it cannot do without, each part by a program that does nothing else."""
    reading = 'find "$1" -type f -exec cat {} +'
    return {'reading': shell(reading, source),
            'reading, MD5': shell(f'{reading} | openssl dgst -md5', source),
            'reading, SHA-256': shell(f'{reading} | openssl dgst -sha256', source),
            'reading, writing, sync': shell(f'{reading} >"$2" && sync "$2"', source,
                                            bench.path('copy'))}


def compare_images(bench, title, reference, source, theirs, quantities, *options, check):
    image = bench.path('disc.iso')

    def forget():
        bench.forget('disc.iso', 'other.iso', 'copy')

    forget()
    bench.compare(title, reference,
                  bench.solco('burn', *options, source, recorder=f'stdio:{image}'), theirs,
                  quantities, clean=forget, check=lambda: check(image),
                  floors=get_floors(bench, source))


def get_small_title(bench):
    return f'image of {show_count(bench.data.n_files)} small files'


def get_large_title(bench):
    return f'image of a file of {show_size(bench.data.large_bytes)}'


def image_plain(bench):
    source = bench.data.small
    compare_images(bench, get_small_title(bench) + ', no checksums',
                   'cat of all of them', source,
                   shell('xargs -0 -a "$1" cat', bench.data.list_of_small),
                   [Quantity('seconds', 's', limit=0.8)], *NO_CHECKSUMS, check=check_plain)


def image(bench):
    def check(path):
        check_tags(path)
        check_manifest_of_tree(bench, path)

    source = bench.data.small
    compare_images(bench, get_small_title(bench), 'xorriso --md5', source,
                   xorriso_image(bench, source),
                   [Quantity('seconds', 's', limit=0.4),
                    Quantity('memory_kib', 'KiB', 'memory')], check=check)


def large_plain(bench):
    source = bench.data.large
    compare_images(bench, get_large_title(bench) + ', no checksums',
                   'cp and sync', source,
                   shell('cp "$1" "$2" && sync "$2"', source, bench.path('copy')),
                   [Quantity('seconds', 's', limit=1.05)], *NO_CHECKSUMS, check=check_plain)


def large(bench):
    source = bench.data.large

    def check(path):
        check_tags(path)
        check_manifest_of_file(bench, path, source.name)

    compare_images(bench, get_large_title(bench), 'xorriso --md5', source,
                   xorriso_image(bench, source),
                   [Quantity('seconds', 's', limit=0.65),
                    Quantity('memory_kib', 'KiB', 'memory')], check=check)
    bench.data.drop('large')


def burn_small(bench, path):
    bench.run(bench.solco('burn', bench.data.small, recorder=f'stdio:{path}'))


def verify(bench):
    path = bench.path('verified.iso')
    burn_small(bench, path)
    bench.compare('full verification of an image', 'md5sum',
                  bench.solco('verify', '--mode', 'full', recorder=f'stdio:{path}'),
                  Program('md5sum', path), [Quantity('seconds', 's', limit=1.15)])
    bench.forget(path.name)


def append(bench):
    path = bench.path('grown.iso')
    more = bench.path('one more')
    more.write_text('one more file\n')
    burn_small(bench, path)
    size = path.stat().st_size
    with open(path, 'rb') as stream:
        head = stream.read(HEAD_BYTES)

    def restore():
        with open(path, 'r+b') as stream:
            stream.write(head)
            stream.truncate(size)

    bench.compare(f'append one file to {show_count(bench.data.n_files)}', 'xorriso -md5 on',
                  bench.solco('burn', more, recorder=f'stdio:{path}'),
                  shell('xorriso -dev "stdio:$1" -md5 on -joliet on -map "$2" "/one more" -commit'
                        ' && sync "$1"', path, more),
                  [Quantity('seconds', 's', limit=0.6),
                   Quantity('memory_kib', 'KiB', 'memory', 1)],
                  prepare=restore, check=lambda: check_tags(path))
    bench.forget(path.name, more.name)


MEASURES = {'image-plain': image_plain, 'image': image, 'verify': verify, 'append': append,
            'large-plain': large_plain, 'large': large}
