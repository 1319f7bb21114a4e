// The registers in the menu: closed at first, open where one is in a register, kept for the tab.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { navigate } from '@/lib/router';
import { RegistersMenu } from './registers_menu';

const text = (word: string) => ({ nl: word, en: word });
const form = (word: string, may = ['read']) => ({ plural: text(word), may });
const packs = [
  { name: 'a', title: text('Pack A'), forms: { x: form('Ixen'), hidden: form('Geheim', []) } },
  { name: 'b', title: text('Pack B'), forms: { y: form('Ypsilons') } },
  { name: 'c', title: text('Pack C'), forms: { z: form('Zetten', []) } },
];
vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs } }) }));

const button = () => screen.getByRole('button', { name: 'Registers' });
const isOpen = () => button().getAttribute('aria-expanded') === 'true';

beforeEach(() => {
  sessionStorage.clear();
  navigate('/');
});
afterEach(cleanup);

it('is closed at first, and its links are out of reach then', () => {
  render(<RegistersMenu />);
  expect(isOpen()).toBe(false);
  expect(screen.queryByRole('link', { name: 'Ixen' })).toBeNull();
});

it('opens to the registers that one may read, under the name of their pack', () => {
  render(<RegistersMenu />);
  fireEvent.click(button());
  expect(screen.getByRole('list', { name: 'Pack A' }).textContent).toBe('Ixen');
  expect(screen.getByRole('list', { name: 'Pack B' }).textContent).toBe('Ypsilons');
  expect(screen.queryByText('Pack C')).toBeNull();
});

it('stays as one left it, also after the page is loaded again', () => {
  render(<RegistersMenu />);
  fireEvent.click(button());
  cleanup();
  render(<RegistersMenu />);
  expect(isOpen()).toBe(true);
  fireEvent.click(button());
  cleanup();
  render(<RegistersMenu />);
  expect(isOpen()).toBe(false);
});

it.each(['/registers/a/x', '/registers/a/x/nieuw', '/records/r1'])('is open on %s', (path) => {
  render(<RegistersMenu />);
  act(() => { navigate(path); });
  expect(isOpen()).toBe(true);
  cleanup();
  render(<RegistersMenu />);
  expect(isOpen()).toBe(true);
});

it('tells on which register one is', () => {
  navigate('/registers/b/y');
  render(<RegistersMenu />);
  expect(screen.getByRole('link', { name: 'Ypsilons' }).getAttribute('aria-current')).toBe('page');
  expect(screen.getByRole('link', { name: 'Ixen' }).getAttribute('aria-current')).toBeNull();
});
