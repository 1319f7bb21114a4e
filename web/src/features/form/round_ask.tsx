// Asking places to fill in: one, or all that were not asked yet. Each request is kept by who is
// asked, so they are made one by one; what is wrong with one does not hold back the others.
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';

import { post } from '@/api/client';
import { openFields } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { problemOf } from '@/api/problem';
import { roundKeys, roundPath } from '@/api/rounds';
import type { RoundOverview, RoundPlace } from '@/api/rounds';
import type { Fields } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import { Button } from '@/ui/button';
import { FieldFrame } from '@/ui/fields/frame';
import { Notice } from '@/ui/notice';
import { checkForm } from './check';
import { emptyDraft } from './drafts';
import type { Draft, DraftFields, ReferenceDraft } from './drafts';
import { FieldEditor } from './field_editor';
import { errorMap } from './problems';

interface Outcome {
  asked: number;
  refused: { who: string; why: string }[];
}

const kNone: Outcome = { asked: 0, refused: [] };

// The fields of a request that are filled in by hand.
function askedFields(overview: RoundOverview, form: FormRef): string[] {
  const { requests } = overview.round;
  const own = [requests?.of, requests?.who, requests?.organisation, requests?.name];
  return openFields(form.form).map(([id]) => id).filter((id) => !own.includes(id));
}

async function askAll(overview: RoundOverview, places: RoundPlace[], organisation: string,
  fields: Fields): Promise<Outcome> {
  const outcome: Outcome = { asked: 0, refused: [] };
  for (const { who } of places) {
    const path = roundPath(overview.round.name, overview.of.id, who.id);
    try {
      await post(`${path}/_ask`, { fields, ...(organisation ? { organisation } : {}) },
        { idempotencyKey: randomKey() });
      outcome.asked += 1;
    } catch (error) {
      const problem = problemOf(error);
      const [first] = problem.problems;
      outcome.refused.push({ who: who.title, why: first?.message ?? problem.message });
    }
  }
  return outcome;
}

function Told({ outcome }: { outcome: Outcome }) {
  const { t } = useWords();
  return (
    <>
      {outcome.asked > 0 && (
        <Notice meaning="done" role="status">
          <p>{t('rounds.asked', { n: outcome.asked })}</p>
        </Notice>
      )}
      {outcome.refused.map(({ who, why }) => (
        <Notice key={who} meaning="attention" role="alert">
          <p>{t('rounds.askedNot', { who, why })}</p>
        </Notice>
      ))}
    </>
  );
}

export function RoundAsk({ overview, form }: { overview: RoundOverview; form: FormRef }) {
  const words = useWords();
  const { t, l, lang } = words;
  const queries = useQueryClient();
  const [drafts, setDrafts] = useState<DraftFields>({});
  const [who, setWho] = useState('');
  const [errors, setErrors] = useState<Map<string, string>>(new Map());
  const [outcome, setOutcome] = useState(kNone);
  const [isSending, setSending] = useState(false);
  const organisation = overview.round.requests?.organisation ?? '';
  const ids = askedFields(overview, form);
  const left = overview.places.filter(({ request }) => !request);
  const set = (id: string, draft: Draft) => { setDrafts((old) => ({ ...old, [id]: draft })); };
  const send = async () => {
    const typed = Object.fromEntries(ids.map((id) => {
      const field = form.form.fields[id];
      return [id, drafts[id] ?? (field ? emptyDraft(field) : '')];
    }));
    const { fields, problems } = checkForm(form.form, typed, lang);
    setErrors(errorMap(form.form, words, problems, null));
    if (problems.length) return;
    setSending(true);
    const chosen = drafts[organisation] as ReferenceDraft | undefined;
    setOutcome(await askAll(overview, left.filter((one) => !who || one.who.id === who),
      chosen?.id ?? '', fields));
    setSending(false);
    setWho('');
    await queries.invalidateQueries({ queryKey: roundKeys.all });
  };
  const club = form.form.fields[organisation];
  if (!left.length && outcome === kNone) return null;
  return (
    <form className="panel form no-print" noValidate onSubmit={(event) => {
      event.preventDefault();
      void send();
    }}>
      <div className="stack-s">
        <h2 className="side-title">{t('rounds.ask')}</h2>
        <p>{t('rounds.askLead')}</p>
      </div>
      <FieldFrame id="ask-who" label={t('rounds.askWho')}>
        <select id="ask-who" value={who} className="utrecht-select utrecht-select--html-select"
          onChange={(event) => { setWho(event.target.value); }}>
          <option value="">{t('rounds.askAll', { n: left.length })}</option>
          {left.map((place) => (
            <option key={place.who.id} value={place.who.id}>{place.who.title}</option>
          ))}
        </select>
      </FieldFrame>
      {club && (
        <FieldEditor form={form} field={{ ...club, required: false }} path={organisation}
          label={l(club.label)} hint={t('rounds.askHint')} errors={errors}
          value={drafts[organisation] ?? emptyDraft(club)}
          onChange={(draft) => { set(organisation, draft); }} />
      )}
      {ids.map((id) => {
        const field = form.form.fields[id];
        return field && (
          <FieldEditor key={id} form={form} field={field} path={id} label={l(field.label)}
            hint={field.hint && l(field.hint)} errors={errors}
            value={drafts[id] ?? emptyDraft(field)} onChange={(draft) => { set(id, draft); }} />
        );
      })}
      <div><Button type="submit" look="primary" disabled={isSending || !left.length}>
        {t('rounds.ask')}
      </Button></div>
      <Told outcome={outcome} />
    </form>
  );
}
