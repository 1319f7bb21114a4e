// Somebody changed the record meanwhile: of what is filled in here and stands otherwise now, both
// side by side. What was typed stays; per field one can take over what stands there now. What
// changed outside this form, such as the state, is named.
import { isCounted } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import type { Fields, RecordView } from '@/api/types';
import { Button } from '@/ui/button';
import { labelsOf } from '@/ui/rule_facts';
import { ScrollBox } from '@/ui/scroll_box';
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
        <ScrollBox label={t('form.conflict')}>
          <table className="table">
            <caption className="visually-hidden">{t('form.conflict')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('packs.field')}</th>
                <th scope="col">{t('form.conflictMine')}</th>
                <th scope="col">{t('form.conflictTheirs')}</th>
              </tr>
            </thead>
            <tbody>
              {differing.map(([id, field]) => (
                <tr key={id}>
                  <th scope="row">{l(field.label)}</th>
                  <td><FieldValue context={context} field={field} value={mine[id]} /></td>
                  <td>
                    <div className="stack-s">
                      <span>
                        <FieldValue context={context} field={field} value={current.fields[id]} />
                      </span>
                      <Button small onClick={() => { onTake(id); }}>
                        {t('form.conflictTake', { label: l(field.label).toLowerCase() })}
                      </Button>
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}
