// Several boxes to tick, as one question.
import type { ReactNode } from 'react';

import { GroupFrame } from './frame';

export interface ChecksProps {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
  options: { value: string; label: ReactNode }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

export function Checks(props: ChecksProps) {
  const { id, label, hint, error, isRequired = true, options, chosen, onChange } = props;
  return (
    <GroupFrame id={id} label={label} hint={hint} error={error} isRequired={isRequired}>
      {options.map((option) => (
        <label key={option.value} className="check">
          <input type="checkbox" className="utrecht-checkbox"
            aria-invalid={error ? true : undefined}
            checked={chosen.includes(option.value)}
            onChange={(event) => {
              onChange(event.target.checked ? [...chosen, option.value]
                : chosen.filter((one) => one !== option.value));
            }} />
          {option.label}
        </label>
      ))}
    </GroupFrame>
  );
}
