// Somebody changed the record meanwhile: of what is filled in here and stands otherwise now, both
// side by side. What was typed stays; per field one can take over what stands there now. What
// changed outside this form, such as the state, is named.
import { isCounted } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import type { Fields, RecordView } from '@/api/types';
import { Button } from '@/ui/button';
import { labelsOf } from '@/ui/rule_facts';
import { FieldValue, useValueContext } from '@/ui/values/field_value';

export interface ConflictPanelProps {
  form: FormRef;
  ids: string[];                      // the fields that are asked here
  opened: RecordView | undefined;     // as it was when somebody began
  mine: Fields;
  current: RecordView;
  onTake: (id: string) => void;
}

const isOther = (id: string, some: Fields, others: Fields) => (
  JSON.stringify(some[id]) !== JSON.stringify(others[id]));

export function ConflictPanel({ form, ids, opened, mine, current, onTake }: ConflictPanelProps) {
  const context = useValueContext(form.pack, current.references);
  const { t, l } = context.words;
  const changed = Object.entries(form.form.fields).filter(([id, field]) => !isCounted(field)
    && isOther(id, opened?.fields ?? {}, current.fields));
  const differing = changed.filter(([id]) => ids.includes(id) && isOther(id, mine, current.fields));
  const isHere = changed.some(([id]) => ids.includes(id));
  const says = differing.length ? 'form.conflictText'
    : isHere ? 'form.conflictAlready' : 'form.conflictSame';
  const elsewhere = changed.flatMap(([id]) => (ids.includes(id) ? [] : [id]));
  const isMoved = current.state && current.state.id !== opened?.state?.id;
  return (
    <section className="error-summary stack" role="alert" aria-labelledby="conflict-title">
      <h2 id="conflict-title">{t('form.conflict')}</h2>
      <p>{t(says)}</p>
      {isMoved && <p>{t('form.conflictState', { state: l(current.state?.label) })}</p>}
      {elsewhere.length > 0 && (
        <p>{t('form.conflictElsewhere', { labels: labelsOf(form, elsewhere, l) })}</p>
      )}
      {differing.length > 0 && (
        <ul className="plain-list stack">
          {differing.map(([id, field]) => (
            <li key={id} className="stack-s">
              <h3>{l(field.label)}</h3>
              <dl className="facts">
                <div>
                  <dt>{t('form.conflictMine')}</dt>
                  <dd><FieldValue context={context} field={field} value={mine[id]} /></dd>
                </div>
                <div>
                  <dt>{t('form.conflictTheirs')}</dt>
                  <dd><FieldValue context={context} field={field} value={current.fields[id]} /></dd>
                </div>
              </dl>
              <div>
                <Button small onClick={() => { onTake(id); }}>
                  {t('form.conflictTake', { label: l(field.label).toLowerCase() })}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
