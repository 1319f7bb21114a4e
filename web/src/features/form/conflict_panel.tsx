// Somebody changed the record meanwhile: both versions side by side. What was typed stays; per
// field one can take over what stands there now.
import { isCounted } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import type { Fields, RecordView } from '@/api/types';
import { Button } from '@/ui/button';
import { ScrollBox } from '@/ui/scroll_box';
import { FieldValue, useValueContext } from '@/ui/values/field_value';

export interface ConflictPanelProps {
  form: FormRef;
  mine: Fields;
  current: RecordView;
  onTake: (id: string) => void;
}

export function ConflictPanel({ form, mine, current, onTake }: ConflictPanelProps) {
  const context = useValueContext(form.pack, current.references);
  const { t, l } = context.words;
  const differing = Object.entries(form.form.fields)
    .filter(([id, field]) => !isCounted(field)
      && JSON.stringify(mine[id]) !== JSON.stringify(current.fields[id]));
  return (
    <section className="error-summary stack" role="alert" aria-labelledby="conflict-title">
      <h2 id="conflict-title">{t('form.conflict')}</h2>
      <p>{t(differing.length ? 'form.conflictText' : 'form.conflictSame')}</p>
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
