// Saving a sheet: its edits, sending them, and what is wrong with them.
import { useState } from 'react';

import type { FormRef } from '@/api/metadata';
import type { RoundSheet } from '@/api/rounds';
import { useWords } from '@/lib/i18n';
import { checkRows, serverErrors, useSheetEdits, useSheetWrite } from './use_sheet';

export function useSaving({ sheet, form }: { sheet: RoundSheet; form: FormRef },
  onSaved: () => void) {
  const words = useWords();
  const edits = useSheetEdits(sheet, form);
  const [own, setOwn] = useState<Map<string, string>>(new Map());
  const [sent, setSent] = useState<string[]>([]);
  const [attempt, setAttempt] = useState(0);
  const write = useSheetWrite(sheet, '_save', () => {
    edits.drop();
    onSaved();
  });
  const save = () => {
    const { rows, errors } = checkRows(sheet, form, edits, words);
    setOwn(errors);
    setAttempt(attempt + 1);
    setSent(rows.map(({ row }) => row));
    if (errors.size) write.reset();
    else if (rows.length) write.send({ rows });
  };
  const errors = own.size ? own : serverErrors(sheet, form, sent, write.problem, words);
  return { edits, write, save, errors, attempt };
}

export type Saving = ReturnType<typeof useSaving>;
