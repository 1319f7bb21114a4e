// The letters: making one of a template of a pack, and those that are kept.
import { useState } from 'react';

import { useLetters, useMakeLetter } from '@/api/letters';
import type { LetterItem, LetterTemplate } from '@/api/letters';
import { formatDate, formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link, navigate } from '@/lib/router';
import { Button } from '@/ui/button';
import { FieldFrame } from '@/ui/fields/frame';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { ListedStatus } from './letter_status';

const kSelect = 'utrecht-select utrecht-select--html-select';

function MakeForm({ templates }: { templates: LetterTemplate[] }) {
  const { t, l, lang } = useWords();
  const [template, setTemplate] = useState(templates[0]?.name ?? '');
  const [language, setLanguage] = useState<string>(lang);
  const make = useMakeLetter((letter) => { navigate(`/brieven/${letter.id}`); });
  return (
    <section className="stack">
      <h2>{t('letters.make')}</h2>
      {make.isError && <ProblemNotice error={make.error} />}
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ template, language });
      }}>
        <FieldFrame id="letter-template" label={t('letters.template')}
          hint={t('letters.makeHint')}>
          <select id="letter-template" className={kSelect} value={template}
            aria-describedby="letter-template-hint"
            onChange={(event) => { setTemplate(event.target.value); }}>
            {templates.map((one) => (
              <option key={one.name} value={one.name}>
                {l(one.title)} ({l(one.pack.title)})
              </option>
            ))}
          </select>
        </FieldFrame>
        <FieldFrame id="letter-language" label={t('letters.language')}>
          <select id="letter-language" className={kSelect} value={language}
            onChange={(event) => { setLanguage(event.target.value); }}>
            <option value="nl">{t('letters.dutch')}</option>
            <option value="en">{t('letters.english')}</option>
          </select>
        </FieldFrame>
        <div>
          <Button type="submit" look="primary" disabled={make.isPending}>
            {t('letters.makeDraft')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Kept({ items }: { items: LetterItem[] }) {
  const { t, lang } = useWords();
  return (
    <section className="stack">
      <h2>{t('letters.kept')}</h2>
      {items.length === 0 && <p>{t('letters.none')}</p>}
      {items.length > 0 && (
        <SimpleTable caption={t('letters.kept')}
          heads={[t('letters.name'), t('letters.status'), t('letters.on'),
            t('letters.organisation'), t('letters.changed')]}
          rows={items.map((item) => ({ key: item.id, cells: [
            <Link key="to" className="utrecht-link" to={`/brieven/${item.id}`}>{item.title}</Link>,
            <ListedStatus key="status" item={item} />,
            formatDate(item.on, lang), item.organisation.name, formatMoment(item.changed, lang),
          ] }))} />
      )}
    </section>
  );
}

export default function LettersPage() {
  const { t } = useWords();
  const found = useLetters();
  if (found.isError) {
    return <ProblemPage error={found.error} onRetry={() => { void found.refetch(); }} />;
  }
  if (!found.data) return <Skeleton hasTitle />;
  const { templates, items } = found.data;
  return (
    <Page title={t('letters.title')} lead={t('letters.lead')}
      crumbs={[{ label: t('letters.title') }]}>
      <div className="stack-l">
        {templates.length > 0 ? <MakeForm templates={templates} /> : (
          <p>{t('letters.noTemplates')}</p>
        )}
        <Kept items={items} />
      </div>
    </Page>
  );
}
