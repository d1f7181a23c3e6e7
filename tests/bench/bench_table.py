# SPDX-License-Identifier: GPL-3.0-or-later
"""What people read of the results."""


def show_count(count):
    return f'{count:,.0f}'.replace(',', ' ')


def show_size(size):
    return f'{size / 2**30:g} GiB' if size >= 1 << 30 else f'{size / 2**20:g} MiB'


UNITS = {
    's': lambda figure: f'{figure:.2f} s' if figure < 10 else f'{figure:.1f} s',
    'ms': lambda figure: f'{figure:.1f} ms',
    'KiB': lambda figure: f'{figure / 1024:.0f} MiB',
    'bytes': lambda figure: f'{figure:.0f} bytes',
    '': show_count,
}

HEADINGS = ['measure', 'reference', 'Solco', 'reference', 'ratio', 'spread', 'CPU', 'target', '']


def show_figure(figure, unit):
    return UNITS[unit](figure)


def show_target(row):
    if row['limit'] is None:
        return ''
    if row['of'] == 'ratio':
        return f'≤ {row["limit"]:g}'
    return f'≤ {show_figure(row["limit"], row["unit"])}'


def show_spread(spread):
    return f'{spread["least"]:.2f}–{spread["most"]:.2f}'


def describe(row):
    """One row in one line."""
    text = f'{row["quantity"]}: {show_figure(row["ours"]["median"], row["unit"])}'
    if 'ratio' in row:
        text += (f' to {show_figure(row["reference"]["median"], row["unit"])}, ratio '
                 f'{row["ratio"]["median"]:.2f} ({show_spread(row["ratio"])})')
    if row['verdict']:
        text += f', target {show_target(row)}: {row["verdict"]}'
    return text


def make_cells(result, row, is_first):
    title = result['measure'] if is_first else '…'
    if row['label']:
        title += f'{", " if is_first else " "}{row["label"]}'
    ratio = row.get('ratio')
    return [title + (' *' if result['disturbed'] else ''),
            result['reference'] if is_first else '',
            show_figure(row['ours']['median'], row['unit']),
            show_figure(row['reference']['median'], row['unit']) if ratio else '',
            f'{ratio["median"]:.2f}' if ratio else '',
            show_spread(ratio) if ratio else '',
            f'{row["cpu_ratio"]["median"]:.2f}' if 'cpu_ratio' in row else '',
            show_target(row), row['verdict'] or '']


def list_cells(results):
    return [make_cells(result, row, number == 0)
            for result in results for number, row in enumerate(result['rows'])]


def describe_run(run):
    """On what the figures were taken, in one sentence."""
    machine = run['machine']
    return (f'{run["date"]}: {machine["cpu"]}, {machine["cpus"]} CPUs, '
            f'{machine["memory_bytes"] / 2**30:.0f} GiB of memory, {machine["file_system"]}, Linux '
            f'{machine["kernel"]}; pairs: {run["pairs"]}, small files: '
            f'{show_count(run["files"])}, the large one: {show_size(run["large_bytes"])}.')


def list_remarks(run):
    remarks = [f'Not measured, since something failed: {name}.' for name in run['failed']]
    if any(result['disturbed'] for result in run['results']):
        remarks.append('* Other programs had a part of the CPUs meanwhile.')
    return remarks


def make_markdown(run):
    lines = [describe_run(run), '',
             '| ' + ' | '.join(HEADINGS) + ' |', '|---|---|--:|--:|--:|--:|--:|--:|---|']
    lines += ['| ' + ' | '.join(cells) + ' |' for cells in list_cells(run['results'])]
    for remark in list_remarks(run):
        lines += ['', remark.replace('*', '\\*')]
    return '\n'.join(lines) + '\n'


def make_text(run):
    table = [HEADINGS] + list_cells(run['results'])
    widths = [max(len(cells[column]) for cells in table) for column in range(len(HEADINGS))]
    lines = ['  '.join(cell.ljust(width) if column < 2 else cell.rjust(width)
                       for column, (cell, width) in enumerate(zip(cells, widths))).rstrip()
             for cells in table]
    lines += ['', describe_run(run)] + list_remarks(run)
    for result in run['results']:
        if 'profile' in result:
            lines += ['', f'{result["measure"]}: where its CPU time goes']
            lines += show_profile(result)
    return '\n'.join(lines) + '\n'


def show_profile(result):
    profile = result['profile']
    if 'error' in profile:
        lines = [f'  {profile["error"]}']
    else:
        lines = [f'  {percent:5.1f} %  {name}'
                 for percent, name in profile['libraries'] + profile['functions']]
    return lines + [f'  {seconds:5.2f} s  {name}, by other programs'
                    for name, seconds in result['floors'].items()]
