// What was destroyed: when, by whose decision, why and how much. Of whom is gone with it.
import { formatMoment } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { SimpleTable } from '@/ui/simple_table';
import type { Erasure } from './retention';

export function ErasuresTable({ items }: { items: Erasure[] }) {
  const { t, l, lang } = useWords();
  const times = (count: number, what: string) => t('retention.times', {
    n: formatDecimal(count, lang), what });
  const what = ({ records, accounts }: Erasure) => [
    ...records.map(({ form, form_title, count }) => times(count, l(form_title ?? form))),
    ...(accounts ? [times(accounts, t('retention.account'))] : []),
  ].join(', ');
  const why = ({ cause, reason }: Erasure) => (
    reason ? `${t(`retention.cause.${cause}`)}: ${reason}` : t(`retention.cause.${cause}`));
  return (
    <SimpleTable caption={t('retention.erased')}
      heads={[t('admin.at'), t('retention.what'), t('retention.why'), t('retention.by'),
        t('admin.organisation')]}
      rows={items.map((item) => ({ key: String(item.seq), cells: [
        formatMoment(item.at, lang), what(item), why(item), item.by.name, item.organisation.name,
      ] }))} />
  );
}
