// The line in which one types words to search for, with its label and button.
import { useWords } from '@/lib/i18n';

export interface SearchLineProps {
  id: string;
  label: string;
  text: string;
  isLabelHidden?: boolean;
  onText: (text: string) => void;
  onSend: () => void;
}

export function SearchLine({ id, label, text, isLabelHidden = false, onText, onSend }:
SearchLineProps) {
  const { t } = useWords();
  return (
    <form role="search" className="search-box" aria-label={label} onSubmit={(event) => {
      event.preventDefault();
      onSend();
    }}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : 'strong small'}>
        {label}
      </label>
      <div className="row">
        <input id={id} type="search" value={text} autoComplete="off" maxLength={200}
          className="utrecht-textbox" onChange={(event) => { onText(event.target.value); }} />
        <button type="submit" className="utrecht-button utrecht-button--secondary-action">
          {t('filter.search')}
        </button>
      </div>
    </form>
  );
}
