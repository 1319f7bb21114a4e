// The search words of a list; sent when one stops typing for a moment.
import { useEffect, useState } from 'react';

import { SearchLine } from '@/ui/search_line';

const kPauseMs = 300;

export interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const [text, setText] = useState(value);
  useEffect(() => { setText(value); }, [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = window.setTimeout(() => { onChange(text); }, kPauseMs);
    return () => { window.clearTimeout(timer); };
  }, [text, value, onChange]);
  return (
    <SearchLine id="list-search" label={label} text={text} onText={setText}
      onSend={() => { onChange(text); }} />
  );
}
