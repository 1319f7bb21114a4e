// What a record offers to do: steps first, a change or correction only where the server says so.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import type { FormRef } from '@/api/metadata';
import type { Action, RecordView } from '@/api/types';
import { useWords } from '@/lib/i18n';
import type { ValueContext } from '@/ui/values/field_value';
import { Actions } from './side';

const text = (nl: string) => ({ nl, en: nl });

function Shown({ actions }: { actions: Action[] }) {
  const words = useWords();
  return (
    <Actions context={{ words } as unknown as ValueContext} form={{} as FormRef}
      record={{ id: 'r1', title: 'r1', actions } as unknown as RecordView} />
  );
}

const replace: Action = { kind: 'step', transition: 'replace', label: text('Vervangen') };
const links = () => screen.getAllByRole('link').map((link) => link.textContent);

afterEach(cleanup);

it('offers to change and to correct what may be changed', () => {
  render(<Shown actions={[{ kind: 'change' }, { kind: 'correct' }, replace] as Action[]} />);
  expect(links()).toEqual(['Vervangen', 'Wijzigen', 'Verbeteren wat verkeerd was vastgelegd']);
});

it('offers only the steps where the state keeps the fields as they are', () => {
  render(<Shown actions={[{ kind: 'hand_over' }, replace] as Action[]} />);
  expect(links()).toEqual(['Vervangen']);
});
