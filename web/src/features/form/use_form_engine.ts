// The rules of a form, judged in the browser by the engine that the server has too (decision 0039):
// at once, and without a connection. It comes after the page is drawn, for forms with rules alone;
// until then, and for what it leaves to the server, there is no answer here.
import { useEffect, useState } from 'react';

import { findList, fullName } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import type { Catalogue, Field, FormEvaluation } from '@/api/types';
import { loadEngine } from '@/lib/engine/engine';
import type { CompiledForm, Engine } from '@/lib/engine/engine';
import type { FormRequest } from '@/lib/engine/types';

// What the rules say of these fields (JSON) on that day; nothing: ask the server.
export type Judge = (fields: string, today: string) => FormEvaluation | undefined;

function listsOf(fields: Record<string, Field>): string[] {
  return Object.values(fields).flatMap((field) => [
    ...(field.list ? [field.list] : []), ...listsOf(field.fields ?? {})]);
}

export function formRequest(catalogue: Catalogue, { pack, name, form }: FormRef): FormRequest {
  const lists = [...new Set(listsOf(form.fields))].flatMap((list) => {
    const found = findList(catalogue, pack, list);
    return found ? [[fullName(pack, list), { codes: found.codes }] as const] : [];
  });
  return { name, form: { fields: form.fields, valid_if: form.valid_if },
    lists: Object.fromEntries(lists) };
}

// The engine says why it does not judge, or has ended: both leave it to the server.
function orServer<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

function whenIdle(run: () => void): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const asked = window.requestIdleCallback(run, { timeout: 2000 });
    return () => { window.cancelIdleCallback(asked); };
  }
  const timer = window.setTimeout(run, 200);
  return () => { window.clearTimeout(timer); };
}

export function useFormEngine(ref: FormRef, isWanted: boolean): Judge | undefined {
  const { data: catalogue } = useCatalogue();
  const { pack, name, form } = ref;
  const [judge, setJudge] = useState<Judge>();
  useEffect(() => {
    if (!isWanted || !catalogue) return;
    let isOver = false;
    let compiled: CompiledForm | undefined;
    const take = (engine: Engine | undefined) => {
      if (isOver || !engine) return;
      const made = orServer(() => engine.compileForm(formRequest(catalogue, { pack, name, form })));
      compiled = made;
      if (made) {
        setJudge(() => (fields: string, today: string) => (
          orServer(() => made.evaluate<FormEvaluation>(fields, today))));
      }
    };
    const stop = whenIdle(() => { void loadEngine().then(take); });
    return () => {
      isOver = true;
      stop();
      compiled?.release();
      setJudge(undefined);
    };
  }, [isWanted, catalogue, pack, name, form]);
  return judge;
}
