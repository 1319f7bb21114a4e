// Steps for all rows at once: those that ask for nothing, or for a reason alone.
import { useState } from 'react';

import type { RoundSheet } from '@/api/rounds';
import type { Action } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
import { Notice } from '@/ui/notice';
import { useSheetWrite } from './use_sheet';

export interface StepForRows {
  action: Action;
  rows: { id: string; version: number }[];
}

// By transition, with the rows that can take it now.
export function stepsOf(sheet: RoundSheet): StepForRows[] {
  const steps = new Map<string, StepForRows>();
  for (const { now } of sheet.rows) {
    for (const action of now?.actions ?? []) {
      const isAsking = Object.values(action.fields ?? {}).includes('required');
      if (!now || action.kind !== 'step' || action.blocked || isAsking) continue;
      const id = action.transition ?? '';
      const step = steps.get(id) ?? { action, rows: [] };
      step.rows.push({ id: now.id, version: now.version });
      steps.set(id, step);
    }
  }
  return [...steps.values()];
}

// Why a step that some rows could take is held back, once.
function blockedOf(sheet: RoundSheet): Action[] {
  const open = new Set(stepsOf(sheet).map(({ action }) => action.transition));
  const blocked = sheet.rows.flatMap(({ now }) => now?.actions ?? [])
    .filter((action) => action.kind === 'step' && action.blocked
      && !open.has(action.transition));
  return [...new Map(blocked.map((action) => [action.transition, action])).values()];
}

// Its own form: Enter in the reason takes the step, and nothing else.
function StepForm({ step, isHeld, isSending, onTake }: { step: StepForRows; isHeld: boolean;
  isSending: boolean; onTake: (reason: string) => void; }) {
  const { t, l } = useWords();
  const [reason, setReason] = useState('');
  const isAsking = step.action.reason === 'required';
  const isOff = isHeld || isSending || (isAsking && !reason.trim());
  const label = t('rounds.stepCount', { label: l(step.action.label), n: step.rows.length });
  return (
    <form className="stack-s" noValidate onSubmit={(event) => {
      event.preventDefault();
      if (!isOff) onTake(reason.trim());
    }}>
      {isAsking && (
        <TextField id={`reason-${step.action.transition ?? ''}`} value={reason}
          label={`${l(step.action.label)}: ${t('rounds.stepReason')}`} onChange={setReason} />
      )}
      <div>
        <Button type="submit" look={isAsking ? 'secondary' : 'primary'}
          disabled={isOff}>{label}</Button>
      </div>
    </form>
  );
}

export function SheetSteps({ sheet, isDirty }: { sheet: RoundSheet; isDirty: boolean }) {
  const { t, l } = useWords();
  const write = useSheetWrite(sheet, '_step', () => undefined);
  const steps = stepsOf(sheet);
  const blocked = blockedOf(sheet);
  if (!steps.length && !blocked.length && !write.isDone) return null;
  return (
    <section className="panel stack no-print" aria-labelledby="sheet-steps">
      <h2 id="sheet-steps" className="side-title">{t('rounds.steps')}</h2>
      {isDirty && <p className="small">{t('rounds.saveFirst')}</p>}
      {steps.map((step) => (
        <StepForm key={step.action.transition} step={step} isHeld={isDirty}
          isSending={write.isSending}
          onTake={(reason) => {
            write.send({ transition: step.action.transition, rows: step.rows,
              ...(reason ? { reason } : {}) });
          }} />
      ))}
      {blocked.map((action) => (
        <p key={action.transition} className="small muted">
          {l(action.label)}: {l(action.blocked)}
        </p>
      ))}
      {write.isDone && (
        <Notice meaning="done" role="status"><p>{t('rounds.stepped')}</p></Notice>
      )}
      {write.problem && (
        <Notice meaning="failed" role="alert">
          <p>{write.problem.message} {write.problem.detail}</p>
          {[...new Set(write.problem.problems.map((one) => one.message))].map((message) => (
            <p key={message}>{message}</p>
          ))}
        </Notice>
      )}
    </section>
  );
}
