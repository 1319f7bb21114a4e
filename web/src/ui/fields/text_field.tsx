// A line or a box of text with its frame.
import type { HTMLInputTypeAttribute, ReactNode } from 'react';

import { FieldFrame, describedBy } from './frame';

export interface TextFieldProps {
  id: string;
  label: ReactNode;
  value: string;
  onChange: (value: string) => void;
  onLeave?: () => void;
  hint?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
  isLong?: boolean;
  isShort?: boolean;
  type?: HTMLInputTypeAttribute;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'url';
  autoComplete?: string;
}

export function TextField(props: TextFieldProps) {
  const { id, label, value, onChange, onLeave, hint, error, isRequired = true } = props;
  const common = {
    id,
    value,
    'aria-describedby': describedBy({ id, hint, error }),
    'aria-invalid': error ? true : undefined,
    'aria-required': isRequired || undefined,
    autoComplete: props.autoComplete ?? 'off',
    onBlur: onLeave,
  };
  const invalid = (name: string) => (error ? ` ${name}--invalid` : '');
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} isRequired={isRequired}>
      {props.isLong
        ? <textarea {...common} rows={5}
            className={`utrecht-textarea utrecht-textarea--html-textarea${
              invalid('utrecht-textarea')}`}
            onChange={(event) => { onChange(event.target.value); }} />
        : <input {...common} type={props.type ?? 'text'} inputMode={props.inputMode}
            className={`utrecht-textbox utrecht-textbox--html-input${invalid('utrecht-textbox')}${
              props.isShort ? ' input-short' : ''}`}
            onChange={(event) => { onChange(event.target.value); }} />}
    </FieldFrame>
  );
}
