// A register: the records of one form, searched, filtered, sorted, page after page.
import { useCallback, useMemo, useState } from 'react';

import { canImport, findForm, isCounted } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { useCatalogue, useSearch } from '@/api/queries';
import type { References } from '@/api/types';
import { useHotkeys } from '@/lib/use_hotkeys';
import { Button, ButtonLink } from '@/ui/button';
import { ExportMenu } from '@/ui/export_menu';
import { FilterBar } from '@/ui/filters/filter_bar';
import { NoOrder } from '@/ui/filters/no_order';
import { searchBody, useListState } from '@/ui/filters/use_list_state';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { ShareTools } from '@/ui/share_tools';
import { Skeleton } from '@/ui/skeleton';
import { columnsOf, defaultColumns } from '@/ui/values/columns';
import { useValueContext } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';
import { RecordTable } from '@/ui/values/record_table';
import { ColumnChooser, KeyHelp, SavedViews } from './list_tools';
import { NoResults } from './no_results';
import { SearchBox } from './search_box';
import { SelectionBar } from './selection_bar';
import './register.css';

// j and k walk the rows' links; Enter is the link's own.
function walkRows(step: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('a[data-row]')];
  const here = links.indexOf(document.activeElement as HTMLElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  links[Math.max(0, Math.min(links.length - 1, next))]?.focus();
}

function filterFields(form: FormRef): string[] {
  const own = Object.entries(form.form.fields)
    .filter(([, field]) => field.filterable && !isCounted(field)).map(([id]) => id);
  return [...(form.form.process ? ['state', 'turn'] : []), ...own];
}

function CountLine({ context, count, hasMore }: { context: ValueContext; count: number;
  hasMore: boolean; }) {
  const { t } = context.words;
  if (count === 1 && !hasMore) return <>{t('register.countOne')}</>;
  return <>{t(hasMore ? 'register.count' : 'register.countAll', { n: count })}</>;
}

function useRegister(form: FormRef) {
  const control = useListState(form);
  const body = searchBody(form, control.state);
  const pages = useSearch(body);
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const references = useMemo(
    () => Object.assign({}, ...(pages.data?.pages.map((p) => p.references) ?? [])) as References,
    [pages.data]);
  return { control, body, pages, items, references };
}

function Register({ form }: { form: FormRef }) {
  const { control, body, pages, items, references } = useRegister(form);
  const context = useValueContext(form.pack, references);
  const { t, l } = context.words;
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [isHelp, setHelp] = useState(false);
  const { update } = control;
  const setText = useCallback((text: string) => { update({ text }); }, [update]);
  useHotkeys(useMemo(() => ({
    '?': () => { setHelp(true); },
    j: () => { walkRows(1); },
    k: () => { walkRows(-1); },
  }), []));
  const ids = control.state.columns ?? defaultColumns(context, form);
  const columns = columnsOf(context, form, ids);
  const plural = l(form.form.plural);
  const chosen = items.filter((item) => selected.has(item.id)).map((item) => item.id);
  return (
    <Page title={plural} lead={l(form.form.description)}
      crumbs={[{ label: l(form.pack.title) }, { label: plural }]}
      tools={(
        <>
          {form.form.may.includes('create') && (
            <ButtonLink look="primary" to={`/registers/${form.name}/nieuw`}>
              {t('register.new', { title: l(form.form.title).toLowerCase() })}
            </ButtonLink>
          )}
          {canImport(form.form) && (
            <ButtonLink to={`/registers/${form.name}/inlezen`}>{t('import.open')}</ButtonLink>
          )}
          <ShareTools />
        </>
      )}>
      <div className="stack">
        <div className="list-head no-print">
          {Object.values(form.form.fields).some((field) => field.searchable) && (
            <SearchBox label={t('filter.searchIn', { plural: plural.toLowerCase() })}
              value={control.state.text} onChange={setText} />
          )}
          <div className="row push">
            <ColumnChooser context={context} form={form} chosen={ids}
              onChange={(next) => { update({ columns: next }); }} />
            <SavedViews form={form} />
            <ExportMenu form={form} body={body} columns={ids} />
            <span className="wide-only">
              <Button small look="subtle" onClick={() => { setHelp(true); }}>
                {t('register.help')}
              </Button>
            </span>
          </div>
        </div>
        <FilterBar context={context} form={form} fields={filterFields(form)} control={control} />
        <NoOrder context={context} form={form} control={control} />
        {pages.isPending && <Skeleton lines={9} />}
        {pages.isError && (
          <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} />
        )}
        {pages.data && items.length === 0 && (
          <NoResults context={context} form={form} control={control} />
        )}
        {items.length > 0 && (
          <>
            <p className="small muted" role="status">
              <CountLine context={context} count={items.length} hasMore={pages.hasNextPage} />
            </p>
            <RecordTable context={context} form={form} items={items} columns={columns}
              caption={plural} sort={control.state.sort} selected={selected}
              onSelect={setSelected} onSort={(sort) => { update({ sort }); }} />
          </>
        )}
        {pages.hasNextPage && (
          <div>
            <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </div>
      {chosen.length > 0 && (
        <SelectionBar form={form} body={body} ids={chosen} columns={ids}
          onClear={() => { setSelected(new Set()); }} />
      )}
      {isHelp && <KeyHelp onClose={() => { setHelp(false); }} />}
    </Page>
  );
}

export default function RegisterPage({ pack, form: id }: { pack: string; form: string }) {
  const catalogue = useCatalogue().data;
  const form = catalogue && findForm(catalogue, `${pack}/${id}`);
  if (!form?.form.may.includes('read')) return <ProblemPage error={new ApiProblem(404, {})} />;
  return <Register key={form.name} form={form} />;
}
