// A button that opens a small panel below it. Escape and a click elsewhere close the panel.
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';

export interface PopoverProps {
  label: ReactNode;
  name?: string | undefined;     // for who does not see what it belongs to; begins with the label
  buttonClass?: string;
  isAtEnd?: boolean;
  children: ReactNode;
}

export function Popover({ label, name, buttonClass = 'chip', isAtEnd = false, children }:
PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: PointerEvent) => {
      if (!anchor.current?.contains(event.target as Node)) setOpen(false);
    };
    const onFocus = (event: FocusEvent) => {
      if (!anchor.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey);
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('focusin', onFocus);
    };
  }, [isOpen]);
  return (
    <div className="popover-anchor" ref={anchor}>
      <button ref={button} type="button" className={buttonClass} aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined} aria-label={name}
        onClick={() => { setOpen(!isOpen); }}>
        {label}
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d="M2 4l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.75" />
        </svg>
      </button>
      {isOpen && <div id={id} className={isAtEnd ? 'popover is-end' : 'popover'}>{children}</div>}
    </div>
  );
}
