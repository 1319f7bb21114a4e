// Rows of which it cannot be determined whether they belong in the block: they lack what it asks
// for. Shown apart, so that none is left out in silence.
import { useAllRows } from '@/api/queries';
import type { Block, SearchBody } from '@/api/types';
import { formatDecimal } from '@/lib/format';
import { Link } from '@/lib/router';
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
  const items = rows.data?.items ?? [];
  if (!block.where || !items.length) return null;
  return (
    <details>
      <summary>
        {t('desk.undetermined', { n: formatDecimal(items.length, lang), plural })}
      </summary>
      <ul>
        {items.map(({ id, title }) => (
          <li key={id}><Link to={`/records/${id}`}>{title}</Link></li>
        ))}
      </ul>
    </details>
  );
}
