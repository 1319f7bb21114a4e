// The search words of a list; sent when one stops typing for a moment.
import { useEffect, useState } from 'react';

import { useWords } from '@/lib/i18n';

const kPauseMs = 300;

export interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const { t } = useWords();
  const [text, setText] = useState(value);
  useEffect(() => { setText(value); }, [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = window.setTimeout(() => { onChange(text); }, kPauseMs);
    return () => { window.clearTimeout(timer); };
  }, [text, value, onChange]);
  return (
    <form role="search" className="search-box" onSubmit={(event) => {
      event.preventDefault();
      onChange(text);
    }}>
      <label htmlFor="list-search" className="strong small">{label}</label>
      <div className="row">
        <input id="list-search" type="search" value={text} autoComplete="off"
          className="utrecht-textbox" onChange={(event) => { setText(event.target.value); }} />
        <button type="submit" className="utrecht-button utrecht-button--secondary-action">
          {t('filter.search')}
        </button>
      </div>
    </form>
  );
}
