// Saving a sheet: its edits, sending them, and what is wrong with them.
import { useState } from 'react';

import type { FormRef } from '@/api/metadata';
import type { RoundSheet, SheetRow } from '@/api/rounds';
import { useWords } from '@/lib/i18n';
import { checkRows, isUntold, serverErrors, staleRows, useSheetEdits, useSheetWrite }
  from './use_sheet';

export function useSaving({ sheet, form }: { sheet: RoundSheet; form: FormRef },
  onSaved: () => void) {
  const words = useWords();
  const edits = useSheetEdits(sheet, form);
  const [own, setOwn] = useState<Map<string, string>>(new Map());
  const [sent, setSent] = useState<string[]>([]);
  const [undone, setUndone] = useState<string[]>([]);    // rows since: nothing is wrong with them
  const [attempt, setAttempt] = useState(0);
  const write = useSheetWrite(sheet, '_save', () => {
    edits.drop();
    onSaved();
  }, (after, problem) => { edits.see(staleRows(after, sent, problem)); });
  const save = () => {
    const { rows, errors } = checkRows(sheet, form, edits, words);
    setOwn(errors);
    setUndone([]);
    setAttempt(attempt + 1);
    // The errors tell of these now: who saves again has looked.
    edits.see(sheet.rows.filter((row) => isUntold(row, edits.edits[row.row.id])));
    setSent(rows.map(({ row }) => row));
    if (errors.size) write.reset();
    else if (rows.length) write.send({ rows });
  };
  const told = own.size ? own : serverErrors(sheet, form, sent, write.problem, words);
  const errors = new Map([...told].filter(([path]) => !undone.includes(path.split('.')[0] ?? '')));
  return {
    edits, write, save, errors, attempt,
    isPlainProblem: write.problem !== null && !told.size,
    undo: (row: SheetRow) => {
      setUndone([...undone, row.row.id]);
      edits.undo(row);
    },
    drop: () => {
      setOwn(new Map());
      write.reset();
      edits.drop();
    },
  };
}

export type Saving = ReturnType<typeof useSaving>;
