// A letter: first the text, sentence by sentence with its sources; beside it what one can do with
// it, and below it its versions.
import { useState } from 'react';

import { useLetter, useLetterWrite } from '@/api/letters';
import type { Letter } from '@/api/letters';
import { formatDate, formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link, useQueryString } from '@/lib/router';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { LeftOut, LetterActs, TakeLetter, hasActs } from './letter_acts';
import { SectionView } from './letter_section';
import { LetterStatus } from './letter_status';
import { SentenceDrawer } from './sentence_drawer';
import type { SentencePlace } from './sentence_drawer';
import { Compare, VersionTable } from './versions';
import './letters.css';

function Lead({ letter }: { letter: Letter }) {
  const { t, lang } = useWords();
  const at = letter.final && formatMoment(letter.final.at, lang);
  return (
    <span className="row">
      <LetterStatus letter={letter} />
      <span>{t('letters.on')}: {formatDate(letter.on, lang)}. {letter.organisation.name}.</span>
      {letter.final && at && (
        <span>
          {letter.final.by ? t('letters.finalBy', { name: letter.final.by, at })
            : t('letters.finalAt', { at })}
        </span>
      )}
    </span>
  );
}

function OldVersion({ letter }: { letter: Letter }) {
  const { t } = useWords();
  if (letter.versions[0]?.version === letter.version) return null;
  return (
    <Notice meaning="attention" role="status">
      <p>
        {t('letters.oldVersion', { version: letter.version })}{' '}
        <Link className="utrecht-link" to={`/brieven/${letter.id}`}>{t('letters.toNewest')}</Link>
      </p>
    </Notice>
  );
}

// What one can do stands below a long text on a narrow page, and after it by keyboard.
function JumpLinks({ letter, mayAct }: { letter: Letter; mayAct: boolean }) {
  const { t } = useWords();
  return (
    <nav className="row letter-jumps no-print" aria-label={t('letters.onPage')}>
      {mayAct && <a className="utrecht-link" href="#acts">{t('letters.acts')}</a>}
      <a className="utrecht-link" href="#take">{t('letters.take')}</a>
      {letter.versions.length > 1 && (
        <a className="utrecht-link" href="#vergelijken">{t('letters.compare')}</a>
      )}
      <a className="utrecht-link" href="#versions">{t('letters.versions')}</a>
    </nav>
  );
}

function LetterBody({ letter }: { letter: Letter }) {
  const { t } = useWords();
  const [place, setPlace] = useState<SentencePlace | null>(null);
  const [leftOut, setLeftOut] = useState({ section: 0, n: 0 });
  const write = useLetterWrite(letter);
  const isNewest = letter.versions[0]?.version === letter.version;
  const mayChange = letter.may_change && isNewest;
  const mayAct = isNewest && hasActs(letter);
  const tellLeftOut = (section: number) => {
    setPlace(null);
    setLeftOut((old) => ({ section, n: old.n + 1 }));
  };
  const leaveOut = (section: number, id: string) => {
    write.mutate({ act: 'change', body: { edits: [{ do: 'leave_out', id }] } },
      { onSuccess: () => { tellLeftOut(section); } });
  };
  return (
    <Page title={letter.title} lead={<Lead letter={letter} />}
      crumbs={[{ label: t('letters.title'), to: '/brieven' }, { label: letter.title }]}>
      <div className="stack">
        <OldVersion letter={letter} />
        <JumpLinks letter={letter} mayAct={mayAct} />
        {write.isError && <ProblemNotice error={write.error} />}
      </div>
      <div className="two-columns letter-columns">
        <div className="stack-l">
          {letter.sections.map((section, index) => (
            <SectionView key={`${index} ${section.heading}`} section={section}
              language={letter.language} leftOut={leftOut.section === index ? leftOut.n : 0}
              acts={mayChange ? {
                edit: (sentence) => { setPlace({ section: index, sentence }); },
                add: () => { setPlace({ section: index }); },
                leaveOut: (id) => { leaveOut(index, id); },
              } : undefined} />
          ))}
        </div>
        <aside className="stack letter-side no-print">
          {mayAct && <LetterActs letter={letter} />}
          <TakeLetter letter={letter} />
        </aside>
        <div className="stack-l">
          <LeftOut letter={letter} mayChange={mayChange} />
          <Compare letter={letter} />
          <VersionTable letter={letter} />
        </div>
      </div>
      {place && (
        <SentenceDrawer letter={letter} place={place} onClose={() => { setPlace(null); }}
          onLeftOut={() => { tellLeftOut(place.section); }} />
      )}
    </Page>
  );
}

export default function LetterPage({ id }: { id: string }) {
  const version = Number(useQueryString().get('versie') ?? 0);
  const found = useLetter(id, version || undefined);
  if (found.isError) {
    return <ProblemPage error={found.error} onRetry={() => { void found.refetch(); }} />;
  }
  if (!found.data) return <Skeleton hasTitle lines={9} />;
  return <LetterBody letter={found.data} />;
}
