// The form of the overall search: in the header, and on the page with what it found. The words go
// to that page in the history entry, so they stand in no address.
import { useEffect, useState } from 'react';

import { useWords } from '@/lib/i18n';
import { navigate } from '@/lib/router';

export const kSearchPath = '/zoeken';

export interface SearchState {
  words?: string;
}

export interface SearchFormProps {
  id: string;
  words?: string;
  isLabelHidden?: boolean;
}

export function SearchForm({ id, words = '', isLabelHidden = false }: SearchFormProps) {
  const { t } = useWords();
  const [text, setText] = useState(words);
  useEffect(() => { setText(words); }, [words]);
  const isThere = window.location.pathname === kSearchPath;
  return (
    <form role="search" className="search-box" aria-label={t('search.everywhere')}
      onSubmit={(event) => {
        event.preventDefault();
        const state: SearchState = { words: text.trim() };
        navigate(kSearchPath, { state, replace: isThere });
      }}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : 'strong small'}>
        {t('search.everywhere')}
      </label>
      <div className="row">
        <input id={id} type="search" value={text} autoComplete="off" maxLength={200}
          className="utrecht-textbox" onChange={(event) => { setText(event.target.value); }} />
        <button type="submit" className="utrecht-button utrecht-button--secondary-action">
          {t('filter.search')}
        </button>
      </div>
    </form>
  );
}
