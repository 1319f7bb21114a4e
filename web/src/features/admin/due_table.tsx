// The records that may go: which, of whom, since when and by which term and law. The title is
// there only for who may see it; else the register and the end of the id tell them apart.
import { formatDate } from '@/lib/dates';
import { formatPeriod } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { SimpleTable } from '@/ui/simple_table';
import type { DueRecord } from './retention';

const kShownOfId = 6;

// What a row is called, on the screen and by its box.
export function useDueName(): (item: DueRecord) => string {
  const { t, l } = useWords();
  return ({ id, title, form, form_title }) => title ?? t('retention.untitled', {
    form: l(form_title ?? form), id: id.slice(-kShownOfId) });
}

export interface DueTableProps {
  items: DueRecord[];
  mayChoose: boolean;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

export function DueTable({ items, mayChoose, chosen, onChoose }: DueTableProps) {
  const { t, l, lang } = useWords();
  const nameOf = useDueName();
  const isAll = items.every(({ id }) => chosen.has(id));
  const set = (id: string, isOn: boolean) => {
    const next = new Set(chosen);
    if (isOn) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  const name = (item: DueRecord) => (
    <div className="stack-s">
      {mayChoose ? (
        <label className="check">
          <input type="checkbox" className="utrecht-checkbox" checked={chosen.has(item.id)}
            onChange={(event) => { set(item.id, event.target.checked); }} />
          {nameOf(item)}
        </label>
      ) : <span>{nameOf(item)}</span>}
      {item.person && <p className="small muted">{t('retention.person')}</p>}
    </div>
  );
  return (
    <div className="stack">
      {mayChoose && (
        <div>
          <Button small onClick={() => {
            onChoose(new Set(isAll ? [] : items.map(({ id }) => id)));
          }}>{t(isAll ? 'retention.chooseNone' : 'retention.chooseAll')}</Button>
        </div>
      )}
      <SimpleTable caption={t('retention.due')}
        heads={[t('retention.record'), t('retention.register'), t('admin.organisation'),
          t('retention.changed'), t('retention.term'), t('retention.since')]}
        rows={items.map((item) => ({ key: item.id, cells: [
          name(item), l(item.form_title ?? item.form), item.organisation.name,
          formatDate(item.changed, lang),
          <div key="term" className="stack-s">
            <span>{formatPeriod(item.retention ?? '', lang)}</span>
            <span className="small muted">
              {[item.law, item.article && t('retention.article', { article: item.article })]
                .filter(Boolean).join(', ')}
            </span>
          </div>,
          formatDate(item.due, lang),
        ] }))} />
    </div>
  );
}
