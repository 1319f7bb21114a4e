// What a page says when its request fails.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { ApiProblem } from '@/api/problem';
import { ProblemPage } from './problem_view';

const show = (status: number) => {
  render(<ProblemPage error={new ApiProblem(status, { instance: 'urn:zicht:incident:1' })}
    onRetry={() => undefined} />);
};

afterEach(cleanup);

it('offers the way to the start alone where a page does not exist', () => {
  show(404);
  expect(screen.getByRole('heading').textContent).toBe('Deze pagina bestaat niet');
  expect(screen.queryByText(/incident/)).toBeNull();
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.getByText('Naar het begin').getAttribute('href')).toBe('/');
});

it('gives the mark of a fault, and lets one try again', () => {
  show(500);
  expect(screen.getByText('urn:zicht:incident:1')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Probeer opnieuw' })).toBeTruthy();
});
