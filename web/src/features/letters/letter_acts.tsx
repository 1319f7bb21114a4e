// What one can do with a letter: take it as a file, fill it again, make it final.
import { useState } from 'react';

import { fetchLetter, useLetterWrite } from '@/api/letters';
import type { Letter, LetterFormat } from '@/api/letters';
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
    <section className="stack-s no-print">
      <h2>{t('letters.take')}</h2>
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

export function ChangeLetter({ letter }: { letter: Letter }) {
  const { t } = useWords();
  const [open, setOpen] = useState<'title' | 'finish' | null>(null);
  const refill = useLetterWrite(letter);
  const close = () => { setOpen(null); };
  return (
    <section className="stack-s no-print">
      <h2>{t('letters.acts')}</h2>
      <p className="small muted">{t('letters.refillHint')}</p>
      <div className="row">
        <Button disabled={refill.isPending} onClick={() => { refill.mutate({ act: 'refill' }); }}>
          {t('letters.refill')}
        </Button>
        <Button onClick={() => { setOpen('title'); }}>{t('letters.rename')}</Button>
        <Button onClick={() => { setOpen('finish'); }}>{t('letters.finish')}</Button>
      </div>
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

export function LeftOut({ letter }: { letter: Letter }) {
  const { t } = useWords();
  const write = useLetterWrite(letter);
  if (letter.left_out.length === 0) return null;
  return (
    <section className="stack-s no-print">
      <h2>{t('letters.leftOut')}</h2>
      <p className="small muted">{t('letters.leftOutHint')}</p>
      {write.isError && <ProblemNotice error={write.error} />}
      <ul className="plain-list stack-s">
        {letter.left_out.map((id) => (
          <li key={id} className="row">
            <code id={`weg-${id}`}>{id}</code>
            {letter.may_change && (
              <Button small disabled={write.isPending} aria-describedby={`weg-${id}`}
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
