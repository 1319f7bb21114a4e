// Several boxes to tick, as one question.
import { GroupFrame } from './frame';

export interface ChecksProps {
  id: string;
  label: string;
  hint?: string;
  isRequired?: boolean;
  options: { value: string; label: string }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

export function Checks({ id, label, hint, isRequired = true, options, chosen, onChange }:
ChecksProps) {
  return (
    <GroupFrame id={id} label={label} hint={hint} isRequired={isRequired}>
      {options.map((option) => (
        <label key={option.value} className="check">
          <input type="checkbox" className="utrecht-checkbox"
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
