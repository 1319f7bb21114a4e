// What stands together in somebody's work, and in which order.
import { describe, expect, it } from 'vitest';

import type { TaskItem } from '@/api/types';
import { placeOf, rowsOfTasks } from './task_rows';

function task(key: string, record: string, role = 'p/editor'): TaskItem {
  return { key, record: { id: record, form: 'p/f', title: record }, role,
    what: { nl: key, en: key }, opened: '2026-01-01', overdue: false } as unknown as TaskItem;
}

const keysOf = (items: TaskItem[]) => rowsOfTasks(items).map((row) => row.map(({ key }) => key));

describe('rows of my work', () => {
  it('are one for what a record asks of one role, at the place of the most pressing', () => {
    expect(keysOf([task('late', 'a'), task('other', 'b'), task('do', 'a')]))
      .toEqual([['late', 'do'], ['other']]);
  });

  it('are apart for another role, and for what is done in another place', () => {
    expect(keysOf([task('do', 'a'), task('see', 'a', 'p/inspector'), task('break:1', 'a')]))
      .toEqual([['do'], ['see'], ['break:1']]);
    expect(placeOf(task('break:1', 'a'))).toBe('/noodtoegang');
    expect(placeOf(task('do', 'a'))).toBe('/records/a');
  });

  it('are none without tasks', () => {
    expect(rowsOfTasks([])).toEqual([]);
  });
});
