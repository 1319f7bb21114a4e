// The versions of a letter, and two of them side by side.
import { useState } from 'react';

import { useLetterChanges } from '@/api/letters';
import type { Letter } from '@/api/letters';
import { formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { FieldFrame } from '@/ui/fields/frame';
import { ProblemNotice } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';

function Changes({ letter, from, to }: { letter: Letter; from: number; to: number }) {
  const { t } = useWords();
  const found = useLetterChanges(letter.id, from, to);
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (!found.data) return <Skeleton lines={3} />;
  if (found.data.length === 0) return <p role="status">{t('letters.same')}</p>;
  return (
    <SimpleTable caption={t('letters.compare')}
      heads={[t('letters.change'), t('letters.versionNo', { version: from }),
        t('letters.versionNo', { version: to })]}
      rows={found.data.map((change) => ({ key: change.id, cells: [
        t(`letters.change.${change.change}`),
        <span key="before" className="letter-words" lang={letter.language}>{change.before}</span>,
        <span key="after" className="letter-words" lang={letter.language}>{change.after}</span>,
      ] }))} />
  );
}

interface ChooserProps {
  id: string;
  label: string;
  letter: Letter;
  value: number;
  onChange: (version: number) => void;
}

function VersionChooser({ id, label, letter, value, onChange }: ChooserProps) {
  return (
    <FieldFrame id={id} label={label}>
      <select id={id} className="utrecht-select utrecht-select--html-select" value={value}
        onChange={(event) => { onChange(Number(event.target.value)); }}>
        {letter.versions.map(({ version }) => (
          <option key={version} value={version}>{version}</option>
        ))}
      </select>
    </FieldFrame>
  );
}

function Chosen({ letter, before, newest }: { letter: Letter; before: number; newest: number }) {
  const { t } = useWords();
  const [from, setFrom] = useState(before);
  const [to, setTo] = useState(newest);
  return (
    <section className="stack" id="vergelijken">
      <h2>{t('letters.compare')}</h2>
      <div className="row-wide no-print">
        <VersionChooser id="letter-from" label={t('letters.from')} letter={letter} value={from}
          onChange={setFrom} />
        <VersionChooser id="letter-to" label={t('letters.to')} letter={letter} value={to}
          onChange={setTo} />
      </div>
      <Changes letter={letter} from={from} to={to} />
    </section>
  );
}

// A new version begins anew: what people then look for is what it changed. The one before it is the
// one that the reader may see, which need not be the last number.
export function Compare({ letter }: { letter: Letter }) {
  const [newest, before] = letter.versions;
  if (!newest || !before) return null;
  return (
    <Chosen key={newest.version} letter={letter} before={before.version}
      newest={newest.version} />
  );
}

export function VersionTable({ letter }: { letter: Letter }) {
  const { t, lang } = useWords();
  return (
    <section className="stack" aria-labelledby="versions">
      <h2 id="versions" tabIndex={-1}>{t('letters.versions')}</h2>
      <SimpleTable caption={t('letters.versions')}
        heads={[t('letters.version'), t('letters.when'), t('letters.who'), t('letters.why')]}
        rows={letter.versions.map(({ version, at, by, reason }) => ({
          key: String(version),
          cells: [
            <Link key="to" className="utrecht-link" to={`/brieven/${letter.id}?versie=${version}`}>
              {version}
            </Link>,
            formatMoment(at, lang), by ?? '–', reason ?? '–',
          ],
        }))} />
    </section>
  );
}
