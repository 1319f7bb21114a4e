// A list to choose from, with its label.
import { FieldFrame } from '@/ui/fields/frame';

export interface Option {
  value: string;
  label: string;
}

export interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  options: Option[];
  onChange: (value: string) => void;
}

const kLook = 'utrecht-select utrecht-select--html-select';

export function Choice({ id, label, value, options, onChange }: ChoiceProps) {
  return (
    <FieldFrame id={id} label={label}>
      <select id={id} value={value} className={kLook}
        onChange={(event) => { onChange(event.target.value); }}>
        {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
      </select>
    </FieldFrame>
  );
}

// In a cell of a table: its name is told to screen readers alone.
export function CellChoice({ label, value, options, onChange }: Omit<ChoiceProps, 'id'>) {
  return (
    <select value={value} aria-label={label} className={kLook}
      onChange={(event) => { onChange(event.target.value); }}>
      {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
    </select>
  );
}
