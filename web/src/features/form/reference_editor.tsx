// Choosing another record: type a few letters, walk the list with the arrow keys, Enter takes it.
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';

import { findForm, fullName } from '@/api/metadata';
import { useCatalogue, useSearch } from '@/api/queries';
import type { RecordItem } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { FieldFrame, describedBy } from '@/ui/fields/frame';
import type { ReferenceDraft } from './drafts';
import { elementId } from './editor_types';
import type { EditorProps } from './editor_types';

const kShown = 8;

// Search words only where the form has searchable fields; else its first page, narrowed here.
function useCandidates(target: string, text: string, isWanted: boolean): RecordItem[] {
  const catalogue = useCatalogue().data;
  const form = catalogue && findForm(catalogue, target);
  const isSearchable = Object.values(form?.form.fields ?? {}).some((field) => field.searchable);
  const words = text.trim();
  const body = { form: target, limit: isSearchable ? kShown : 200,
    ...(isSearchable && words ? { text: words } : {}) };
  const items = useSearch(body, isWanted && Boolean(form)).data?.pages[0]?.items ?? [];
  return items.filter((item) => isSearchable
    || item.title.toLowerCase().includes(words.toLowerCase())).slice(0, kShown);
}

export function ReferenceEditor(props: EditorProps<ReferenceDraft>) {
  const { form, field, path, label, hint, errors, value, onChange } = props;
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const listId = useId();
  const id = elementId(path);
  const error = errors.get(path);
  const target = field.form ? fullName(form.pack, field.form) : '';
  const items = useCandidates(target, typed, isOpen);
  const take = (item: RecordItem | undefined) => {
    if (!item) return;
    onChange({ id: item.id, title: item.title });
    setTyped('');
    setOpen(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setOpen(true);
      setActive(Math.max(0, Math.min(items.length - 1, isOpen ? active + step : 0)));
    }
    if (event.key === 'Enter' && isOpen && items.length) {
      event.preventDefault();
      take(items[active]);
    }
  };
  const allHints = [hint, t('form.refHint')].filter(Boolean).join(' ');
  return (
    <FieldFrame id={id} label={label} hint={allHints} error={error}
      isRequired={Boolean(field.required)}>
      {value.id && (
        <p className="row">
          <span>{t('form.refChosen', { title: value.title })}</span>
          <Button small look="subtle" onClick={() => { onChange({ id: '', title: '' }); }}
            aria-label={t('form.refClear', { title: value.title })}>×</Button>
        </p>
      )}
      <input id={id} type="text" role="combobox" autoComplete="off" value={typed}
        className={`utrecht-textbox utrecht-textbox--html-input${
          error ? ' utrecht-textbox--invalid' : ''}`}
        aria-expanded={isOpen} aria-controls={listId} aria-autocomplete="list"
        aria-describedby={describedBy({ id, hint: allHints, error })}
        aria-invalid={error ? true : undefined}
        aria-activedescendant={isOpen && items[active] ? `${listId}-${active}` : undefined}
        onFocus={() => { setActive(0); }} onKeyDown={onKey}
        onBlur={() => { setOpen(false); }}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
          setActive(0);
        }} />
      <div id={listId} role="listbox" aria-label={label} className="listbox"
        hidden={!isOpen || !items.length}>
        {items.map((item, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div key={item.id} id={`${listId}-${index}`} role="option" tabIndex={-1}
            aria-selected={index === active} onMouseDown={(event) => { event.preventDefault(); }}
            onClick={() => { take(item); }}>
            {item.title}
          </div>
        ))}
      </div>
      <p role="status" className="small muted">
        {isOpen && typed && !items.length && t('form.refNone')}
      </p>
    </FieldFrame>
  );
}
