// The form of the overall search: in the header, and on the page with what it found. The words go
// to that page in the history entry, so they stand in no address.
import { useEffect, useState } from 'react';

import { useWords } from '@/lib/i18n';
import { navigate } from '@/lib/router';
import { SearchLine } from './search_line';

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
  const send = () => {
    const state: SearchState = { words: text.trim() };
    navigate(kSearchPath, { state, replace: isThere });
  };
  return (
    <SearchLine id={id} label={t('search.everywhere')} text={text} isLabelHidden={isLabelHidden}
      onText={setText} onSend={send} />
  );
}
