// Rows of which it cannot be determined whether they belong in the block: they lack what it asks
// for. Shown apart, so that none is left out in silence; nor is it silent that they could not be
// asked for, or are too many to show.
import { useAllRows } from '@/api/queries';
import type { Block, SearchBody } from '@/api/types';
import { formatDecimal } from '@/lib/format';
import { Link } from '@/lib/router';
import { ProblemNotice } from '@/ui/problem_view';
import type { ValueContext } from '@/ui/values/field_value';
import { undeterminedBody } from './use_block';

export interface UndeterminedRowsProps {
  block: Block;
  body: SearchBody;
  plural: string;
  context: ValueContext;
}

export function UndeterminedRows({ block, body, plural, context }: UndeterminedRowsProps) {
  const rows = useAllRows(undeterminedBody(body), Boolean(block.where));
  const { t, lang } = context.words;
  if (rows.isError) {
    return <ProblemNotice error={rows.error} onRetry={() => void rows.refetch()} />;
  }
  const items = rows.data?.items ?? [];
  if (!block.where || !items.length) return null;
  return (
    <details>
      <summary>
        {t('desk.undetermined', { n: formatDecimal(items.length, lang), plural })}
      </summary>
      {rows.data?.next && (
        <p>{t('desk.first', { n: formatDecimal(rows.data.items.length, lang) })}</p>
      )}
      <ul className="plain-list stack-s">
        {items.map(({ id, title }) => (
          <li key={id}><Link to={`/records/${id}`}>{title}</Link></li>
        ))}
      </ul>
    </details>
  );
}
