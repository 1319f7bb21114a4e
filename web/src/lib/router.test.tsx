// Addresses: which pattern fits, and links that change the page without loading it.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { Link, matchPath, usePath } from './router';

afterEach(cleanup);

it.each([
  ['/', '/', {}], ['/records/:id', '/records/a1', { id: 'a1' }],
  ['/records/:id', '/records/a1/wijzigen', null], ['/packs', '/packs/', {}],
  ['/registers/:pack/:form', '/registers/x/y%20z', { pack: 'x', form: 'y z' }],
  ['/records/:id', '/records/%', null],
])('%s against %s gives %j', (pattern, path, want) => {
  expect(matchPath(pattern, path)).toEqual(want);
});

function Here() {
  return <><p>{usePath()}</p><Link to="/daar">ga</Link></>;
}

it('a plain click changes the page, a click with a modifier is left to the browser', () => {
  render(<Here />);
  const link = screen.getByText('ga');
  expect(fireEvent.click(link, { ctrlKey: true })).toBe(true);
  act(() => { fireEvent.click(link); });
  expect(screen.getByText('/daar')).toBeTruthy();
});
