// What one can do with a letter: take it as a file, fill it again, have it read by somebody else,
// make it final.
import { useState } from 'react';

import { fetchLetter, useLetterStep, useLetterWrite } from '@/api/letters';
import type { Letter, LetterFormat } from '@/api/letters';
import type { Action } from '@/api/types';
import { download } from '@/lib/download';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { TextField } from '@/ui/fields/text_field';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';

const kFormats: LetterFormat[] = ['pdf', 'odt', 'html'];

export function TakeLetter({ letter }: { letter: Letter }) {
  const { t } = useWords();
  const [making, setMaking] = useState<LetterFormat | null>(null);
  const [error, setError] = useState<unknown>(null);
  const take = (format: LetterFormat) => {
    setError(null);
    setMaking(format);
    const name = `${letter.template.name.split('/')[1] ?? ''}-v${letter.version}.${format}`;
    fetchLetter(letter, format).then((blob) => { download(name, blob); })
      .catch(setError).finally(() => { setMaking(null); });
  };
  return (
    <section className="stack-s no-print" aria-labelledby="take">
      <h2 id="take" tabIndex={-1} className="side-title">{t('letters.take')}</h2>
      <div className="row">
        {kFormats.map((format) => (
          <Button key={format} small disabled={making !== null} onClick={() => { take(format); }}>
            {t(`letters.${format}`)}
          </Button>
        ))}
      </div>
      <p role="status">{making && t('letters.making')}</p>
      {error !== null && <ProblemNotice error={error} />}
    </section>
  );
}

function TitleDialog({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const { t } = useWords();
  const [title, setTitle] = useState(letter.title);
  const write = useLetterWrite(letter);
  return (
    <Dialog title={t('letters.rename')} onClose={onClose}>
      {write.isError && <ProblemNotice error={write.error} />}
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ act: 'change', body: { title } }, { onSuccess: onClose });
      }}>
        <TextField id="letter-title" label={t('letters.name')} value={title}
          onChange={setTitle} />
        <div className="row">
          <Button type="submit" look="primary" disabled={write.isPending}>
            {t('common.save')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function FinishDialog({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const { t } = useWords();
  const write = useLetterWrite(letter);
  return (
    <Dialog title={t('letters.finish')} onClose={onClose}>
      {write.isError ? <ProblemNotice error={write.error} /> : <p>{t('letters.finishSure')}</p>}
      <div className="row">
        <Button look="primary" disabled={write.isPending}
          onClick={() => { write.mutate({ act: 'finish' }, { onSuccess: onClose }); }}>
          {t('letters.finishYes')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </Dialog>
  );
}

// A step of the letter's own process. The one that makes it final asks first whether that is meant.
function StepAct({ letter, action, onFinish }: { letter: Letter; action: Action;
  onFinish: () => void; }) {
  const { t, l } = useWords();
  const [reason, setReason] = useState('');
  const step = useLetterStep(letter);
  const transition = action.transition ?? '';
  const isFinal = transition === letter.finish;
  const isAsking = action.reason === 'required';
  const take = () => {
    if (isFinal) onFinish();
    else step.mutate({ transition, ...(reason.trim() ? { reason: reason.trim() } : {}) });
  };
  if (action.blocked) {
    return <p className="small muted">{l(action.label)}: {l(action.blocked)}</p>;
  }
  return (
    <>
      {isAsking && (
        <TextField id={`letter-reason-${transition}`} value={reason} onChange={setReason}
          label={`${l(action.label)}: ${t('rounds.stepReason')}`} />
      )}
      <Button look={isFinal || letter.may_change ? 'primary' : 'secondary'}
        disabled={step.isPending || (isAsking && !reason.trim())} onClick={take}>
        {l(action.label)}
      </Button>
      {step.isError && <ProblemNotice error={step.error} />}
    </>
  );
}

const asksFields = ({ fields }: Action) => Object.values(fields ?? {}).includes('required');

function stepsOf({ record }: Letter): Action[] {
  return record?.actions?.filter((action) => action.kind === 'step' && !asksFields(action)) ?? [];
}

// Whether there is anything to do beside taking the letter along.
export function hasActs(letter: Letter): boolean {
  return letter.may_change || (!letter.final && stepsOf(letter).length > 0);
}

export function LetterActs({ letter }: { letter: Letter }) {
  const { t } = useWords();
  const [open, setOpen] = useState<'title' | 'finish' | null>(null);
  const refill = useLetterWrite(letter);
  const close = () => { setOpen(null); };
  const finish = () => { setOpen('finish'); };
  return (
    <section className="stack-s actions no-print" aria-labelledby="acts">
      <h2 id="acts" tabIndex={-1} className="side-title">{t('letters.acts')}</h2>
      {stepsOf(letter).map((action) => (
        <StepAct key={action.transition} letter={letter} action={action} onFinish={finish} />
      ))}
      {letter.may_change && !letter.record && (
        <Button look="primary" onClick={finish}>{t('letters.finish')}</Button>
      )}
      {letter.may_change && (
        <>
          <Button disabled={refill.isPending} aria-describedby="refill-hint"
            onClick={() => { refill.mutate({ act: 'refill' }); }}>
            {t('letters.refill')}
          </Button>
          <p id="refill-hint" className="small muted">{t('letters.refillHint')}</p>
          <Button onClick={() => { setOpen('title'); }}>{t('letters.rename')}</Button>
        </>
      )}
      {refill.isError && <ProblemNotice error={refill.error} />}
      {refill.isSuccess && (
        <Notice meaning="done" role="status">
          <p>
            {t('letters.refilled')}{' '}
            <a className="utrecht-link" href="#vergelijken">{t('letters.compare')}</a>
          </p>
        </Notice>
      )}
      {open === 'title' && <TitleDialog letter={letter} onClose={close} />}
      {open === 'finish' && <FinishDialog letter={letter} onClose={close} />}
    </section>
  );
}

export function LeftOut({ letter, mayChange }: { letter: Letter; mayChange: boolean }) {
  const { t } = useWords();
  const write = useLetterWrite(letter);
  if (letter.left_out.length === 0) return null;
  return (
    <section className="stack-s no-print">
      <h2>{t('letters.leftOut')}</h2>
      {mayChange && <p className="small muted">{t('letters.leftOutHint')}</p>}
      {write.isError && <ProblemNotice error={write.error} />}
      <ul className="plain-list stack-s">
        {letter.left_out.map(({ id, text }, index) => (
          <li key={id} className="row">
            {text ? <span id={`weg-${index}`} lang={letter.language}>{text}</span>
              : <code id={`weg-${index}`}>{id}</code>}
            {mayChange && (
              <Button small disabled={write.isPending} aria-describedby={`weg-${index}`}
                onClick={() => {
                  write.mutate({ act: 'change', body: { edits: [{ do: 'put_back', id }] } });
                }}>
                {t('letters.putBack')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
