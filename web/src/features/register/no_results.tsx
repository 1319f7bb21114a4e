// An empty list says which filter to let go, each with one button.
import type { FormRef } from '@/api/metadata';
import { isFiltered } from '@/lib/url_state';
import { Button } from '@/ui/button';
import type { ListControl } from '@/ui/filters/use_list_state';
import { columnOf } from '@/ui/values/columns';
import type { ValueContext } from '@/ui/values/field_value';

export interface NoResultsProps {
  context: ValueContext;
  form: FormRef;
  control: ListControl;
}

export function NoResults({ context, form, control }: NoResultsProps) {
  const { t, l } = context.words;
  const plural = l(form.form.plural).toLowerCase();
  const { filters, text } = control.state;
  const used = Object.entries(filters).filter(([, value]) => isFiltered(value)).map(([id]) => id);
  return (
    <section className="panel stack" aria-labelledby="no-results">
      <h2 id="no-results">{t('register.none', { plural })}</h2>
      <p>{control.isAnyFilter ? t('register.noneHint') : t('register.noneEmpty', { plural })}</p>
      <div className="row">
        {text && (
          <Button onClick={() => { control.update({ text: '' }); }}>
            {t('register.dropText', { text })}
          </Button>
        )}
        {used.map((id) => (
          <Button key={id} onClick={() => { control.setFilter(id, {}); }}>
            {t('register.drop', { name: columnOf(context, form, id)?.title ?? id })}
          </Button>
        ))}
      </div>
    </section>
  );
}
