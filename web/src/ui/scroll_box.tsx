// A box around a table. When the table is wider than the box, the box scrolls, and then it can be
// reached and scrolled with the keyboard too; else it is no stop on the way.
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

export interface ScrollBoxProps {
  label: string;
  isSticky?: boolean;
  children: ReactNode;
}

export function ScrollBox({ label, isSticky = false, children }: ScrollBoxProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [isScrolling, setScrolling] = useState(false);
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const observer = new ResizeObserver(() => {
      setScrolling(box.scrollWidth > box.clientWidth + 1);
    });
    observer.observe(box);
    if (box.firstElementChild) observer.observe(box.firstElementChild);
    return () => { observer.disconnect(); };
  }, []);
  const reach = isScrolling ? { tabIndex: 0, role: 'region', 'aria-label': label } : {};
  const look = ['table-scroll', isSticky && 'is-sticky', isScrolling && 'is-scrolling'];
  return (
    <div ref={ref} className={look.filter(Boolean).join(' ')} {...reach}>
      {children}
    </div>
  );
}
