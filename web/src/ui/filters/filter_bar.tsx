// Filters as chips above a list. A chip says what is chosen; its panel changes it at once.
import { useState } from 'react';

import type { FormRef } from '@/api/metadata';
import { parseDay, formatDate } from '@/lib/dates';
import { isFiltered } from '@/lib/url_state';
import type { FilterValue } from '@/lib/url_state';
import { Button } from '../button';
import { Popover } from '../popover';
import { columnOf } from '../values/columns';
import type { ValueContext } from '../values/field_value';
import { filterKind, useOptions } from './options';
import type { ListControl } from './use_list_state';

export interface FilterBarProps {
  context: ValueContext;
  form: FormRef;
  fields: string[];
  control: ListControl;
}

interface PanelProps {
  context: ValueContext;
  form: FormRef;
  id: string;
  value: FilterValue;
  onChange: (value: FilterValue) => void;
}

function OptionsPanel({ context, form, id, value, onChange }: PanelProps) {
  const options = useOptions(context, form, id);
  const chosen = value.anyOf ?? [];
  const toggle = (one: string, isOn: boolean) => {
    onChange({ anyOf: isOn ? [...chosen, one] : chosen.filter((other) => other !== one) });
  };
  if (!options.length) return <p className="muted">{context.words.t('filter.noOptions')}</p>;
  return (
    <ul className="plain-list">
      {options.map((option) => (
        <li key={option.value}>
          <label className="check">
            <input type="checkbox" className="utrecht-checkbox utrecht-checkbox--html-input"
              checked={chosen.includes(option.value)}
              onChange={(event) => { toggle(option.value, event.target.checked); }} />
            {option.label}
          </label>
        </li>
      ))}
    </ul>
  );
}

function RangePanel({ context, id, value, onChange }: PanelProps) {
  const { t, lang } = context.words;
  const show = (iso: string | undefined) => (iso ? formatDate(iso, lang) : '');
  const [from, setFrom] = useState(show(value.from));
  const [to, setTo] = useState(show(value.to));
  const apply = () => {
    const first = parseDay(from);
    const last = parseDay(to);
    onChange({ ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) });
  };
  return (
    <form className="stack-s" onSubmit={(event) => { event.preventDefault(); apply(); }}>
      <label className="stack-s" htmlFor={`${id}-from`}>{t('common.from')}
        <input id={`${id}-from`} className="utrecht-textbox" value={from} autoComplete="off"
          onChange={(event) => { setFrom(event.target.value); }} />
      </label>
      <label className="stack-s" htmlFor={`${id}-to`}>{t('common.to')}
        <input id={`${id}-to`} className="utrecht-textbox" value={to} autoComplete="off"
          onChange={(event) => { setTo(event.target.value); }} />
      </label>
      <p className="muted small">{t('form.dateHint')}</p>
      <Button type="submit" look="primary">{t('filter.apply')}</Button>
    </form>
  );
}

function WordsPanel({ context, id, value, onChange }: PanelProps) {
  const [text, setText] = useState(value.anyOf?.[0] ?? '');
  return (
    <form className="stack-s" onSubmit={(event) => {
      event.preventDefault();
      onChange({ anyOf: text.trim() ? [text.trim()] : [] });
    }}>
      <label className="visually-hidden" htmlFor={`${id}-words`}>{id}</label>
      <input id={`${id}-words`} className="utrecht-textbox" value={text} autoComplete="off"
        onChange={(event) => { setText(event.target.value); }} />
      <Button type="submit" look="primary">{context.words.t('filter.apply')}</Button>
    </form>
  );
}

function useSummary({ context, form, id, value }: PanelProps): string {
  const { t, lang } = context.words;
  const options = useOptions(context, form, id, isFiltered(value));
  if (value.anyOf?.length) {
    const names = value.anyOf.map((one) => options.find((o) => o.value === one)?.label ?? one);
    return names.length > 2 ? t('filter.chosen', { n: names.length }) : names.join(', ');
  }
  const from = value.from && `${t('common.from')} ${formatDate(value.from, lang)}`;
  const to = value.to && `${t('common.to')} ${formatDate(value.to, lang)}`;
  return [from, to].filter(Boolean).join(' ');
}

function FilterChip(props: PanelProps & { title: string; kind: string }) {
  const { context, title, kind, value, onChange } = props;
  const summary = useSummary(props);
  const isOn = isFiltered(value);
  const Panel = kind === 'range' ? RangePanel : kind === 'words' ? WordsPanel : OptionsPanel;
  return (
    <Popover buttonClass={isOn ? 'chip is-on' : 'chip'}
      label={isOn ? `${title}: ${summary}` : title}>
      <div className="stack-s">
        <p className="strong">{title}</p>
        <Panel {...props} />
        {isOn && (
          <Button small onClick={() => { onChange({}); }}>
            {context.words.t('filter.clearOne', { name: title })}
          </Button>
        )}
      </div>
    </Popover>
  );
}

// Few chips at first: those in use, and the first ones; the rest on request.
const kChipsAtFirst = 6;

export function FilterBar({ context, form, fields, control }: FilterBarProps) {
  const { t } = context.words;
  const [isAll, setAll] = useState(false);
  const chips = fields.flatMap((id) => {
    const column = columnOf(context, form, id);
    const kind = filterKind(id, form.form.fields[id]);
    return column && kind !== 'none' ? [{ id, kind, title: column.title }] : [];
  });
  if (!chips.length) return null;
  const shown = chips.filter(({ id }, index) => isAll || chips.length <= kChipsAtFirst + 1
    || index < kChipsAtFirst || isFiltered(control.state.filters[id]));
  return (
    <div className="row no-print" role="group" aria-label={t('filter.title')}>
      {shown.map(({ id, kind, title }) => (
        <FilterChip key={id} context={context} form={form} id={id} kind={kind} title={title}
          value={control.state.filters[id] ?? {}}
          onChange={(value) => { control.setFilter(id, value); }} />
      ))}
      {shown.length < chips.length && (
        <Button small look="subtle" onClick={() => { setAll(true); }}>
          {t('filter.more', { n: chips.length - shown.length })}
        </Button>
      )}
      {control.isAnyFilter && (
        <Button small look="subtle" onClick={control.clear}>{t('filter.clear')}</Button>
      )}
    </div>
  );
}
