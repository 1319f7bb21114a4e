// Choosing one from a list that is searched: type a few letters, walk the list with the arrow keys,
// Enter takes it. Who uses it says where the candidates come from.
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';

import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { FieldFrame, describedBy } from './frame';

export const kShown = 8;

export interface Candidate {
  id: string;
  title: string;
  note?: string;                 // tells those of one name apart
}

// What was chosen; both empty: nothing.
export type Chosen = { id: string; title: string };

// What is typed and whether the list is open: the candidates depend on both.
export function useSearching() {
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  return { typed, setTyped, isOpen, setOpen };
}

export interface ChooserProps {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  isRequired: boolean;
  value: Chosen;
  onChange: (value: Chosen) => void;
  searching: ReturnType<typeof useSearching>;
  candidates: Candidate[];
}

function Options({ id, label, shown, active, onTake }: { id: string; label: string;
  shown: Candidate[]; active: number; onTake: (candidate: Candidate) => void; }) {
  return (
    <div id={id} role="listbox" aria-label={label} className="listbox" hidden={!shown.length}>
      {shown.map((candidate, index) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div key={candidate.id} id={`${id}-${index}`} role="option" tabIndex={-1}
          aria-selected={index === active} onMouseDown={(event) => { event.preventDefault(); }}
          onClick={() => { onTake(candidate); }}>
          {candidate.title}
          {candidate.note && <span className="small muted"> {candidate.note}</span>}
        </div>
      ))}
    </div>
  );
}

export function Chooser(props: ChooserProps) {
  const { id, label, hint, error, isRequired, value, onChange, candidates } = props;
  const { typed, setTyped, isOpen, setOpen } = props.searching;
  const { t } = useWords();
  const [active, setActive] = useState(0);
  const listId = useId();
  const take = (candidate: Candidate | undefined) => {
    if (!candidate) return;
    onChange({ id: candidate.id, title: candidate.title });
    setTyped('');
    setOpen(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setOpen(true);
      setActive(Math.max(0, Math.min(candidates.length - 1, isOpen ? active + step : 0)));
    }
    if (event.key === 'Enter' && isOpen && candidates.length) {
      event.preventDefault();
      take(candidates[active]);
    }
  };
  const allHints = [hint, t('form.refHint')].filter(Boolean).join(' ');
  return (
    <FieldFrame id={id} label={label} hint={allHints} error={error} isRequired={isRequired}>
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
        aria-activedescendant={isOpen && candidates[active] ? `${listId}-${active}` : undefined}
        onFocus={() => { setActive(0); }} onKeyDown={onKey}
        onBlur={() => { setOpen(false); }}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
          setActive(0);
        }} />
      <Options id={listId} label={label} shown={isOpen ? candidates : []} active={active}
        onTake={take} />
      <p role="status" className="small muted">
        {isOpen && typed && !candidates.length && t('form.refNone')}
      </p>
    </FieldFrame>
  );
}
