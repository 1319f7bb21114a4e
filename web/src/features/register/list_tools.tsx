// Beside the list: choosing columns, keeping views, and the help with the keys.
import { useState } from 'react';

import type { FormRef } from '@/api/metadata';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Popover } from '@/ui/popover';
import { columnsOf, kEngineColumns } from '@/ui/values/columns';
import type { ValueContext } from '@/ui/values/field_value';
import { useSavedViews } from './saved_views';

export interface ColumnChooserProps {
  context: ValueContext;
  form: FormRef;
  chosen: string[];
  onChange: (ids: string[]) => void;
}

const kMenuButton = 'utrecht-button utrecht-button--subtle utrecht-button--small popover-button';

export function ColumnChooser({ context, form, chosen, onChange }: ColumnChooserProps) {
  const { t } = context.words;
  const engine = kEngineColumns
    .filter((id) => form.form.process || !['state', 'turn'].includes(id));
  const all = columnsOf(context, form, [...engine, ...Object.keys(form.form.fields)]);
  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(isOn ? [...chosen, id] : chosen.filter((other) => other !== id));
    onChange(all.map((column) => column.id).filter((one) => next.has(one)));
  };
  return (
    <Popover label={t('register.columns')} isAtEnd buttonClass={kMenuButton}>
      <ul className="plain-list">
        {all.map((column) => (
          <li key={column.id}>
            <label className="check">
              <input type="checkbox" className="utrecht-checkbox"
                checked={chosen.includes(column.id)}
                onChange={(event) => { toggle(column.id, event.target.checked); }} />
              {column.title}
            </label>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

export function SavedViews({ form }: { form: FormRef }) {
  const { t } = useWords();
  const { views, save, remove } = useSavedViews(form.name);
  const [name, setName] = useState('');
  return (
    <Popover label={t('register.views')} isAtEnd buttonClass={kMenuButton}>
      <div className="stack-s">
        {!views.length && <p className="muted small">{t('register.noViews')}</p>}
        <ul className="plain-list">
          {views.map((view) => (
            <li key={view.name} className="row">
              <Link to={`/registers/${form.name}${view.query}`}>{view.name}</Link>
              <Button small look="subtle" onClick={() => { remove(view.name); }}
                aria-label={t('register.removeView', { name: view.name })}>×</Button>
            </li>
          ))}
        </ul>
        <form className="stack-s" onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save({ name: name.trim(), query: window.location.search });
          setName('');
        }}>
          <label htmlFor="view-name" className="strong small">{t('register.viewName')}</label>
          <input id="view-name" className="utrecht-textbox" value={name} autoComplete="off"
            onChange={(event) => { setName(event.target.value); }} />
          <Button small type="submit">{t('register.saveView')}</Button>
        </form>
      </div>
    </Popover>
  );
}

const kKeys: [string, MessageKey][] = [
  ['/', 'help.search'], ['j', 'help.next'], ['k', 'help.previous'], ['Enter', 'help.open'],
  ['?', 'help.help'],
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t('help.title')} onClose={onClose}>
      <dl className="facts">
        {kKeys.map(([key, text]) => (
          <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(text)}</dd></div>
        ))}
      </dl>
    </Dialog>
  );
}
