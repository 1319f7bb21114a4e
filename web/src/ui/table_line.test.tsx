// Which rules of a table matched, in words.
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import type { TableTrace } from '@/api/models';
import { TableLine } from './table_line';

afterEach(cleanup);

it.each([
  [[], 'In Uitkomst past geen regel.'],
  [[4], 'Regel 4 past in Uitkomst.'],
  [[4, 6], 'Regels 4 en 6 passen in Uitkomst.'],
])('rules %j', (matched, words) => {
  const rules = [1, 4, 6].map((rule) => ({ rule, matched: (matched as number[]).includes(rule) }));
  render(<TableLine table={{ table: 'Uitkomst', rules } as unknown as TableTrace} />);
  expect(document.body.textContent).toBe(words);
});
