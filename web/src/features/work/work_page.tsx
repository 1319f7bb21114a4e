// My work: what waits for the person who is signed in, most pressing first.
import { useMayHandOver, useWaitingHandovers } from '@/api/handovers';
import { findForm, roleTitle } from '@/api/metadata';
import { useCatalogue, useSession, useTasks } from '@/api/queries';
import type { TaskItem } from '@/api/types';
import { formatWindow } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Button, ButtonLink } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemNotice } from '@/ui/problem_view';
import { ScrollBox } from '@/ui/scroll_box';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { placeOf, rowsOfTasks } from './task_rows';

function TaskRow({ tasks }: { tasks: [TaskItem, ...TaskItem[]] }) {
  const { t, l, lang } = useWords();
  const [task, ...others] = tasks;
  const catalogue = useCatalogue().data ?? { packs: [] };
  const form = findForm(catalogue, task.record.form);
  return (
    <tr>
      <th scope="row">
        <Link to={placeOf(task)}>{l(task.what)}</Link>
        {others.map(({ key, what }) => <p key={key} className="small muted">{l(what)}</p>)}
      </th>
      <td data-title={t('work.record')}>
        <span>{task.record.title}{' '}
          <span className="muted small">{form && l(form.form.title)}</span></span>
      </td>
      <td data-title={t('work.due')}>
        {task.due ? formatWindow(task.due, lang) : <span className="muted">{t('work.noDue')}</span>}
        {' '}{task.overdue && <Status meaning="attention" label={t('work.overdue')} />}
      </td>
      <td data-title={t('work.role')}>{l(roleTitle(catalogue, task.role))}</td>
    </tr>
  );
}

function TaskTable({ items }: { items: TaskItem[] }) {
  const { t } = useWords();
  return (
    <ScrollBox label={t('work.title')} isSticky>
      <table className="table record-table">
        <caption className="visually-hidden">{t('work.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('work.what')}</th>
            <th scope="col">{t('work.record')}</th>
            <th scope="col">{t('work.due')}</th>
            <th scope="col">{t('work.role')}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOfTasks(items).map((tasks) => (
            <TaskRow key={tasks[0].record.id + tasks[0].key} tasks={tasks} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

// Offers of other organisations that wait for an answer.
function WaitingHandovers() {
  const { t } = useWords();
  const items = useWaitingHandovers(useMayHandOver()).data?.items ?? [];
  if (!items.some((item) => item.may.includes('accept'))) return null;
  return (
    <Notice meaning="attention">
      <p>{t('handover.waiting')}</p>
      <p><Link to="/overdrachten">{t('handover.goWaiting')}</Link></p>
    </Notice>
  );
}

export default function WorkPage() {
  const { t } = useWords();
  const isSignedIn = Boolean(useSession().data?.account);
  const tasks = useTasks(isSignedIn);
  const crumbs = [{ label: t('work.title') }];
  if (!isSignedIn) {
    return (
      <Page title={t('work.title')} lead={t('work.signIn')} crumbs={crumbs}>
        <ButtonLink look="primary" to="/inloggen">{t('nav.signIn')}</ButtonLink>
      </Page>
    );
  }
  const items = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  const n = tasks.data?.pages[0]?.count_hint ?? items.length;
  const lead = !tasks.data ? '' : n === 0 ? t('work.none')
    : n === 1 ? t('work.leadOne') : t('work.lead', { n: n > 98 ? '99+' : n });
  return (
    <Page title={t('work.title')} lead={lead} crumbs={crumbs}>
      <div className="stack">
        <WaitingHandovers />
        {tasks.isPending && <Skeleton lines={8} />}
        {tasks.isError && (
          <ProblemNotice error={tasks.error} onRetry={() => void tasks.refetch()} />
        )}
        {items.length > 0 && <TaskTable items={items} />}
        {tasks.hasNextPage && (
          <div><Button onClick={() => void tasks.fetchNextPage()}>{t('common.more')}</Button></div>
        )}
      </div>
    </Page>
  );
}
