// A page that a text field names: a link where it is a path of this site, words where it is not.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { PageValue } from './page_value';

afterEach(cleanup);

it('a page of this site is a link, and its path stands beside its words', () => {
  const { container } = render(<PageValue text="Loket (/overzicht/p/loket)" />);
  expect(screen.getByRole('link', { name: 'Loket' }).getAttribute('href'))
    .toBe('/overzicht/p/loket');
  expect(container.textContent).toBe('Loket /overzicht/p/loket');
});

it('a path without words is the link', () => {
  const { container } = render(<PageValue text="/records/01hx" />);
  expect(screen.getByRole('link').textContent).toBe('/records/01hx');
  expect(container.textContent).toBe('/records/01hx');
});

it.each(['Kijk (https://elders.example/)', 'Kijk (//elders.example)', 'javascript:alert(1)',
  'Ergens anders'])('%s is only words', (text) => {
  const { container } = render(<PageValue text={text} />);
  expect(screen.queryByRole('link')).toBeNull();
  expect(container.textContent).toBe(text);
});
