// What the overall search found, register by register: titles, states, and where the words stand.
import { useState } from 'react';

import { findForm } from '@/api/metadata';
import { useCatalogue, useSearch, useSearchAll, useSession } from '@/api/queries';
import type { SearchGroup } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { hasWords } from '@/lib/snippet';
import { useHistoryState } from '@/lib/router';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemNotice } from '@/ui/problem_view';
import { SearchForm } from '@/ui/search_form';
import type { SearchState } from '@/ui/search_form';
import { Skeleton } from '@/ui/skeleton';
import { Hit } from './hit';

interface GroupProps {
  group: SearchGroup;
  words: string;
}

function Group({ group, words }: GroupProps) {
  const { t, l } = useWords();
  const [isAll, setAll] = useState(false);
  const form = findForm(useCatalogue().data ?? { packs: [] }, group.form);
  const all = useSearch({ form: group.form, text: words }, isAll);
  if (!form) return null;
  const pages = (isAll && all.data?.pages) || [group.page];
  const plural = l(form.form.plural);
  const showMore = () => {
    if (isAll) void all.fetchNextPage();
    setAll(true);
  };
  return (
    <section className="stack-s" aria-labelledby={`found-${group.form}`}>
      <h2 id={`found-${group.form}`}>{plural}</h2>
      <ul className="plain-list hits">
        {pages.flatMap((page) => page.items.map((item) => (
          <Hit key={item.id} form={form} item={item} references={page.references} words={words} />
        )))}
      </ul>
      {all.isError && <ProblemNotice error={all.error} onRetry={() => void all.refetch()} />}
      {pages.at(-1)?.next && (
        <div>
          <Button small disabled={all.isFetching} onClick={showMore}>
            {t('search.more', { plural: plural.toLowerCase() })}
          </Button>
        </div>
      )}
    </section>
  );
}

function Nothing() {
  const { t } = useWords();
  const isSignedIn = Boolean(useSession().data?.account);
  return (
    <section className="panel stack-s" aria-labelledby="found-nothing">
      <h2 id="found-nothing">{t('search.none')}</h2>
      <p>{t('search.noneHint')}</p>
      {!isSignedIn && <p>{t('search.noneVisitor')}</p>}
    </section>
  );
}

function Found({ words }: { words: string }) {
  const { t } = useWords();
  const found = useSearchAll(words);
  if (found.isPending) return <Skeleton lines={9} />;
  if (found.isError) {
    return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  }
  const { groups } = found.data;
  const n = groups.length;
  return (
    <div className="stack-l">
      <p role="status" className={n ? 'small muted' : 'visually-hidden'}>
        {n === 0 ? t('search.none') : n === 1 ? t('search.inOne') : t('search.in', { n })}
      </p>
      {n === 0 && <Nothing />}
      {groups.map((group) => <Group key={group.form + words} group={group} words={words} />)}
    </div>
  );
}

// What was typed holds nothing to search for.
function Blank() {
  const { t } = useWords();
  return (
    <section className="panel stack-s" aria-labelledby="found-blank" role="status">
      <h2 id="found-blank">{t('search.blank')}</h2>
      <p>{t('search.blankHint')}</p>
    </section>
  );
}

export default function SearchPage() {
  const { t } = useWords();
  const sent = (useHistoryState() as SearchState | null)?.words;
  const words = sent ?? '';
  return (
    <Page title={t('search.title')} lead={t('search.lead')} crumbs={[{ label: t('search.title') }]}>
      <div className="stack-l">
        <SearchForm id="search-words" words={words} />
        {sent !== undefined && (hasWords(sent) ? <Found words={sent} /> : <Blank />)}
      </div>
    </Page>
  );
}
